"""In front of every browser: who asks the chat from each frame of a page, and what that frame shows and keeps when the
person goes."""

import asyncio
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.async_api import Browser, BrowserContext, Error, Frame, Page, Request

from privity.web.credential import Credential
from tests.canary.listening import Ears, Exchange, carried
from tests.canary.sweep import A_SITES_PAGE
from tests.journeys.leftovers import held_in
from tests.slowness import slow_pages

PATIENCE_IN_SECONDS = 30
_THE_CHATS = ("/widget/", "/inbox")
_DOORS = ("/widget/v1/", "/api/v1/")

_watched: WeakKeyDictionary[BrowserContext, Ears] = WeakKeyDictionary()
_asked_last: WeakKeyDictionary[Frame, Request] = WeakKeyDictionary()


async def arrives(at: Browser, ears: Ears, **ways: Any) -> BrowserContext:
    """A browser of somebody's own, in which nobody was yet. `ways` are Playwright's."""
    browser = await at.new_context(**ways)
    await slow_pages(browser)
    return watch(browser, ears)


def watch(browser: BrowserContext, ears: Ears) -> BrowserContext:
    """From now on it is known who sits there."""
    _watched[browser] = ears
    browser.on("request", _note)
    return browser


async def goes_home(browser: BrowserContext) -> None:
    """Each page is looked at once more before it is closed."""
    try:
        for page in browser.pages:
            await look(page)
    finally:
        await browser.close()


async def look(page: Page) -> None:
    """A frame is heard by whoever asked the chat from it last: whoever was there before is gone."""
    for frame in page.frames:
        held = await _held(frame)
        if held is None:
            continue
        path = urlsplit(frame.url).path
        ears = _watched[page.context]
        seen = Exchange(f"the page {path}", heard=held.encode(), shown_at=ears.moment())
        if path.startswith(_THE_CHATS):
            seen.brought = await _who_asked(frame)
        else:
            # Its address was typed by somebody, or written by the site.
            seen.by, seen.said = A_SITES_PAGE, frame.url.encode()
        ears.exchanges.append(seen)


async def _held(frame: Frame) -> str | None:
    """None where the page took the frame away meanwhile, and all that was in it. Where another document came into it
    meanwhile, that one is asked."""
    failure: Exception = TimeoutError()
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_IN_SECONDS):
            # Playwright hears that nobody answers there before it hears that the frame is gone.
            while not frame.is_detached():
                try:
                    return await held_in(frame)
                except Error as error:
                    failure = error
                await asyncio.sleep(0.05)
    if frame.is_detached():
        return None
    raise failure


def _note(request: Request) -> None:
    if urlsplit(request.url).path.startswith(_DOORS):
        _asked_last[request.frame] = request


async def _who_asked(frame: Frame) -> Credential | None:
    last = _asked_last.get(frame)
    if last is None:
        return None
    # What is in the jar now, and not what the request brought: that is told with its answer, and some have none.
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in await frame.page.context.cookies())
    return carried(urlsplit(last.url).path, {"cookie": cookies, **last.headers})
