"""How a browser or a client carries its session's secret: the chat's own cookie, or `Authorization: Bearer`.

A request is judged by one of them. The cookie counts only for the chat's own pages, asked by themselves. A browser's
ticket is carried beside it, and judges nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from privity.proofs.model import Credential
from privity.web.cookies import cookie_named
from privity.web.problems import Problem

COOKIE = "__Host-privity"
TICKET = "__Host-privity-ticket"
COOKIE_SECONDS = 24 * 60 * 60
_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=None; Partitioned"


@dataclass(frozen=True, slots=True)
class Carried:
    """`by` is None where nothing was brought. `by_browser`: an Origin came along, so a page asks, not a script."""

    credential: Credential | None
    by: str | None
    by_browser: bool


@dataclass(frozen=True, slots=True)
class Knock:
    """A request for a session: what it carries, and the coarse facts that are kept of it."""

    carried: Carried
    network: str
    client: str | None
    ticket: Credential | None = None


def carried(headers: Mapping[str, str], own_origin: str) -> Carried:
    """What a request brings. A foreign Origin is refused whatever it brings."""
    origin = headers.get("origin")
    if origin is not None and origin != own_origin:
        raise Problem(403, "foreign_origin", "This address answers the chat's own pages only.")
    authorization = headers.get("authorization")
    if authorization is not None:
        scheme, _, word = authorization.partition(" ")
        return Carried(
            Credential.parse(word) if scheme.lower() == "bearer" else None, "bearer", origin is not None
        )
    cookie = cookie_word(headers)
    if cookie is None:
        return Carried(None, None, origin is not None)
    # A same-origin GET brings no Origin; the browser's own word for where it came from stands in.
    if origin is None and headers.get("sec-fetch-site") != "same-origin":
        raise Problem(403, "foreign_origin", "This address answers the chat's own pages only.")
    return Carried(Credential.parse(cookie), "cookie", True)


def cookie_word(headers: Mapping[str, str]) -> str | None:
    return cookie_named(headers, COOKIE)


def cookie_credential(headers: Mapping[str, str]) -> Credential | None:
    """The cookie's credential, for a door that has checked the Origin itself."""
    word = cookie_word(headers)
    return Credential.parse(word) if word is not None else None


def set_cookie(credential: Credential) -> str:
    return f"{COOKIE}={credential.word()}; Max-Age={COOKIE_SECONDS}; {_ATTRIBUTES}"


def clear_cookie() -> str:
    return f"{COOKIE}=; Max-Age=0; {_ATTRIBUTES}"


def ticket_brought(headers: Mapping[str, str], own_origin: str) -> Credential | None:
    """The browser's ticket, if it comes with what a page of the chat sends."""
    word = cookie_named(headers, TICKET)
    return Credential.parse(word) if word is not None and headers.get("origin") == own_origin else None


def set_ticket(ticket: Credential, lasts: timedelta) -> str:
    return f"{TICKET}={ticket.word()}; Max-Age={int(lasts.total_seconds())}; {_ATTRIBUTES}"


def clear_ticket() -> str:
    return f"{TICKET}=; Max-Age=0; {_ATTRIBUTES}"
