"""The owner decides in the inbox what the chat asks of people, and reads what that does to them before it does."""

import re

from playwright.async_api import expect

from privity.people import actions as people
from tests.journeys.inbox import Inbox
from tests.journeys.reading import faults
from tests.journeys.town import PASSWORD, Town


async def at_the_chat_settings(inbox: Inbox) -> None:
    await inbox.page.get_by_role("link", name="Settings").click()
    await inbox.page.get_by_role("link", name="Chat and history").click()


async def test_grace_opens_history_to_mailboxes_and_is_told_what_that_does(town: Town) -> None:
    grace = await town.grace()
    await at_the_chat_settings(grace)
    choice = grace.page.get_by_label("Past conversations open to")
    await expect(choice).to_have_value("signed")
    assert await faults(grace.page) == []

    await choice.select_option("mailbox")
    await grace.page.get_by_role("button", name="Save Past conversations open to").click()
    question = grace.page.get_by_role("dialog", name="Past conversations open to")
    await expect(question).to_contain_text("Who proved less sees no past conversation")
    assert await faults(grace.page) == []
    await question.get_by_role("button", name="Change it").click()

    await expect(question).to_be_hidden()
    await expect(grace.page.get_by_text("Saved.")).to_be_visible()
    await expect(choice).to_be_focused()
    await expect(grace.page.get_by_role("button", name="Save")).to_have_count(0)
    await grace.page.reload()
    await expect(choice).to_have_value("mailbox")


async def test_what_a_setting_does_not_take_is_explained_beside_it_and_stays_in_the_field(town: Town) -> None:
    grace = await town.grace()
    await at_the_chat_settings(grace)
    minutes = grace.page.get_by_label("Minutes until a visitor's chat closes")
    await minutes.fill("two hours")
    await minutes.press("Enter")

    told = "This takes whole minutes, from 5 to 1440."
    await expect(grace.page.get_by_role("alert")).to_have_text(told)
    await expect(minutes).to_have_accessible_description(re.compile(told))
    await expect(minutes).to_have_value("two hours")
    assert await faults(grace.page) == []
    await minutes.fill("120")
    await minutes.press("Enter")
    await expect(grace.page.get_by_text("Saved.")).to_be_visible()
    await expect(grace.page.get_by_role("button", name="Save")).to_have_count(0)
    await expect(grace.page.get_by_role("alert")).to_have_count(0)
    await expect(minutes).to_have_value("120")
    await expect(minutes).to_be_focused()


async def test_the_longest_time_of_a_ticket_is_told_beside_its_field(town: Town) -> None:
    grace = await town.grace()
    await at_the_chat_settings(grace)
    days = grace.page.get_by_label("Days in which that may still be asked")
    await expect(days).to_have_value("0")
    await days.fill("15")
    await days.press("Enter")
    await expect(grace.page.get_by_role("alert")).to_have_text("This takes whole days, from 0 to 14.")
    await days.fill("14")
    await days.press("Enter")
    await expect(grace.page.get_by_role("button", name="Save")).to_have_count(0)
    await expect(grace.page.get_by_role("alert")).to_have_count(0)
    await grace.page.reload()
    await expect(days).to_have_value("14")


async def test_a_greeting_that_grace_changes_is_what_a_visitor_reads(town: Town) -> None:
    grace = await town.grace()
    await at_the_chat_settings(grace)
    await grace.page.get_by_label("Greeting").fill("Grüß Gott. What is it about?")
    await grace.page.get_by_role("button", name="Save Greeting").click()
    await expect(grace.page.get_by_role("button", name="Save Greeting")).to_have_count(0)

    visitor = await town.shopper()
    await visitor.open_chat()

    await expect(visitor.said("Grüß Gott. What is it about?")).to_be_visible()


async def test_who_is_no_owner_is_told_who_decides(town: Town) -> None:
    await people.add_teammate(
        town.house, town.acme.id, email="linus@acme.example", name="Linus", password=PASSWORD
    )
    linus = await town.grace_at_the_door()
    await linus.sign_in("linus@acme.example", PASSWORD)
    await at_the_chat_settings(linus)

    await expect(linus.page.get_by_text("Your workspace's owner decides what the chat asks")).to_be_visible()
    await linus.page.get_by_role("link", name="Sign-in", exact=True).click()
    await expect(linus.page.get_by_text("Your workspace's owner decides where people may")).to_be_visible()
    await expect(linus.page.get_by_role("alert")).to_have_count(0)


async def test_words_that_a_browser_without_a_clipboard_cannot_copy_are_selected_and_it_says_so(
    town: Town,
) -> None:
    grace = await town.grace()
    await grace.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await grace.page.goto(f"{town.chat}/inbox/settings/sign-ins")
    copy = grace.page.get_by_role("button", name="Copy the address to return to")
    await copy.click()
    await expect(copy).to_have_text("Selected")
    assert await grace.page.evaluate("`${getSelection()}`") == f"{town.chat}/widget/signed-in"
