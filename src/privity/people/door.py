"""The team's door. In this order: badge, its session or key, the asking page, limits, content type, scope."""

import hmac
from collections.abc import Mapping
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from privity.house import House
from privity.people import store
from privity.people.model import KEY_PREFIX, Badge, Member, Scope
from privity.web import limits
from privity.web.cookies import cookie_named
from privity.web.credential import Credential
from privity.web.input import require_json
from privity.web.problems import Problem

COOKIE = "__Host-privity-team"
CSRF_HEADER = "x-privity-csrf"
_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict"
_READS = frozenset(("GET", "HEAD"))


async def signed_in(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of every route of the team's; leaves the member for the handler."""
    house: House = connection.app.state.house
    badge = badge_of(connection.headers)
    member = await admit(house, badge)
    if member.kind == "teammate" and connection.scope.get("method") not in _READS:
        require_own_page(connection.headers, house.settings.origin)
        _require_csrf(connection.headers, member)
    house.limiter.take(limits.TEAM_REQUESTS, "team requests", str(member.session or member.id))
    require_json(connection.headers)
    for scope in handler.opt.get("scopes", ()):
        _require_scope(member, scope)
    connection.state.member = member


async def owner(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of what decides for the whole workspace: its owner, in person, and no key."""
    await signed_in(connection, handler)
    member: Member = connection.state.member
    if member.role != "owner":
        raise Problem(403, "not_in_reach", "Only the workspace's owner can do that.")


def badge_of(headers: Mapping[str, str]) -> Badge | None:
    """What a request brings. A bearer that is no key is not made good by a cookie beside it."""
    authorization = headers.get("authorization")
    if authorization is not None:
        scheme, _, word = authorization.partition(" ")
        if scheme.lower() != "bearer" or not word.startswith(KEY_PREFIX):
            return None
        credential = Credential.parse(word.removeprefix(KEY_PREFIX))
        return Badge("key", credential) if credential is not None else None
    credential = Credential.parse(cookie_named(headers, COOKIE) or "")
    return Badge("session", credential) if credential is not None else None


async def admit(house: House, badge: Badge | None) -> Member:
    """The member whose badge this is; else one 401, alike for missing, ended, disabled and revoked."""
    member = await store.member(house, badge) if badge is not None else None
    if member is None:
        raise Problem(401, "session_over", "You are not signed in.")
    return member


def require_own_page(headers: Mapping[str, str], own_origin: str) -> None:
    """A browser that carries the cookie must say that a page of ours asks."""
    if headers.get("origin") != own_origin or headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Problem(403, "foreign_origin", "This address answers the inbox's own pages only.")


def set_cookie(credential: Credential, seconds: int) -> str:
    return f"{COOKIE}={credential.word()}; Max-Age={seconds}; {_ATTRIBUTES}"


def clear_cookie() -> str:
    return f"{COOKIE}=; Max-Age=0; {_ATTRIBUTES}"


def _require_csrf(headers: Mapping[str, str], member: Member) -> None:
    if not hmac.compare_digest(headers.get(CSRF_HEADER, "").encode(), member.csrf.encode()):
        raise Problem(403, "csrf", "The page is out of date. Load it again.")


def _require_scope(member: Member, scope: Scope) -> None:
    """Asked before any id is looked at, so that the answer tells nothing about one."""
    if scope not in member.scopes:
        lacking = f"This key does not reach that: it lacks the scope {scope}."
        person = "The role of your account does not reach that."
        raise Problem(403, "not_in_reach", lacking if member.kind == "key" else person)
