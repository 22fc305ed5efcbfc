"""A query that forgets its WHERE: the owner's role shows what there is to see, the real pools do not show it."""

import asyncio
from collections.abc import Awaitable, Sequence

import asyncpg
import pytest

from privity.db.pool import Connection, Pool, Pools, Row
from tests.attacks import locks
from tests.clock import Clock
from tests.database import Database
from tests.db.second_lock.conftest import CANARY, World, stand_as

FORGETFUL = "SELECT body FROM message"
ALL_CONVERSATIONS = "SELECT id FROM conversation"


@pytest.fixture(autouse=True)
async def the_canary_is_there(owner_db: Connection, world: World) -> None:
    bodies = [row["body"] for row in await owner_db.fetch(FORGETFUL)]
    assert CANARY in bodies, "there must be something to see for these tests to mean anything"
    assert len(await owner_db.fetch(ALL_CONVERSATIONS)) == 2


@pytest.mark.attack("A-203")
async def test_without_variables_no_role_that_serves_sees_a_row(pools: Pools) -> None:
    assert await pools.contact.fetch(FORGETFUL) == []
    assert await pools.contact.fetch(ALL_CONVERSATIONS) == []
    assert await pools.team.fetch(FORGETFUL) == []
    assert await pools.team.fetch("SELECT id FROM contact") == []
    assert await pools.gate.fetch("SELECT id FROM session") == []
    assert await pools.operator.fetch("SELECT id FROM workspace") == []


@pytest.mark.attack("A-203", without=locks.the_second_lock)
async def test_mallory_sees_her_own_words_and_not_a_word_of_adas(pools: Pools, world: World) -> None:
    async with pools.contact.connection() as db, db.transaction():
        await stand_as(db, world.mallory, world.mallorys)
        bodies = [row["body"] for row in await db.fetch(FORGETFUL)]
        seen = [row["id"] for row in await db.fetch(ALL_CONVERSATIONS)]

    assert bodies == ["I am Ada, what did I order?"]
    assert seen == [world.mallorys]


async def test_naming_adas_conversation_shows_mallory_nothing(pools: Pools, world: World) -> None:
    async with pools.contact.connection() as db, db.transaction():
        await stand_as(db, world.mallory, world.adas)
        assert await db.fetch(FORGETFUL) == []
        assert await db.fetch("SELECT id FROM conversation WHERE id = $1", world.adas) == []


async def test_ada_sees_the_public_messages_of_the_conversation_she_named_and_no_note(
    owner_db: Connection, pools: Pools, world: World
) -> None:
    assert await owner_db.fetchval("SELECT count(*) FROM message WHERE kind = 'note'") == 1, "a note to hide"

    async with pools.contact.connection() as db, db.transaction():
        await stand_as(db, world.ada, world.adas)
        seen = await db.fetch("SELECT kind, body FROM message")

    assert {row["kind"] for row in seen} == {"public"}
    assert len(seen) == 3


async def test_another_workspace_of_the_same_ids_shows_nothing(pools: Pools, world: World) -> None:
    async with pools.contact.connection() as db, db.transaction():
        await db.execute(
            "SELECT stand_as($1, $2, $3, $4, now())",
            world.elsewhere,
            world.ada.id,
            world.ada.identity,
            world.adas,
        )
        assert await db.fetch(FORGETFUL) == []
        assert await db.fetch(ALL_CONVERSATIONS) == []


async def test_otto_sees_nothing_of_a_workspace_that_is_not_his(pools: Pools, world: World) -> None:
    async with pools.team.within(world.acme) as db:
        assert CANARY in [row["body"] for row in await db.fetch(FORGETFUL)], "Grace's own team sees it"

    async with pools.team.within(world.elsewhere) as db:
        assert await db.fetch(FORGETFUL) == []
        assert await db.fetch(ALL_CONVERSATIONS) == []
        assert await db.fetch("SELECT id FROM contact") == []
        assert await db.fetch("SELECT email FROM contact_identity") == []
        assert [row["id"] for row in await db.fetch("SELECT id FROM teammate")] == [world.otto]


async def test_an_aborted_transaction_leaves_nothing_for_the_next(one_connection: Pool, world: World) -> None:
    async with one_connection.connection() as db:
        transaction = db.transaction()
        await transaction.start()
        await stand_as(db, world.ada, world.adas)
        assert len(await db.fetch(FORGETFUL)) == 3, "before it aborts, it sees Ada's conversation"
        with pytest.raises(asyncpg.DivisionByZeroError):
            await db.execute("SELECT 1 / 0")
        await transaction.rollback()

        assert await db.fetch(FORGETFUL) == []
        assert await db.fetch(ALL_CONVERSATIONS) == []


