"""A computer that several people use: what one of them wrote is shown to none of the others."""

import pytest
from playwright.async_api import expect

from privity.workspaces import rules
from tests.journeys.reading import faults
from tests.journeys.shopper import Shopper
from tests.journeys.town import Town

SECRET = "My daughter must not hear of it."
MINE = "Is my lamp on its way?"
NOT_MINE = "Do you sell rings?"


@pytest.mark.attack("A-79")
async def test_ada_is_asked_about_a_strangers_chat_sees_no_word_of_it_and_leaves_it(town: Town) -> None:
    stranger = await town.shopper()
    await stranger.open_chat()
    await stranger.write(SECRET)

    ada = await stranger.another_tab()
    await stranger.page.close()
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await expect(ada.question).to_contain_text("You wrote in this chat before you signed in")
    await expect(ada.question).to_contain_text("Ada Lovelace")
    await expect(ada.said(SECRET)).to_have_count(0)

    await ada.question.get_by_role("button", name="Not mine").click()
    await expect(ada.question).to_have_count(0)
    await ada.write("Where is my lamp?")
    await ada.sign_out()

    await ada.sign_in_as("Bob")
    await ada.open_chat()
    await expect(ada.said("Hello Bob.")).to_be_visible()
    await ada.composer.click()
    await expect(ada.question).to_have_count(0)
    await expect(ada.past).to_have_count(0)
    await expect(ada.said(SECRET)).to_have_count(0)
    await ada.visit("/")
    await ada.open_chat()
    await expect(ada.said("Hello Bob.")).to_be_visible()
    await expect(ada.question).to_have_count(0)


async def test_what_ada_wrote_before_she_signed_in_is_hers_once_she_says_so(town: Town) -> None:
    ada = await town.shopper()
    await ada.open_chat()
    await ada.write("Is my lamp on its way?")
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await expect(ada.past).to_have_count(0)

    await ada.question.get_by_role("button", name="Keep it").click()
    await ada.sees_past("Is my lamp on its way?")
    await expect(ada.said("It is kept in your account.")).to_be_visible()

    elsewhere = await town.signed_in("Ada")
    await elsewhere.open_chat()
    await elsewhere.sees_past("Is my lamp on its way?")


@pytest.mark.attack("A-77")
async def test_what_ada_left_for_later_is_asked_of_nobody_else(town: Town) -> None:
    ada = await town.shopper()
    await ada.open_chat()
    await ada.write(SECRET)
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await expect(ada.question).to_be_visible()
    await ada.sign_out()

    await ada.sign_in_as("Bob")
    await ada.open_chat()
    await expect(ada.said("Hello Bob.")).to_be_visible()
    await ada.write("Where is my kettle?")
    await expect(ada.question).to_have_count(0)
    await expect(ada.said(SECRET)).to_have_count(0)


async def wrote_twice(shopper: Shopper) -> None:
    """A lead, who began one conversation and then another."""
    await shopper.open_chat()
    await shopper.write(MINE)
    await shopper.panel.get_by_role("button", name="Back to the start").click()
    await shopper.write(NOT_MINE)


@pytest.mark.attack("A-77")
async def test_of_two_conversations_ada_keeps_her_own_and_gives_it_back(town: Town) -> None:
    ada = await town.shopper(color_scheme="dark")
    await wrote_twice(ada)
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    choices = ada.question.get_by_role("checkbox")
    await expect(choices).to_have_count(2)
    await expect(ada.question.get_by_role("checkbox", checked=True)).to_have_count(0)
    await expect(ada.said(MINE)).to_have_count(0)

    for line in (MINE, NOT_MINE):
        await ada.question.get_by_role("button", name="Show its first line").first.click()
        await expect(ada.question.get_by_text(line)).to_be_focused()
    await ada.question.get_by_role("button", name="Keep what I chose").click()
    await expect(ada.said("Choose what is yours, or answer that nothing is.")).to_be_visible()
    await choices.first.check()
    assert await faults(await ada.frame()) == []
    await ada.question.get_by_role("button", name="Keep what I chose").click()
    await ada.sees_past(MINE)
    await expect(ada.question).to_have_count(0)
    await expect(ada.said(NOT_MINE)).to_have_count(0)

    await ada.panel.get_by_role("button", name="Undo").click()
    await expect(choices).to_have_count(2)
    await expect(ada.past).to_have_count(0)
    await expect(ada.said(MINE)).to_have_count(0)


async def test_where_a_shop_keeps_all_of_it_ada_is_asked_all_the_same_and_told_of_others(town: Town) -> None:
    await rules.change(town.house, town.acme.id, "adopt", "always")
    ada = await town.shopper()
    await wrote_twice(ada)
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await expect(ada.said("If other people use this computer, keep only what is yours.")).to_be_visible()
    await expect(ada.past).to_have_count(0)
    await expect(ada.question.get_by_role("checkbox", checked=True)).to_have_count(2)
    await expect(ada.question.get_by_role("button").last).to_have_text("Nothing is mine")
    assert await faults(await ada.frame()) == []

    await ada.question.get_by_role("checkbox").last.uncheck()
    await ada.question.get_by_role("button", name="Keep what I chose").click()
    await ada.sees_past(MINE)
    await expect(ada.said(NOT_MINE)).to_have_count(0)


@pytest.mark.attack("A-79")
async def test_ada_comes_back_days_later_and_keeps_what_she_wrote_and_bob_is_asked_nothing(
    town: Town,
) -> None:
    await rules.change(town.house, town.acme.id, "adoption_days", "7")
    ada = await town.shopper()
    await ada.open_chat()
    await ada.write(MINE)
    await ada.page.close()

    town.clock.forward(hours=72)
    ada = await Shopper.arriving(ada.page.context, town.shop)
    await ada.open_chat()
    await ada.sees_locked_home()
    await expect(ada.question).to_have_count(0)
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await expect(ada.question).to_contain_text("You wrote in this chat before you signed in")
    await expect(ada.said(MINE)).to_have_count(0)
    await ada.question.get_by_role("button", name="Keep it").click()
    await ada.sees_past(MINE)

    await ada.sign_out_quietly()
    await ada.sign_in_as("Bob")
    await ada.open_chat()
    await expect(ada.said("Hello Bob.")).to_be_visible()
    await ada.write("Where is my kettle?")
    await expect(ada.question).to_have_count(0)
    await expect(ada.said(MINE)).to_have_count(0)


async def test_who_says_that_others_use_the_computer_leaves_nothing_to_be_asked_about(town: Town) -> None:
    await rules.change(town.house, town.acme.id, "adoption_days", "7")
    stranger = await town.shopper()
    await stranger.open_chat()
    await stranger.write(SECRET)
    await stranger.panel.get_by_role("button", name="More").click()
    await stranger.panel.get_by_role("button", name="This is a shared computer").click()
    await expect(
        stranger.said("Then nobody who signs in here later is asked about this chat.")
    ).to_be_visible()
    assert await faults(await stranger.frame()) == []
    await stranger.page.close()

    town.clock.forward(hours=24)
    ada = await Shopper.arriving(stranger.page.context, town.shop)
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await expect(ada.said("Hello Ada.")).to_be_visible()
    await ada.write("Where is my lamp?")
    await expect(ada.question).to_have_count(0)
    await expect(ada.said(SECRET)).to_have_count(0)
