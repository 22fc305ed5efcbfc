"""A visitor and a teammate talk, each sees the other's words as they come."""

from playwright.async_api import expect

from tests.canary.looking import goes_home
from tests.journeys.town import Town


async def test_a_visitor_writes_and_grace_answers_while_both_watch(town: Town) -> None:
    grace = await town.grace()
    visitor = await town.shopper()
    await visitor.open_chat()

    await visitor.write("Do you repair lamps?")
    await expect(grace.list.filter(has_text="Do you repair lamps?")).to_be_visible()

    await grace.open("Do you repair lamps?")
    await grace.reply("We do, for ten years.")
    await expect(visitor.messages.get_by_text("We do, for ten years.")).to_be_visible()

    await visitor.write("Splendid, thank you.")
    await expect(grace.messages.get_by_text("Splendid, thank you.")).to_be_visible()


async def test_the_inbox_titles_a_visitor_by_what_they_say_as_soon_as_they_say_it(town: Town) -> None:
    grace = await town.grace()
    visitor = await town.shopper()
    await visitor.open_chat()
    await visitor.write("Do you repair lamps?")
    line = grace.list.filter(has_text="Do you repair lamps?")
    await expect(line).to_contain_text("Visitor")

    await visitor.leave_email("eve@example.com")
    await expect(line).to_contain_text("“eve@example.com”")
    await expect(line).to_contain_text("unproved")


async def test_grace_who_begins_to_write_reads_who_will_see_it_by_now(town: Town) -> None:
    """Nothing tells the inbox of a session that ends by itself."""
    grace = await town.grace()
    visitor = await town.shopper()
    await visitor.open_chat()
    await visitor.write("Do you repair lamps?")
    await grace.open("Do you repair lamps?")
    await expect(grace.thread.get_by_text("This visitor, now")).to_be_visible()

    await goes_home(visitor.page.context)
    town.clock.forward(minutes=31)
    await grace.page.get_by_role("textbox", name="Reply").focus()
    await expect(grace.thread.get_by_text("this visitor's session is over")).to_be_visible()


async def test_what_pasting_brings_into_an_answer_is_left_out_of_it(town: Town) -> None:
    grace = await town.grace()
    visitor = await town.shopper()
    await visitor.open_chat()
    await visitor.write("Do you repair lamps?")
    await grace.open("Do you repair lamps?")

    await grace.page.get_by_role("textbox", name="Reply").fill("We do,\u000b for ten years.\u0007")
    await grace.page.get_by_role("button", name="Send").click()

    await expect(visitor.messages.get_by_text("We do, for ten years.")).to_be_visible()
    await expect(grace.thread.get_by_text("Not sent.")).to_have_count(0)
