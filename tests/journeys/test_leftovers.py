"""When Ada has gone, nothing of hers is anywhere in the browser: not shown, not stored, not in a picture of it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Playwright, expect

from tests.cast import ADA, GRACE
from tests.journeys.conftest import told
from tests.journeys.leftovers import held_by, on_disk
from tests.journeys.shopper import Shopper
from tests.journeys.town import PASSWORD, PATIENCE_IN_MILLISECONDS, Town

WORD = "heron5e1c"
SECRET = f"My order is {WORD}."
DRAFT = "egret77b0"


async def she_signs_out_at_the_site(town: Town, ada: Shopper) -> None:
    await ada.visit("/orders")
    await ada.sign_out()
    # Beside the next panel stood the one in which her session ended, and came and went by itself.
    await expect(ada.page.locator("privity-chat")).to_have_count(1)


async def the_page_shuts_the_chat_down(town: Town, ada: Shopper) -> None:
    await ada.page.evaluate("privity('shutdown')")
    await expect(ada.page.locator("privity-chat")).to_have_count(0)


async def her_proof_ends(town: Town, ada: Shopper) -> None:
    other_tab = await ada.another_tab("/pricing")
    await other_tab.sign_out_quietly()
    await ada.page.bring_to_front()
    await ada.come_back()
    await ada.sees_locked_home()


async def bob_signs_in_after_her(town: Town, ada: Shopper) -> None:
    await ada.sign_in_as("Bob")
    await ada.open_chat()
    await expect(ada.said("Hello Bob.")).to_be_visible()


@pytest.mark.attack("A-76", "A-77", "A-85")
@pytest.mark.parametrize(
    "end",
    [she_signs_out_at_the_site, the_page_shuts_the_chat_down, her_proof_ends, bob_signs_in_after_her],
    ids=lambda end: end.__name__,
)
async def test_nothing_of_adas_is_held_anywhere_in_the_page(
    town: Town, end: Callable[[Town, Shopper], Awaitable[None]]
) -> None:
    ada = await ada_reading_and_writing(town, await town.shopper())
    before = await held_by(ada.page)
    assert WORD in before, "it has to be found while she is there for this to mean anything"
    assert DRAFT in before, "so has what she was writing"

    await end(town, ada)
    held = await held_by(ada.page)
    assert WORD not in held
    assert DRAFT not in held
    assert "__Host-privity" not in held


@pytest.mark.attack("A-85")
async def test_a_picture_of_the_panel_is_that_of_one_where_she_never_was(town: Town) -> None:
    ada = await ada_reading_and_writing(town, await town.shopper())
    with_her = await picture(ada)
    await ada.visit("/orders")
    await ada.sign_out()
    await ada.visit("/pricing")
    await ada.open_chat()
    await ada.sees_locked_home()
    stranger = await town.shopper()
    await stranger.visit("/pricing")
    await stranger.open_chat()
    await stranger.sees_locked_home()

    assert await picture(stranger) != with_her, "it has to show who is there for this to mean anything"
    await look_alike(ada, stranger)


@pytest.mark.attack("A-76", "A-85")
async def test_nothing_of_adas_is_on_the_disk_of_a_computer_that_she_used(
    town: Town, playwright: Playwright, tmp_path: Path
) -> None:
    async with told(playwright, {}, tmp_path, town.ears) as browser:
        ada = await ada_reading_and_writing(town, await Shopper.arriving(browser, town.shop))
        secret = await ada.page.evaluate("JSON.stringify(sessionStorage)")
        assert WORD not in secret
        await ada.visit("/orders")
        await ada.sign_out()
    held = on_disk(tmp_path / "profile")
    assert b"/loader.js" in held, "what may be kept is kept there"
    assert b"/static/help.html" in held, "and which pages were seen"
    for word in (WORD, DRAFT):
        assert word.encode() not in held
    assert b"/widget/v1/conversations" not in held


@pytest.mark.attack("A-85")
async def test_nothing_of_a_conversation_is_left_in_the_inbox_when_grace_has_signed_out(town: Town) -> None:
    await town.once_wrote(ADA, SECRET)
    grace = await town.grace()
    await grace.open(SECRET)
    await grace.page.get_by_role("textbox", name="Reply").fill(DRAFT)
    before = await held_by(grace.page)
    assert WORD in before, "it has to be found while she is there for this to mean anything"
    assert DRAFT in before

    await grace.page.get_by_role("button", name="Sign out", exact=True).click()
    await expect(grace.page.get_by_label("Password")).to_be_visible()
    for look_again in (None, grace.page.reload, grace.page.go_back, grace.page.go_forward):
        if look_again is not None:
            await look_again()
        held = await held_by(grace.page)
        for word in (WORD, DRAFT, ADA.email, PASSWORD):
            assert word not in held

    await grace.sign_in(GRACE.email, PASSWORD)
    await grace.open(SECRET)
    assert DRAFT not in await held_by(grace.page), "another person may be the next who signs in here"


async def ada_reading_and_writing(town: Town, ada: Shopper) -> Shopper:
    """Ada, with one of her past conversations before her and an answer half written."""
    await town.once_wrote(ADA, SECRET)
    await ada.sign_in_as("Ada")
    await ada.visit("/static/help.html")
    await ada.open_chat()
    await ada.open_past(SECRET)
    await ada.composer.fill(DRAFT)
    return ada


async def look_alike(one: Shopper, other: Shopper) -> None:
    async with asyncio.timeout(PATIENCE_IN_MILLISECONDS / 1000):
        # What a page says is there may not be painted yet, and nothing tells when it is.
        while await picture(one) != await picture(other):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def picture(shopper: Shopper) -> bytes:
    await shopper.page.mouse.move(0, 0)
    return await shopper.panel_on_page.screenshot(animations="disabled", caret="hide")
