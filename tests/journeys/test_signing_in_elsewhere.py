"""People with an account at a provider, on pages that can't say who is there: they sign in from the panel itself."""

import socket
from collections.abc import AsyncIterator

import pytest
from litestar import Litestar, get
from playwright.async_api import Browser, Page, expect

from privity.cli.serving import port_of, serving
from privity.db.pool import Connection
from privity.house import House
from privity.outward.fetching import Outward
from privity.vouching import sign_ins
from tests.authority import Authority
from tests.cast import ADA
from tests.database import Database
from tests.journeys.clock import RunningClock
from tests.journeys.reading import faults
from tests.journeys.shopper import Shopper
from tests.journeys.town import Town, found_acme
from tests.provider import CLIENT, SECRET, Provider

QUESTION = "Does the lamp come with a bulb?"
OFFER = "Sign in with Acme ID"
CLOSED = "The window was closed before you had signed in. You can try again."


@pytest.fixture
def way_out(authority: Authority, provider: Provider) -> Outward:
    return provider.way_there(authority)


@pytest.fixture
async def offering(
    chat: House,
    browser: Browser,
    owner_db: Connection,
    clock: RunningClock,
    shop_port: socket.socket,
    provider: Provider,
    database: Database,
) -> AsyncIterator[Town]:
    """Acme, whose people may sign in at a provider, and whose page has neither `getToken` nor `data-token-url`."""
    shop_url = f"http://localhost:{port_of(shop_port)}"
    acme = await found_acme(chat, shop_url)
    await sign_ins.add(chat, acme.id, "Acme ID", provider.issuer, CLIENT, SECRET)
    loader = f'<script async src="{chat.settings.origin}/loader.js" data-workspace="{acme.id}"></script>'

    @get("/", media_type="text/html", sync_to_thread=False)
    def page() -> str:
        return f'<!doctype html><html lang="en"><title>Acme</title>{loader}'

    town = Town(browser, chat, owner_db, clock, acme, shop_url, database.ears)
    async with serving(Litestar([page], openapi_config=None, logging_config=None), shop_port):
        yield town
        await town.everybody_goes_home()


async def visitor_of(town: Town) -> Shopper:
    """In front of the locked panel, on the page that can't say who is there."""
    browser = await town.clean_browser(ignore_https_errors=True)
    visitor = await Shopper.arriving(browser, town.shop)
    await visitor.open_chat()
    await visitor.sees_locked_home()
    return visitor


async def window_of(visitor: Shopper) -> Page:
    """The provider's, which the panel opens."""
    async with visitor.page.expect_popup() as opening:
        await visitor.panel.get_by_role("button", name=OFFER).click()
    window = await opening.value
    await expect(window.get_by_role("link", name=f"I am {ADA.name}")).to_be_visible()
    return window


async def signs_in(visitor: Shopper) -> None:
    window = await window_of(visitor)
    async with window.expect_event("close"):
        await window.get_by_role("link", name=f"I am {ADA.name}").click()
    await expect(visitor.panel.get_by_role("button", name=ADA.name)).to_be_visible()


async def signs_out(visitor: Shopper) -> None:
    await visitor.panel.get_by_role("button", name=ADA.name).click()
    await visitor.panel.get_by_role("button", name="Sign out here").click()
    await visitor.sees_locked_home()


async def test_who_signs_in_from_the_panel_finds_their_history_in_another_browser(offering: Town) -> None:
    here = await visitor_of(offering)
    await signs_in(here)
    await here.write(QUESTION)
    await here.panel.get_by_role("button", name="Back to the start").click()
    await signs_out(here)

    there = await visitor_of(offering)
    await expect(there.said(QUESTION)).to_have_count(0)
    await signs_in(there)
    await there.sees_past(QUESTION)
    assert await faults(await there.frame()) == []
    await there.come_back()
    await there.sees_past(QUESTION)

    await signs_out(there)


async def test_who_closes_the_window_is_told_so_and_may_sign_in_again(offering: Town) -> None:
    visitor = await visitor_of(offering)
    assert await faults(await visitor.frame()) == []
    window = await window_of(visitor)
    await window.close()
    await expect(visitor.panel.get_by_role("status").filter(has_text=CLOSED)).to_be_visible()
    await visitor.sees_locked_home()
    await visitor.page.emulate_media(color_scheme="dark")
    assert await faults(await visitor.frame()) == []
    await signs_in(visitor)


