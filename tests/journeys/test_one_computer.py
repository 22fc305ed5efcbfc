"""A computer that several people use: what one of them wrote is shown to none of the others."""

import pytest
from playwright.async_api import expect

from tests.journeys.town import Town

SECRET = "My daughter must not hear of it."


@pytest.mark.attack("A-79")
async def test_ada_is_asked_about_a_strangers_chat_sees_no_word_of_it_and_leaves_it(town: Town) -> None:
    stranger = await town.shopper()
    await stranger.open_chat()
    await stranger.write(SECRET)

    ada = await stranger.another_tab()
    await stranger.page.close()
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await expect(ada.question).to_contain_text("You wrote in this chat before you signed in")
    await expect(ada.question).to_contain_text("Ada Lovelace")
    await expect(ada.said(SECRET)).to_have_count(0)

    await ada.question.get_by_role("button", name="Not mine").click()
    await expect(ada.question).to_have_count(0)
    await ada.write("Where is my lamp?")
    await ada.sign_out()

    await ada.sign_in_as("Bob")
    await ada.open_chat()
    await expect(ada.said("Hello Bob.")).to_be_visible()
    await ada.composer.click()
    await expect(ada.question).to_have_count(0)
    await expect(ada.past).to_have_count(0)
    await expect(ada.said(SECRET)).to_have_count(0)
    await ada.visit("/")
    await ada.open_chat()
    await expect(ada.said("Hello Bob.")).to_be_visible()
    await expect(ada.question).to_have_count(0)


async def test_what_ada_wrote_before_she_signed_in_is_hers_once_she_says_so(town: Town) -> None:
    ada = await town.shopper()
    await ada.open_chat()
    await ada.write("Is my lamp on its way?")
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await expect(ada.past).to_have_count(0)

    await ada.question.get_by_role("button", name="Keep it").click()
    await ada.sees_past("Is my lamp on its way?")
    await expect(ada.said("It is kept in your account.")).to_be_visible()

    elsewhere = await town.signed_in("Ada")
    await elsewhere.open_chat()
    await elsewhere.sees_past("Is my lamp on its way?")


@pytest.mark.attack("A-77")
async def test_what_ada_left_for_later_is_asked_of_nobody_else(town: Town) -> None:
    ada = await town.shopper()
    await ada.open_chat()
    await ada.write(SECRET)
    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await expect(ada.question).to_be_visible()
    await ada.sign_out()

    await ada.sign_in_as("Bob")
    await ada.open_chat()
    await expect(ada.said("Hello Bob.")).to_be_visible()
    await ada.write("Where is my kettle?")
    await expect(ada.question).to_have_count(0)
    await expect(ada.said(SECRET)).to_have_count(0)
