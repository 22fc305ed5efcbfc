"""Sockets: what an open one is told ends with the right to hear it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import websockets
from msgspec.structs import replace

from privity.db.bus import Event
from privity.db.pool import Connection
from privity.house import House
from privity.people.actions import disable_teammate
from privity.vouching.keys import revoke
from tests.attacks import doors, locks
from tests.attacks.people import HIDDEN, Victim
from tests.cast import ADA, BOB, GRACE
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.live.clients import Ear, listening
from tests.live.test_both_sides import at_the_desk
from tests.team.desk import Desk

Door = Callable[[], httpx.AsyncClient]
Quiet = Callable[[], Awaitable[None]]
NewContact = Callable[[], Script]

TIMES = 12


async def told_after(ear: Ear) -> list[dict[str, Any]]:
    """What still comes, given the time to; nothing where the socket is closed."""
    news: list[dict[str, Any]] = []
    with suppress(websockets.ConnectionClosed):
        for _ in range(TIMES):
            news += await ear.all_that_comes_before_a_pong()
            if news:
                break
            await asyncio.sleep(0.05)
    return news


@pytest.mark.attack(
    "A-78",
    "A-84",
    "A-95",
    without=(locks.the_gate, doors.the_end_of_a_session, doors.the_word_that_a_session_ended),
)
async def test_nothing_is_told_to_a_socket_whose_session_was_ended(
    port: int, all_heard: Quiet, ada: Victim, new_contact: NewContact
) -> None:
    other = new_contact()
    await other.open(ADA)
    await all_heard()
    async with listening(port, ada.script) as ear:
        await ada.script.end()
        assert (await other.send(ada.conversation, "written after she had left")).status_code == 201
        await all_heard()
        assert await told_after(ear) == []


async def is_stored(house: House, db: Connection, conversation: str, words: str) -> None:
    """One more message of Grace's, by whoever owns the rows: nobody asks whether anybody may, and it is announced."""
    row = await db.fetchrow(
        "UPDATE conversation SET next_seq = next_seq + 1, next_team_seq = next_team_seq + 1 WHERE id = $1"
        " RETURNING workspace_id, origin_session, owner, next_seq - 1 AS seq, next_team_seq - 1 AS team_seq",
        UUID(conversation),
    )
    assert row is not None
    await db.execute(
        "INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_name,"
        " assurance, body, client_id, sent_at) VALUES ($1, $2, $3, $4, $5, 'public', 'teammate', 'Grace', 'none',"
        " $6, $7, $8)",
        *(row["workspace_id"], uuid4(), UUID(conversation), row["seq"], row["team_seq"]),
        *(words, uuid4(), house.clock()),
    )
    told = Event("message", row["workspace_id"], UUID(conversation), row["origin_session"], row["owner"])
    house.bus.announce(replace(told, seq=row["seq"], team_seq=row["team_seq"]))


async def assert_hears_no_more_messages(
    ear: Ear, house: House, db: Connection, conversation: str, all_heard: Quiet
) -> None:
    await is_stored(house, db, conversation, "told too late")
    await all_heard()
    assert [event for event in await told_after(ear) if event["type"] == "message"] == []


@pytest.mark.attack("A-95")
@pytest.mark.parametrize(
    "ending", ["everywhere", "key", "workspace", "expiry", "retired", "conversation", "another owner"]
)
async def test_whatever_ends_a_right_ends_what_its_socket_hears(
    port: int, all_heard: Quiet, ada: Victim, house: House, acme: Acme, grace: Desk, clock: Clock,
    owner_db: Connection, ending: str,
) -> None:  # fmt: skip
    await all_heard()
    async with listening(port, ada.script) as ear:
        await is_stored(house, owner_db, ada.conversation, "told in time")
        assert (await ear.hear("message"))["message"]["body"] == "told in time", "needs an ear that hears"
        match ending:
            case "everywhere":
                assert (await grace.call("POST", f"/users/{ADA.subject}/sign-out")).status_code == 204
            case "key":
                await revoke(house, acme.id, acme.key.kid)
            case "workspace":
                await owner_db.execute("UPDATE workspace SET suspended_at = now()")
            case "expiry":
                clock.forward(minutes=11)
            case "retired":
                assert (await grace.call("POST", f"/users/{ADA.subject}/retire")).status_code == 204
            case "conversation":
                await owner_db.execute("UPDATE conversation SET erased_at = now()")
            case "another owner":
                await Script(ada.script.http, acme).open(BOB)
                bob = await owner_db.fetchval(
                    "SELECT id FROM contact_identity WHERE subject = $1", BOB.subject
                )
                await owner_db.execute("UPDATE conversation SET owner = $1", bob)
        await assert_hears_no_more_messages(ear, house, owner_db, ada.conversation, all_heard)


