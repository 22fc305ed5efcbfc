"""*Why?* of somebody who is two identities: what a link opens is told as such, and others stay a number."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from privity.db.pool import Connection
from privity.mail.outbox import Outbox
from tests.attacks import team
from tests.cast import ADA, MALLORY
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.proofs.test_links import linked_by_token
from tests.proofs.test_mailbox import coded, proved
from tests.team.desk import Desk
from tests.team.test_what_if import rows
from tests.team.test_why import contact_of, explained

__all__ = ["coded"]

Door = Callable[[], httpx.AsyncClient]


def by_id(answer: Any) -> dict[str, tuple[bool, str]]:
    return {row["conversation_id"]: (row["allowed"], row["reason"]) for row in answer["conversations"]}


def supposed(answer: Any, what: str) -> Any:
    return next(one for one in answer["suppositions"] if one["suppose"] == what)


async def test_what_a_link_opens_is_told_with_how_and_since_when(
    grace: Desk, door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    _, from_mailbox, from_shop = await linked_by_token(door, coded, outbox)
    since = f"since {clock().day} {clock():%B %Y}, when a signed token named both"

    of_the_shops = await explained(grace, from_shop)

    assert by_id(of_the_shops) == {from_mailbox: (True, "owner"), from_shop: (True, "live")}
    told = {row["conversation_id"]: row["sentence"] for row in of_the_shops["conversations"]}
    assert told[from_mailbox] == (
        f"The session proved an identity that is one person with the owner, the mailbox {ADA.email}, {since}."
    )
    assert of_the_shops["links"] == [f"One person with the mailbox {ADA.email}, {since}."]
    assert of_the_shops["others_with_claimed_email"] == 0, "who is linked is no other"

    of_the_mailbox = await explained(grace, from_mailbox)
    assert of_the_mailbox["links"] == [f"One person with the site's user {ADA.subject}, {since}."]
    assert set(by_id(of_the_mailbox)) == {from_mailbox, from_shop}


async def test_a_proof_is_supposed_with_what_is_linked_to_it(
    grace: Desk, door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    _, from_mailbox, from_shop = await linked_by_token(door, coded, outbox)
    clock.forward(hours=1)

    for card in (from_mailbox, from_shop):
        answer = await explained(grace, card)
        assert not any(allowed for allowed, _ in by_id(answer).values()), "they are away"
        for what in ("token", "code"):
            assert supposed(answer, what)["sees"] == 2
            own, linked = supposed(answer, what)["reasons"]
            assert own["sentence"] != linked["sentence"], "one is its own, and one by the link"


async def test_a_weaker_proof_opens_nothing_more_through_a_link(
    grace: Desk, door: Door, coded: Acme, outbox: Outbox, owner_db: Connection, clock: Clock
) -> None:
    _, from_mailbox, from_shop = await linked_by_token(door, coded, outbox)
    await owner_db.execute("UPDATE workspace SET history_from = 'signed' WHERE id = $1", coded.id)
    clock.forward(hours=1)
    await proved(door, coded, outbox, ADA.email)

    answer = await explained(grace, from_mailbox)

    assert by_id(answer) == dict.fromkeys((from_mailbox, from_shop), (False, "proof_too_weak"))
    assert rows(supposed(answer, "mailbox_opens")) == [("owner", True, 1), ("owner", True, 1)]


@pytest.mark.attack("A-170", without=team.the_number_that_is_told_of_others)
async def test_who_only_claims_the_linked_address_is_told_of_by_a_number(
    grace: Desk, door: Door, coded: Acme, outbox: Outbox
) -> None:
    _, from_mailbox, from_shop = await linked_by_token(door, coded, outbox)
    mallory = Script(door(), coded)
    await mallory.open(claims={"email": ADA.email})
    claimed = (await mallory.start("I am Ada")).json()["id"]

    of_mallory, of_ada = await explained(grace, claimed), await explained(grace, from_shop)

    assert (list(by_id(of_mallory)), of_mallory["others_with_claimed_email"]) == ([claimed], 2)
    assert of_mallory["links"] == []
    assert not {from_mailbox, from_shop} & set(str(of_mallory).replace("'", " ").split())
    assert of_ada["others_with_claimed_email"] == 1, "Mallory's, who is another"
    assert claimed not in str(of_ada)


async def test_a_link_that_fell_opens_nothing_and_is_not_told(
    grace: Desk, door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    _, from_mailbox, from_shop = await linked_by_token(door, coded, outbox)
    clock.forward(seconds=5)
    assert (await Script(door(), coded).open(replace(ADA, email="ada@elsewhere.example"))).status_code == 201

    for card in (from_mailbox, from_shop):
        answer = await explained(grace, card)
        assert list(by_id(answer)) == [card]
        assert answer["links"] == []


async def test_a_link_reaches_no_further_than_the_two_in_what_is_supposed(
    grace: Desk, door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    ada, from_mailbox, _ = await linked_by_token(door, coded, outbox)
    work = replace(MALLORY, name="Ada at work", email=ADA.email, subject="u-ada-at-work")
    token = coded.token(work, same_as=[f"site:{ADA.subject}"])
    assert (await ada.open(identity_token=token)).status_code == 201
    at_work = (await ada.start("from work")).json()["id"]

    answer = await explained(grace, at_work)

    assert len(answer["links"]) == 1, "needs a link to reach no further than"
    assert at_work in by_id(answer)
    assert from_mailbox not in by_id(answer)
    assert await contact_of(grace, from_mailbox) not in str(answer)
