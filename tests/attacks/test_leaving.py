"""What was begun, seen or claimed before somebody proved who they are stays what it was."""

from collections.abc import Callable

import httpx
import pytest

from privity.mail.outbox import Outbox
from tests.attacks import identities
from tests.attacks.people import HIDDEN, Victim
from tests.cast import ADA, MALLORY
from tests.doors import Acme, Browser, Script
from tests.premise import premise
from tests.proofs.test_mailbox import ask, give, mailed
from tests.team.desk import Desk

Door = Callable[[], httpx.AsyncClient]


@pytest.mark.attack("A-53", "A-54", without=identities.the_end_of_what_was_begun_before_a_proof)
async def test_a_code_that_was_asked_for_before_ada_came_reaches_nothing_of_hers(
    door: Door, coded: Acme, ada: Victim, outbox: Outbox
) -> None:
    browser = Script(door(), coded)
    await browser.open(claims={"email": ADA.email})
    before = browser.secret
    await ask(browser, MALLORY.email)
    pending = mailed(outbox)
    await browser.open(ADA)
    premise(
        ada.conversation in {line["id"] for line in await browser.listed()}, "Ada has come to this browser"
    )
    assert (await give(browser, pending)).status_code == 401

    mallory = Script(door(), coded, before)
    await give(mallory, pending)

    assert HIDDEN not in (await mallory.read(ada.conversation)).text
    assert ada.conversation not in (await mallory.call("GET", "/widget/v1/conversations")).text
    assert (await browser.state()).json()["contact"]["name"] == ADA.name


@pytest.mark.attack("A-166", "A-266")
async def test_where_somebody_was_before_ada_signed_in_is_not_told_as_hers(
    door: Door, acme: Acme, grace: Desk
) -> None:
    browser = Browser(door(), acme)
    await browser.open(page="https://shop.example/gifts-for-somebody-else")
    lead = (await browser.start("before")).json()["id"]
    await browser.open(ADA, page="https://shop.example/orders")
    line = next(line for line in (await grace.get("/contacts", kind="user"))["items"])

    card = await grace.get(f"/contacts/{line['id']}")

    assert [session["page"] for session in card["sessions"]] == ["https://shop.example/orders"]
    assert lead not in {each["id"] for each in card["conversations"]}
