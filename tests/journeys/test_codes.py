"""People without a login: a code that is read in a mailbox opens what was written with it, and only where the
workspace says so."""

import re

import pytest
from playwright.async_api import BrowserContext, expect

from privity.mail.letter import Post
from privity.mail.outbox import Outbox
from privity.workspaces import rules
from tests.cast import ADA
from tests.journeys.reading import faults
from tests.journeys.shopper import LOCKED, Shopper
from tests.journeys.town import Town

QUESTION = "Does the lamp come with a bulb?"
SENT = "If that address can receive mail, a code is on its way."
WRONG = "That code is not right, or no longer. Ask for a new one."
UNKNOWN = "eve@example.com"
SHUTDOWN_FIRST = "if (top === self) (window.privity = (...said) => privity.q.push(said)).q = [['shutdown']]"


@pytest.fixture
def post(outbox: Outbox) -> Post:
    """The house's letters can be read."""
    return outbox


@pytest.fixture
async def coded(town: Town) -> Town:
    """Acme mails codes, and lets a proved mailbox open history."""
    await rules.change(town.house, town.acme.id, "codes", "on")
    await rules.change(town.house, town.acme.id, "history_from", "mailbox")
    return town


async def ask_for_code(person: Shopper, address: str) -> None:
    await person.panel.get_by_role("button", name="Get a code by e-mail").click()
    await type_address(person, address)
    await person.panel.get_by_role("button", name="Send the code").click()
    await expect(person.said(SENT)).to_be_visible()
    await expect(person.panel.get_by_label("Six-digit code")).to_be_focused()


async def type_address(person: Shopper, address: str) -> None:
    """Once the field has the focus: until then it may come and go."""
    field = person.panel.get_by_label("Your e-mail")
    await expect(field).to_be_focused()
    await field.fill(address)


async def give_code(person: Shopper, code: str) -> None:
    await person.panel.get_by_label("Six-digit code").fill(code)
    await person.panel.get_by_role("button", name="Continue").click()


def mailed(outbox: Outbox) -> str:
    return outbox.letters[0].text.split("\n", 1)[0]


async def prove(person: Shopper, outbox: Outbox, address: str) -> None:
    """From the locked panel to the account that the address names."""
    await person.open_chat()
    await ask_for_code(person, address)
    await give_code(person, mailed(outbox))
    await expect(person.panel.get_by_role("button", name=address)).to_be_visible()


async def test_who_reads_the_code_finds_their_history_on_another_device(coded: Town, outbox: Outbox) -> None:
    here = await coded.shopper()
    await prove(here, outbox, ADA.email)
    await here.write(QUESTION)

    there = await coded.shopper()
    await prove(there, outbox, ADA.email)
    await there.sees_past(QUESTION)
    await expect(there.said(LOCKED)).to_have_count(0)


async def test_the_next_page_that_names_nobody_ends_nothing(coded: Town, outbox: Outbox) -> None:
    ada = await coded.shopper()
    await prove(ada, outbox, ADA.email)
    await ada.write(QUESTION)
    await ada.visit("/pricing")
    await ada.open_chat()
    await ada.sees_past(QUESTION)
    await ada.come_back()
    await ada.sees_past(QUESTION)


async def test_a_code_opens_nothing_where_only_a_sign_in_does(coded: Town, outbox: Outbox) -> None:
    here = await coded.shopper()
    await prove(here, outbox, ADA.email)
    await here.write(QUESTION)
    await rules.change(coded.house, coded.acme.id, "history_from", "signed")

    there = await coded.shopper()
    await prove(there, outbox, ADA.email)
    await there.sees_locked_home()
    await expect(there.said(QUESTION)).to_have_count(0)


async def test_a_chat_that_mails_no_codes_offers_none(town: Town) -> None:
    visitor = await town.shopper()
    await visitor.open_chat()
    await visitor.sees_locked_home()
    await expect(visitor.panel.get_by_role("button", name="Get a code by e-mail")).to_have_count(0)


async def test_known_and_unknown_addresses_see_the_same_screens(coded: Town, outbox: Outbox) -> None:
    known = await coded.shopper()
    await prove(known, outbox, ADA.email)
    await known.write(QUESTION)

    assert await screens_of_mallory(coded, ADA.email) == await screens_of_mallory(coded, UNKNOWN)


