"""Where the journeys happen: Acme with its shop and its chat, and the people who come there with their browsers."""

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, BrowserContext

from privity.db.pool import Connection
from privity.house import House
from privity.workspaces import actions as workspaces
from privity.workspaces.actions import Founded
from tests.cast import GRACE
from tests.journeys.clock import RunningClock
from tests.journeys.inbox import Inbox
from tests.journeys.shopper import Shopper

PASSWORD = "four words, all of them hers"


@dataclass
class Town:
    """`shop` is the shop's origin; the chat's is the house's own."""

    browser: Browser
    house: House
    owner_db: Connection
    clock: RunningClock
    acme: Founded
    shop: str
    _at_home: list[BrowserContext] = field(default_factory=list)

    @property
    def chat(self) -> str:
        return self.house.settings.origin

    async def clean_browser(self, **ways: Any) -> BrowserContext:
        """A browser in which nobody was yet. `ways` are Playwright's, such as its size and its colours."""
        context = await self.browser.new_context(**ways)
        self._at_home.append(context)
        return context

    async def shopper(self, **ways: Any) -> Shopper:
        """Somebody on the shop's first page, in a browser of their own."""
        return await Shopper.arriving(await self.clean_browser(**ways), self.shop)

    async def signed_in(self, first_name: str, **ways: Any) -> Shopper:
        shopper = await self.shopper(**ways)
        await shopper.sign_in_as(first_name)
        return shopper

    async def grace(self, **ways: Any) -> Inbox:
        """Grace, signed in at her desk."""
        context = await self.clean_browser(**ways)
        inbox = await Inbox.at_the_door(context, self.chat)
        await inbox.sign_in(GRACE.email, PASSWORD)
        return inbox

    async def everybody_goes_home(self) -> None:
        for context in self._at_home:
            await context.close()


async def found_acme(house: House, shop: str) -> Founded:
    plan = await workspaces.plan(
        house, name="Acme", site=shop, owner_name=GRACE.name, owner_email=GRACE.email, password=PASSWORD
    )
    return await workspaces.found(house, plan)
