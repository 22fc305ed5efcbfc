"""Grace asks why a contact does or does not see the past, and reads what is true of that contact."""

from playwright.async_api import expect

from privity.policy.remedies import sentence
from tests.cast import ADA
from tests.journeys.town import Town

QUESTION = "Where is the lamp of order 4711?"
BAIT = "I forgot my order number, it's me."


async def test_grace_reads_two_true_reasons_for_ada_and_for_mallory(town: Town) -> None:
    ada = await town.signed_in("Ada")
    await ada.open_chat()
    await ada.write(QUESTION)
    mallory = await town.shopper()
    await mallory.open_chat()
    await mallory.write(BAIT)
    await mallory.leave_email(ADA.email)
    grace = await town.grace()

    await grace.open(BAIT)
    await expect(grace.thread.get_by_text("Nobody proved who this is.")).to_be_visible()
    await expect(grace.thread.get_by_text("an address of 1 proved user")).to_be_visible()
    why_not = await grace.ask_why()
    await expect(why_not).to_contain_text("the page gave no identity token")
    await expect(why_not).to_contain_text(sentence("live"))
    await expect(why_not).to_contain_text("1 conversation, not shown to this contact")
    await expect(why_not).not_to_contain_text(QUESTION)
    about_mallory = await why_not.inner_text()
    await why_not.get_by_role("button", name="Close").click()

    await grace.open(QUESTION)
    why = await grace.ask_why()
    await expect(why).to_contain_text(town.acme.key.kid)
    await expect(why).to_contain_text("Sees it")
    assert await why.inner_text() != about_mallory


async def test_grace_reads_that_a_chat_which_nobody_proved_stays_closed_once_it_is_over(town: Town) -> None:
    mallory = await town.shopper()
    await mallory.open_chat()
    await mallory.write(BAIT)
    await mallory.end_chat()

    grace = await town.grace()
    await grace.open(BAIT)
    await expect(grace.thread.get_by_text("this visitor's session is over")).to_be_visible()
    why_not = await grace.ask_why()
    await expect(why_not).to_contain_text("Does not see it")
    await expect(why_not).to_contain_text(sentence("session_over"))


async def test_who_could_not_be_confirmed_writes_without_history_and_grace_reads_why(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada = await town.signed_in("Ada")
    await ada.page.route("**/chat-token", lambda route: route.fulfill(json={"token": "half a token"}))
    await ada.open_chat()
    await expect(ada.said("We couldn't confirm your sign-in.")).to_be_visible()
    await expect(ada.composer).to_have_count(0)

    await ada.panel.get_by_role("button", name="Write without my history").click()
    await ada.write("Your chat does not know me today.")
    await expect(ada.said(QUESTION)).to_have_count(0)

    grace = await town.grace()
    await grace.open("Your chat does not know me today.")
    why_not = await grace.ask_why()
    await expect(why_not).to_contain_text("The page gave a token and it was refused.")
    await expect(why_not).to_contain_text(sentence("shape"))


async def test_older_sessions_that_did_not_come_are_asked_for_again_and_the_newer_ones_stay(
    town: Town,
) -> None:
    for number in range(11):
        await town.once_wrote(ADA, f"{QUESTION} ({number})")
    grace = await town.grace()
    await grace.open("(10)")
    why = await grace.ask_why()
    stories = why.locator(".stories > li")
    await expect(stories).to_have_count(10)

    await grace.page.route("**/timeline?*cursor=*", lambda route: route.abort())
    await why.get_by_role("button", name="Show older sessions").click()
    await expect(why.get_by_text("No connection to the server.")).to_be_visible()
    await grace.page.unroute_all()
    await why.get_by_role("button", name="Try again").click()

    await expect(stories).to_have_count(11)
    await expect(why.get_by_text("No connection to the server.")).to_have_count(0)
