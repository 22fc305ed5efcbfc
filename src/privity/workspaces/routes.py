"""What a page loads: the loader, the widget's frame, and what a workspace publishes about itself."""

import json
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from privity.house import House
from privity.vouching.sign_ins import CALLBACK
from privity.web import wire
from privity.web.headers import ASSET, INBOX, LOADER, PANEL, SIGNED_IN, page_policy
from privity.web.input import clean_page
from privity.web.problems import not_found
from privity.web.static_files import FrontEnd, html_answer
from privity.workspaces import published


@get("/loader.js", include_in_schema=False)
async def loader(
    request: Request[Any, Any, Any], house: NamedDependency[House], front_end: NamedDependency[FrontEnd]
) -> Response[bytes]:
    noted: set[str] = request.app.state.noted_sites
    await published.note_visit(house, clean_page(request.headers.get("referer")), noted)
    return front_end.files["loader.js"].answer(request.headers.get("accept-encoding", ""), LOADER)


@get("/compat/{script:str}", include_in_schema=False)
async def compat(
    request: Request[Any, Any, Any],
    script: FromPath[str],
    house: NamedDependency[House],
    front_end: NamedDependency[FrontEnd],
) -> Response[bytes]:
    """What stands in for another product's script. Its query names the workspace, and is for the script alone."""
    file = front_end.files.get(f"compat/{script}")
    if file is None:
        raise not_found()
    noted: set[str] = request.app.state.noted_sites
    await published.note_visit(house, clean_page(request.headers.get("referer")), noted)
    return file.answer(request.headers.get("accept-encoding", ""), LOADER)


@get("/assets/{path:path}", include_in_schema=False)
async def asset(
    request: Request[Any, Any, Any], path: FromPath[str], front_end: NamedDependency[FrontEnd]
) -> Response[bytes]:
    file = front_end.files.get(str(path).lstrip("/"))
    if file is None:
        raise not_found()
    return file.answer(request.headers.get("accept-encoding", ""), ASSET)


@get("/widget/frame", include_in_schema=False)
async def frame(
    house: NamedDependency[House],
    front_end: NamedDependency[FrontEnd],
    workspace: FromQuery[str] = "",
    settings: FromQuery[str] = "",
) -> Response[bytes]:
    """The panel, for the workspace's own sites alone: another page that frames it gets nothing.

    `settings` are the names of those that the page gave the loader.
    """
    shown = await published.of(house, workspace)
    published.note_secrets(house, shown, settings)
    meta = {
        "privity:config": msgspec.json.encode(shown.config).decode(),
        "privity:sites": json.dumps(shown.sites),
    }
    page = front_end.page("widget", "Chat", meta)
    return html_answer(page, PANEL, page_policy(house.settings.origin, " ".join(shown.sites) or "'none'"))


@get(CALLBACK, include_in_schema=False)
async def signed_in(house: NamedDependency[House], front_end: NamedDependency[FrontEnd]) -> Response[bytes]:
    """Where a provider sends people back to: the page hands what its address says to the panel, and closes."""
    policy = page_policy(house.settings.origin, "'none'")
    return html_answer(front_end.page("callback", "Signed in", {}), SIGNED_IN, policy)


@get("/widget/v1/config", summary="What a workspace publishes about itself")
async def config(house: NamedDependency[House], workspace: FromQuery[str] = "") -> wire.WidgetConfig:
    return (await published.of(house, workspace)).config


@get("/", include_in_schema=False)
async def front_door() -> Redirect:
    return Redirect("/inbox")


@get(["/inbox", "/inbox/{rest:path}", "/setup"], include_in_schema=False)
async def inbox(house: NamedDependency[House], front_end: NamedDependency[FrontEnd]) -> Response[bytes]:
    policy = page_policy(house.settings.origin, "'none'")
    return html_answer(front_end.page("inbox", "Privity", {}), INBOX, policy)


handlers = [front_door, loader, compat, asset, frame, signed_in, config, inbox]
