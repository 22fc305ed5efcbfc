"""What the contact's role cannot do, even where the program that uses it is wrong."""

from uuid import UUID, uuid4

import asyncpg
import pytest

from privity.db.pool import Connection, Pools
from tests.clock import Clock
from tests.db.second_lock.conftest import CANARY, World, stand_as
from tests.db.worlds import Seat, add_conversation, end_session

DENIED = asyncpg.InsufficientPrivilegeError


@pytest.mark.parametrize(
    "column", ["owner", "origin_session", "workspace_id", "contact_id", "started_by", "id"]
)
async def test_a_contact_cannot_change_whose_a_conversation_is(
    pools: Pools, world: World, column: str
) -> None:
    async with pools.contact.connection() as db, db.transaction():
        await stand_as(db, world.mallory, world.mallorys)
        assert await db.execute("UPDATE conversation SET rating = 5") == "UPDATE 1", "it is her conversation"
        with pytest.raises(DENIED, match="permission denied"):
            await db.execute(f"UPDATE conversation SET {column} = $1", world.ada.identity)  # noqa: S608  (a name from the list above)


@pytest.mark.parametrize("column", ["body", "author_kind", "author_session", "sent_at", "assurance", "kind"])
async def test_a_contact_cannot_change_what_was_said(pools: Pools, world: World, column: str) -> None:
    async with pools.contact.connection() as db:
        with pytest.raises(DENIED):
            await db.execute(f"UPDATE message SET {column} = {column}")  # noqa: S608  (a name from the list above)


@pytest.mark.parametrize("table", ["message", "conversation", "session"])
async def test_a_contact_deletes_nothing(pools: Pools, world: World, table: str) -> None:
    async with pools.contact.connection() as db:
        with pytest.raises(DENIED):
            await db.execute(f"DELETE FROM {table}")  # noqa: S608  (a name from the list above)


@pytest.mark.parametrize(
    "table", ["contact", "contact_identity", "claim", "proof", "teammate", "signing_key", "audit_event"]
)
async def test_a_contact_has_no_way_to_who_other_people_are(pools: Pools, world: World, table: str) -> None:
    async with pools.contact.connection() as db:
        with pytest.raises(DENIED):
            await db.fetch(f"SELECT FROM {table}")


@pytest.mark.parametrize("column", ["secret_hash", "proof_digest", "assurance"])
async def test_a_contact_does_not_see_what_a_session_rests_on(
    pools: Pools, world: World, column: str
) -> None:
    async with pools.contact.connection() as db:
        with pytest.raises(DENIED):
            await db.fetch(f"SELECT {column} FROM session")  # noqa: S608  (a name from the list above)


async def test_a_contact_writes_public_words_of_her_own_session(pools: Pools, world: World) -> None:
    await write(pools, world.mallory, world.mallorys)


@pytest.mark.attack("A-113")
async def test_a_contact_cannot_write_as_a_teammate(pools: Pools, world: World) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        await write(pools, world.mallory, world.mallorys, author_kind="teammate")


async def test_a_contact_cannot_write_a_note(pools: Pools, world: World) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        await write(pools, world.mallory, world.mallorys, kind="note", seq=None)


async def test_a_contact_cannot_write_in_the_name_of_another_session(pools: Pools, world: World) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        await write(pools, world.mallory, world.mallorys, author_session=world.ada.id)


async def test_a_contact_cannot_write_into_a_conversation_that_is_not_hers(
    pools: Pools, world: World
) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        await write(pools, world.mallory, world.adas)


async def test_nor_into_one_beside_the_one_she_named(pools: Pools, world: World) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        await write(pools, world.mallory, world.adas, named=world.mallorys)


@pytest.mark.attack("A-204")
async def test_a_conversation_that_is_not_hers_and_one_that_is_not_there_refuse_alike(
    pools: Pools, world: World
) -> None:
    """A foreign key looks past row-level security; it is never asked."""
    with pytest.raises(DENIED) as foreign:
        await write(pools, world.mallory, world.adas)
    with pytest.raises(DENIED) as made_up:
        await write(pools, world.mallory, uuid4())

    assert str(foreign.value) == str(made_up.value)


async def test_a_conversation_cannot_be_started_in_the_name_of_an_identity_that_was_not_proved(
    pools: Pools, world: World
) -> None:
    await start(pools, world.mallory)

    with pytest.raises(DENIED, match="row-level security"):
        await start(pools, Seat(world.acme, world.mallory.id, world.mallory.contact, world.ada.identity))


