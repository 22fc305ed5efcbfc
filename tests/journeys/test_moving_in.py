"""A site moves here from another product by one script's address; its calls, its hashes and its people stay."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import uuid4

import pytest
from litestar import Litestar, Request, Response, get
from playwright.async_api import expect

from privity.cli.serving import listen, port_of, serving
from privity.vouching import legacy
from privity.web.wire import LegacyProduct
from privity.workspaces import rules, store
from tests.cast import ADA, BOB, Person
from tests.journeys import old_pages
from tests.journeys.old_pages import Product
from tests.journeys.reading import faults
from tests.journeys.shopper import Shopper
from tests.journeys.town import Town, device_at
from tests.proofs.old_site import SECRETS, hashed

QUESTION = "Where is the lamp of order 4711?"
PRODUCTS = pytest.mark.parametrize("product", ["customerly", "intercom", "chatwoot", "crisp"])
BY_ADDRESS = ("customerly", "crisp")


def known(product: LegacyProduct, person: Person) -> dict[str, str]:
    """What the old site tells the product of somebody."""
    of = person.email if product in BY_ADDRESS else person.subject
    return {
        "user_id": person.subject,
        "email": person.email,
        "name": person.name,
        "hash": hashed(product, of),
    }


async def ada_once_wrote(town: Town, product: Product) -> None:
    """Acme takes the product's hashes, and one of them proved her on a device that is not here."""
    await turn_on(town, product)
    async with device_at(town.chat) as device:
        who = {"workspace": str(town.acme.id), "legacy": {"product": product, **known(product, ADA)}}
        opened = await device.post("/widget/v1/sessions", json=who)
        device.headers["Authorization"] = f"Bearer {opened.json()['session']['token']}"
        said = {"body": QUESTION, "client_id": str(uuid4())}
        assert (await device.post("/widget/v1/conversations", json=said)).status_code == 201


async def turn_on(town: Town, product: LegacyProduct) -> None:
    until = town.clock() + timedelta(days=30)
    await legacy.turn_on(town.house, town.acme.id, product, SECRETS[product], until)
    await rules.change(town.house, town.acme.id, "history_from", "legacy")


@dataclass(frozen=True, slots=True)
class OldSite:
    """A site on which an old snippet stands, with its one address changed."""

    town: Town
    origin: str

    async def shown_to(self, person: Person | None, product: Product) -> Shopper:
        """Its page, in a clean browser of somebody whom it knows, or of nobody."""
        path = f"/{product}" if person is None else f"/{product}/{person.subject}"
        shopper = await Shopper.arriving(await self.town.clean_browser(), self.origin, path)
        await expect(shopper.launcher).to_be_visible()
        return shopper


@pytest.fixture
async def old_site(town: Town) -> AsyncIterator[OldSite]:
    def show(request: Request[Any, Any, Any]) -> Response[str]:
        _, product, *who = request.url.path.split("/")
        person = next((person for person in (ADA, BOB) if [person.subject] == who), None)
        told = known(product, person) if person is not None else None  # type: ignore[arg-type]
        address = f"{town.chat}/compat/{product}.js?workspace={town.acme.id}"
        return Response(old_pages.page(product, address, told), media_type="text/html")  # type: ignore[arg-type]

    paths = ["/{product:str}", "/{product:str}/{subject:str}"]
    site = Litestar(route_handlers=[get(paths, sync_to_thread=False)(show)], logging_config=None)
    with listen("127.0.0.1", 0) as listener:
        origin = f"http://localhost:{port_of(listener)}"
        async with town.house.pools.operator.within(town.acme.id) as db:
            await store.add_site(db, town.acme.id, origin)
        async with serving(site, listener):
            yield OldSite(town, origin)
            await town.everybody_goes_home()


@PRODUCTS
async def test_the_old_snippet_boots_opens_proves_and_shows_history(
    town: Town, old_site: OldSite, product: Product
) -> None:
    await ada_once_wrote(town, product)
    ada = await old_site.shown_to(ADA, product)

    await ada.page.evaluate("act('open')")
    await ada.sees_past(QUESTION)
    await ada.page.evaluate("act('close')")
    await expect(ada.everything).to_be_hidden()
    await ada.page.evaluate("act('open')")
    await ada.sees_past(QUESTION)
    heard = [each for each in await ada.page.evaluate("heard") if each != "ready"]
    assert heard == ["opened", "closed", "opened"]

    await ada.page.evaluate("act('logout')")
    if product == "intercom":
        await expect(ada.page.locator("privity-chat")).to_have_count(0)
    else:
        await ada.sees_locked_home()


