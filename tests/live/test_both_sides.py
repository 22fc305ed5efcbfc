"""Both sides live: what a contact writes reaches the team, and what the team writes reaches the contact."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
import websockets

from privity.db.pool import Connection
from privity.house import House
from privity.keyring import Keyring
from privity.live.socket import RUBBISH_FRAMES
from privity.people.actions import add_teammate
from privity.web import limits
from tests.attacks import doors, locks
from tests.cast import ADA, GRACE, MALLORY, OTTO
from tests.clock import Clock
from tests.doors import CHAT, Acme, Script, add_acme
from tests.live.clients import Ear, listening, open_socket
from tests.team.desk import PASSWORD, Desk

Door = Callable[[], httpx.AsyncClient]
Quiet = Callable[[], Awaitable[None]]
STREAM = "/api/v1/stream"


@pytest.fixture
async def grace(house: House, acme: Acme, door: Door) -> Desk:
    await add_teammate(house, acme.id, email=GRACE.email, name=GRACE.name, password=PASSWORD)
    desk = Desk(door())
    assert (await desk.sign_in(GRACE)).status_code == 200
    return desk


@pytest.fixture
async def otto(house: House, owner_db: Connection, keyring: Keyring, clock: Clock, door: Door) -> Desk:
    elsewhere = await add_acme(owner_db, keyring, clock, "Elsewhere")
    await add_teammate(house, elsewhere.id, email=OTTO.email, name=OTTO.name, password=PASSWORD)
    desk = Desk(door())
    assert (await desk.sign_in(OTTO)).status_code == 200
    return desk


def cookie_of(desk: Desk) -> str:
    return "; ".join(f"{name}={value}" for name, value in desk.http.cookies.items())


@asynccontextmanager
async def at_the_desk(port: int, desk: Desk) -> AsyncIterator[Ear]:
    async with open_socket(port, STREAM, Origin=CHAT, Cookie=cookie_of(desk)) as ear:
        await ear.hear("ready")
        yield ear


async def test_a_teammate_holds_no_more_than_so_many_sockets_at_once(
    port: int, grace: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OPEN_SOCKETS", limits.AtOnce(1, "session or key"))
    async with (
        at_the_desk(port, grace),
        open_socket(port, STREAM, Origin=CHAT, Cookie=cookie_of(grace)) as ear,
    ):
        assert await ear.closed() == (4429, "too_many")


async def test_a_question_and_its_answer_are_both_live(port: int, ada: Script, grace: Desk) -> None:
    async with at_the_desk(port, grace) as desk, listening(port, ada) as chat:
        conversation = (await ada.start("Where is order 4711?")).json()["id"]
        line = await desk.hear("conversation")
        assert line["conversation"]["id"] == conversation
        asked = await desk.hear("message")
        assert (asked["conversation_id"], asked["message"]["body"]) == (conversation, "Where is order 4711?")
        assert asked["message"]["assurance"] == "signed"
        await chat.hear("message")

        await grace.write(conversation, "On its way.")
        answer = await chat.hear("message")
        assert (answer["seq"], answer["message"]["body"]) == (2, "On its way.")
        assert answer["message"]["author"] == {"kind": "teammate", "name": GRACE.name}


@pytest.mark.attack("A-97", without=locks.the_locks_on_what_the_team_keeps_to_itself)
async def test_a_note_reaches_the_team_and_moves_nothing_that_a_contact_hears(
    port: int, all_heard: Quiet, ada: Script, grace: Desk
) -> None:
    conversation = (await ada.start("hello")).json()["id"]
    await all_heard()
    async with at_the_desk(port, grace) as desk, listening(port, ada) as chat:
        await grace.write(conversation, "she is nice", kind="note")
        assert (await desk.hear("message"))["message"]["kind"] == "note"
        await grace.write(conversation, "Hello Ada.")
        assert (await chat.hear("message"))["seq"] == 2
    assert [event["type"] for event in chat.heard] == ["ready", "message"]


async def test_both_see_each_other_typing(port: int, all_heard: Quiet, ada: Script, grace: Desk) -> None:
    conversation = (await ada.start("hello")).json()["id"]
    await all_heard()
    async with at_the_desk(port, grace) as desk, listening(port, ada) as chat:
        await chat.say("typing", conversation_id=conversation)
        assert await desk.hear("typing") == {"type": "typing", "conversation_id": conversation}
        await desk.say("typing", conversation_id=conversation)
        assert await chat.hear("typing") == {
            "type": "typing",
            "conversation_id": conversation,
            "name": GRACE.name,
        }


@pytest.mark.attack("A-98", without=locks.the_places_on_the_bus)
async def test_grace_typing_to_ada_is_seen_by_nobody_else(
    port: int, all_heard: Quiet, ada: Script, grace: Desk, door: Door, acme: Acme
) -> None:
    mallory = Script(door(), acme)
    await mallory.open(claims={"email": ADA.email})
    conversation = (await ada.start("hello")).json()["id"]
    await mallory.start("I am Ada")
    await all_heard()
    async with (
        at_the_desk(port, grace) as desk,
        listening(port, ada) as chat,
        listening(port, mallory) as listens,
    ):
        await desk.say("typing", conversation_id=conversation)
        await chat.hear("typing")
        await grace.write(conversation, "Hello Ada.")
        await chat.hear("message")
        assert await listens.all_that_comes_before_a_pong() == []


async def test_closing_and_reading_are_told_to_the_contact_and_reopening_to_the_team(
    port: int, all_heard: Quiet, ada: Script, grace: Desk
) -> None:
    conversation = (await ada.start("hello")).json()["id"]
    await all_heard()
    async with at_the_desk(port, grace) as desk, listening(port, ada) as chat:
        await grace.call("POST", f"/conversations/{conversation}/read", {"team_seq": 1})
        assert await chat.hear("seen") == {"type": "seen", "conversation_id": conversation, "seq": 1}
        await grace.call("POST", f"/conversations/{conversation}/close")
        assert (await chat.hear("state"))["state"] == "closed"
        assert (await desk.hear("conversation"))["conversation"]["state"] == "closed"
        await chat.send(conversation, "one more thing")
        assert (await chat.hear("state"))["state"] == "open"
        while (await desk.hear("conversation"))["conversation"]["state"] != "open":
            pass


async def test_what_the_contact_has_read_is_told_to_the_team(
    port: int, all_heard: Quiet, ada: Script, grace: Desk
) -> None:
    conversation = (await ada.start("hello")).json()["id"]
    await grace.write(conversation, "Hello Ada.")
    await all_heard()
    async with at_the_desk(port, grace) as desk, listening(port, ada) as chat:
        await chat.say("read", conversation_id=conversation, seq=2)
        seen = await desk.hear("seen")
        assert (seen["conversation_id"], seen["seq"]) == (conversation, 2)


async def test_a_new_proof_tells_the_team_that_the_audience_changed(
    port: int, all_heard: Quiet, ada: Script, grace: Desk
) -> None:
    conversation = (await ada.start("hello")).json()["id"]
    contact = (await grace.get(f"/conversations/{conversation}"))["contact"]["id"]
    await all_heard()
    async with at_the_desk(port, grace) as desk:
        await ada.end()
        assert (await desk.hear("sessions"))["contact_id"] == contact


@pytest.mark.attack("A-92")
async def test_otto_hears_nothing_of_acme(port: int, ada: Script, grace: Desk, otto: Desk) -> None:
    async with at_the_desk(port, grace) as desk, at_the_desk(port, otto) as elsewhere:
        conversation = (await ada.start("hello")).json()["id"]
        await desk.hear("message")
        await elsewhere.say("resume", seen={conversation: 0})
        await elsewhere.say("typing", conversation_id=conversation)
        assert await elsewhere.all_that_comes_before_a_pong() == []


async def test_a_resume_brings_the_team_what_it_missed(
    port: int, all_heard: Quiet, ada: Script, grace: Desk
) -> None:
    conversation = (await ada.start("one")).json()["id"]
    await ada.send(conversation, "two")
    await grace.write(conversation, "three", kind="note")
    await all_heard()
    async with at_the_desk(port, grace) as desk:
        await desk.say("resume", seen={conversation: 1})
        told = [await desk.hear("message") for _ in range(2)]
        assert [event["message"]["body"] for event in told] == ["two", "three"]


async def test_a_resume_brings_the_team_all_of_a_long_conversation_also_beside_one_that_is_not_there(
    port: int, all_heard: Quiet, ada: Script, grace: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privity.live.team.PAGE_ITEMS", 2)
    conversation = (await ada.start("1")).json()["id"]
    for n in range(2, 7):
        await ada.send(conversation, str(n))
    await all_heard()
    async with at_the_desk(port, grace) as desk:
        await desk.say("resume", seen={str(uuid4()): 0, conversation: 1})
        told = [await desk.hear("message") for _ in range(5)]
        assert [event["message"]["body"] for event in told] == ["2", "3", "4", "5", "6"]
        assert await desk.all_that_comes_before_a_pong() == []


async def test_a_resume_of_more_than_anybody_has_open_is_rubbish(port: int, grace: Desk) -> None:
    async with at_the_desk(port, grace) as desk:
        for _ in range(RUBBISH_FRAMES + 1):
            await desk.say("resume", seen={str(uuid4()): 0 for _ in range(201)})
        assert await desk.closed() == (4400, "rubbish")


async def test_signing_out_closes_the_desks_socket(port: int, grace: Desk) -> None:
    async with at_the_desk(port, grace) as desk:
        assert (await grace.call("POST", "/sign-out")).status_code == 204
        assert await desk.closed() == (4401, "session_over")


async def test_a_disabled_teammate_hears_nothing_more(
    port: int, ada: Script, grace: Desk, owner_db: Connection, clock: Clock
) -> None:
    async with at_the_desk(port, grace) as desk:
        await owner_db.execute("UPDATE teammate SET disabled_at = $1", clock())
        await ada.start("hello")
        assert await desk.closed() == (4401, "session_over")
    assert [event["type"] for event in desk.heard] == ["ready"]


async def test_an_idle_desk_that_lost_its_session_is_noticed(
    port: int, grace: Desk, owner_db: Connection, clock: Clock
) -> None:
    async with at_the_desk(port, grace) as desk:
        await owner_db.execute("UPDATE teammate_session SET ended_at = $1", clock())
        clock.now += timedelta(seconds=6)
        assert await desk.closed() == (4401, "session_over")


@pytest.mark.attack("A-91", without=doors.the_sockets_look_at_the_origin)
@pytest.mark.parametrize("origin", [None, "https://evil.example"])
async def test_another_page_cannot_use_the_desks_cookie(port: int, grace: Desk, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    with pytest.raises(websockets.InvalidStatus) as refusal:
        async with open_socket(port, STREAM, Cookie=cookie_of(grace), **headers):
            pass
    assert refusal.value.response.status_code == 403


async def test_who_is_not_signed_in_is_told_so_by_the_close(port: int) -> None:
    async with open_socket(port, STREAM, Origin=CHAT) as ear:
        assert await ear.closed() == (4401, "session_over")


@pytest.mark.attack("A-92", without=locks.the_places_on_the_bus)
async def test_mallory_hears_of_her_own_conversation_alone(
    port: int, all_heard: Quiet, ada: Script, grace: Desk, door: Door, acme: Acme
) -> None:
    mallory = Script(door(), acme)
    await mallory.open(claims={"email": ADA.email, "name": MALLORY.name})
    hers = (await ada.start("Ada's")).json()["id"]
    his = (await mallory.start("Mallory's")).json()["id"]
    await all_heard()
    async with listening(port, mallory) as chat:
        await grace.write(hers, "for Ada")
        await grace.write(his, "for Mallory")
        assert (await chat.hear("message"))["message"]["body"] == "for Mallory"
        assert await chat.all_that_comes_before_a_pong() == []
