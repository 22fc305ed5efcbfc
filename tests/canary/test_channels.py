"""A leak is put into each channel by which something can leave the house, and each is heard there."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

import httpx
import pytest
import structlog

from privity.mail.letter import Letter
from privity.outward.fault import FetchError
from privity.outward.fetching import Outward
from privity.web.credential import Credential
from tests.canary.listening import Ears, OverheardOutbox, overheard
from tests.canary.sweep import sweep
from tests.canary.test_sweep import HERS
from tests.cast import ADA, MALLORY
from tests.database import Database
from tests.doors import CHAT, Acme, Script

Door = Callable[[], httpx.AsyncClient]

NOT_KEPT = (b"cache-control", b"no-store")
PLAIN_ASCII = ADA.email


def told(body: str, *headers: tuple[bytes, bytes]) -> Any:
    """Doors at which everybody is told the same."""

    async def app(scope: Any, _: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.send", "text": body})
            return
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": body[:5].encode(), "more_body": True})
        await send({"type": "http.response.body", "body": body[5:].encode()})

    return app


async def asked(app: Any, ears: Ears, **headers: str) -> None:
    transport = httpx.ASGITransport(cast("Any", overheard(app, ears, ears.clock)))
    async with httpx.AsyncClient(transport=transport, base_url=CHAT) as client:
        await client.get("/somewhere", headers=headers)


async def an_answer(ears: Ears, mallory: Script) -> None:
    await asked(told(HERS, NOT_KEPT), ears, **mallory.headers())


async def a_header(ears: Ears, mallory: Script) -> None:
    await asked(told("", NOT_KEPT, (b"etag", PLAIN_ASCII.encode())), ears, **mallory.headers())


async def an_answer_that_is_kept(ears: Ears, mallory: Script) -> None:
    """By a cache; Mallory had said it herself."""
    await asked(told(PLAIN_ASCII), ears, said=PLAIN_ASCII, **mallory.headers())


async def a_frame(ears: Ears, mallory: Script) -> None:
    scope = {"type": "websocket", "path": "/widget/v1/stream", "query_string": b"", "headers": []}
    auth = {"type": "websocket.receive", "text": f'{{"type": "auth", "token": "{mallory.secret}"}}'}

    async def receive() -> Any:
        return auth

    async def send(_: Any) -> None:
        """Nobody looks at it."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await told(HERS)(scope, receive, send)

    await overheard(app, ears, ears.clock)(cast("Any", scope), receive, cast("Any", send))


async def a_letter(ears: Ears, _: Script) -> None:
    OverheardOutbox(ears).send(Letter(MALLORY.email, "News", HERS))


async def a_line_of_the_log(_: Ears, __: Script) -> None:
    structlog.get_logger().warning("stored", what=HERS)


async def a_librarys_line_of_the_log(_: Ears, __: Script) -> None:
    logging.getLogger("some.library").warning(HERS)


async def a_fetch(_: Ears, __: Script) -> None:
    with pytest.raises(FetchError):
        await Outward().get(f"https://127.0.0.1:9/?about={PLAIN_ASCII}")


async def a_form(_: Ears, __: Script) -> None:
    with pytest.raises(FetchError):
        await Outward().post("https://127.0.0.1:9/", f"about={PLAIN_ASCII}", {})


Leak = Callable[[Ears, Script], Awaitable[None]]
LEAKS: dict[Leak, str] = {
    an_answer: f"the contact {{mallory}} received {HERS!r} by http /somewhere",
    a_header: f"the contact {{mallory}} received {PLAIN_ASCII!r} by http /somewhere",
    an_answer_that_is_kept: f"a cache received {PLAIN_ASCII!r} by http /somewhere",
    a_frame: f"the contact {{mallory}} received {HERS!r} by websocket /widget/v1/stream",
    a_letter: f"the mailbox {MALLORY.email} received {HERS!r} by mail",
    a_line_of_the_log: f"the log received {HERS!r} by a line",
    a_librarys_line_of_the_log: f"the log received {HERS!r} by a line",
    a_fetch: f"the host 127.0.0.1:9 received {PLAIN_ASCII!r} by a fetch by GET",
    a_form: f"the host 127.0.0.1:9 received {PLAIN_ASCII!r} by a fetch by POST",
}


async def test_a_leak_is_found_in_each_channel(door: Door, acme: Acme, database: Database) -> None:
    ada, mallory = Script(door(), acme), Script(door(), acme)
    await ada.open(ADA)
    await ada.start(HERS)
    await mallory.open()
    credential = Credential.parse(mallory.secret or "")
    assert credential is not None
    assert await sweep(database) == [], "needs a house in which nothing leaks yet"
    for leak, sentence in LEAKS.items():
        database.ears.forget()
        await leak(database.ears, mallory)
        assert await sweep(database) == [sentence.format(mallory=credential.id)]
    database.ears.forget()
