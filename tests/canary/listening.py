"""At every door of a house under test: what each request said, what it heard, and with whose secret; and what the
house sends by itself, to a mailbox or to another host."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from typing import Any, cast

import pytest
from litestar.types import ASGIApp, Receive, Scope, Send

from privity.mail.letter import Letter
from privity.mail.outbox import Outbox
from privity.outward.fetching import Fetched, Outward
from privity.people.door import COOKIE as TEAM_COOKIE
from privity.people.model import KEY_PREFIX
from privity.proofs.carriers import COOKIE
from privity.web.cookies import cookie_named
from privity.web.credential import Credential

_SECRET = re.compile(rb"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])")
_WRITTEN_BEFORE = "/assets/"
_OPENINGS = ("http /widget/v1/sessions", "http /widget/v1/session/proofs", "http /api/v1/sign-in")
"""Whoever gets a secret elsewhere got somebody else's."""
_SESSIONS = tuple(f"{name}=".encode() for name in (COOKIE, TEAM_COOKIE))
"""A ticket is a cookie as well, and nobody's session."""

NOBODY = "somebody who showed nothing"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """What the house's clock said, which stands still in most tests, and what the machine's did: on that one a request
    is before or after the end of a session."""

    by_the_house: datetime
    by_the_machine: datetime


@dataclass
class Exchange:
    """One request and its answer, one socket from its first frame to its last, or one look at a page. `by` is who that
    was where no credential tells."""

    where: str
    said: bytes = b""
    heard: bytes = b""
    brought: Credential | None = None
    given: Credential | None = None
    shown_at: Moment | None = None
    """When the credential was brought; without one it is not asked."""
    by: str = NOBODY
    has_spoken: bool = False
    is_kept: bool = False
    """A cache may keep the answer, and hears it as well."""

    @property
    def credential(self) -> Credential | None:
        """Whoever opens a session, or rises to one, hears the answer as that session."""
        return self.given or self.brought


@dataclass
class Ears:
    """What was heard of one database, by everybody."""

    exchanges: list[Exchange] = field(default_factory=list)
    clock: Callable[[], datetime] = now
    """The house's, once its doors have ears."""
    letters: list[Letter] = field(default_factory=list)
    log_book: StringIO = field(default_factory=StringIO)
    """The whole process's; what is of this database was written from here on:"""
    begun: int = 0

    @property
    def log(self) -> str:
        return self.log_book.getvalue()[self.begun :]

    def moment(self) -> Moment:
        return Moment(self.clock(), now())

    def forget(self) -> None:
        self.exchanges.clear()
        self.letters.clear()
        self.begun = self.log_book.tell()


def overheard(app: ASGIApp, ears: Ears, clock: Callable[[], datetime]) -> ASGIApp:
    """The same doors, with an ear at each. The clock is the house's."""
    ears.clock = clock

    async def listening(scope: Scope, receive: Receive, send: Send) -> None:
        # A bundle was written before any test began, and is the same for everybody.
        if scope["type"] not in ("http", "websocket") or scope["path"].startswith(_WRITTEN_BEFORE):
            await app(scope, receive, send)
            return
        exchange = _begun(scope, ears.moment())
        ears.exchanges.append(exchange)

        async def said() -> Any:
            message: Any = await receive()
            _note_said(exchange, message, ears.moment())
            return message

        async def answered(message: Any) -> None:
            _note_heard(exchange, message)
            await send(message)

        await app(scope, said, answered)

    return cast("ASGIApp", listening)


class OverheardOutbox(Outbox):
    """The tests' post."""

    def __init__(self, ears: Ears) -> None:
        super().__init__()
        self._ears = ears

    def send(self, letter: Letter) -> None:
        self._ears.letters.append(letter)
        super().send(letter)


@contextmanager
def fetches_overheard(ears: Ears) -> Iterator[None]:
    """Whatever goes out by the one way out, and to whom; what that host answers are its own words."""
    fetch = Outward._fetch

    async def listening(
        way: Outward,
        method: str,
        url: str,
        content: bytes | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Fetched:
        host = url.partition("//")[2].partition("/")[0]
        headers = "\n".join((more or {}).values()).encode()
        sent = b"\n".join((url.encode(), headers, content or b""))
        exchange = Exchange(f"a fetch by {method}", heard=sent, by=f"the host {host}")
        ears.exchanges.append(exchange)
        fetched = await fetch(way, method, url, content, more)
        exchange.said = fetched.body
        return fetched

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Outward, "_fetch", listening)
        yield


def _begun(scope: Any, at: Moment) -> Exchange:
    path = scope["path"]
    headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
    said = b"\n".join((path.encode(), scope["query_string"], *(value for _, value in scope["headers"])))
    return Exchange(f"{scope['type']} {path}", said, brought=carried(path, headers), shown_at=at)


def carried(path: str, headers: Mapping[str, str]) -> Credential | None:
    """A browser brings the cookies of all who were ever in it; each door looks at its own."""
    cookie = cookie_named(headers, TEAM_COOKIE if path.startswith("/api/") else COOKIE)
    return _credential((headers.get("authorization") or cookie or "").encode())


def _note_said(exchange: Exchange, message: Any, at: Moment) -> None:
    text = message.get("body") or (message.get("text") or "").encode() or message.get("bytes") or b""
    exchange.said += b"\n" + text
    # A socket is whose first frame it took, and a secret that comes later opens nothing.
    if b'"auth"' in text and not exchange.has_spoken:
        exchange.brought, exchange.shown_at = _credential(text) or exchange.brought, at
    exchange.has_spoken = exchange.has_spoken or bool(text)


def _note_heard(exchange: Exchange, message: Any) -> None:
    headers = b"\n".join(b": ".join(header) for header in message.get("headers", ()))
    text = message.get("body") or (message.get("text") or "").encode() or message.get("bytes") or b""
    reason = str(message.get("reason", "")).encode()
    exchange.heard += b"\n".join((headers, text, reason))
    if message["type"] == "http.response.start":
        exchange.is_kept = b"no-store" not in dict(message.get("headers", ())).get(b"cache-control", b"")
    if exchange.given is None and exchange.where in _OPENINGS:
        cookies = (value for _, value in message.get("headers", ()) if value.startswith(_SESSIONS))
        exchange.given = _credential(b"\n".join(cookies)) or _credential(text)


def _credential(text: bytes) -> Credential | None:
    found = _SECRET.search(text.replace(KEY_PREFIX.encode(), b" "))
    return Credential.parse(found[0].decode()) if found else None
