"""Grace works from the keyboard: each key does what it says, once, and where it is meant."""

from playwright.async_api import expect

from tests.cast import ADA
from tests.journeys.town import Town

LAMP = "Where is the lamp of order 4711?"
KETTLE = "And where is my kettle?"


async def test_what_grace_asks_for_in_the_palette_stays_before_her(town: Town) -> None:
    await town.once_wrote(ADA, LAMP)
    grace = await town.grace()
    await grace.open(LAMP)
    await grace.page.keyboard.press("Control+k")
    await grace.page.get_by_role("combobox", name="What do you want to do?").fill("why does")
    await grace.page.keyboard.press("Enter")

    why = grace.page.get_by_role("dialog", name="Why?")
    await expect(why.get_by_text("Each of their own conversations")).to_be_visible()
    await expect(grace.page.get_by_role("dialog", name="Commands")).to_have_count(0)


async def test_a_key_held_down_acts_once_and_arrows_move_in_the_list_alone(town: Town) -> None:
    await town.once_wrote(ADA, LAMP, KETTLE)
    grace = await town.grace()
    await grace.open(LAMP)
    heading = grace.thread.get_by_role("heading", level=2)
    await expect(heading).to_be_focused()
    await grace.page.keyboard.press("ArrowDown")
    await expect(heading).to_be_focused()

    newest, older = grace.list.get_by_role("link").nth(0), grace.list.get_by_role("link").nth(1)
    await newest.focus()
    await grace.page.keyboard.press("ArrowDown")
    await expect(older).to_be_focused()

    acts: list[str] = []
    grace.page.on("request", lambda asked: acts.append(asked.url.rsplit("/", 1)[-1]))
    for _ in range(3):
        await grace.page.keyboard.down("e")
    await expect(grace.thread.get_by_role("button", name="Reopen")).to_be_visible()
    assert acts.count("close") == 1


async def test_no_key_puts_a_secret_away_that_is_shown_to_grace_this_once(town: Town) -> None:
    grace = await town.grace()
    await grace.page.get_by_role("link", name="Settings").click()
    await grace.page.get_by_role("button", name="Make a new key").click()
    made = grace.page.get_by_role("region", name="Trusted from now on")
    await expect(made.get_by_role("heading", name="Trusted from now on")).to_be_focused()

    await grace.page.keyboard.press("Escape")
    await expect(made).to_be_visible()
    await made.get_by_role("button", name="I have kept the key").click()
    await grace.page.keyboard.press("Escape")
    await expect(grace.page.get_by_text("Choose a conversation.")).to_be_visible()


async def test_a_view_that_grace_goes_to_stands_in_place_of_what_she_had_searched_for(town: Town) -> None:
    await town.once_wrote(ADA, LAMP, KETTLE)
    grace = await town.grace()
    search = grace.page.get_by_role("searchbox", name="Search conversations")
    await search.fill("lamp")
    await expect(grace.page.get_by_role("heading", name="Found")).to_be_visible()
    await expect(grace.list).to_have_count(1)

    await grace.page.keyboard.press("Control+k")
    await grace.page.get_by_role("combobox", name="What do you want to do?").fill("go to all")
    await grace.page.keyboard.press("Enter")

    await expect(grace.page.get_by_role("heading", name="All")).to_be_visible()
    await expect(grace.list).to_have_count(2)
    await expect(search).to_have_value("")


async def test_the_enter_that_ends_the_writing_of_a_character_sends_nothing(town: Town) -> None:
    """Safari tells it by its number alone."""
    its_key = "{ key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }"
    by_number = f"box => {{ box.dispatchEvent(new KeyboardEvent('keydown', {its_key})) }}"
    visitor = await town.shopper()
    await visitor.open_chat()
    await visitor.composer.fill("ランプ")
    await visitor.composer.evaluate(by_number)
    await expect(visitor.composer).to_have_value("ランプ")
    await visitor.write("ランプ")

    grace = await town.grace()
    await grace.open("ランプ")
    reply = grace.page.get_by_role("textbox", name="Reply")
    await reply.fill("はい")
    await reply.evaluate(by_number)
    await expect(reply).to_have_value("はい")
    await grace.reply("はい")
