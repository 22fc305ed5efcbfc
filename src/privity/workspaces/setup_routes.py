"""The first set-up over HTTP: use the link, and wait for the first visit."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler
from litestar.params import JSONBody

from privity.house import House
from privity.people.door import require_own_page, set_cookie, signed_in
from privity.people.model import Member
from privity.people.store import SESSION_LIFE
from privity.web import wire
from privity.web.clients import network_of
from privity.web.input import require_json
from privity.workspaces import setup, store


async def own_page(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """The guard of the set-up: the chat's own page asks, and nobody else's."""
    house: NamedDependency[House] = connection.app.state.house
    require_own_page(connection.headers, house.settings.origin)
    require_json(connection.headers)


@post("/api/v1/setup", guards=[own_page], status_code=201, summary="Use the set-up link")
async def set_up(
    request: Request[Any, Any, Any], house: NamedDependency[House], data: JSONBody[wire.SetUp]
) -> Response[wire.SetUpDone]:
    credential, done = await setup.set_up(house, data, network_of(request))
    cookie = set_cookie(credential, int(SESSION_LIFE.total_seconds()))
    return Response(done, status_code=201, headers={"Set-Cookie": cookie})


@get("/api/v1/setup/visit", guards=[signed_in], summary="Whether a page has shown the chat yet")
async def first_visit(member: NamedDependency[Member], house: NamedDependency[House]) -> wire.FirstVisit:
    at, page = await store.first_visit(house, member.workspace)
    return wire.FirstVisit(first_visit_at=at, page=page)


handlers = [set_up, first_visit]