async def test_nor_put_on_somebody_elses_card(pools: Pools, world: World) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        await start(pools, Seat(world.acme, world.mallory.id, world.ada.contact, None))


async def test_nor_left_without_an_owner_by_somebody_who_proved_who_she_is(
    pools: Pools, world: World
) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        await start(pools, Seat(world.acme, world.ada.id, world.ada.contact, None))


async def test_the_functions_answer_nothing_about_somebody_elses_conversation(
    pools: Pools, world: World, clock: Clock
) -> None:
    assert (await page(pools, clock, world.ada, world.adas))[0] == CANARY, "Ada has history"

    made_up = uuid4()
    for somebody in (world.mallory, world.bob):
        for conversation in (world.adas, made_up):
            assert await page(pools, clock, somebody, conversation) == []
            assert await standing(pools, clock, somebody, conversation) == (True, None)
            assert await send(pools, clock, somebody, conversation) == "refused"
            assert await mark_read(pools, clock, somebody, conversation) is None
            assert await rate(pools, clock, somebody, conversation) is False


@pytest.mark.attack("A-173")
async def test_adas_identity_opens_nothing_in_mallorys_session(
    owner_db: Connection, pools: Pools, world: World, clock: Clock
) -> None:
    """The functions believe the session's row, not the identity that they are told."""
    pretending = Seat(world.acme, world.mallory.id, world.mallory.contact, world.ada.identity)
    before = await owner_db.fetchrow("SELECT next_seq, rating FROM conversation WHERE id = $1", world.adas)

    assert await page(pools, clock, pretending, world.adas) == []
    assert await standing(pools, clock, pretending, world.adas) == (False, None)
    assert await send(pools, clock, pretending, world.adas) == "refused"
    assert await mark_read(pools, clock, pretending, world.adas) is None
    assert await rate(pools, clock, pretending, world.adas) is False
    assert await listed(pools, clock, pretending) == []
    assert before == await owner_db.fetchrow(
        "SELECT next_seq, rating FROM conversation WHERE id = $1", world.adas
    )


async def test_a_session_that_is_over_reads_and_writes_nothing(
    owner_db: Connection, pools: Pools, world: World, clock: Clock
) -> None:
    assert await listed(pools, clock, world.ada) == [world.adas], "while it lived, it did"
    await end_session(owner_db, world.ada)

    assert await page(pools, clock, world.ada, world.adas) == []
    assert await standing(pools, clock, world.ada, world.adas) == (False, None)
    assert await listed(pools, clock, world.ada) == []
    assert await send(pools, clock, world.ada, world.adas) == "refused"
    assert await mark_read(pools, clock, world.ada, world.adas) is None
    assert await rate(pools, clock, world.ada, world.adas) is False


async def test_a_session_that_was_silent_too_long_reads_nothing(
    pools: Pools, world: World, clock: Clock
) -> None:
    clock.forward(minutes=29)
    assert await page(pools, clock, world.ada, world.adas)

    clock.forward(minutes=1)
    assert await page(pools, clock, world.ada, world.adas) == []


async def test_a_client_id_of_another_session_is_simply_new(
    owner_db: Connection, pools: Pools, world: World, clock: Clock
) -> None:
    """A unique key looks past row-level security; none that a client chooses is shared between sessions."""
    taken = uuid4()
    await add_conversation(owner_db, world.ada, client_id=taken)
    assert await send(pools, clock, world.ada, world.adas, client_id=taken) == "stored"

    assert await send(pools, clock, world.mallory, world.mallorys, client_id=taken) == "stored"
    assert await started(pools, clock, world.mallory, client_id=taken) == "stored"


@pytest.mark.attack("A-10")
async def test_every_unique_key_that_a_contact_writes_holds_her_own_session_or_a_servers_id(
    owner_db: Connection,
) -> None:
    keys = await owner_db.fetch(
        """SELECT c.conrelid::regclass::text AS name, array_agg(a.attname::text ORDER BY k.place) AS columns
             FROM pg_constraint c
             CROSS JOIN unnest(c.conkey) WITH ORDINALITY AS k (number, place)
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number
            WHERE c.contype IN ('p', 'u') AND c.conrelid::regclass::text IN ('message', 'conversation')
            GROUP BY c.oid, c.conrelid"""
    )
    written = {
        (row["table_name"], row["column_name"])
        for row in await owner_db.fetch(
            """SELECT table_name, column_name FROM information_schema.column_privileges
                WHERE grantee = 'privity_contact' AND privilege_type = 'INSERT'"""
        )
    }
    assert ("message", "client_id") in written, "a client chooses this one"

    for key in keys:
        reachable = all((key["name"], column) in written for column in key["columns"])
        if reachable and "client_id" in key["columns"]:
            assert {"author_session", "origin_session"} & set(key["columns"]), key