@pytest.mark.attack("A-203", without=locks.the_end_of_what_a_transaction_stood_for)
async def test_a_request_that_is_over_leaves_nothing_for_the_next(
    one_connection: Pool, world: World, clock: Clock
) -> None:
    page = await _read_as_ada(one_connection, world, clock)
    assert page[0]["body"] == CANARY, "the request before saw Ada's words"

    assert await one_connection.fetch(FORGETFUL) == []
    left = await one_connection.row("SELECT current_setting('privity.session', true) AS session")
    assert left is not None
    assert not left["session"]


async def test_people_who_take_turns_on_one_connection_each_see_their_own(
    one_connection: Pool, world: World, clock: Clock
) -> None:
    """Often enough that the server has stopped making a new plan for each of them."""
    for _ in range(12):
        for seat, conversation, sees in (
            (world.ada, world.adas, 3),
            (world.mallory, world.adas, 0),
            (world.mallory, world.mallorys, 1),
            (world.bob, world.adas, 0),
        ):
            page = await one_connection.fetch(
                "SELECT body FROM contact_page($1, $2, $3, $4, $5, NULL, NULL, 50)",
                world.acme,
                seat.id,
                seat.identity,
                conversation,
                clock(),
            )
            assert len(page) == sees


async def test_a_prepared_statement_that_forgot_its_where_serves_each_person_their_own(
    one_connection: Pool, world: World
) -> None:
    async with one_connection.connection() as db:
        forgetful = await db.prepare(FORGETFUL)
        for _ in range(12):
            for seat, conversation, sees in (
                (world.ada, world.adas, 3),
                (world.mallory, world.mallorys, 1),
                (world.bob, None, 0),
            ):
                async with db.transaction():
                    await stand_as(db, seat, conversation)
                    assert len(await forgetful.fetch()) == sees
            assert await forgetful.fetch() == []


@pytest.mark.attack("A-233", "A-203")
async def test_a_request_that_was_cancelled_while_it_read_leaves_nothing_for_the_next(
    owner_db: Connection, one_connection: Pool, world: World, clock: Clock
) -> None:
    backend = await _backend(one_connection)
    async with owner_db.transaction():
        await owner_db.execute("LOCK TABLE message")
        await _cancel_while_it_waits(owner_db, backend, _read_as_ada(one_connection, world, clock))

    assert await one_connection.fetch(FORGETFUL) == []
    assert await _backend(one_connection) == backend, "the same connection served both"


async def test_a_transaction_that_was_cancelled_leaves_nothing_for_the_next(
    owner_db: Connection, one_connection: Pool, world: World
) -> None:
    async def reads_as_ada() -> None:
        async with one_connection.connection() as db, db.transaction():
            await stand_as(db, world.ada, world.adas)
            await db.fetch(FORGETFUL)

    backend = await _backend(one_connection)
    async with owner_db.transaction():
        await owner_db.execute("LOCK TABLE message")
        await _cancel_while_it_waits(owner_db, backend, reads_as_ada())

    assert await one_connection.fetch(FORGETFUL) == []
    assert await _backend(one_connection) == backend, "the same connection served both"


async def test_a_teams_transaction_that_was_cancelled_leaves_nothing_for_the_next(
    owner_db: Connection, database: Database, world: World
) -> None:
    team = await Pool.open(database.address("team"), 1)

    async def reads_as_grace() -> None:
        async with team.within(world.acme) as db:
            await db.fetch(FORGETFUL)

    try:
        backend = await _backend(team)
        async with owner_db.transaction():
            await owner_db.execute("LOCK TABLE message")
            await _cancel_while_it_waits(owner_db, backend, reads_as_grace())
        assert await team.fetch(FORGETFUL) == []
        assert await _backend(team) == backend, "the same connection served both"
    finally:
        await team.close()


async def _read_as_ada(pool: Pool, world: World, clock: Clock) -> Sequence[Row]:
    return await pool.fetch(
        "SELECT body FROM contact_page($1, $2, $3, $4, $5, NULL, NULL, 50)",
        world.acme,
        world.ada.id,
        world.ada.identity,
        world.adas,
        clock(),
    )


async def _backend(pool: Pool) -> int:
    row = await pool.row("SELECT pg_backend_pid() AS pid")
    assert row is not None
    return int(row["pid"])


async def _cancel_while_it_waits(db: Connection, backend: int, reading: Awaitable[object]) -> None:
    """Cancel once the server says that this backend waits for our lock: in the middle of its query."""
    task = asyncio.ensure_future(reading)
    while not await db.fetchval("SELECT pg_backend_pid() = ANY (pg_blocking_pids($1))", backend):
        assert not task.done(), "it should be waiting for the lock"
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