@PRODUCTS
async def test_without_its_switch_the_old_hash_shows_nothing_and_the_visitor_can_write(
    town: Town, old_site: OldSite, product: Product
) -> None:
    await ada_once_wrote(town, product)
    await legacy.turn_off(town.house, town.acme.id, product)
    ada = await old_site.shown_to(ADA, product)
    await ada.open_chat()
    await expect(ada.said("We couldn't confirm your sign-in.")).to_be_visible()
    await expect(ada.past).to_have_count(0)


@pytest.mark.attack("A-30")
async def test_another_user_on_the_same_page_begins_with_nothing_of_the_first(
    town: Town, old_site: OldSite
) -> None:
    await ada_once_wrote(town, "chatwoot")
    shopper = await old_site.shown_to(ADA, "chatwoot")
    await shopper.open_chat()
    await shopper.sees_past(QUESTION)

    bob = known("chatwoot", BOB)
    user = {"name": BOB.name, "identifier_hash": bob["hash"]}
    await shopper.page.evaluate("privity('on', 'identity', ({ state }) => heard.push(state))")
    await shopper.page.evaluate("([id, user]) => $chatwoot.setUser(id, user)", [bob["user_id"], user])

    await shopper.page.wait_for_function("heard.includes('nobody') && heard.at(-1) === 'proved'")
    await expect(shopper.past).to_have_count(0)
    await shopper.write("Bob's own words")
    owners = await town.owner_db.fetch(
        "SELECT i.subject FROM conversation c JOIN contact_identity i ON i.id = c.owner ORDER BY c.started_at"
    )
    assert [row["subject"] for row in owners] == [
        f"chatwoot:user_id:{ADA.subject}",
        f"chatwoot:user_id:{BOB.subject}",
    ]


async def test_a_page_that_names_nobody_has_a_visitor(old_site: OldSite) -> None:
    visitor = await old_site.shown_to(None, "intercom")
    await visitor.page.evaluate("act('open')")
    await visitor.sees_locked_home()
    await visitor.write("Is anybody there?")


async def test_a_chat_that_the_page_puts_out_of_sight_lives_on(old_site: OldSite) -> None:
    visitor = await old_site.shown_to(None, "chatwoot")
    await visitor.open_chat()
    await visitor.write(QUESTION)
    await visitor.page.add_init_script(
        "addEventListener('chatwoot:ready', () => $chatwoot.toggleBubbleVisibility('hide'))"
    )

    await visitor.visit("/chatwoot")
    await expect(visitor.launcher).to_be_hidden()
    await visitor.page.evaluate("$chatwoot.toggle('open')")

    await expect(visitor.messages.get_by_text(QUESTION)).to_be_visible()


async def test_a_shutdown_before_the_next_boot_ends_the_chat_of_another_tab(old_site: OldSite) -> None:
    visitor = await old_site.shown_to(None, "intercom")
    await visitor.open_chat()
    await visitor.write(QUESTION)
    tab = await visitor.another_tab("/intercom")
    await expect(tab.launcher).to_be_visible()

    await tab.page.evaluate("Intercom('shutdown'); Intercom('boot', { app_id: 'a1b2c3' })")

    await visitor.hears_nothing_more()
    await expect(visitor.said(QUESTION)).to_have_count(0)
    await expect(tab.launcher).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_the_owner_sees_whose_old_hashes_are_taken_and_takes_them_no_more(
    town: Town, colours: Literal["light", "dark"]
) -> None:
    await ada_once_wrote(town, "customerly")
    grace = await town.grace(viewport={"width": 390, "height": 844}, color_scheme=colours)
    await grace.page.goto(f"{town.chat}/inbox/settings/legacy")
    off = grace.page.get_by_role("button", name="Switch off Customerly")
    await expect(off).to_be_visible()
    assert await faults(grace.page) == []
    assert not await grace.page.evaluate("document.documentElement.scrollWidth > innerWidth")

    await off.click()
    question = grace.page.get_by_role("dialog", name="Take Customerly's hashes no more?")
    await question.get_by_role("button", name="Switch off").click()

    await expect(grace.page.get_by_role("status")).to_contain_text("Customerly is off. 1 session is over.")
    await expect(off).to_have_count(0)