async def test_a_providers_name_of_one_long_word_stays_within_the_panel(
    offering: Town, owner_db: Connection
) -> None:
    await owner_db.execute("UPDATE sign_in_provider SET name = $1", "W" * 64)
    visitor = await visitor_of(offering)
    offer = visitor.panel.get_by_role("button", name="Sign in with WWW")
    await expect(offer).to_be_visible()
    assert await offer.evaluate("offer => offer.getBoundingClientRect().right <= innerWidth")
    assert await offer.evaluate("offer => offer.scrollWidth <= offer.clientWidth")


async def test_a_page_that_can_name_people_is_the_one_that_does(offering: Town) -> None:
    visitor = await visitor_of(offering)
    await signs_in(visitor)
    await visitor.page.evaluate("privity('update', { getToken: async () => null })")
    await expect(visitor.panel.get_by_role("button", name=ADA.name)).to_have_count(0)
    await visitor.sees_locked_home()
    await expect(visitor.panel.get_by_role("button", name=OFFER)).to_have_count(0)


async def test_grace_adds_the_provider_and_removes_it_in_the_inbox(town: Town, provider: Provider) -> None:
    grace = await town.grace()
    await grace.page.get_by_role("link", name="Settings").click()
    await grace.page.get_by_role("link", name="Sign-in", exact=True).click()
    await expect(grace.page.get_by_text("No provider yet")).to_be_visible()
    await expect(grace.page.get_by_text(f"{town.chat}/widget/signed-in")).to_be_visible()

    form = grace.page.get_by_role("region", name="Add a provider")
    await form.get_by_label("What people read").fill("Acme ID")
    await form.get_by_label("Issuer").fill(f"{provider.issuer}/elsewhere")
    await form.get_by_label("Client id").fill(CLIENT)
    await form.get_by_label("Client secret").fill(SECRET)
    await form.get_by_role("button", name="Add the provider").click()
    await expect(grace.page.get_by_role("alert")).to_contain_text("This provider cannot be used.")
    await expect(form.get_by_label("Client id")).to_have_value(CLIENT)
    assert await faults(grace.page) == []

    await form.get_by_label("Issuer").fill(provider.issuer)
    await form.get_by_role("button", name="Add the provider").click()
    line = grace.page.get_by_role("listitem").filter(has_text=provider.issuer)
    await expect(line).to_contain_text("never used")
    await expect(form.get_by_label("Client secret")).to_have_value("")

    await line.get_by_role("button", name="Remove Acme ID").click()
    question = grace.page.get_by_role("dialog", name="Let nobody sign in with Acme ID?")
    await question.get_by_role("button", name="Remove it").click()
    await expect(grace.page.get_by_role("status").filter(has_text="Acme ID is removed.")).to_be_visible()
    await expect(line).to_have_count(0)


async def test_grace_names_the_address_of_the_sites_keys_and_forgets_it(
    town: Town, provider: Provider
) -> None:
    grace = await town.grace()
    await grace.page.get_by_role("link", name="Settings").click()
    section = grace.page.get_by_role("region", name="Address of your keys")
    await section.get_by_text("Name an address").click()
    await section.get_by_label("Address (JWKS)").fill(f"{provider.issuer}/nothing")
    await section.get_by_role("button", name="Trust its keys").click()
    await expect(section.get_by_role("alert")).to_contain_text("No key could be read at this address.")
    assert await faults(grace.page) == []

    await section.get_by_label("Address (JWKS)").fill(f"{provider.issuer}/jwks")
    await section.get_by_role("button", name="Trust its keys").click()
    await expect(section.get_by_text(f"{provider.issuer}/jwks")).to_be_visible()
    trusted = grace.page.get_by_role("region", name="Trusted")
    await expect(trusted.get_by_role("button", name=f"Revoke {provider.key.kid}")).to_be_visible()

    await section.get_by_role("button", name="Forget the address").click()
    question = grace.page.get_by_role("dialog", name="Forget this address?")
    await question.get_by_role("button", name="Forget it").click()
    await expect(
        grace.page.get_by_role("status").filter(has_text="The address is forgotten.")
    ).to_be_visible()
    await expect(section.get_by_text("Name an address")).to_be_visible()
