"""A proof that is used in the very moment in which it is taken away: whoever comes first, nobody is left inside."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.mail.outbox import Outbox
from privity.proofs.actions import renew
from privity.proofs.door import admit
from privity.proofs.ending import end_everywhere
from privity.web.credential import Credential
from privity.web.problems import Problem
from tests.cast import ADA
from tests.clock import Clock
from tests.cut_off import held, somebody_waits
from tests.doors import Acme, Browser, Script
from tests.proofs.test_mailbox import ask, give, mailed

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


@pytest.mark.attack("A-80")
@pytest.mark.parametrize(
    ("silence", "lifetime", "code"),
    [
        (timedelta(seconds=61), timedelta(minutes=10), "session_over"),
        (timedelta(seconds=30), timedelta(seconds=20), "proof_over"),
    ],
    ids=["idle", "expired"],
)
async def test_a_proof_that_comes_after_the_end_brings_no_session_back(
    door: Door,
    acme: Acme,
    house: House,
    clock: Clock,
    silence: timedelta,
    lifetime: timedelta,
    code: str,
) -> None:
    """Over the socket, which looks at the clock twice a second: the end may be due, and nobody has looked yet."""
    ada = Script(door(), acme)
    await ada.open(identity_token=acme.token(ADA, lifetime=lifetime))
    caller = await admit(house, Credential.parse(ada.secret or ""))
    clock.now += silence

    with pytest.raises(Problem) as refused:
        await renew(house, caller, acme.token(ADA))

    assert (refused.value.status, refused.value.code) == (401, code)
    assert (await ada.state()).json()["code"] == code


ENDED = "UPDATE session SET ended_at = $1, end_reason = 'ended'"


async def rises(owner_db: Connection) -> int:
    """How often the log says that a session ended because its person was proved."""
    count: int = await owner_db.fetchval("SELECT count(*) FROM audit_event WHERE reason = 'rise'")
    return count


async def test_a_chat_that_was_ended_before_its_person_was_proved_is_not_on_offer(
    door: Door, acme: Acme, owner_db: Connection, clock: Clock
) -> None:
    """She ends the chat in one tab, while another is about to name her."""
    browser = Browser(door(), acme)
    await browser.open()
    await browser.start("before I signed in")

    async with held(owner_db, ENDED, clock()):
        opening = asyncio.create_task(browser.open(ADA))
        await somebody_waits(owner_db)

    assert (await opening).status_code == 201, "who she is was proved all the same"
    assert (await browser.call("GET", "/widget/v1/adoptable")).json()["items"] == []
    assert await owner_db.fetchval("SELECT count(*) FROM offer") == 0
    assert await rises(owner_db) == 0


async def test_a_code_that_is_typed_into_a_chat_which_ends_meanwhile_lets_nobody_in(
    door: Door, acme: Acme, outbox: Outbox, owner_db: Connection, clock: Clock
) -> None:
    await owner_db.execute("UPDATE workspace SET codes = true, history_from = 'mailbox'")
    browser = Browser(door(), acme)
    await browser.open()
    await ask(browser, ADA.email)

    async with held(owner_db, ENDED, clock()):
        giving = asyncio.create_task(give(browser, mailed(outbox)))
        await somebody_waits(owner_db)

    refused = await giving
    assert (refused.status_code, refused.json()["code"]) == (401, "session_over")
    assert await living(owner_db) == 0
    assert await rises(owner_db) == 0


async def test_the_same_proof_twice_at_once_is_one_rise_and_both_see_the_offer(
    door: Door, acme: Acme, owner_db: Connection
) -> None:
    """The first answer was slow, and the page asked again."""
    lead = Script(door(), acme)
    await lead.open()
    conversation = (await lead.start("before I signed in")).json()["id"]
    pages = [Script(door(), acme, lead.secret) for _ in range(2)]
    token = acme.token(ADA)

    async with held(owner_db, "SELECT FROM session FOR UPDATE"):
        opening = [asyncio.create_task(page.open(identity_token=token)) for page in pages]
        await somebody_waits(owner_db, len(pages))

    assert [answer.status_code for answer in await together(*opening)] == [201, 201]
    for page in pages:
        (item,) = (await page.call("GET", "/widget/v1/adoptable")).json()["items"]
        assert item["conversation_id"] == conversation
    assert await rises(owner_db) == 1


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
