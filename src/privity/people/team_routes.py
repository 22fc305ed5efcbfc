"""A teammate's session over HTTP: sign in, who am I, sign out."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler
from litestar.params import JSONBody

from privity.house import House
from privity.people import actions
from privity.people.door import clear_cookie, require_own_page, set_cookie, signed_in
from privity.people.model import Member
from privity.people.store import SESSION_LIFE
from privity.web import wire
from privity.web.clients import network_of
from privity.web.input import require_json


async def own_page_or_none(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """The guard of the sign-in: no page of another site signs anybody in here."""
    house: NamedDependency[House] = connection.app.state.house
    if "origin" in connection.headers or "sec-fetch-site" in connection.headers:
        require_own_page(connection.headers, house.settings.origin)
    require_json(connection.headers)


@post("/api/v1/sign-in", guards=[own_page_or_none], status_code=200, summary="Sign a teammate in")
async def sign_in(
    request: Request[Any, Any, Any], house: NamedDependency[House], data: JSONBody[wire.SignIn]
) -> Response[wire.Me]:
    credential, me = await actions.sign_in(house, data, network_of(request))
    cookie = set_cookie(credential, int(SESSION_LIFE.total_seconds()))
    return Response(me, status_code=200, headers={"Set-Cookie": cookie})


@get("/api/v1/me", guards=[signed_in], summary="Who is signed in")
async def read_me(member: NamedDependency[Member], house: NamedDependency[House]) -> wire.Me:
    return await actions.me(house, member)


@post("/api/v1/sign-out", guards=[signed_in], status_code=204, summary="End the teammate's session")
async def sign_out(member: NamedDependency[Member], house: NamedDependency[House]) -> Response[None]:
    await actions.sign_out(house, member)
    return Response(None, status_code=204, headers={"Set-Cookie": clear_cookie()})


handlers = [sign_in, read_me, sign_out]
