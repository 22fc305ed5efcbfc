"""What is left of a chat when its person has gone: nothing, neither on the screen nor behind it."""

import pytest
from playwright.async_api import Browser, Route, expect

from tests.canary.looking import goes_home
from tests.cast import ADA
from tests.journeys.kept_panel import KeptPanel
from tests.journeys.shopper import LOCKED, Shopper
from tests.journeys.town import Town

QUESTION = "Where is the lamp of order 4711?"
SECRET = "My name is nobody's business."
UNTOLD = "our server couldn't be told yet"
ENDING = "**/widget/v1/session"


@pytest.mark.attack("A-76")
async def test_ada_signs_out_and_the_panel_is_empty_at_once(town: Town) -> None:
    ada = await ada_reading(town, await town.shopper())
    await ada.page.evaluate("privity('shutdown')")
    await expect(ada.launcher).to_be_hidden()
    await expect(ada.said(QUESTION)).to_have_count(0)
    await ada.hears_nothing_more()
    await expect(ada.page.locator("privity-chat")).to_have_count(0)
    await town.all_sessions_end()


@pytest.mark.attack("A-85")
async def test_after_ada_signed_out_neither_back_nor_reload_shows_anything(town: Town) -> None:
    ada = await ada_reading(town, await town.shopper(), on="/static/help.html")
    await ada.visit("/orders")
    await ada.sign_out()
    await ada.open_chat()
    await ada.sees_locked_home()
    await finds_nothing_by_back_or_reload(ada)


@pytest.mark.attack("A-85")
async def test_a_page_that_the_browser_kept_comes_back_without_a_word_of_adas(
    keeping_browser: Browser, town: Town
) -> None:
    context = await town.clean_browser(keeping_browser)
    ada = await ada_reading(town, await Shopper.arriving(context, town.shop), on="/static/help.html")
    browser = await keeping_browser.new_browser_cdp_session()
    left = await KeptPanel.only_one(browser)
    assert QUESTION in await left.text()
    await expect(ada.composer).to_be_focused()

    await ada.visit("/orders")
    await ada.sign_out()
    # Only then: the browser would keep the panel in which she signed out as well.
    await expect(ada.page.locator("privity-chat[hidden]")).to_have_count(0)
    # Past the orders, where nobody is signed in now, to the page that was kept.
    async with ada.page.expect_event("framenavigated", lambda frame: frame.url.endswith("/static/help.html")):
        await ada.page.evaluate("history.go(-2)")
    returned = await KeptPanel.only_one(browser)
    assert returned.id == left.id, "the page has to be the one that was left for this to mean anything"
    assert QUESTION not in await returned.text()
    assert QUESTION not in await returned.text_once_it_says(LOCKED)


@pytest.mark.attack("A-76")
async def test_a_site_that_only_drops_its_cookie_still_signs_ada_out_of_the_chat(town: Town) -> None:
    ada = await town.shopper()
    await ada.page.clock.install()
    await ada_reading(town, ada)
    other_tab = await ada.another_tab()
    await other_tab.sign_out_quietly()
    await expect(ada.messages.get_by_text(QUESTION)).to_be_visible()

    await ada.page.clock.fast_forward("05:00")
    await ada.sees_locked_home()
    await expect(ada.said(QUESTION)).to_have_count(0)
    await ada.hears_nothing_more()
    await finds_nothing_by_back_or_reload(ada)


async def test_nothing_is_left_in_the_browser_of_a_lead_who_ended_the_chat(town: Town) -> None:
    lead = await town.shopper()
    for path in ("/pricing", "/static/about.html"):
        await lead.visit(path)
    await lead.open_chat()
    await lead.write(SECRET)
    await lead.end_chat()
    await expect(lead.said("This chat has ended.")).to_be_visible()
    await expect(lead.said(SECRET)).to_have_count(0)
    await lead.hears_nothing_more()
    await finds_nothing_by_back_or_reload(lead, SECRET)


async def test_a_chat_that_was_ended_without_a_connection_shows_nothing_and_ends_once_there_is_one(
    town: Town,
) -> None:
    lead = await town.shopper()
    await lead.open_chat()
    await lead.write(SECRET)
    await lead.page.route(ENDING, abort_deletes)
    await lead.end_chat()
    await expect(lead.said(UNTOLD)).to_be_visible()
    await expect(lead.said(SECRET)).to_have_count(0)
    assert await town.living_sessions() == 1, "its end must not have been told for this to mean anything"

    await lead.visit("/pricing")
    await lead.open_chat()
    await expect(lead.said("No connection. Trying again…")).to_be_visible()
    await expect(lead.said(SECRET)).to_have_count(0)
    await lead.page.unroute(ENDING)
    await lead.come_back()
    await lead.sees_locked_home()
    await expect(lead.said(SECRET)).to_have_count(0)
    assert await town.living_sessions() == 0


async def test_a_chat_whose_end_the_server_could_not_take_is_ended_at_the_next_try(town: Town) -> None:
    lead = await town.shopper()
    await lead.open_chat()
    await lead.write(SECRET)
    await lead.page.route(ENDING, lambda route: route.fulfill(status=503), times=1)
    await lead.end_chat()
    await expect(lead.said("This chat has ended.")).to_be_visible()
    await expect(lead.said(UNTOLD)).to_have_count(0)
    await lead.write("Do you repair lamps?")
    await expect(lead.said(SECRET)).to_have_count(0)
    assert await town.living_sessions() == 1
    ended = await town.owner_db.fetchval("SELECT count(*) FROM session WHERE end_reason = 'ended'")
    assert ended == 1


@pytest.mark.parametrize("minutes", [1, 31])
async def test_restored_cookies_open_a_chat_until_its_time_is_up(town: Town, minutes: int) -> None:
    lead = await town.shopper()
    await lead.open_chat()
    await lead.write(SECRET)
    saved = await lead.page.context.storage_state()
    assert saved["cookies"], "a cookie has to be there to be restored"
    await goes_home(lead.page.context)

    town.clock.forward(minutes=minutes)
    restored = await town.clean_browser(storage_state=saved)
    later = await Shopper.arriving(restored, town.shop)
    await later.open_chat()
    if minutes == 1:
        await expect(later.messages.get_by_text(SECRET)).to_be_visible()
    else:
        await later.sees_locked_home()
        await expect(later.said(SECRET)).to_have_count(0)


async def ada_reading(town: Town, ada: Shopper, *, on: str = "/orders") -> Shopper:
    """Ada, signed in, with one of her past conversations before her."""
    await town.once_wrote(ADA, QUESTION)
    await ada.sign_in_as("Ada")
    await ada.visit(on)
    await ada.open_chat()
    await ada.open_past(QUESTION)
    assert ada.listens(), "a socket has to be open for its end to mean anything"
    return ada


async def abort_deletes(route: Route) -> None:
    await (route.abort() if route.request.method == "DELETE" else route.continue_())


async def finds_nothing_by_back_or_reload(shopper: Shopper, words: str = QUESTION) -> None:
    page = shopper.page
    for look_again in (page.reload, page.go_back, page.go_back, page.reload):
        await look_again()
        await expect(shopper.said(words)).to_have_count(0)
        if not await shopper.everything.is_visible():
            await shopper.open_chat()
        await shopper.sees_locked_home()
        await expect(shopper.said(words)).to_have_count(0)
