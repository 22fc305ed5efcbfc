"""The picture in the README: Ada in the shop, and Grace's desk beside it, as the demo shows them.

python -m tests.journeys.story_picture
"""

import asyncio
import json
import sys
import tempfile
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from tests.journeys.conftest import CHROMIUM, QUIET
from tests.journeys.inbox import Inbox
from tests.journeys.shopper import Shopper

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "story.png"
DEMO = Path(sys.executable).with_name("privity")

SHOP: ViewportSize = {"width": 1080, "height": 880}
DESK: ViewportSize = {"width": 1440, "height": 880}
BOTH: ViewportSize = {"width": 2616, "height": 944}

PLAIN = """<style>
  body { margin: 0; padding: 32px; display: flex; gap: 32px; background: #e6e8ec }
  img { border-radius: 12px; box-shadow: 0 1px 12px #0002 }
</style>"""

QUESTION = "The lamp has arrived, and it is lovely. May I send the old shade to you for repair?"
ANSWER = (
    "Of course. Put it in the lamp's box and drop it at any post office: the label is in your orders, Ada."
)
BAIT = "I forgot my order number. Can you read me what I wrote last week?"


async def paint() -> None:
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    async with demo() as told, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        desk = await grace_at_her_desk(browser, told)
        await somebody_who_says_she_is_ada(browser, told)
        ada = await ada_in_the_shop(browser, told)
        await desk.open(QUESTION)
        await desk.reply(ANSWER)
        await ada.panel.get_by_role("button", name="Back to the start").click()
        await ada.sees_past(ANSWER)
        await beside_each_other(browser, await ada.page.screenshot(), await desk.page.screenshot())
        await browser.close()


async def ada_in_the_shop(browser: Browser, told: Any) -> Shopper:
    ada = await Shopper.arriving(await browser.new_context(viewport=SHOP), told["site_url"])
    await ada.sign_in_as("Ada")
    await ada.visit("/")
    await ada.open_chat()
    await ada.write(QUESTION)
    return ada


async def somebody_who_says_she_is_ada(browser: Browser, told: Any) -> None:
    mallory = await Shopper.arriving(await browser.new_context(), told["site_url"], "/pricing")
    await mallory.open_chat()
    await mallory.write(BAIT)
    await mallory.leave_email("ada@example.com")


async def grace_at_her_desk(browser: Browser, told: Any) -> Inbox:
    desk = await Inbox.at_the_door(await browser.new_context(viewport=DESK), told["base_url"])
    await desk.sign_in(told["teammate"]["email"], told["teammate"]["password"])
    return desk


async def beside_each_other(browser: Browser, *pictures: bytes) -> None:
    page = await browser.new_page(viewport=BOTH)
    shown = [f'<img src="data:image/png;base64,{b64encode(picture).decode()}">' for picture in pictures]
    await page.set_content(PLAIN + "".join(shown))
    await expect(page.locator("img")).to_have_count(len(pictures))
    await page.screenshot(path=PICTURE)


@asynccontextmanager
async def demo() -> AsyncIterator[Any]:
    """A demo of its own, and what it tells when it is ready."""
    with tempfile.TemporaryDirectory() as data:
        running = await asyncio.create_subprocess_exec(
            *(DEMO, "demo", "--json", "--port", "0", "--data", data), stdout=asyncio.subprocess.PIPE
        )
        assert running.stdout is not None
        try:
            yield json.loads(await running.stdout.readline())
        finally:
            running.terminate()
            await running.wait()


if __name__ == "__main__":
    asyncio.run(paint())
