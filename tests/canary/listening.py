"""At every door of a house under test: what each request said, what it heard, and with whose secret."""

import re
from dataclasses import dataclass, field
from typing import Any, cast

from litestar.types import ASGIApp, Receive, Scope, Send

from privity.mail.letter import Letter
from privity.mail.outbox import Outbox
from privity.people.door import KEY_PREFIX
from privity.web.credential import Credential

_SECRET = re.compile(rb"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])")
_WRITTEN_BEFORE = "/assets/"


@dataclass
class Exchange:
    """One request and its answer, or one socket from its first frame to its last."""

    where: str
    said: bytes = b""
    heard: bytes = b""
    brought: Credential | None = None
    given: Credential | None = None

    @property
    def credential(self) -> Credential | None:
        """Whoever opens a session, or rises to one, hears the answer as that session."""
        return self.given or self.brought


@dataclass
class Ears:
    """What was heard in one test, by everybody."""

    exchanges: list[Exchange] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    log: list[str] = field(default_factory=list)

    def forget(self) -> None:
        self.exchanges.clear()
        self.letters.clear()
        self.log.clear()


EARS = Ears()


def overheard(app: ASGIApp) -> ASGIApp:
    """The same doors, with an ear at each."""

    async def listening(scope: Scope, receive: Receive, send: Send) -> None:
        # A bundle was written before any test began, and is the same for everybody.
        if scope["type"] not in ("http", "websocket") or scope["path"].startswith(_WRITTEN_BEFORE):
            await app(scope, receive, send)
            return
        exchange = _begun(scope)
        EARS.exchanges.append(exchange)

        async def said() -> Any:
            message: Any = await receive()
            _note_said(exchange, message)
            return message

        async def answered(message: Any) -> None:
            _note_heard(exchange, message)
            await send(message)

        await app(scope, said, answered)

    return cast("ASGIApp", listening)


class OverheardOutbox(Outbox):
    """The tests' post."""

    def send(self, letter: Letter) -> None:
        EARS.letters.append(letter)
        super().send(letter)


def keep_log(_: Any, __: str, event: Any) -> Any:
    """A step of the log that keeps what goes by."""
    EARS.log.append(repr(event))
    return event


def _begun(scope: Any) -> Exchange:
    headers = dict(scope["headers"])
    carried = headers.get(b"authorization") or headers.get(b"cookie") or b""
    said = b"\n".join((scope["path"].encode(), scope["query_string"], *headers.values()))
    return Exchange(f"{scope['type']} {scope['path']}", said, brought=_credential(carried))


def _note_said(exchange: Exchange, message: Any) -> None:
    text = message.get("body") or (message.get("text") or "").encode() or message.get("bytes") or b""
    exchange.said += b"\n" + text
    if b'"auth"' in text:
        exchange.brought = _credential(text) or exchange.brought


def _note_heard(exchange: Exchange, message: Any) -> None:
    headers = b"\n".join(b": ".join(header) for header in message.get("headers", ()))
    text = message.get("body") or (message.get("text") or "").encode() or message.get("bytes") or b""
    reason = str(message.get("reason", "")).encode()
    exchange.heard += b"\n".join((headers, text, reason))
    if message["type"].startswith("http") and exchange.given is None:
        exchange.given = _credential(headers) or _credential(text)


def _credential(text: bytes) -> Credential | None:
    found = _SECRET.search(text.replace(KEY_PREFIX.encode(), b" "))
    return Credential.parse(found[0].decode()) if found else None