async def write(
    pools: Pools,
    seat: Seat,
    conversation: UUID,
    *,
    named: UUID | None = None,
    kind: str = "public",
    seq: int | None = 900,
    author_kind: str = "contact",
    author_session: UUID | None = None,
) -> None:
    """A message by a plain INSERT, as a program with a mistake in it would try."""
    async with pools.contact.connection() as db, db.transaction():
        await stand_as(db, seat, named or conversation)
        await db.execute(
            """INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind,
                                    author_session, assurance, body, client_id, sent_at)
               VALUES ($1, gen_random_uuid(), $2, $3, 900, $4, $5, $6, 'none', 'hello', gen_random_uuid(), now())""",
            seat.workspace,
            conversation,
            seq,
            kind,
            author_kind,
            author_session or seat.id,
        )


async def start(pools: Pools, seat: Seat) -> None:
    """A conversation by a plain INSERT."""
    async with pools.contact.connection() as db, db.transaction():
        await stand_as(db, seat, None)
        await db.execute(
            """INSERT INTO conversation (workspace_id, id, contact_id, origin_session, owner, client_id, started_at,
                                         last_at, last_id, last_author_kind, last_excerpt)
               VALUES ($1, gen_random_uuid(), $2, $3, $4, gen_random_uuid(), now(), now(), gen_random_uuid(),
                       'contact', '')""",
            seat.workspace,
            seat.contact,
            seat.id,
            seat.identity,
        )


async def page(pools: Pools, clock: Clock, seat: Seat, conversation: UUID) -> list[str]:
    rows = await pools.contact.fetch(
        "SELECT body FROM contact_page($1, $2, $3, $4, $5, NULL, NULL, 50)",
        *_names(seat, conversation),
        clock(),
    )
    return [row["body"] for row in rows]


async def standing(pools: Pools, clock: Clock, seat: Seat, conversation: UUID) -> tuple[bool, UUID | None]:
    row = await pools.contact.row(
        "SELECT lives, id FROM contact_case($1, $2, $3, $4, $5)", *_names(seat, conversation), clock()
    )
    assert row is not None
    return row["lives"], row["id"]


async def listed(pools: Pools, clock: Clock, seat: Seat) -> list[UUID]:
    rows = await pools.contact.fetch(
        "SELECT id FROM contact_list($1, $2, $3, true, $4, NULL, NULL, 50)",
        seat.workspace,
        seat.id,
        seat.identity,
        clock(),
    )
    return [row["id"] for row in rows]


async def send(
    pools: Pools, clock: Clock, seat: Seat, conversation: UUID, client_id: UUID | None = None
) -> str:
    row = await pools.contact.row(
        "SELECT status FROM contact_send($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        clock(),
        [seat.workspace],
        [seat.id],
        [seat.identity],
        [conversation],
        [uuid4()],
        ["none"],
        [None],
        ["hello"],
        [client_id or uuid4()],
    )
    assert row is not None
    return str(row["status"])


async def started(pools: Pools, clock: Clock, seat: Seat, client_id: UUID) -> str:
    row = await pools.contact.row(
        "SELECT status FROM contact_start($1, $2, $3, $4, $5, $6, $7, 'none', NULL, 'hello', $8, NULL)",
        clock(),
        seat.workspace,
        seat.id,
        seat.identity,
        seat.contact,
        uuid4(),
        uuid4(),
        client_id,
    )
    assert row is not None
    return str(row["status"])


async def mark_read(pools: Pools, clock: Clock, seat: Seat, conversation: UUID) -> int | None:
    row = await pools.contact.row(
        "SELECT contact_mark_read($5, $1, $2, $3, $4, 1) AS seq", *_names(seat, conversation), clock()
    )
    return row["seq"] if row is not None else None


async def rate(pools: Pools, clock: Clock, seat: Seat, conversation: UUID) -> bool:
    row = await pools.contact.row(
        "SELECT contact_rate($5, $1, $2, $3, $4, 1) AS rated", *_names(seat, conversation), clock()
    )
    return row is not None and row["rated"]


def _names(seat: Seat, conversation: UUID) -> tuple[UUID, UUID, UUID | None, UUID]:
    return seat.workspace, seat.id, seat.identity, conversation
