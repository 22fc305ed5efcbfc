"""A running chat goes along from page to page: static ones, and where the browser keeps no cookie of the chat."""

from playwright.async_api import BrowserContext, expect

from tests.journeys.shopper import Shopper
from tests.journeys.town import Town

QUESTION = "Where is the lamp of order 4711?"


async def test_adas_chat_goes_along_to_a_static_page(town: Town) -> None:
    ada = await town.signed_in("Ada")
    await ada.open_chat()
    await ada.write(QUESTION)
    await ada.visit("/static/about.html")

    grace = await town.grace()
    await grace.open(QUESTION)
    await grace.reply("It left us this morning.")
    await expect(ada.page.get_by_role("button", name="Chat, 1 unread")).to_be_visible()
    await ada.open_chat()
    await ada.open_past("It left us this morning.")
    await expect(ada.messages.get_by_text(QUESTION)).to_be_visible()


async def test_adas_chat_goes_along_where_the_browser_keeps_nothing_for_the_chat(
    town: Town, wary_browser: BrowserContext
) -> None:
    ada = await Shopper.arriving(wary_browser, town.shop)
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await ada.write(QUESTION)
    assert {cookie["name"] for cookie in await wary_browser.cookies()} == {"acme_session"}

    await ada.visit("/static/help.html")
    await ada.open_chat()
    await ada.open_past(QUESTION)
    await ada.write("Hello? It is still me.")


async def test_a_visitor_can_chat_where_the_browser_keeps_nothing_for_the_chat(
    town: Town, wary_browser: BrowserContext
) -> None:
    visitor = await Shopper.arriving(wary_browser, town.shop)
    await visitor.open_chat()
    await visitor.write("Do you repair lamps?")
    assert await wary_browser.cookies() == []

    grace = await town.grace()
    await grace.open("Do you repair lamps?")
    await grace.reply("We do, for ten years.")
    await expect(visitor.messages.get_by_text("We do, for ten years.")).to_be_visible()


async def test_a_leads_chat_goes_along_where_the_browser_gives_the_chat_no_cookie(
    town: Town, cookieless_browser: BrowserContext
) -> None:
    lead = await Shopper.arriving(cookieless_browser, town.shop)
    await lead.open_chat()
    await lead.write("Do you repair lamps?")
    assert await cookieless_browser.cookies() == []

    await lead.visit("/static/help.html")
    await lead.open_chat()
    await expect(lead.messages.get_by_text("Do you repair lamps?")).to_be_visible()
    await lead.end_chat()
    await lead.visit("/pricing")
    await lead.open_chat()
    await lead.sees_locked_home()
