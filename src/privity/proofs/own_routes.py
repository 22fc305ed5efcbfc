"""What a person sees, and ends, of who they are here: the devices on which they are signed in, and their links."""

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from privity.house import House
from privity.proofs import devices, links, tickets
from privity.proofs.carriers import clear_cookie, clear_ticket, ticket_brought
from privity.proofs.door import living_session
from privity.proofs.model import Caller
from privity.web import wire
from privity.web.cookies import SetCookie
from privity.web.input import path_id

DEVICES = "/widget/v1/session/devices"
LINKS = "/widget/v1/links"


@get(DEVICES, guards=[living_session], summary="Where this person is signed in")
async def list_devices(caller: NamedDependency[Caller], house: NamedDependency[House]) -> wire.Devices:
    return await devices.those_of(house, caller)


@delete(f"{DEVICES}/{{device_id:str}}", guards=[living_session], status_code=204, summary="Sign out there")
async def end_device(
    request: Request[Any, Any, Any],
    device_id: FromPath[str],
    caller: NamedDependency[Caller],
    house: NamedDependency[House],
) -> Response[None]:
    device = path_id(device_id)
    await devices.end_device(house, caller, device)
    if device != caller.viewer.session or "origin" not in request.headers:
        return Response(None, status_code=204)
    await tickets.void(house, caller.viewer.workspace, ticket_brought(request.headers, house.settings.origin))
    return Response(None, status_code=204, cookies=[SetCookie(clear_cookie()), SetCookie(clear_ticket())])


@get(LINKS, guards=[living_session], summary="With whom this identity is one person")
async def list_links(caller: NamedDependency[Caller], house: NamedDependency[House]) -> wire.Links:
    return await links.those_of(house, caller)


@post(
    LINKS,
    guards=[living_session],
    status_code=200,
    summary="Yes: the mailbox that was just proved is mine, too",
)
async def agree_to_link(
    caller: NamedDependency[Caller], house: NamedDependency[House], data: JSONBody[wire.AgreeToLink]
) -> wire.Links:
    return await links.agree(house, caller, data.account)


@delete(f"{LINKS}/{{link_id:str}}", guards=[living_session], status_code=204, summary="They are two again")
async def undo_link(
    link_id: FromPath[str], caller: NamedDependency[Caller], house: NamedDependency[House]
) -> None:
    await links.undo(house, caller, path_id(link_id))


handlers = [list_devices, end_device, list_links, agree_to_link, undo_link]
