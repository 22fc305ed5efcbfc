"""What Grace ends and keeps apart in the inbox, and what the people in the chat notice of it."""

import pytest
from playwright.async_api import expect

from tests.cast import ADA, BOB
from tests.journeys.town import Town

QUESTION = "Where is the lamp of order 4711?"


@pytest.mark.attack("A-89")
async def test_grace_retires_ada_and_who_has_her_id_next_starts_with_nothing(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada = await town.signed_in("Ada")
    await ada.open_chat()
    await ada.sees_past(QUESTION)
    grace = await town.grace()
    await grace.open(QUESTION)
    hers = ada.lines()

    await grace.person.get_by_role("button", name="Retire this user").click()
    question = grace.page.get_by_role("dialog", name="Retire Ada Lovelace?")
    await question.get_by_role("button", name="Retire", exact=True).click()

    await ada.hears_nothing_more(hers)
    await expect(ada.said(QUESTION)).to_have_count(0)
    await expect(grace.person.get_by_role("button", name="Retire this user")).to_have_count(0)
    heir = await town.signed_in("Ada")
    await heir.open_chat()
    await expect(heir.said("Hello Ada.")).to_be_visible()
    await heir.write("I am new here.")
    await expect(heir.said(QUESTION)).to_have_count(0)


@pytest.mark.attack("A-17")
async def test_grace_blocks_a_visitor_who_notices_nothing(town: Town) -> None:
    await town.once_wrote(BOB, "Where is my kettle?")
    visitor = await town.shopper()
    await visitor.open_chat()
    await visitor.write("Buy my pills!")
    grace = await town.grace()
    await grace.open("Buy my pills!")

    await grace.person.get_by_role("button", name="Block").click()
    await grace.page.get_by_role("dialog").get_by_role("button", name="Block").click()

    await expect(grace.list.filter(has_text="Buy my pills!")).to_have_count(0)
    await expect(grace.list.filter(has_text="Where is my kettle?")).to_have_count(1)
    await visitor.write("More pills!")
    await grace.page.get_by_role("navigation", name="Views").get_by_role("link", name="Blocked").click()
    await grace.open("More pills!")
    await expect(grace.person.get_by_role("button", name="Hear them again")).to_be_visible()

    await grace.person.get_by_role("button", name="End this session").click()

    await visitor.hears_nothing_more()
    await expect(visitor.said("More pills!")).to_have_count(0)
