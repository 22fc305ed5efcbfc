"""Where the journeys happen: Acme with its shop and its chat, and the people who come there with their browsers."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from playwright.async_api import Browser, BrowserContext, ViewportSize

from privity.db.pool import Connection
from privity.house import House
from privity.workspaces import actions as workspaces
from privity.workspaces.actions import Founded
from privity_client import SigningKey, sign_identity
from tests.canary.listening import Ears
from tests.canary.looking import arrives, goes_home
from tests.cast import GRACE, Person
from tests.journeys.clock import RunningClock
from tests.journeys.inbox import Inbox
from tests.journeys.shopper import Shopper

PATIENCE_IN_MILLISECONDS = 30_000
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
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
    ears: Ears
    _at_home: list[BrowserContext] = field(default_factory=list)

    @property
    def chat(self) -> str:
        return self.house.settings.origin

    async def clean_browser(self, of: Browser | None = None, **ways: Any) -> BrowserContext:
        """A browser in which nobody was yet. `ways` are Playwright's, such as its size and its colours."""
        context = await arrives(of or self.browser, self.ears, **{"viewport": DESKTOP, **ways})
        context.set_default_timeout(PATIENCE_IN_MILLISECONDS)
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
        inbox = await self.grace_at_the_door(**ways)
        await inbox.sign_in(GRACE.email, PASSWORD)
        return inbox

    async def grace_at_the_door(self, **ways: Any) -> Inbox:
        return await Inbox.at_the_door(await self.clean_browser(**ways), self.chat)

    async def once_wrote(self, person: Person, *conversations: str) -> None:
        """In the past, on a device that is not here, and as a person whom the shop had proved."""
        async with device_at(self.chat) as device:
            who = {"workspace": str(self.acme.id), "identity_token": self.token_of(person)}
            opened = await device.post("/widget/v1/sessions", json=who)
            device.headers["Authorization"] = f"Bearer {opened.json()['session']['token']}"
            for words in conversations:
                said = {"body": words, "client_id": str(uuid4())}
                answer = await device.post("/widget/v1/conversations", json=said)
                assert answer.status_code == 201, answer.text
            await device.delete("/widget/v1/session")

    async def living_sessions(self) -> int:
        living: int = await self.owner_db.fetchval("SELECT count(*) FROM session WHERE ended_at IS NULL")
        return living

    async def all_sessions_end(self) -> None:
        async with asyncio.timeout(PATIENCE_IN_MILLISECONDS / 1000):
            # A page that goes says so to the chat, and tells nobody when it was heard.
            while await self.living_sessions():  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    def token_of(self, person: Person) -> str:
        key = self.acme.key
        return sign_identity(
            workspace=str(self.acme.id),
            subject=person.subject,
            email=person.email,
            email_verified=True,
            name=person.name,
            key=SigningKey(key.kid, key.material.decode()),
            now=self.clock(),
        )

    async def everybody_goes_home(self) -> None:
        for context in self._at_home:
            await goes_home(context)


def device_at(chat: str, **ways: Any) -> httpx.AsyncClient:
    """A device that is not here, as patient as the people who are. `ways` are httpx's."""
    return httpx.AsyncClient(base_url=chat, timeout=PATIENCE_IN_MILLISECONDS / 1000, **ways)


async def found_acme(house: House, shop: str) -> Founded:
    plan = await workspaces.plan(
        house, name="Acme", site=shop, owner_name=GRACE.name, owner_email=GRACE.email, password=PASSWORD
    )
    return await workspaces.found(house, plan)
