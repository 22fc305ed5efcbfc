"""Acme proves the person who is signed in on it, on every kind of page, and nobody else."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from demo.people import ADA, Person
from demo.site import create_app
from privity_client import SigningKey

CHAT = "http://127.0.0.1:8080"
HERE = "http://localhost:8081"
KEY = SigningKey("acme-1", "the secret that Acme shares with its chat")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GHOST = Person("u-ghost", "</script><b>", "ghost@example.com")


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    shop = create_app(
        CHAT, "ws-1", KEY, people=(ADA, GHOST), token_life=timedelta(minutes=2), clock=lambda: NOON
    )
    # The two libraries write the same ASGI types in two ways.
    transport = httpx.ASGITransport(cast("Any", shop))
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
        yield client


async def sign_in(browser: httpx.AsyncClient, person: Person = ADA) -> httpx.Response:
    return await browser.post("/sign-in", data={"account": person.subject})


async def test_nobody_is_proved_before_a_sign_in(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/chat-token")
    assert (answer.status_code, answer.content) == (204, b"")


async def test_ada_is_proved_to_the_chat_after_her_sign_in(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    answer = await browser.post("/chat-token", headers={"Origin": HERE})
    claims = jwt.decode(answer.json()["token"], OctKey.import_key(KEY.secret)).claims
    assert (claims["aud"], claims["sub"], claims["email_verified"]) == ("ws-1", "u-ada", True)
    assert (claims["iat"], claims["exp"] - claims["iat"]) == (int(NOON.timestamp()), 120)


async def test_another_site_cannot_ask_who_ada_is(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    answer = await browser.post("/chat-token", headers={"Origin": "http://mallory.example"})
    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
async def test_another_site_cannot_sign_ada_in_or_out(browser: httpx.AsyncClient, path: str) -> None:
    await sign_in(browser)
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert (await browser.post(path, data={"account": "u-ghost"}, headers=foreign)).status_code == 403
    assert "Ada Lovelace" in (await browser.get("/")).text


async def test_no_token_answer_is_stored(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/chat-token")).headers["Cache-Control"] == "no-store"
    await sign_in(browser)
    assert (await browser.post("/chat-token")).headers["Cache-Control"] == "no-store"


async def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    browser: httpx.AsyncClient,
) -> None:
    cookie = (await sign_in(browser)).headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


async def test_an_account_that_is_not_there_cannot_sign_in(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/sign-in", data={"account": "u-mallory"})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (404, False)


async def test_orders_are_shown_to_whose_they_are(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/orders")).headers["Location"] == "/sign-in"
    await sign_in(browser)
    assert "4711" in (await browser.get("/orders")).text


@pytest.mark.parametrize("page", ["/static/about.html", "/static/help.html"])
async def test_a_static_page_is_the_same_for_everybody(browser: httpx.AsyncClient, page: str) -> None:
    before = await browser.get(page)
    await sign_in(browser)
    after = await browser.get(page)
    assert before.status_code == 200
    assert (before.content, before.headers) == (after.content, after.headers)
    assert 'data-token-url="/chat-token"' in after.text


@pytest.mark.parametrize("page", ["/", "/pricing", "/orders", "/sign-in", "/rendered-token"])
async def test_a_rendered_page_carries_the_chat_and_is_kept_by_no_cache(
    browser: httpx.AsyncClient, page: str
) -> None:
    await sign_in(browser)
    answer = await browser.get(page)
    assert f'src="{CHAT}/loader.js"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", ["/", "/rendered-token", "/static/about.html"])
async def test_a_page_lets_in_one_foreign_origin_and_no_line_of_script_but_its_own(
    browser: httpx.AsyncClient, page: str
) -> None:
    policy = (await browser.get(page)).headers["Content-Security-Policy"]
    assert f"frame-src {CHAT};" in policy
    assert "connect-src 'self';" in policy
    assert "unsafe" not in policy


async def test_each_page_has_a_nonce_of_its_own(browser: httpx.AsyncClient) -> None:
    policies = {(await browser.get("/")).headers["Content-Security-Policy"] for _ in range(2)}
    assert len(policies) == 2


async def test_the_inline_way_renders_a_token_for_ada_and_null_for_nobody(browser: httpx.AsyncClient) -> None:
    assert "let rendered = null;" in (await browser.get("/rendered-token")).text
    await sign_in(browser)
    assert 'let rendered = "ey' in (await browser.get("/rendered-token")).text


async def test_a_sign_out_tells_the_chat(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    answer = await browser.post("/sign-out")
    assert "privity('shutdown')" in answer.text
    assert (await browser.post("/chat-token")).status_code == 204


async def test_a_quiet_sign_out_only_drops_the_cookie(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    answer = await browser.post("/sign-out?quiet=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert (await browser.post("/chat-token")).status_code == 204


async def test_a_stolen_cookie_is_worth_nothing_after_the_sign_out(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    stolen = browser.cookies["acme_session"]
    await browser.post("/sign-out?quiet=1")
    browser.cookies.set("acme_session", stolen)
    assert (await browser.post("/chat-token")).status_code == 204


async def test_a_name_is_text_and_never_markup(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, GHOST)
    assert GHOST.name not in (await browser.get("/")).text
