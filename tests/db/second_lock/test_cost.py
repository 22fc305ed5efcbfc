"""How much the database looks at, counted in pages that it touches and not in time."""

import json
from uuid import UUID, uuid4

import pytest

from privity.db.pool import Connection, Pools
from tests.clock import MONDAY_MORNING, Clock
from tests.db.second_lock.conftest import World
from tests.db.worlds import Seat

LONG = 5_000
# The server stops making a new plan for each call after five of them.
CALLS_UNTIL_ONE_PLAN_SERVES_ALL = 8


@pytest.fixture
async def long_conversation(owner_db: Connection, world: World) -> UUID:
    """Ada's conversation has gone on for a year."""
    await owner_db.execute(
        """INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_session,
                                assurance, body, client_id, sent_at)
           SELECT $1, gen_random_uuid(), $2, n, n + 1, 'public', 'contact', $3, 'signed', 'and another thing',
                  gen_random_uuid(), $5
             FROM generate_series(4, $4::integer) n""",
        world.acme,
        world.adas,
        world.ada.id,
        LONG,
        MONDAY_MORNING,
    )
    await owner_db.execute(
        "UPDATE conversation SET next_seq = $2, next_team_seq = $2 + 1 WHERE id = $1", world.adas, LONG + 1
    )
    await owner_db.execute("ANALYZE message, conversation, session")
    return world.adas


async def test_a_page_from_the_beginning_of_a_long_conversation_costs_what_the_newest_one_costs(
    long_conversation: UUID, pools: Pools, world: World, clock: Clock
) -> None:
    newest = await pages_touched(pools, clock, world.ada, long_conversation, before=None)
    oldest = await pages_touched(pools, clock, world.ada, long_conversation, before=60)

    assert oldest <= newest + 10


@pytest.mark.attack("A-236", "A-204")
async def test_somebody_elses_long_conversation_costs_what_a_made_up_id_costs(
    long_conversation: UUID, pools: Pools, world: World, clock: Clock
) -> None:
    own = await pages_touched(pools, clock, world.ada, long_conversation)
    foreign = await pages_touched(pools, clock, world.mallory, long_conversation)
    made_up = await pages_touched(pools, clock, world.mallory, uuid4())

    assert own > foreign, "reading it costs more than being refused"
    assert abs(foreign - made_up) <= 2


async def pages_touched(
    pools: Pools, clock: Clock, seat: Seat, conversation: UUID, before: int | None = None
) -> int:
    """Of the database's pages, by the last of many calls on one connection."""
    explain = (
        "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM contact_page($1, $2, $3, $4, $5, NULL, $6, 50)"
    )
    asked = (seat.workspace, seat.id, seat.identity, conversation, clock(), before)
    async with pools.contact.connection() as db:
        for _ in range(CALLS_UNTIL_ONE_PLAN_SERVES_ALL):
            await db.fetchval(explain, *asked)
        top = json.loads(await db.fetchval(explain, *asked))[0]["Plan"]
    return int(top["Shared Hit Blocks"]) + int(top["Shared Read Blocks"])
