"""A FastAPI site includes one router, and a Starlette site adds one route."""

from typing import Annotated

import httpx
import pytest
from fastapi import Depends, FastAPI, Header
from starlette.applications import Starlette
from starlette.requests import Request

from privity_client import Chat, Identity
from privity_client.fastapi import chat_router
from privity_client.pytest_plugin import Witness
from privity_client.starlette import chat_route

ADA = Identity("u-ada", name="Ada Lovelace")


def signed_in(cookie: Annotated[str, Header()] = "") -> bool:
    return "ada" in cookie


def dependency(ada_is_there: Annotated[bool, Depends(signed_in)]) -> Identity | None:
    return ADA if ada_is_there else None


async def function(request: Request) -> Identity | None:
    return ADA if request.cookies.get("ada") else None


@pytest.fixture(params=["FastAPI", "Starlette"])
async def site(request: pytest.FixtureRequest, privity_chat: Chat) -> httpx.AsyncClient:
    site: Starlette
    if request.param == "FastAPI":
        site = FastAPI()
        site.include_router(chat_router(privity_chat, dependency))
    else:
        site = Starlette(routes=[chat_route(privity_chat, function)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="https://shop.example")


SIGNED_IN = {"Cookie": "ada=1"}


async def test_ada_is_proved_where_she_is_signed_in(site: httpx.AsyncClient, privity: Witness) -> None:
    assert privity.proved_by(await site.post("/chat-token", headers=SIGNED_IN)) == ADA


async def test_nobody_is_nobody(site: httpx.AsyncClient, privity: Witness) -> None:
    privity.nobody_in(await site.post("/chat-token"))


async def test_another_sites_page_learns_nothing(site: httpx.AsyncClient, privity: Witness) -> None:
    foreign = {**SIGNED_IN, "Sec-Fetch-Site": "cross-site"}
    privity.refused_by(await site.post("/chat-token", headers=foreign))


async def test_the_question_is_no_link(site: httpx.AsyncClient) -> None:
    assert (await site.get("/chat-token")).status_code == 405
