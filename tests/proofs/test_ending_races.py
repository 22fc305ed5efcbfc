"""A proof that is used in the very moment in which it is taken away: whoever comes first, nobody is left inside."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.proofs.ending import end_everywhere
from tests.cast import ADA
from tests.clock import Clock
from tests.doors import Acme, Browser, Script

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]
AT_ONCE = 6


@pytest.fixture
async def on_offer(door: Door, acme: Acme) -> tuple[Browser, str]:
    """Ada's browser, where she has just signed in, and the conversation that she is asked about."""
    browser = Browser(door(), acme)
    await browser.open()
    conversation: str = (await browser.start("before I signed in")).json()["id"]
    await browser.open(ADA)
    return browser, conversation


async def living(owner_db: Connection) -> int:
    count: int = await owner_db.fetchval(
        "SELECT count(*) FROM session WHERE identity_id IS NOT NULL AND ended_at IS NULL"
    )
    return count


async def together(*acts: Awaitable[Any]) -> list[Any]:
    return list(await asyncio.gather(*acts))


@pytest.mark.attack("A-84")
async def test_no_token_made_before_ada_signed_out_everywhere_leaves_a_session_behind(
    door: Door, acme: Acme, house: House, owner_db: Connection, clock: Clock
) -> None:
    await Script(door(), acme).open(ADA)
    identity = await owner_db.fetchval("SELECT id FROM contact_identity")
    devices = [Script(door(), acme) for _ in range(AT_ONCE)]
    tokens = [acme.token(ADA) for _ in devices]

    answers = await together(
        *(device.open(identity_token=token) for device, token in zip(devices[:3], tokens[:3], strict=True)),
        end_everywhere(house, acme.id, identity, "contact", identity),
        *(device.open(identity_token=token) for device, token in zip(devices[3:], tokens[3:], strict=True)),
    )

    statuses = {answer.status_code for answer in answers if isinstance(answer, httpx.Response)}
    assert statuses <= {201, 401}
    assert await living(owner_db) == 0
    assert {(await device.state()).status_code for device in devices} == {401}


@pytest.mark.attack("A-84")
async def test_a_session_that_renews_while_ada_signs_out_everywhere_is_over(
    door: Door, acme: Acme, owner_db: Connection
) -> None:
    here, there = Script(door(), acme), Script(door(), acme)
    for device in (here, there):
        await device.open(ADA)
    renewal = {"kind": "token", "identity_token": acme.token(ADA)}

    await together(
        *(here.call("POST", "/widget/v1/session/proofs", renewal) for _ in range(3)),
        there.call("POST", "/widget/v1/session/sign-out-everywhere"),
        *(here.call("POST", "/widget/v1/session/proofs", renewal) for _ in range(3)),
    )

    assert await living(owner_db) == 0
    assert (await here.state()).status_code == 401


@pytest.mark.attack("A-60")
async def test_of_several_who_take_an_offer_at_once_one_does(
    on_offer: tuple[Browser, str], owner_db: Connection
) -> None:
    browser, conversation = on_offer
    wanted = {"conversation_ids": [conversation]}

    answers = await together(*(browser.call("POST", "/widget/v1/adoptions", wanted) for _ in range(AT_ONCE)))

    assert sorted(len(answer.json()["items"]) for answer in answers) == [0] * (AT_ONCE - 1) + [1]
    assert await owner_db.fetchval("SELECT count(*) FROM adoption") == 1


async def test_an_offer_that_is_taken_while_its_person_signs_out_is_taken_or_void_and_never_both(
    on_offer: tuple[Browser, str], owner_db: Connection
) -> None:
    browser, conversation = on_offer

    taken, ended = await together(
        browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": [conversation]}), browser.end()
    )

    assert ended.status_code == 204
    outcome = await owner_db.fetchval("SELECT outcome FROM offer")
    owner = await owner_db.fetchval("SELECT owner FROM conversation")
    was_taken = taken.status_code == 200 and bool(taken.json()["items"])
    assert (outcome, owner is not None) == (("taken", True) if was_taken else ("void", False))


async def test_a_message_written_while_an_adoption_is_undone_is_not_lost_to_its_writer(
    on_offer: tuple[Browser, str], owner_db: Connection
) -> None:
    """Either the adoption stays with the message in it, or the message was refused."""
    browser, conversation = on_offer
    taken = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": [conversation]})
    adoption = taken.json()["items"][0]["id"]

    undone, sent = await together(
        browser.call("DELETE", f"/widget/v1/adoptions/{adoption}"),
        browser.send(conversation, "now it is mine"),
    )

    kept = await owner_db.fetchval("SELECT owner FROM conversation") is not None
    assert (undone.status_code, sent.status_code) in ((204, 404), (409, 201))
    assert kept is (sent.status_code == 201)
