"""What a teammate wrote and did not send: kept where their session ends under their hands, and for nobody else."""

from playwright.async_api import Locator, Route, expect

from privity.people import actions as people
from tests.cast import ADA, GRACE
from tests.journeys.inbox import Inbox
from tests.journeys.leftovers import held_by
from tests.journeys.town import PASSWORD, Town

LAMP = "Where is the lamp of order 4711?"
KETTLE = "And where is my kettle?"
ANSWER = "The lamp is on its way."
DRAFT = "Dear Ada, your kettle"
LINUS = "linus@acme.example"
SIGNED_OUT = "You were signed out. Sign in again to go on where you were."
LOOKED_AT_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


async def test_grace_whose_session_is_over_signs_in_again_and_no_word_is_lost(town: Town) -> None:
    await town.once_wrote(ADA, LAMP, KETTLE)
    grace = await town.grace()
    await begin_to_write(grace, KETTLE)
    await grace.open(LAMP)

    async def comes_too_late(route: Route) -> None:
        await end_sessions(town)
        await route.continue_()

    await grace.page.route("**/messages", comes_too_late, times=1)
    await composer(grace).fill(ANSWER)
    await composer(grace).press("Enter")
    await expect(grace.page.get_by_text(SIGNED_OUT)).to_be_visible()
    assert await answers(town) == 0, "it must not have arrived for this to mean anything"

    await grace.sign_in(GRACE.email, PASSWORD)
    await expect(grace.list.filter(has_text=ANSWER)).to_have_count(1)
    await expect(grace.messages.get_by_text(ANSWER)).to_have_count(1)
    await expect(grace.messages.get_by_text("Sending …")).to_have_count(0)
    assert await answers(town) == 1
    await grace.open(KETTLE)
    await expect(composer(grace)).to_have_value(DRAFT)


async def test_linus_who_signs_in_after_grace_finds_none_of_her_words_and_leaves_her_none(town: Town) -> None:
    await town.once_wrote(ADA, KETTLE)
    await people.add_teammate(town.house, town.acme.id, email=LINUS, name="Linus", password=PASSWORD)
    desk = await town.grace()
    await begin_to_write(desk, KETTLE)
    await end_sessions(town)
    await desk.page.evaluate(LOOKED_AT_AGAIN)
    await expect(desk.page.get_by_text(SIGNED_OUT)).to_be_visible()

    await desk.sign_in(LINUS, PASSWORD)
    await desk.open(KETTLE)
    await expect(composer(desk)).to_have_value("")
    assert DRAFT not in await held_by(desk.page)
    await desk.page.get_by_role("button", name="Sign out", exact=True).click()
    await desk.sign_in(GRACE.email, PASSWORD)
    await desk.open(KETTLE)
    await expect(composer(desk)).to_have_value("")


async def test_grace_who_signs_out_in_another_tab_leaves_no_word_in_this_one(town: Town) -> None:
    await town.once_wrote(ADA, KETTLE)
    tab = await town.grace()
    await begin_to_write(tab, KETTLE)
    other = Inbox(await tab.page.context.new_page())
    await other.page.goto(f"{town.chat}/inbox")
    await other.page.get_by_role("button", name="Sign out", exact=True).click()
    await expect(tab.page.get_by_text("You signed out in another tab.")).to_be_visible()

    await other.sign_in(GRACE.email, PASSWORD)
    await tab.open(KETTLE)
    await expect(composer(tab)).to_have_value("")
    await tab.reply("It is in the post.")


async def begin_to_write(inbox: Inbox, conversation: str) -> None:
    await inbox.open(conversation)
    await composer(inbox).fill(DRAFT)


def composer(inbox: Inbox) -> Locator:
    return inbox.page.get_by_role("textbox", name="Reply")


async def end_sessions(town: Town) -> None:
    ended = await town.owner_db.execute("UPDATE teammate_session SET ended_at = now() WHERE ended_at IS NULL")
    assert ended == "UPDATE 1"


async def answers(town: Town) -> int:
    return int(await town.owner_db.fetchval("SELECT count(*) FROM message WHERE body = $1", ANSWER))
