"""Whom the team does not want to hear: kept apart, by session or by identity, and none the wiser."""

from collections.abc import Callable
from typing import Any

import pytest

from privity.db.pool import Connection
from tests.cast import ADA, BOB, MALLORY
from tests.doors import Script
from tests.team.desk import Desk

NewContact = Callable[[], Script]


async def card_with(grace: Desk, script: Script) -> dict[str, Any]:
    """The card on which this contact's newest conversation stands."""
    (line,) = await grace.listed(q=(await script.listed())[0]["last_message"]["body"])
    card: dict[str, Any] = await grace.get(f"/contacts/{line['contact']['id']}")
    return card


async def blocked_mallory(grace: Desk, new_contact: NewContact) -> tuple[Script, str, str]:
    """Mallory, a genuine user of the shop, whom Grace has blocked: her identity, and her conversation."""
    mallory = new_contact()
    await mallory.open(MALLORY)
    conversation = (await mallory.start("rubbish")).json()["id"]
    (identity,) = (await card_with(grace, mallory))["identities"]
    assert (await grace.call("POST", f"/identities/{identity['id']}/block")).status_code == 204
    return mallory, identity["id"], conversation


@pytest.mark.attack("A-17")
async def test_the_blocked_are_answered_as_others_are(grace: Desk, new_contact: NewContact) -> None:
    mallory, _, conversation = await blocked_mallory(grace, new_contact)
    bob = new_contact()
    await bob.open(BOB)
    bobs = (await bob.start("a question")).json()["id"]

    pairs = [
        (await mallory.state(), await bob.state()),
        (await mallory.send(conversation, "more"), await bob.send(bobs, "more")),
        (await mallory.read(conversation), await bob.read(bobs)),
        (await mallory.start("another"), await bob.start("another")),
        (
            await mallory.call("GET", "/widget/v1/conversations"),
            await bob.call("GET", "/widget/v1/conversations"),
        ),
        (
            await mallory.call("POST", f"/widget/v1/conversations/{conversation}/rating", {"score": 1}),
            await bob.call("POST", f"/widget/v1/conversations/{bobs}/rating", {"score": 1}),
        ),
    ]

    for blocked, other in pairs:
        assert blocked.status_code == other.status_code
        assert sorted(blocked.headers) == sorted(other.headers)
        assert shape(blocked.json() if blocked.content else None) == shape(
            other.json() if other.content else None
        )
    elsewhere = new_contact()
    await elsewhere.open(MALLORY)
    assert len(await elsewhere.listed()) == 2, "and finds it all on another device"


def shape(value: object) -> object:
    match value:
        case dict():
            return {name: shape(inner) for name, inner in value.items()}
        case list():
            return [shape(inner) for inner in value]
    return type(value).__name__


async def test_what_they_write_stands_apart_until_they_are_heard_again(
    grace: Desk, new_contact: NewContact
) -> None:
    mallory, identity, conversation = await blocked_mallory(grace, new_contact)
    later = (await mallory.start("more rubbish")).json()["id"]

    assert await grace.listed(state="open") == []
    assert {item["id"] for item in await grace.listed(state="blocked")} == {conversation, later}
    assert all(item["blocked"] for item in await grace.listed(q="rubbish"))
    assert [message["body"] for message in await grace.thread(later)] == ["more rubbish"]

    assert (await grace.call("POST", f"/identities/{identity}/unblock")).status_code == 204

    assert {item["id"] for item in await grace.listed(state="open")} == {conversation, later}
    assert await grace.listed(state="blocked") == []


async def test_a_lead_is_blocked_by_its_session_and_whoever_claims_the_same_is_not(
    grace: Desk, new_contact: NewContact
) -> None:
    mallory, ada, other = new_contact(), new_contact(), new_contact()
    await mallory.open(claims={"email": ADA.email})
    await other.open(claims={"email": ADA.email})
    await ada.open(ADA)
    for person, words in ((mallory, "rubbish"), (other, "a question"), (ada, "my order")):
        await person.start(words)
    (session,) = (await card_with(grace, mallory))["sessions"]

    assert (await grace.call("POST", f"/sessions/{session['id']}/block")).status_code == 204

    shown = {item["last_message"]["body"] for item in await grace.listed(state="open")}
    assert shown == {"a question", "my order"}, "a block is never of an address"
    (session,) = (await card_with(grace, mallory))["sessions"]
    assert session["blocked_at"] is not None
    assert (await mallory.start("still here")).status_code == 201


async def test_who_proved_who_they_are_is_blocked_by_that(grace: Desk, new_contact: NewContact) -> None:
    mallory = new_contact()
    await mallory.open(MALLORY)
    await mallory.start("rubbish")
    (session,) = (await card_with(grace, mallory))["sessions"]
    answer = await grace.call("POST", f"/sessions/{session['id']}/block")
    assert (answer.status_code, answer.json()["code"]) == (409, "proved")


async def test_a_block_that_stands_is_recorded_once(
    grace: Desk, new_contact: NewContact, owner_db: Connection
) -> None:
    _, identity, _ = await blocked_mallory(grace, new_contact)
    for act in ("block", "unblock", "unblock"):
        assert (await grace.call("POST", f"/identities/{identity}/{act}")).status_code == 204
    noted = await owner_db.fetch(
        "SELECT kind FROM audit_event WHERE kind IN ('block', 'unblock') ORDER BY id"
    )
    assert [row["kind"] for row in noted] == ["block", "unblock"]


async def test_grace_ends_one_session_and_the_others_live(
    grace: Desk, otto: Desk, new_contact: NewContact
) -> None:
    here, there = new_contact(), new_contact()
    await here.open(ADA)
    await here.start("hello")
    (session,) = (await card_with(grace, here))["sessions"]
    await there.open(ADA)
    foreign = await otto.call("POST", f"/sessions/{session['id']}/end")
    assert foreign.status_code == 404

    assert (await grace.call("POST", f"/sessions/{session['id']}/end")).status_code == 204

    assert [(await one.state()).status_code for one in (here, there)] == [401, 200]
    again = await grace.call("POST", f"/sessions/{session['id']}/end")
    assert (again.status_code, again.content) == (404, foreign.content)
    ended = [one for one in (await card_with(grace, there))["sessions"] if one["ended_at"] is not None]
    assert [one["end_reason"] for one in ended] == ["teammate"]
