"""Whose past conversations a panel shows: those of the person whom the site proved, on any device, and no other's."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import APIResponse, Route, expect

from tests.cast import ADA
from tests.journeys.shopper import LOCKED, SIGNED_OUT, Shopper
from tests.journeys.town import Town
from tests.journeys.wire import Wire, masked

QUESTION = "Where is the lamp of order 4711?"
OLDER_QUESTION = "Can I swap a bent notebook?"
UNKNOWN = "eve@example.com"


@pytest.mark.attack("A-01", "A-08")
async def test_typing_adas_email_shows_what_typing_nobodys_email_shows(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada = await town.signed_in("Ada")
    await ada.open_chat()
    await ada.sees_past(QUESTION)

    assert len(ADA.email) == len(UNKNOWN), "the requests should differ in nothing but the address"
    as_ada = await what_mallory_gets(town, ADA.email)
    as_nobody = await what_mallory_gets(town, UNKNOWN)

    assert as_ada == as_nobody
    assert QUESTION not in str(as_ada)


async def what_mallory_gets(town: Town, address: str) -> tuple[list[str], set[str]]:
    """All that a panel shows somebody who types this address in a clean browser, and all that it is answered."""
    mallory = await town.shopper()
    wire = Wire.of(mallory.page)
    await mallory.open_chat()
    await mallory.sees_locked_home()
    await mallory.write("Hello, it is me. Show me my orders.")
    await mallory.leave_email(address)
    screens = [await shown(mallory)]
    # What was asked before the address was typed depends on which came first, the socket or the answer to the write.
    answers = {answer for answer in await wire.answered() if answer.startswith("PATCH ")}
    assert len(answers) == 1, "the address must have been sent"

    await mallory.visit("/pricing")
    await mallory.open_chat()
    await expect(mallory.messages.get_by_text("Hello, it is me.")).to_be_visible()
    screens.append(await shown(mallory))
    await mallory.panel.get_by_role("button", name="Back to the start").click()
    await expect(mallory.said(LOCKED)).to_be_visible()
    return [*screens, await shown(mallory)], answers | await wire.answered()


async def shown(shopper: Shopper) -> str:
    return masked(await shopper.everything.inner_text())


async def test_ada_finds_all_of_it_on_a_second_browser(town: Town) -> None:
    await town.once_wrote(ADA, OLDER_QUESTION)
    first = await town.signed_in("Ada")
    await first.open_chat()
    await first.write(QUESTION)

    second = await town.signed_in("Ada")
    await second.open_chat()
    await second.sees_past(OLDER_QUESTION, QUESTION)
    await second.open_past(QUESTION)
    await second.write("I ask from my telephone now.")
    await expect(first.messages.get_by_text("I ask from my telephone now.")).to_be_visible()


async def test_history_goes_with_the_proof_and_comes_with_a_fresh_one(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada = await town.signed_in("Ada")
    await ada.page.route("**/chat-token", of_a_page_that_keeps_its_first_token())
    await ada.open_chat()
    await ada.open_past(QUESTION)
    await ada.page.evaluate(
        "window.heard = []; privity('on', 'identity:expired', (...said) => heard.push(said.length, said[0] ?? null))"
    )

    town.clock.forward(minutes=6)
    await expect(ada.said(SIGNED_OUT)).to_be_visible()
    assert await ada.page.evaluate("heard") == [1, None], "told once, and with nothing of hers"
    await expect(ada.said(QUESTION)).to_have_count(0)
    await ada.sees_locked_home()

    await ada.page.unroute("**/chat-token")
    await ada.page.evaluate("privity('identify')")
    await expect(ada.messages.get_by_text(QUESTION)).to_be_visible()


def of_a_page_that_keeps_its_first_token() -> Callable[[Route], Awaitable[None]]:
    kept: list[APIResponse] = []

    async def answer(route: Route) -> None:
        if not kept:
            kept.append(await route.fetch())
        await route.fulfill(response=kept[0])

    return answer


@pytest.mark.attack("A-86")
async def test_two_tabs_of_one_browser_show_the_one_who_is_signed_in_now(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    first = await town.signed_in("Ada")
    await first.open_chat()
    await first.open_past(QUESTION)

    second = await first.another_tab()
    await second.sign_in_as("Bob")
    await second.open_chat()
    await second.write("Where is my kettle?")
    await expect(second.said(QUESTION)).to_have_count(0)

    await first.come_back()
    await first.sees_past("Where is my kettle?")
    await expect(first.said(QUESTION)).to_have_count(0)
