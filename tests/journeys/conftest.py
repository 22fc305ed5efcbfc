"""A town for each journey: the chat's house and Acme's shop on real ports, on two sites as in real life."""

import json
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Playwright, Route, async_playwright, expect

from demo import site
from privity.app import create_app
from privity.cli.serving import listen, port_of, serving
from privity.db.pool import Connection
from privity.furnishing import furnish
from privity.house import House
from privity.keyring import Keyring
from privity.mail.letter import NoPost, Post
from privity.outward.fetching import Outward
from privity.settings import Settings
from privity.web.static_files import FrontEnd
from privity_client import SigningKey
from tests.canary.listening import Ears, overheard
from tests.canary.looking import goes_home, watch
from tests.database import Database
from tests.journeys.clock import RunningClock
from tests.journeys.town import DESKTOP, PATIENCE_IN_MILLISECONDS, Town, found_acme
from tests.slowness import slow_doors

CHROMIUM = os.environ.get("PRIVITY_CHROMIUM") or shutil.which("chromium")
SHELL = os.environ.get("PRIVITY_CHROMIUM_SHELL") or shutil.which("chromium-headless-shell") or CHROMIUM
"""The same engine without a browser's windows around it: no settings of a person's and no back-forward cache, but a
third quicker."""
ALLOW_ALL = 0
BLOCK = 2
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    expect.set_options(timeout=PATIENCE_IN_MILLISECONDS)
    async with async_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
async def browser(playwright: Playwright) -> AsyncIterator[Browser]:
    """One real Chromium for all journeys of a worker; each person in them has a context of their own."""
    browser = await playwright.chromium.launch(executable_path=SHELL, args=QUIET)
    yield browser
    await browser.close()


@pytest.fixture
async def keeping_browser(playwright: Playwright) -> AsyncIterator[Browser]:
    """A Chromium that keeps whole pages for the back button, as people's do and as tests' do not."""
    browser = await playwright.chromium.launch(
        executable_path=CHROMIUM, args=QUIET, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    await browser.close()


@pytest.fixture
async def wary_browser(
    playwright: Playwright, tmp_path: Path, database: Database
) -> AsyncIterator[BrowserContext]:
    """A Chromium that was told to keep nothing for the chat's host: no cookie, no storage."""
    blocked = {"content_settings": {"exceptions": {"cookies": {"127.0.0.1,*": {"setting": BLOCK}}}}}
    async with told(playwright, blocked, tmp_path, database.ears) as context:
        yield context


@pytest.fixture
async def cookieless_browser(
    playwright: Playwright, tmp_path: Path, database: Database
) -> AsyncIterator[BrowserContext]:
    """A Chromium in which the chat's frame has its storage, and no cookie of the chat ever arrives."""
    async with told(playwright, {"cookie_controls_mode": ALLOW_ALL}, tmp_path, database.ears) as context:
        await context.route("**/widget/v1/**", answer_without_cookies)
        yield context


@asynccontextmanager
async def told(
    playwright: Playwright, settings: dict[str, Any], folder: Path, ears: Ears
) -> AsyncIterator[BrowserContext]:
    """A Chromium whose person chose these settings."""
    profile = folder / "profile"
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps({"profile": settings}))
    context = await playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=QUIET, viewport=DESKTOP
    )
    yield watch(context, ears)
    await goes_home(context)


async def answer_without_cookies(route: Route) -> None:
    asked = route.request
    async with httpx.AsyncClient(timeout=PATIENCE_IN_MILLISECONDS / 1000) as client:
        answer = await client.request(
            asked.method, asked.url, headers=await asked.all_headers(), content=asked.post_data_buffer
        )
    headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
    await route.fulfill(status=answer.status_code, headers=headers, body=answer.content)


@pytest.fixture
def clock() -> RunningClock:
    return RunningClock()


@pytest.fixture
def chat_port() -> Iterator[socket.socket]:
    with listen("127.0.0.1", 0) as listener:
        yield listener


@pytest.fixture
def shop_port() -> Iterator[socket.socket]:
    with listen("127.0.0.1", 0) as listener:
        yield listener


@pytest.fixture
def chat_origin(chat_port: socket.socket) -> str:
    """Where browsers find the chat."""
    return f"http://127.0.0.1:{port_of(chat_port)}"


@pytest.fixture
def post() -> Post:
    """How letters go out: not at all, but where a test has a way to read them."""
    return NoPost()


@pytest.fixture
async def house(
    database: Database,
    keyring: Keyring,
    clock: RunningClock,
    tmp_path: Path,
    chat_origin: str,
    post: Post,
    way_out: Outward,
) -> AsyncIterator[House]:
    settings = Settings(tmp_path, chat_origin)
    async with furnish(settings, keyring, database.address, clock, post, way_out) as house:
        yield house


@pytest.fixture
async def chat(
    house: House, front_end: FrontEnd, chat_port: socket.socket, database: Database
) -> AsyncIterator[House]:
    """The house with its doors open, and nobody in it yet."""
    async with serving(
        slow_doors(overheard(create_app(house, front_end), database.ears, house.clock)), chat_port
    ):
        yield house


@pytest.fixture
async def town(
    chat: House,
    browser: Browser,
    owner_db: Connection,
    clock: RunningClock,
    shop_port: socket.socket,
    database: Database,
) -> AsyncIterator[Town]:
    shop_url = f"http://localhost:{port_of(shop_port)}"
    acme = await found_acme(chat, shop_url)
    key = SigningKey(acme.key.kid, acme.key.material.decode())
    shop = site.create_app(chat.settings.origin, str(acme.id), key, clock=clock)
    town = Town(browser, chat, owner_db, clock, acme, shop_url, database.ears)
    async with serving(slow_doors(shop), shop_port):
        yield town
        await town.everybody_goes_home()