@pytest.mark.attack("A-56", "A-95")
@pytest.mark.parametrize("ending", ["account", "role", "workspace"])
async def test_a_teammate_who_may_not_any_more_hears_nothing_more(
    port: int, all_heard: Quiet, ada: Victim, house: House, acme: Acme, grace: Desk, clock: Clock,
    owner_db: Connection, ending: str,
) -> None:  # fmt: skip
    await all_heard()
    async with at_the_desk(port, grace) as desk:
        await is_stored(house, owner_db, ada.conversation, "told in time")
        assert (await desk.hear("message"))["message"]["body"] == "told in time", "needs an ear that hears"
        match ending:
            case "account":
                await disable_teammate(house, acme.id, GRACE.email)
            case "role":
                await owner_db.execute("UPDATE teammate SET role = 'auditor'")
                clock.forward(seconds=5)
                assert await desk.closed() == (4401, "not_in_reach"), "it looks again that soon"
            case "workspace":
                await owner_db.execute("UPDATE workspace SET suspended_at = now()")
        await assert_hears_no_more_messages(desk, house, owner_db, ada.conversation, all_heard)
    refused = await grace.call("GET", f"/conversations/{ada.conversation}/messages")
    assert refused.status_code == (403 if ending == "role" else 401)
    # Whoever sweeps asks who she is when all is over; when she heard, she was an agent.
    await owner_db.execute("UPDATE teammate SET role = 'agent'")


@pytest.mark.attack("A-26")
@pytest.mark.attack("A-102", without=(locks.the_judge_and_the_second_lock, doors.the_strict_shape_of_frames))
async def test_an_operator_in_a_frame_is_no_frame(port: int, ada: Victim, new_contact: NewContact) -> None:
    mallory = new_contact()
    await mallory.open()
    own = (await mallory.start("mine")).json()["id"]
    operators: list[Any] = [
        {"$ne": None},
        {"$gt": ""},
        {"$regex": "^c"},
        ["' OR 1=1 --"],
        "' OR 1=1 --",
        True,
        1e308,
    ]
    frames: list[dict[str, Any]] = [{"kind": "resume", "seen": odd} for odd in operators[:4]]
    frames += [{"kind": "typing", "conversation_id": odd} for odd in operators]
    frames += [
        {"kind": "send", "conversation_id": own, "client_id": str(uuid4()), "body": odd}
        for odd in operators[:3]
    ]
    frames += [
        {"kind": "typing", "conversation_id": own, field: "x"} for field in ("__proto__", "owner", "$where")
    ]
    for frame in frames:
        async with listening(port, mallory) as ear:
            await ear.say(**frame)
            came = await ear.all_that_comes_before_a_pong()
            assert HIDDEN not in str(came)
            assert [(event["type"], event.get("code")) for event in came] == [("refused", "bad_frame")], frame


@pytest.mark.attack("A-104")
async def test_nothing_is_packed_so_that_its_size_tells_nothing(port: int, ada: Victim, door: Door) -> None:
    secret = ada.script.secret
    async with websockets.connect(f"ws://127.0.0.1:{port}/widget/v1/stream", compression="deflate") as socket:
        assert socket.protocol.extensions == []
    page = await ada.script.http.get(
        f"/widget/v1/conversations/{ada.conversation}/messages",
        headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "gzip, br, zstd"},
    )
    assert HIDDEN in page.text
    assert "content-encoding" not in page.headers