async def screens_of_mallory(town: Town, address: str) -> list[str]:
    """What somebody sees who types an address and cannot read its mail."""
    mallory = await town.shopper()
    await mallory.page.clock.install()
    await mallory.open_chat()
    await mallory.sees_locked_home()
    screens = []
    await ask_for_code(mallory, address)
    # It comes after half a minute, which may pass between two looks of ours.
    await mallory.page.clock.fast_forward(31_000)
    await expect(mallory.panel.get_by_role("button", name="Send another code")).to_be_visible()
    screens.append(await mallory.everything.inner_text())
    await give_code(mallory, "000000")
    await expect(mallory.said(WRONG)).to_be_visible()
    screens.append(await mallory.everything.inner_text())
    return screens


async def test_what_was_written_before_the_code_is_asked_about(coded: Town, outbox: Outbox) -> None:
    ada = await coded.shopper()
    await ada.open_chat()
    await ada.write(QUESTION)
    await ada.panel.get_by_role("button", name="Back to the start").click()
    await ask_for_code(ada, ADA.email)
    await give_code(ada, mailed(outbox))
    await expect(ada.question).to_contain_text(ADA.email)
    await ada.question.get_by_role("button", name="Keep it").click()
    await ada.sees_past(QUESTION)


async def test_whom_the_site_signs_in_is_somebody_else(coded: Town, outbox: Outbox) -> None:
    await coded.once_wrote(ADA, "As the shop knows me")
    ada = await coded.shopper()
    await prove(ada, outbox, ADA.email)
    await ada.write(QUESTION)

    await ada.sign_in_as("Ada")
    await ada.open_chat()
    await ada.sees_past("As the shop knows me")
    await expect(ada.said(QUESTION)).to_have_count(0)
    await expect(ada.panel.get_by_role("button", name="Ada Lovelace")).to_be_visible()


async def test_signing_out_here_locks_this_browser_and_no_other(coded: Town, outbox: Outbox) -> None:
    here, there = await coded.shopper(), await coded.shopper()
    await prove(here, outbox, ADA.email)
    await here.write(QUESTION)
    await prove(there, outbox, ADA.email)
    await there.panel.get_by_role("button", name=ADA.email).click()
    await there.panel.get_by_role("button", name="Sign out here").click()
    await there.sees_locked_home()
    await there.visit("/")
    await there.open_chat()
    await there.sees_locked_home()
    await expect(here.messages.get_by_text(QUESTION)).to_be_visible()


async def test_signing_out_everywhere_locks_every_browser(coded: Town, outbox: Outbox) -> None:
    here, there = await coded.shopper(), await coded.shopper()
    await prove(here, outbox, ADA.email)
    await here.write(QUESTION)
    await prove(there, outbox, ADA.email)
    await there.panel.get_by_role("button", name=ADA.email).click()
    await there.panel.get_by_role("button", name="Sign out everywhere").click()
    asked = there.panel.get_by_role("dialog", name="Sign out everywhere?")
    await asked.get_by_role("button", name="Sign out everywhere").click()
    await there.sees_locked_home()
    await here.sees_locked_home()


async def test_a_user_of_the_site_signs_out_everywhere_too(coded: Town) -> None:
    await coded.once_wrote(ADA, QUESTION)
    here, there = await coded.signed_in("Ada"), await coded.signed_in("Ada")
    await here.open_chat()
    await here.sees_past(QUESTION)
    lines = here.lines()
    await there.open_chat()
    await there.panel.get_by_role("button", name="Ada Lovelace").click()
    await expect(there.panel.get_by_role("button", name="Sign out here")).to_have_count(0)
    await there.panel.get_by_role("button", name="Sign out everywhere").click()
    asked = there.panel.get_by_role("dialog", name="Sign out everywhere?")
    await asked.get_by_role("button", name="Sign out everywhere").click()
    await expect(there.past).to_have_count(0)
    await here.hears_nothing_more(lines)


