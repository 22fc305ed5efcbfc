"""Ada asks who read her conversations. Whoever comes after her at the same page learns nothing of it."""

from typing import Literal

import pytest
from playwright.async_api import Locator, expect

from tests.cast import ADA
from tests.journeys.leftovers import held_by
from tests.journeys.reading import faults
from tests.journeys.shopper import Shopper
from tests.journeys.town import Town

QUESTION = "My heron5e1c is broken."
ASK = "Who read your conversations"


async def who_read(person: Shopper, name: str) -> Locator:
    """The answer, from the account's menu."""
    await person.panel.get_by_role("button", name=name).click()
    await person.panel.get_by_role("button", name=ASK).click()
    return person.panel.get_by_role("dialog", name=ASK)


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_ada_learns_who_read_her_conversations_and_nobody_after_her_does(
    town: Town, colours: Literal["light", "dark"]
) -> None:
    await town.once_wrote(ADA, QUESTION, "Can I swap a bent notebook?")
    grace = await town.grace()
    await grace.open(QUESTION)
    ada = await town.signed_in("Ada", color_scheme=colours)
    await ada.open_chat()
    await ada.sees_past(QUESTION)

    answer = await who_read(ada, "Ada Lovelace")
    read = answer.get_by_role("listitem")
    await expect(read).to_have_count(1)
    await expect(read).to_contain_text(QUESTION)
    await expect(read).to_contain_text("The team: ")
    await expect(answer).not_to_contain_text("Grace")
    assert await faults(await ada.frame()) == []
    assert "The team: " in await held_by(ada.page), (
        "it has to be found while she is there for this to mean anything"
    )

    other_tab = await ada.another_tab("/pricing")
    await other_tab.sign_out_quietly()
    await ada.page.bring_to_front()
    await ada.come_back()
    await ada.sees_locked_home()
    held = await held_by(ada.page)
    for words in (ASK, "The team: ", "heron5e1c"):
        assert words not in held

    await ada.sign_in_as("Bob")
    await ada.open_chat()
    await expect(await who_read(ada, "Bob Stone")).to_contain_text("Nobody but you, here.")


async def test_who_proved_nothing_is_not_offered_who_read(town: Town) -> None:
    mallory = await town.shopper()
    asked: list[str] = []
    mallory.page.on("request", lambda request: asked.append(request.url))
    await mallory.open_chat()
    await mallory.write(QUESTION)
    await mallory.leave_email(ADA.email)
    await mallory.panel.get_by_role("button", name="More").click()

    await expect(mallory.panel.get_by_role("button", name="End chat")).to_be_visible()
    await expect(mallory.panel.get_by_text(ASK)).to_have_count(0)
    assert any("/widget/v1/" in url for url in asked)
    assert not any("/readings" in url for url in asked)
