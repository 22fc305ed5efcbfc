"""Every screen can be read by a screen reader, in light and dark, and used without a mouse."""

from typing import Literal

import pytest
from playwright.async_api import expect

from tests.cast import ADA, GRACE
from tests.journeys.reading import faults
from tests.journeys.town import PASSWORD, Town

LIGHT_AND_DARK = pytest.mark.parametrize("colours", ["light", "dark"])
Colours = Literal["light", "dark"]

QUESTION = "Where is the lamp of order 4711?"


@LIGHT_AND_DARK
async def test_nothing_in_the_panel_is_hidden_from_a_screen_reader(town: Town, colours: Colours) -> None:
    await town.once_wrote(ADA, QUESTION, "Can I swap a bent notebook?")
    visitor = await town.shopper(color_scheme=colours)
    await visitor.open_chat()
    await visitor.sees_locked_home()
    await visitor.panel.get_by_role("button", name="Why?").click()
    assert await faults(await visitor.frame()) == []

    await visitor.write("Is my lamp on its way? I saw it on https://acme.example/lamps")
    assert await faults(await visitor.frame()) == []
    await visitor.panel.get_by_role("button", name="More").click()
    await visitor.panel.get_by_role("button", name="End chat").click()
    assert await faults(await visitor.frame()) == []

    await visitor.sign_in_as("Ada")
    await visitor.open_chat()
    await expect(visitor.question).to_be_visible()
    await visitor.sees_past(QUESTION)
    assert await faults(await visitor.frame()) == []


@LIGHT_AND_DARK
async def test_nothing_in_the_inbox_is_hidden_from_a_screen_reader(town: Town, colours: Colours) -> None:
    mallory = await town.shopper()
    await mallory.open_chat()
    await mallory.write(QUESTION)
    await mallory.leave_email(ADA.email)
    grace = await town.grace_at_the_door(color_scheme=colours)
    assert await faults(grace.page) == []

    await grace.sign_in(GRACE.email, PASSWORD)
    await grace.open(QUESTION)
    await grace.reply("Let me look.")
    await expect(grace.person.get_by_text("unproved")).to_be_visible()
    assert await faults(grace.page) == []
    await grace.ask_why()
    assert await faults(grace.page) == []


@LIGHT_AND_DARK
async def test_grace_whose_server_does_not_answer_reads_so_and_tries_again(
    town: Town, colours: Colours
) -> None:
    page = await (await town.clean_browser(color_scheme=colours)).new_page()
    await page.route("**/api/v1/me", lambda route: route.abort())
    await page.goto(f"{town.chat}/inbox")
    await expect(page.get_by_role("heading", name="The inbox did not open")).to_be_visible()
    await expect(page.get_by_role("alert")).to_contain_text("No connection to the server.")
    assert await faults(page) == []

    await page.unroute("**/api/v1/me")
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_label("Password")).to_be_visible()


@LIGHT_AND_DARK
async def test_nothing_in_the_set_up_is_hidden_from_a_screen_reader(town: Town, colours: Colours) -> None:
    page = await (await town.clean_browser(color_scheme=colours)).new_page()
    await page.goto(f"{town.chat}/setup#a-link-that-somebody-was-given")
    await expect(page.get_by_role("heading", name="Set up Privity")).to_be_visible()
    assert await faults(page) == []


async def test_a_chat_that_ends_leaves_the_keys_to_who_writes_in_the_page_around_it(town: Town) -> None:
    visitor = await town.shopper()
    await visitor.open_chat()
    await visitor.write("Do you repair lamps?")
    await visitor.page.evaluate("document.body.prepend(document.createElement('textarea'))")
    field = visitor.page.locator("body > textarea")
    await field.focus()
    await (await visitor.frame()).evaluate("fetch('/widget/v1/session', { method: 'DELETE' })")
    await expect(visitor.said("This chat has ended.")).to_be_visible()
    await expect(visitor.composer).to_be_visible()
    await visitor.page.keyboard.type("lamp")
    await expect(field).to_have_value("lamp")

    await visitor.panel.get_by_role("heading").first.click()
    await visitor.composer.press("x")
    await expect(field).to_have_value("lamp")


async def test_a_visitor_opens_the_chat_writes_and_closes_it_without_a_mouse(town: Town) -> None:
    visitor = await town.shopper()
    press = visitor.page.keyboard.press
    for _ in range(30):
        if await visitor.launcher.evaluate("button => button.matches(':focus')"):
            break
        await press("Tab")
    await press("Enter")
    await expect(visitor.composer).to_be_focused()

    await visitor.page.keyboard.type("Do you repair lamps?")
    await press("Enter")
    await expect(visitor.messages.get_by_text("Do you repair lamps?")).to_be_visible()
    await expect(visitor.composer).to_be_focused()
    await visitor.panel.get_by_label("Your e-mail, if you like").focus()
    await visitor.page.keyboard.type("eve@example.com")
    await press("Tab")
    await press("Enter")
    await expect(visitor.said("Thank you, it is noted.")).to_be_focused()
    await press("Escape")
    await expect(visitor.everything).to_be_hidden()
    await expect(visitor.launcher).to_be_focused()
