"""The first start: whoever holds the link makes the workspace, takes the key, and sees the site come alive."""

import socket

from playwright.async_api import Browser, Page, expect

from demo import site
from privity.cli.serving import port_of, serving
from privity.house import House
from privity.workspaces import setup
from privity_client import SigningKey
from tests.canary.looking import arrives, goes_home
from tests.cast import GRACE
from tests.database import Database
from tests.journeys.clock import RunningClock
from tests.journeys.reading import faults
from tests.journeys.shopper import Shopper
from tests.journeys.town import PASSWORD


async def test_grace_sets_her_company_up_and_sees_the_first_visit(
    chat: House, browser: Browser, shop_port: socket.socket, clock: RunningClock, database: Database
) -> None:
    shop_url = f"http://localhost:{port_of(shop_port)}"
    grace = await (await arrives(browser, database.ears)).new_page()
    await grace.goto(str(await setup.new_link(chat)))
    assert "#" not in grace.url, "a link that is good once should not stand where others read it"

    await answer(grace, shop_url)
    await expect(grace.get_by_role("heading", name="Two things for your site")).to_be_visible()
    assert await faults(grace) == []
    key = SigningKey(await shown(grace, "key's name (kid)"), await shown(grace, "secret (HS256)"))
    workspace = (await shown(grace, "snippet")).split("workspace:'")[1].split("'")[0]
    await grace.get_by_role("button", name="I have kept the key").click()
    await expect(grace.get_by_role("heading", name="Waiting for the first visit")).to_be_visible()
    assert await faults(grace) == []

    async with serving(site.create_app(chat.settings.origin, workspace, key, clock=clock), shop_port):
        ada = await Shopper.arriving(await arrives(browser, database.ears), shop_url)
        await expect(grace.get_by_text("First seen on")).to_be_visible()
        assert await faults(grace) == []
        await ada.sign_in_as("Ada")
        await ada.open_chat()
        await ada.write("Good morning!")
        await grace.get_by_role("button", name="Open the inbox").click()
        await expect(grace.get_by_text("Good morning!")).to_be_visible()
        await goes_home(ada.page.context)
    await goes_home(grace.context)


async def answer(page: Page, site: str) -> None:
    await page.get_by_label("Your name").fill(GRACE.name)
    await page.get_by_label("Your e-mail").fill(GRACE.email)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_label("Company").fill("Acme")
    await page.get_by_label("Your website").fill(site)
    await page.get_by_role("button", name="Continue").click()


async def shown(page: Page, name: str) -> str:
    """The words of one of the blocks that are there to be copied."""
    block = page.locator("figure").filter(has=page.get_by_role("button", name=f"Copy the {name}"))
    return await block.locator("pre").inner_text()
