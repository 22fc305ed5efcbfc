"""What the panel fetches, shows in its list, and brings into sight."""

from playwright.async_api import Request, expect

from tests.cast import ADA
from tests.journeys.shopper import Shopper
from tests.journeys.town import Town

QUESTION = "Where is the lamp of order 4711?"
LONG = "It never arrived, and nobody at the depot could tell me by which of your vans it had left the house."


def seldom_fetched_by(shopper: Shopper) -> list[str]:
    """The file of what few people open, each time that it is asked for from now on."""
    fetched: list[str] = []

    def note(request: Request) -> None:
        if "/seldom-" in request.url:
            fetched.append(request.url)

    shopper.page.on("request", note)
    return fetched


async def test_what_few_people_open_is_fetched_by_who_opens_it(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    visitor, ada = await town.shopper(), await town.signed_in("Ada")
    by_visitor, by_ada = seldom_fetched_by(visitor), seldom_fetched_by(ada)
    await visitor.open_chat()
    await visitor.write("Do you repair lamps?")
    await visitor.panel.get_by_role("button", name="Back to the start").click()
    await ada.open_chat()
    await ada.open_past(QUESTION)
    await ada.panel.get_by_role("button", name="Back to the start").click()
    assert by_visitor + by_ada == [], "they have asked for nothing of it"

    await visitor.panel.get_by_role("button", name="Why?").click()
    await expect(visitor.said("Anybody can type a name or an e-mail address.")).to_be_visible()
    await ada.panel.get_by_role("button", name="Ada Lovelace").click()
    await expect(ada.panel.get_by_role("button", name="Where I am signed in")).to_be_visible()
    assert (len(by_visitor), len(by_ada)) == (1, 1)


async def test_a_long_message_takes_one_line_of_the_list_and_is_bold_while_it_is_new(town: Town) -> None:
    await town.once_wrote(ADA, LONG)
    ada = await town.signed_in("Ada")
    await ada.open_chat()
    line = ada.past.get_by_text(LONG)
    height = "line => line.offsetHeight / parseFloat(getComputedStyle(line).lineHeight)"
    weight = "line => getComputedStyle(line).fontWeight"
    assert round(await line.evaluate(height)) == 1
    assert await line.evaluate(weight) == "400"

    grace = await town.grace()
    await grace.open(LONG)
    await grace.reply("It stands here.")
    await expect(ada.past.get_by_text("1 new")).to_be_visible()
    assert await ada.past.get_by_text("It stands here.").evaluate(weight) == "600"


async def test_what_is_written_comes_into_sight_before_it_is_stored(town: Town) -> None:
    visitor = await town.shopper()
    await visitor.open_chat()
    await visitor.write(" ".join(["Lamps!"] * 400))
    await visitor.page.context.set_offline(True)

    await visitor.composer.fill("Are you there?")
    await visitor.composer.press("Enter")
    await expect(visitor.messages.get_by_text("Are you there?")).to_be_in_viewport()

    await visitor.messages.hover()
    await visitor.page.mouse.wheel(0, -2_000)
    await expect(visitor.messages.get_by_text("Are you there?")).not_to_be_in_viewport()
    await visitor.composer.fill("I am waiting.")
    await visitor.composer.press("Enter")
    await expect(visitor.messages.get_by_text("I am waiting.")).to_be_in_viewport()
