"""A line that is cut, slow, or somebody else's: what a person wrote and is written to is not lost on it."""

import asyncio

from playwright.async_api import Route, WebSocketRoute, expect

from tests.cast import ADA
from tests.journeys.town import Town

QUESTION = "Where is the lamp of order 4711?"
ANSWER = "It left us this morning."
OFFLINE = "No connection. Trying again…"


async def test_ada_who_was_answered_by_the_trains_network_is_let_in_when_she_looks_again(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada = await town.signed_in("Ada")
    opening = "**/widget/v1/sessions"
    await ada.page.route(opening, lambda route: route.fulfill(content_type="text/html", body="<h1>Pay!</h1>"))
    await ada.open_chat()
    await expect(ada.said(OFFLINE)).to_be_visible()
    await ada.page.unroute(opening)
    await ada.come_back()
    await ada.sees_past(QUESTION)


async def test_an_answer_that_comes_before_adas_socket_does_is_counted_all_the_same(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada = await town.signed_in("Ada")
    is_through = asyncio.Event()

    async def wait(socket: WebSocketRoute) -> None:
        await is_through.wait()
        socket.connect_to_server()

    await ada.page.route_web_socket("**/widget/v1/stream**", wait)
    await ada.open_chat()
    await ada.sees_past(QUESTION)
    grace = await town.grace()
    await grace.open(QUESTION)
    await grace.reply(ANSWER)
    assert await ada.launcher.get_attribute("data-unread") == "0", "nothing must have told her yet"

    is_through.set()
    await expect(ada.page.get_by_role("button", name="Chat, 1 unread")).to_be_visible()
    await ada.open_past(ANSWER)
    await expect(ada.page.get_by_role("button", name="Chat, 1 unread")).to_have_count(0)


async def test_a_visitor_whose_network_lets_no_socket_through_is_answered_all_the_same(town: Town) -> None:
    visitor = await town.shopper()
    await visitor.page.clock.install()
    await visitor.page.route_web_socket("**/widget/v1/stream**", lambda socket: socket.close())
    await visitor.open_chat()
    await visitor.write(QUESTION)
    grace = await town.grace()
    await grace.open(QUESTION)
    await grace.reply(ANSWER)
    await expect(visitor.messages.get_by_text(ANSWER)).to_have_count(0)

    await visitor.page.clock.fast_forward(31_000)
    await expect(visitor.messages.get_by_text(ANSWER)).to_be_visible()


async def test_what_ada_could_not_read_at_first_is_said_and_is_read_when_she_tries_again(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada = await town.signed_in("Ada")
    for read in ("**/widget/v1/conversations", "**/messages?*"):
        await ada.page.route(read, lambda route: route.fulfill(status=503), times=1)
    await ada.open_chat()
    await ada.past.get_by_role("button", name=QUESTION).click()
    await expect(ada.panel.get_by_role("alert")).to_have_text("That didn't work. Try again")
    await expect(ada.messages.get_by_text(QUESTION)).to_have_count(0)
    await ada.panel.get_by_role("button", name="Try again").click()
    await expect(ada.messages.get_by_text(QUESTION)).to_be_visible()
    await expect(ada.panel.get_by_role("alert")).to_have_count(0)


async def test_what_a_visitor_types_while_the_chat_still_loads_goes_along_to_their_conversation(
    town: Town,
) -> None:
    visitor = await town.shopper()
    await visitor.open_chat()
    await visitor.write("Do you repair lamps?")
    may_answer = asyncio.Event()

    async def wait(route: Route) -> None:
        await may_answer.wait()
        await route.continue_()

    await visitor.page.route("**/widget/v1/conversations", wait)
    await visitor.visit("/pricing")
    await visitor.open_chat()
    await visitor.composer.fill("And")
    may_answer.set()
    await expect(visitor.messages.get_by_text("Do you repair lamps?")).to_be_visible()
    await expect(visitor.composer).to_have_value("And")
    await visitor.composer.press("End")
    await visitor.page.keyboard.type(" kettles?")

    await visitor.panel.get_by_role("button", name="Back to the start").click()
    await expect(visitor.composer).to_have_value("")
    await visitor.panel.get_by_role("button", name="Do you repair lamps?").click()
    await expect(visitor.composer).to_have_value("And kettles?")


async def test_what_a_visitor_types_outlives_a_moment_in_which_the_site_cannot_say_who_is_there(
    town: Town,
) -> None:
    visitor = await town.shopper()
    await visitor.visit("/static/help.html")
    await visitor.open_chat()
    await visitor.composer.fill("Do you repair")
    answers = "**/chat-token"
    await visitor.page.route(
        answers, lambda route: route.fulfill(status=502, json={"error": "later"}), times=1
    )
    for status in (502, 204):
        async with visitor.page.expect_response(answers) as answered:
            await visitor.come_back()
        assert (await answered.value).status == status

    await expect(visitor.composer).to_have_value("Do you repair")
    await expect(visitor.said("We couldn't confirm your sign-in.")).to_have_count(0)
