"""Changing over to a new signing key while people talk: nothing breaks, and who rests on the old one is out at once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.types import Receive, Scope, Send
from playwright.async_api import Locator, Route, expect

from demo import site
from demo.shop import Shop
from privity.cli.serving import listen, port_of, serving
from privity.people import actions as people
from privity.workspaces import actions as workspaces
from privity_client import SigningKey
from tests.cast import ADA
from tests.journeys.inbox import Inbox
from tests.journeys.reading import faults
from tests.journeys.shopper import Shopper
from tests.journeys.town import PASSWORD, Town

DOUBTED = "We couldn't confirm your sign-in. You can still write to us without your history."


@dataclass
class Branch:
    """Another shop of Acme's, whose server is given the new key while it runs. Who is signed in there stays so."""

    town: Town
    origin: str
    running: Litestar

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.running(scope, receive, send)

    async def customer(self, first_name: str) -> Shopper:
        """Somebody who is signed in here, and has the chat open."""
        shopper = await Shopper.arriving(await self.town.clean_browser(), self.origin)
        await shopper.sign_in_as(first_name)
        await shopper.open_chat()
        return shopper

    def deploy(self, key: SigningKey) -> None:
        newer = shop_that_signs_with(key, self.town)
        shop_in(newer).signed_in.update(shop_in(self.running).signed_in)
        self.running = newer


@pytest.fixture
async def branch(town: Town) -> AsyncIterator[Branch]:
    with listen("127.0.0.1", 0) as port:
        origin = await workspaces.allow_site(town.house, town.acme.id, f"http://localhost:{port_of(port)}")
        first = SigningKey(town.acme.key.kid, town.acme.key.material.decode())
        branch = Branch(town, origin, shop_that_signs_with(first, town))
        async with serving(branch, port):
            yield branch
            await town.everybody_goes_home()


async def test_a_key_is_changed_while_ada_is_online_and_nothing_breaks(town: Town, branch: Branch) -> None:
    grace, ada = await town.grace(), await branch.customer("Ada")
    await ada.write("Where is my lamp?")

    newer = await make_key(grace)
    await expect(line_of(grace, newer)).to_contain_text("never used")
    branch.deploy(newer)
    await ada.come_back()
    await expect(line_of(grace, newer)).to_contain_text("last used")

    await revoke(grace, town.acme.key.kid, "No session rested on it.")
    await expect(ada.messages.get_by_text("Where is my lamp?")).to_be_visible()
    await ada.write("The green one.")
    assert ada.listens()


async def test_who_rests_on_a_key_that_is_revoked_is_out_at_once(town: Town, branch: Branch) -> None:
    grace = await town.grace()
    branch.deploy(await make_key(grace))
    ada = await branch.customer("Ada")
    bob = await town.signed_in("Bob")
    await bob.open_chat()
    for shopper in (ada, bob):
        await shopper.write("Where is my lamp?")
    assert bob.listens(), "Bob needs a line to lose for this test to mean anything"

    await revoke(grace, town.acme.key.kid, "1 session that rested on it is over.")

    await bob.hears_nothing_more()
    await expect(bob.said(DOUBTED)).to_be_visible()
    await expect(bob.said("Where is my lamp?")).to_have_count(0)
    await ada.write("The green one.")


async def test_who_is_no_owner_is_told_whom_to_ask(town: Town) -> None:
    await people.add_teammate(
        town.house, town.acme.id, email="linus@acme.example", name="Linus", password=PASSWORD
    )
    linus = await town.grace_at_the_door()
    await linus.sign_in("linus@acme.example", PASSWORD)
    await linus.page.get_by_role("link", name="Settings").click()

    await expect(
        linus.page.get_by_text("Your workspace's owner looks after the signing keys.")
    ).to_be_visible()
    await expect(linus.page.get_by_role("button", name="Make a new key")).to_have_count(0)
    await expect(linus.page.get_by_role("alert")).to_have_count(0)
    await linus.page.keyboard.press("Escape")
    await expect(linus.page.get_by_text("Choose a conversation.")).to_be_visible()


