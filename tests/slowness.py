"""Doors and pages that take their time, for whoever asks: what waits for less than a person sees fails at them."""

import asyncio
import os
from typing import cast

from litestar.types import ASGIApp, Receive, Scope, Send
from playwright.async_api import BrowserContext

SECONDS = float(os.environ.get("PRIVITY_SLOW", "0"))
PAGES = float(os.environ.get("PRIVITY_SLOW_PAGES", SECONDS))
"""Where pages are slower than doors, an answer comes before what the page put off has been done."""

_LATE_TIMERS = """late => {
    const { requestAnimationFrame: draw, setTimeout: wait } = window;
    window.requestAnimationFrame = act => draw(() => wait(() => act(performance.now()), late));
    window.setTimeout = (act, after = 0, ...given) => wait(act, after + late, ...given);
}"""


def slow_doors(app: ASGIApp) -> ASGIApp:
    """The same doors; each does nothing for a while, and then what it always does."""

    async def waiting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            await asyncio.sleep(SECONDS)
        await app(scope, receive, send)

    return cast("ASGIApp", waiting) if SECONDS else app


async def slow_pages(browser: BrowserContext) -> None:
    """Its pages draw late, and do late whatever they put off."""
    if PAGES:
        await browser.add_init_script(f"({_LATE_TIMERS})({PAGES * 1000})")
