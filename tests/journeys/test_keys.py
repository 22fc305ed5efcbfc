"""Changing over to a new signing key while people talk: nothing breaks, and who rests on the old one is out at once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from litestar import Litestar
from litestar.types import ASGIApp, Receive, Scope, Send
from playwright.async_api import expect

from demo import site
from demo.people import EVERYBODY
from demo.shop import Shop
from privity.cli.serving import listen, port_of, serving
from privity.workspaces import actions as workspaces
from privity_client import SigningKey
from tests.journeys.inbox import Inbox
from tests.journeys.reading import faults
from tests.journeys.town import Town

DOUBTED = "We couldn't confirm your sign-in. You can still write to us without your history."


@dataclass
class Branch:
    """Another shop of Acme's, whose server is given the new key while it runs. Who is signed in there stays so."""

    town: Town
    origin: str
    running: Litestar

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.running(scope, receive, send)

    def deploy(self, key: SigningKey) -> None:
        newer = shop_of_acme(self.town, key)
        shop_in(newer).signed_in.update(shop_in(self.running).signed_in)
        self.running = newer


@pytest.fixture
async def branch(town: Town) -> AsyncIterator[Branch]:
    with listen("127.0.0.1", 0) as port:
        origin = f"http://localhost:{port_of(port)}"
        await workspaces.add_site(town.house, town.acme.id, origin)
        first = SigningKey(town.acme.key.kid, town.acme.key.material.decode())
        branch = Branch(town, origin, shop_of_acme(town, first))
        app: ASGIApp = branch
        async with serving(app, port):
            yield branch
            await town.everybody_goes_home()


async def test_a_key_is_changed_while_ada_is_online_and_nothing_breaks(town: Town, branch: Branch) -> None:
    grace = await town.grace()
    ada = await town.signed_in("Ada", shop=branch.origin)
    await ada.open_chat()
    await ada.write("Where is my lamp?")

    newer = await make_key(grace)
    branch.deploy(newer)
    await ada.come_back()
    await expect(trusted(grace, newer.kid)).to_contain_text("last used")

    await revoke(grace, town.acme.key.kid, "0 sessions that rested on it are over")
    await expect(ada.messages.get_by_text("Where is my lamp?")).to_be_visible()
    await ada.write("The green one.")
    assert ada.listens()


async def test_who_rests_on_a_key_that_is_revoked_is_out_at_once(town: Town, branch: Branch) -> None:
    grace = await town.grace()
    branch.deploy(await make_key(grace))
    ada = await town.signed_in("Ada", shop=branch.origin)
    bob = await town.signed_in("Bob")
    for shopper in (ada, bob):
        await shopper.open_chat()
        await shopper.write("Where is my lamp?")
    assert bob.listens(), "Bob needs a line to lose for this test to mean anything"

    await revoke(grace, town.acme.key.kid, "1 session that rested on it is over")

    await bob.hears_nothing_more()
    await expect(bob.said(DOUBTED)).to_be_visible()
    await expect(bob.said("Where is my lamp?")).to_have_count(0)
    await ada.write("The green one.")


async def test_grace_signs_ada_out_everywhere(town: Town) -> None:
    grace = await town.grace()
    ada, at_home = await town.signed_in("Ada"), await town.signed_in("Ada")
    for shopper in (ada, at_home):
        await shopper.open_chat()
    await ada.write("I lost my phone!")
    before = await town.living_sessions()

    await grace.open("I lost my phone!")
    await grace.person.get_by_role("button", name="Sign out everywhere").click()
    question = grace.page.get_by_role("dialog", name="Sign Ada Lovelace out everywhere?")
    await question.get_by_role("button", name="Sign out everywhere").click()
    await expect(question).to_be_hidden()

    assert before == 2
    ended = await town.owner_db.fetchval("SELECT count(*) FROM session WHERE end_reason = 'signed_out'")
    assert ended == 2
    await expect(grace.person.get_by_text(": signed out").first).to_be_visible()


async def test_a_token_is_explained_and_leaves_nothing_behind(town: Town) -> None:
    grace = await town.grace()
    token = town.acme_token_with_a_wrong_signature()
    await grace.page.get_by_role("link", name="Settings").click()
    await grace.page.get_by_role("link", name="Token debugger").click()
    await grace.page.get_by_label("An identity token").fill(token)
    await grace.page.get_by_role("button", name="Explain it").click()
    await expect(grace.page.get_by_role("heading", name="It proves nobody: 1 thing is wrong.")).to_be_focused()
    assert await faults(grace.page) == []
