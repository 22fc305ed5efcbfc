"""A lane carries many sends in one call, and tells each sender what became of theirs."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest

from privity.conversations.store import SEND
from privity.db import lanes
from privity.db.lanes import LaneFullError, LaneLostError, Lanes
from privity.db.pool import Connection, Row
from tests.clock import Clock
from tests.database import Database
from tests.db.worlds import Seat, add_conversation, add_lead, add_workspace


@pytest.fixture
async def open_lanes(database: Database, clock: Clock) -> AsyncIterator[Lanes]:
    async with Lanes.open(database.address("contact"), SEND, clock) as lanes:
        yield lanes


@pytest.fixture
async def lead(owner_db: Connection) -> Seat:
    return await add_lead(owner_db, await add_workspace(owner_db))


async def put(lanes: Lanes, seat: Seat, conversation: UUID, body: str, client_id: UUID | None = None) -> Row:
    return await lanes.put(
        conversation,
        seat.workspace,
        seat.id,
        seat.identity,
        conversation,
        uuid4(),
        "none",
        None,
        body,
        client_id or uuid4(),
    )


async def commits(database: Database) -> int:
    admin = await asyncpg.connect(**database.superuser())
    try:
        await admin.execute("SELECT pg_stat_force_next_flush()")
        done: int = await admin.fetchval(
            "SELECT count(*) FROM (SELECT DISTINCT xmin::text FROM privity.message) AS written"
        )
        return done
    finally:
        await admin.close()


async def test_many_sends_share_few_commits_and_each_has_its_own_answer(
    open_lanes: Lanes, lead: Seat, owner_db: Connection, database: Database
) -> None:
    conversations = [await add_conversation(owner_db, lead) for _ in range(8)]
    sends = [put(open_lanes, lead, conversations[n % 8], f"word {n}") for n in range(400)]
    rows = await asyncio.gather(*sends)
    assert [row["body"] for row in rows] == [f"word {n}" for n in range(400)]
    assert {row["status"] for row in rows} == {"stored"}
    for n, conversation in enumerate(conversations):
        told = [row["seq"] for row in rows[n::8]]
        assert told == list(range(1, 51)), "in the order in which they were put"
        stored = await owner_db.fetch(
            "SELECT seq FROM message WHERE conversation_id = $1 ORDER BY seq", conversation
        )
        assert [row["seq"] for row in stored] == told
    assert await commits(database) <= 20


async def test_one_row_that_cannot_be_stored_spoils_nobody_elses(
    open_lanes: Lanes, lead: Seat, owner_db: Connection
) -> None:
    conversation = await add_conversation(owner_db, lead)
    bodies = ["one", "two", "\x00", "x" * 10_001, "three"]
    outcomes = await asyncio.gather(
        *(put(open_lanes, lead, conversation, body) for body in bodies), return_exceptions=True
    )
    assert [outcome["seq"] for outcome in outcomes if isinstance(outcome, asyncpg.Record)] == [1, 2, 3]
    assert [isinstance(outcome, asyncpg.PostgresError) for outcome in outcomes] == [
        False,
        False,
        True,
        True,
        False,
    ]


async def test_each_row_of_a_call_is_judged_by_its_own_session(
    open_lanes: Lanes, lead: Seat, owner_db: Connection
) -> None:
    other = await add_lead(owner_db, lead.workspace)
    conversation = await add_conversation(owner_db, lead)
    rows = await asyncio.gather(
        put(open_lanes, lead, conversation, "mine"),
        put(open_lanes, other, conversation, "not mine"),
        put(open_lanes, lead, conversation, "mine again"),
    )
    assert [row["status"] for row in rows] == ["stored", "refused", "stored"]
    assert await owner_db.fetchval("SELECT count(*) FROM message") == 2


async def test_a_lane_that_lost_its_connection_stores_each_send_once(
    open_lanes: Lanes, lead: Seat, owner_db: Connection, database: Database
) -> None:
    conversation = await add_conversation(owner_db, lead)
    await put(open_lanes, lead, conversation, "first")
    admin = await asyncpg.connect(**database.superuser())
    try:
        for n in range(5):
            sends = [
                asyncio.create_task(put(open_lanes, lead, conversation, f"{n} {word}")) for word in range(20)
            ]
            cut = await admin.fetch(
                """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = $1 AND usename = 'privity_contact'""",
                database.name,
            )
            assert cut, "needs a connection to lose"
            assert {row["status"] for row in await asyncio.gather(*sends)} <= {"stored", "repeated"}
            # Where the cut came after the last row, this one meets it; a row is carried again once, not twice.
            await put(open_lanes, lead, conversation, f"{n} at last")
    finally:
        await admin.close()
    bodies = [row["body"] for row in await owner_db.fetch("SELECT body FROM message ORDER BY seq")]
    assert len(bodies) == len(set(bodies)) == 106


async def test_senders_are_told_when_there_is_no_database(lead: Seat, clock: Clock) -> None:
    nowhere = {"host": "/nowhere", "user": "privity_contact", "database": "none"}
    async with Lanes.open(nowhere, SEND, clock) as lanes:
        with pytest.raises(LaneLostError):
            await put(lanes, lead, uuid4(), "anybody there?")


async def test_a_full_lane_takes_no_more(
    open_lanes: Lanes, lead: Seat, owner_db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "WAITING_ROWS", 3)
    conversation = await add_conversation(owner_db, lead)
    outcomes = await asyncio.gather(
        *(put(open_lanes, lead, conversation, str(n)) for n in range(5)), return_exceptions=True
    )
    assert [isinstance(outcome, LaneFullError) for outcome in outcomes] == [False] * 3 + [True] * 2
    assert (await put(open_lanes, lead, conversation, "later"))["seq"] == 4


async def test_a_sender_who_goes_away_holds_nobody_up(
    open_lanes: Lanes, lead: Seat, owner_db: Connection
) -> None:
    conversation = await add_conversation(owner_db, lead)
    gone = asyncio.create_task(put(open_lanes, lead, conversation, "gone"))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await put(open_lanes, lead, conversation, "here"))["status"] == "stored"