async def test_a_sixth_code_in_an_hour_is_refused_in_a_calm_sentence(coded: Town) -> None:
    mallory = await coded.shopper()
    await mallory.open_chat()
    for number in range(5):
        if number:
            await mallory.panel.get_by_role("button", name="Another address").click()
        else:
            await mallory.panel.get_by_role("button", name="Get a code by e-mail").click()
        await type_address(mallory, f"a{number}@example.com")
        await mallory.panel.get_by_role("button", name="Send the code").click()
        await expect(mallory.said(SENT)).to_be_visible()
    await mallory.panel.get_by_role("button", name="Another address").click()
    await mallory.panel.get_by_role("button", name="Send the code").click()
    await expect(mallory.said("That was too often. Please try again later.")).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_nothing_of_the_code_is_hidden_from_a_screen_reader(
    coded: Town, outbox: Outbox, colours: str
) -> None:
    ada = await coded.shopper(color_scheme=colours)
    await ada.open_chat()
    await ada.panel.get_by_role("button", name="Get a code by e-mail").click()
    field = ada.panel.get_by_label("Your e-mail")
    await expect(field).to_be_focused()
    await field.fill("no address")
    await field.press("Enter")
    await expect(ada.said("That doesn't look like an e-mail address.")).to_be_visible()
    assert await faults(await ada.frame()) == []
    await field.fill(ADA.email)
    await field.press("Enter")
    await expect(ada.panel.get_by_label("Six-digit code")).to_be_focused()
    await expect(ada.panel.get_by_label("Six-digit code")).to_have_attribute("autocomplete", "one-time-code")
    assert await faults(await ada.frame()) == []
    await give_code(ada, mailed(outbox))
    account = ada.panel.get_by_role("button", name=re.compile(ADA.email))
    await account.click()
    assert await faults(await ada.frame()) == []


async def test_another_code_is_sent_to_who_has_waited_for_it(coded: Town, outbox: Outbox) -> None:
    ada = await coded.shopper()
    await ada.page.clock.install()
    await ada.open_chat()
    await ask_for_code(ada, ADA.email)
    again = ada.panel.get_by_role("button", name="Send another code")
    await expect(again).to_have_count(0)
    await ada.page.clock.fast_forward(31_000)
    async with ada.page.expect_response("**/session/proofs"):
        await again.click()
    await expect(again).to_have_count(0)
    await expect(ada.said(SENT)).to_be_visible()
    assert len(outbox.letters) == 2
    await give_code(ada, mailed(outbox))
    await expect(ada.panel.get_by_role("button", name=ADA.email)).to_be_visible()


async def test_codes_go_where_the_browser_gives_the_chat_no_cookie(
    coded: Town, outbox: Outbox, cookieless_browser: BrowserContext
) -> None:
    ada = await Shopper.arriving(cookieless_browser, coded.shop)
    await prove(ada, outbox, ADA.email)
    await ada.write(QUESTION)
    await ada.visit("/static/help.html")
    await ada.open_chat()
    await ada.sees_past(QUESTION)


async def test_who_founds_a_workspace_without_a_login_is_told_what_codes_open(coded: Town) -> None:
    grace = await (await coded.clean_browser()).new_page()
    await grace.goto(f"{coded.chat}/setup#a-link-that-somebody-was-given")
    mailbox = grace.get_by_label("Let them prove their mailbox with a code")
    await expect(mailbox).to_have_count(0)
    await grace.get_by_label("No", exact=True).check()
    await expect(mailbox).to_be_checked()
    await expect(
        grace.get_by_text("Whoever can read that mailbox then sees the conversations")
    ).to_be_visible()
    assert await faults(grace) == []


