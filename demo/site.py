"""Acme's web application. It proves its customers to the chat with `privity_client`, as any site would."""

import argparse
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import uvicorn
from litestar import Litestar, Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency, Provide
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect
from litestar.static_files import create_static_files_router

from demo import pages
from demo.people import EVERYBODY, Person
from demo.shop import Shop
from privity_client import SigningKey, answer_token_request
from privity_client.endpoint import from_own_page

ASSETS = Path(__file__).parent / "assets"
SESSION = "acme_session"

TheShop = NamedDependency[Shop]
Visitor = NamedDependency[Person | None]
ShopRequest = Request[None, None, State]
ShopConnection = ASGIConnection[BaseRouteHandler, None, None, State]


def now_in_utc() -> datetime:
    return datetime.now(UTC)


def create_app(
    chat: str,
    workspace: str,
    key: SigningKey,
    *,
    people: Iterable[Person] = EVERYBODY,
    token_life: timedelta = timedelta(minutes=5),
    clock: Callable[[], datetime] = now_in_utc,
) -> Litestar:
    """The shop as an ASGI application, with the chat of `workspace` at the origin `chat` on every page."""
    shop = Shop(chat, workspace, key, {person.subject: person for person in people}, token_life, clock)
    return Litestar(
        route_handlers=[
            *(home, pricing, orders, rendered_token, static_page),
            *(sign_in_page, sign_in, sign_out, chat_token),
            create_static_files_router(path="/assets", directories=[ASSETS]),
        ],
        dependencies={
            "shop": Provide(lambda: shop, sync_to_thread=False),
            "visitor": Provide(who_is_there, sync_to_thread=False),
        },
        openapi_config=None,
        logging_config=None,
    )


def who_is_there(request: ShopRequest, shop: TheShop) -> Person | None:
    """The person that the shop's own cookie names."""
    return shop.signed_in.get(request.cookies.get(SESSION, ""))


@get("/", sync_to_thread=False)
def home(shop: TheShop, visitor: Visitor) -> Response[str]:
    return shop.rendered(pages.fill("home.html"), title="Things for a quiet desk", visitor=visitor)


@get("/pricing", sync_to_thread=False)
def pricing(shop: TheShop, visitor: Visitor) -> Response[str]:
    return shop.rendered(pages.fill("pricing.html"), title="Prices and delivery", visitor=visitor)


@get("/orders", sync_to_thread=False)
def orders(shop: TheShop, visitor: Visitor) -> Response[str] | Redirect:
    if visitor is None:
        return Redirect("/sign-in")
    return shop.rendered(pages.orders(visitor), title="Your orders", visitor=visitor)


@get("/rendered-token", sync_to_thread=False)
def rendered_token(shop: TheShop, visitor: Visitor) -> Response[str]:
    """The other way to say who is there: the page carries the first token and a `getToken` of its own."""
    token = pages.in_script(shop.identity_token(visitor) if visitor else None)
    return shop.rendered(
        pages.fill("rendered_token.html"),
        title="A token in the page",
        visitor=visitor,
        snippet="snippet_get_token.html",
        token=token,
    )


@get("/static/{name:str}", sync_to_thread=False)
def static_page(shop: TheShop, name: FromPath[str]) -> Response[str]:
    """A page that is not made for anybody, and still proves who is there: the widget asks `/chat-token`."""
    if name not in {"about.html", "help.html"}:
        raise NotFoundException
    return shop.static(name)


@get("/sign-in", sync_to_thread=False)
def sign_in_page(shop: TheShop, visitor: Visitor) -> Response[str]:
    return shop.rendered(pages.sign_in(shop.people.values()), title="Sign in", visitor=visitor)


@dataclass(frozen=True)
class SignIn:
    """The form of the sign-in page."""

    account: str


def own_page_only(
    connection: ASGIConnection[BaseRouteHandler, None, None, State], _: BaseRouteHandler
) -> None:
    """Another site's page may not sign a person in or out here."""
    if not from_own_page(connection.headers):
        raise PermissionDeniedException


@post("/sign-in", guards=[own_page_only], sync_to_thread=False)
def sign_in(
    shop: TheShop, data: Annotated[SignIn, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Redirect:
    """Sign in as one of the shop's people. The demo asks for no password: everybody may try everybody."""
    if data.account not in shop.people:
        raise NotFoundException
    session = shop.open_session(shop.people[data.account])
    cookie = Cookie(SESSION, value=session, httponly=True, samesite="lax")
    return Redirect("/orders", status_code=303, cookies=[cookie])


@post("/sign-out", guards=[own_page_only], sync_to_thread=False)
def sign_out(
    request: ShopRequest, shop: TheShop, *, quiet: FromQuery[bool] = False
) -> Response[str] | Redirect:
    """Forget who is signed in. The page that answers tells the chat; quietly, the shop forgets to."""
    shop.signed_in.pop(request.cookies.get(SESSION, ""), None)
    answer = Redirect("/", status_code=303) if quiet else signed_out(shop)
    answer.delete_cookie(SESSION)
    return answer


def signed_out(shop: Shop) -> Response[str]:
    snippet = "snippet_shutdown.html"
    return shop.rendered(pages.fill("signed_out.html"), title="Signed out", visitor=None, snippet=snippet)


@post("/chat-token", sync_to_thread=False)
def chat_token(request: ShopRequest, shop: TheShop, visitor: Visitor) -> Response[bytes]:
    """Who is there, for the widget on any page."""
    token = shop.identity_token(visitor) if visitor else None
    answer = answer_token_request(request.headers, token)
    return Response(answer.body, status_code=answer.status, headers=dict(answer.headers))


def main() -> None:
    """Open the shop on a port of this machine, until it is interrupted."""
    asked = arguments().parse_args()
    key = SigningKey(asked.kid, os.environ.get("ACME_SIGNING_SECRET", ""))
    app = create_app(asked.chat, asked.workspace, key)
    uvicorn.run(app, host="127.0.0.1", port=asked.port, access_log=False)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m demo.site",
        description="Acme, a small shop with a chat. The signing secret is read from ACME_SIGNING_SECRET.",
    )
    parser.add_argument("--port", type=int, required=True, help="the port that the shop listens on")
    parser.add_argument("--chat", required=True, help="the chat's origin, such as http://127.0.0.1:8080")
    parser.add_argument("--workspace", required=True, help="the workspace's id, which the snippet names")
    parser.add_argument("--kid", required=True, help="the name of the signing key")
    return parser


if __name__ == "__main__":
    main()
