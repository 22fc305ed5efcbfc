"""A customer's site in Django, Flask or FastAPI: the few lines of the example prove its users to the chat."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.cast import ADA, Person
from tests.journeys.shopper import Shopper
from tests.journeys.town import Town
from tests.sites.servers import DJANGO, EVERY_EXAMPLE, Example, open_site

LAMP = "Is my lamp on its way?"


@pytest.mark.parametrize("example", EVERY_EXAMPLE, ids=lambda example: example.framework)
async def test_ada_sees_her_past_on_the_example_site_and_bob_after_her_does_not(
    example: Example, town: Town, tmp_path: Path
) -> None:
    await town.once_wrote(known_as(ADA, example), LAMP)
    async with open_site(example, settings_of(town), tmp_path) as site:
        await allow(town, site)
        visitor = await Shopper.arriving(await town.clean_browser(), site)
        await visitor.open_chat()
        await visitor.sees_locked_home()

        await sign_in(visitor, "Ada")
        await visitor.sees_past(LAMP)

        await visitor.page.get_by_role("button", name="Sign out", exact=True).click()
        await expect(visitor.page.get_by_role("heading", name="Nobody is here")).to_be_visible()
        await sign_in(visitor, "Bob")
        await visitor.write("I am Bob.")
        await expect(visitor.said(LAMP)).to_have_count(0)


async def sign_in(shopper: Shopper, name: str) -> None:
    """Sign in at the site, and look into the chat."""
    await shopper.page.get_by_role("button", name=f"Sign in as {name}").click()
    await expect(shopper.page.get_by_role("heading", name=name)).to_be_visible()
    await shopper.open_chat()


def known_as(person: Person, example: Example) -> Person:
    """The site's own id of its first user: Django counts its users, the others name them."""
    return replace(person, subject="1") if example == DJANGO else person


def settings_of(town: Town) -> dict[str, str]:
    """What the inbox gives a site's developer."""
    key = town.acme.key
    return {
        "PRIVITY_CHAT": town.chat,
        "PRIVITY_WORKSPACE": str(town.acme.id),
        "PRIVITY_KID": key.kid,
        "PRIVITY_SIGNING_SECRET": key.material.decode(),
    }


async def allow(town: Town, site: str) -> None:
    """Grace adds the site to those on which the chat may be shown."""
    await town.owner_db.execute("INSERT INTO allowed_site VALUES ($1, $2)", town.acme.id, site)