async def test_ada_joins_her_mailbox_with_her_login_and_parts_them_again(coded: Town, outbox: Outbox) -> None:
    once = await coded.shopper()
    await prove(once, outbox, ADA.email)
    await once.write(QUESTION)

    ada = await coded.signed_in("Ada", color_scheme="dark")
    await ada.open_chat()
    await ada.panel.get_by_role("button", name="Ada Lovelace").click()
    await ada.panel.get_by_role("button", name="My other addresses").click()
    sheet = ada.panel.get_by_role("dialog", name="My other addresses")
    await sheet.get_by_label("Your e-mail").fill(ADA.email)
    await sheet.get_by_role("button", name="Send the code").click()
    await expect(ada.said(SENT)).to_be_visible()
    await give_code(ada, mailed(outbox))
    await expect(sheet.get_by_text(f"Also show the conversation of {ADA.email} here?")).to_be_focused()
    await expect(ada.past).to_have_count(0)
    assert await faults(await ada.frame()) == []

    await sheet.get_by_role("button", name="Yes, they are mine").click()
    await expect(sheet.get_by_role("button", name="Part it")).to_be_visible()
    await ada.sees_past(QUESTION)
    await sheet.get_by_role("button", name="Part it").click()
    await expect(sheet.get_by_text("They are two again.")).to_be_focused()
    await expect(sheet.get_by_role("button", name="Part it")).to_have_count(0)
    await expect(sheet.get_by_text("It is done.")).to_have_count(0)
    await expect(ada.past).to_have_count(0)


async def test_ada_sees_where_she_is_signed_in_and_signs_the_other_browser_out(
    coded: Town, outbox: Outbox
) -> None:
    there = await coded.shopper()
    await prove(there, outbox, ADA.email)
    await there.write(QUESTION)
    here = await coded.shopper()
    await prove(here, outbox, ADA.email)

    await here.panel.get_by_role("button", name=ADA.email).click()
    await here.panel.get_by_role("button", name="Where I am signed in").click()
    sheet = here.panel.get_by_role("dialog", name="Where I am signed in")
    await expect(sheet.get_by_role("listitem")).to_have_count(2)
    await expect(sheet.get_by_role("listitem").first).to_contain_text("This one")
    assert await faults(await here.frame()) == []
    await sheet.get_by_role("button", name="Sign out").click()
    await expect(sheet.get_by_role("listitem")).to_have_count(1)
    await expect(sheet.get_by_role("status")).to_be_focused()

    await there.hears_nothing_more()
    await expect(there.said(QUESTION)).to_have_count(0)
    await sheet.get_by_role("button", name="Close").click()
    await here.sees_past(QUESTION)


@pytest.mark.parametrize("comes_first", ["boot", "shutdown"])
async def test_a_sign_out_at_the_site_in_another_tab_ends_what_adas_code_opened(
    coded: Town, outbox: Outbox, comes_first: str
) -> None:
    ada = await coded.shopper()
    await prove(ada, outbox, ADA.email)
    await ada.write(QUESTION)
    elsewhere = await Shopper.arriving(ada.page.context, coded.shop, "/static/help.html")
    await expect(elsewhere.launcher).to_be_visible()
    assert await elsewhere.panel_on_page.get_attribute("src") is None
    if comes_first == "boot":
        await elsewhere.page.evaluate("privity('shutdown')")
        await expect(elsewhere.page.locator("privity-chat")).to_have_count(0)
    else:
        await elsewhere.page.add_init_script(SHUTDOWN_FIRST)
        await elsewhere.visit("/pricing")

    await ada.hears_nothing_more()
    await ada.sees_locked_home()
    await expect(ada.said(QUESTION)).to_have_count(0)
    assert await coded.living_sessions() == 0
    await ada.visit("/pricing")
    await ada.open_chat()
    await ada.sees_locked_home()


@pytest.mark.attack("A-76")
async def test_what_ada_had_typed_and_not_sent_is_gone_with_her(coded: Town, outbox: Outbox) -> None:
    ada = await coded.shopper()
    await prove(ada, outbox, ADA.email)
    await ada.composer.fill(QUESTION)
    await ada.panel.get_by_role("button", name=ADA.email).click()
    await ada.panel.get_by_role("button", name="Sign out here").click()
    await ada.sees_locked_home()
    await expect(ada.composer).to_have_value("")


async def test_where_a_mailbox_opens_nothing_nobody_is_asked_for_another_address(coded: Town) -> None:
    await rules.change(coded.house, coded.acme.id, "history_from", "signed")
    ada = await coded.signed_in("Ada")
    await ada.open_chat()
    await ada.panel.get_by_role("button", name="Ada Lovelace").click()
    await expect(ada.panel.get_by_role("button", name="Where I am signed in")).to_be_visible()
    await expect(ada.panel.get_by_role("button", name="My other addresses")).to_have_count(0)