async def test_grace_signs_ada_out_everywhere(town: Town) -> None:
    grace = await town.grace()
    here, at_home = await town.signed_in("Ada"), await town.signed_in("Ada")
    for browser in (here, at_home):
        await browser.open_chat()
        await expect(browser.said("Hello Ada.")).to_be_visible()
    await here.write("I lost my phone!")
    assert await town.living_sessions() == 2, (
        "there has to be more than one end for this test to mean anything"
    )

    await grace.open("I lost my phone!")
    await grace.person.get_by_role("button", name="Sign out everywhere").click()
    question = grace.page.get_by_role("dialog", name="Sign Ada Lovelace out everywhere?")
    assert await faults(grace.page) == []
    await question.get_by_role("button", name="Sign out everywhere").click()

    await expect(question).to_be_hidden()
    await expect(grace.person.get_by_text(": signed out")).to_have_count(2)


async def test_grace_pastes_a_token_and_reads_what_is_wrong_with_it(town: Town) -> None:
    grace = await town.grace()
    await grace.page.get_by_role("link", name="Settings").click()
    await grace.page.get_by_role("link", name="Token debugger").click()
    await paste(grace, town.token_of(ADA)[:-4] + "AAAA")

    verdict = grace.page.get_by_role("heading", name="It proves nobody: 1 thing is wrong.")
    await expect(verdict).to_be_focused()
    wrong = grace.page.get_by_role("listitem").filter(has_text="Wrong")
    await expect(wrong).to_contain_text("signature does not fit")
    await expect(grace.page.get_by_text(f'"sub": "{ADA.subject}"')).to_be_visible()
    assert await faults(grace.page) == []


async def test_what_grace_reads_is_about_the_token_that_she_pasted_last(town: Town) -> None:
    grace = await town.grace()
    await grace.page.get_by_role("link", name="Settings").click()
    await grace.page.get_by_role("link", name="Token debugger").click()
    held, let_go = asyncio.get_running_loop().create_future(), asyncio.Event()

    async def late(route: Route) -> None:
        answer = await route.fetch()
        held.set_result(route.request)
        await let_go.wait()
        await route.fulfill(response=answer)

    await grace.page.route("**/token/explain", late, times=1)
    await paste(grace, town.token_of(ADA))
    first = await held
    await paste(grace, town.token_of(ADA)[:-4] + "AAAA")
    verdict = grace.page.get_by_role("heading", name="It proves nobody: 1 thing is wrong.")
    await expect(verdict).to_be_visible()

    async with grace.page.expect_event("requestfinished", lambda asked: asked == first):
        let_go.set()
    await grace.page.evaluate("() => new Promise(requestAnimationFrame)")
    await expect(verdict).to_be_visible()
    await expect(grace.page.get_by_role("heading", name="It proves who they are.")).to_have_count(0)


async def paste(grace: Inbox, token: str) -> None:
    await grace.page.get_by_label("An identity token").fill(token)
    await grace.page.get_by_role("button", name="Explain it").click()


def shop_that_signs_with(key: SigningKey, town: Town) -> Litestar:
    return site.create_app(town.chat, str(town.acme.id), key, clock=town.clock)


def shop_in(app: Litestar) -> Shop:
    return cast("Shop", cast("Provide", app.dependencies["shop"]).dependency())


async def open_keys(grace: Inbox) -> None:
    await grace.page.get_by_role("link", name="Settings").click()
    await expect(grace.page.get_by_role("heading", name="Trusted", exact=True)).to_be_visible()


async def make_key(grace: Inbox) -> SigningKey:
    await open_keys(grace)
    await grace.page.get_by_role("button", name="Make a new key").click()
    made = grace.page.get_by_role("region", name="Trusted from now on")
    kid, secret = [await made.locator("pre").nth(place).inner_text() for place in (0, 1)]
    assert await faults(grace.page) == []
    await made.get_by_role("button", name="I have kept the key").click()
    await expect(grace.page.get_by_text(secret)).to_have_count(0)
    return SigningKey(kid, secret)


def line_of(grace: Inbox, key: SigningKey) -> Locator:
    return grace.page.get_by_role("listitem").filter(has_text=key.kid)


async def revoke(grace: Inbox, kid: str, told: str) -> None:
    await open_keys(grace)
    await grace.page.get_by_role("button", name=f"Revoke {kid}").click()
    question = grace.page.get_by_role("dialog", name=f"Revoke {kid}?")
    await expect(question).to_contain_text("Everybody who is signed in with it is out at once")
    await question.get_by_role("button", name="Revoke the key").click()
    await expect(grace.page.get_by_role("status").filter(has_text=kid)).to_contain_text(told)
