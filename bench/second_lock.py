"""What the second lock costs: a page and a list under it, against the same question asked directly.

Both are asked in one run, in turns, of one database: the second lock by the contact's role through its function,
the direct query by a superuser, whom row-level security does not concern. Both ask whether the session lives, and
both keep the predicates of ownership. Counted is CPU time, of the server's process and of this one, which asks and
unpacks the answer; the budget is for both together. Other work on the machine falls on both sides alike.

    python bench/second_lock.py
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from uuid import UUID, uuid4

import asyncpg
from rich.console import Console
from rich.table import Table

from privity.db import embedded, engine
from privity.db.embedded import Cluster
from privity.db.pool import SERVER_SETTINGS, Connection

ROUNDS = 40
CALLS_A_ROUND = 100
MOST_FOR_A_PAGE = 1.3
MOST_FOR_A_LIST = 1.4

CONTACTS = 100
CONVERSATIONS_OF_EACH = 30
MESSAGES_OF_EACH = 50
LONG_CONVERSATION = 10_000

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

PAGE = "SELECT id, seq, author_kind, author_name, body, sent_at FROM contact_page($1, $2, $3, $4, $5, NULL, NULL, 50)"
DIRECT_PAGE = """
SELECT page.* FROM (
    SELECT m.id, m.seq, m.author_kind, m.author_name, m.body, m.sent_at
      FROM conversation c JOIN message m ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id
     WHERE c.workspace_id = $1 AND c.id = $4 AND c.erased_at IS NULL
       AND (c.owner = $3 OR (c.owner IS NULL AND c.origin_session = $2))
       AND m.kind = 'public' AND m.seq < 2147483647
       AND EXISTS (SELECT FROM session s WHERE s.workspace_id = $1 AND s.id = $2 AND s.ended_at IS NULL
                      AND s.expires_at > $5 AND s.last_seen_at + s.idle > $5)
     ORDER BY m.seq DESC LIMIT 50) AS page
 ORDER BY page.seq"""

LIST = """SELECT id, started_at, closed_at, unread, last_id, last_seq, last_at, last_author_kind, last_author_name,
                 last_excerpt FROM contact_list($1, $2, $3, true, $4, NULL, NULL, 30)"""
DIRECT_LIST = """
SELECT c.id, c.started_at, c.closed_at, c.unread, c.last_id, c.next_seq - 1, c.last_at, c.last_author_kind,
       c.last_author_name, c.last_excerpt
  FROM (SELECT * FROM conversation o WHERE o.workspace_id = $1 AND o.owner = $3
        UNION ALL
        SELECT * FROM conversation u WHERE u.workspace_id = $1 AND u.owner IS NULL AND u.origin_session = $2) AS c
 WHERE c.erased_at IS NULL
   AND EXISTS (SELECT FROM session s WHERE s.workspace_id = $1 AND s.id = $2 AND s.ended_at IS NULL
                  AND s.expires_at > $4 AND s.last_seen_at + s.idle > $4)
 ORDER BY c.last_at DESC, c.id DESC LIMIT 30"""


@dataclass(frozen=True)
class World:
    """One workspace with many users; Ada is one of them, with a conversation of ordinary length."""

    workspace: UUID
    session: UUID
    identity: UUID
    conversation: UUID
    foreign: UUID
    """Somebody else's conversation of 10,000 messages."""


@dataclass(frozen=True)
class Cost:
    """Of one call, in microseconds: the server's CPU, and that of the process that asks."""

    server: float
    client: float

    @property
    def cpu(self) -> float:
        return self.server + self.client


@dataclass(frozen=True)
class Comparison:
    """Medians over the rounds, and the median of the rounds' own ratios."""

    this: Cost
    other: Cost
    ratio: float


Call = Callable[[], Awaitable[object]]


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        password = token_hex()
        cluster = await asyncio.to_thread(embedded.start, Path(folder), password)
        try:
            within_budget = await measure(cluster, password)
        finally:
            await asyncio.to_thread(cluster.stop)
            embedded.discard(Path(folder))
    sys.exit(not within_budget)


async def measure(cluster: Cluster, password: str) -> bool:
    await engine.prepare(
        cluster.connect_arguments(cluster.superuser, password, "postgres"),
        dict.fromkeys(engine.ROLES, password),
        "privity",
        "bench",
    )
    await engine.migrate(cluster.connect_arguments("privity_owner", password, "privity"))
    direct = await connect(cluster, cluster.superuser, password)
    locked = await connect(cluster, "privity_contact", password)
    world = await lay_out(direct)
    page = await compare(
        locked,
        lambda: locked.fetch(PAGE, *names(world, world.conversation)),
        direct,
        lambda: direct.fetch(DIRECT_PAGE, *names(world, world.conversation)),
    )
    listed = await compare(
        locked,
        lambda: locked.fetch(LIST, world.workspace, world.session, world.identity, NOW),
        direct,
        lambda: direct.fetch(DIRECT_LIST, world.workspace, world.session, world.identity, NOW),
    )
    doors = await compare(
        locked,
        lambda: locked.fetch(PAGE, *names(world, world.foreign)),
        locked,
        lambda: locked.fetch(PAGE, *names(world, uuid4())),
    )
    say(page, listed, doors)
    await direct.close()
    await locked.close()
    return page.ratio <= MOST_FOR_A_PAGE and listed.ratio <= MOST_FOR_A_LIST


async def connect(cluster: Cluster, user: str, password: str) -> Connection:
    connection: Connection = await asyncpg.connect(
        **cluster.connect_arguments(user, password, "privity"), server_settings=SERVER_SETTINGS
    )
    return connection


def names(world: World, conversation: UUID) -> tuple[object, ...]:
    return world.workspace, world.session, world.identity, conversation, NOW


async def compare(asked: Connection, this: Call, other_asked: Connection, other: Call) -> Comparison:
    """In turns, so that what the machine does meanwhile falls on both."""
    rounds = [(await cost(asked, this), await cost(other_asked, other)) for _ in range(ROUNDS)]
    warm = rounds[ROUNDS // 10 :]
    return Comparison(
        this=middle([first for first, _ in warm]),
        other=middle([second for _, second in warm]),
        ratio=statistics.median(first.cpu / second.cpu for first, second in warm),
    )


async def cost(connection: Connection, call: Call) -> Cost:
    backend = connection.get_server_pid()
    server, client = cpu_nanoseconds(backend), time.process_time_ns()
    for _ in range(CALLS_A_ROUND):
        await call()
    server, client = cpu_nanoseconds(backend) - server, time.process_time_ns() - client
    return Cost(server / CALLS_A_ROUND / 1000, client / CALLS_A_ROUND / 1000)


def cpu_nanoseconds(process: int) -> int:
    """What the kernel has counted for a process; Linux alone tells it so exactly."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0])


def middle(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.server for cost in costs), statistics.median(cost.client for cost in costs)
    )


def say(page: Comparison, listed: Comparison, doors: Comparison) -> None:
    table = Table(title="CPU of a call in microseconds, medians: server + asking process")
    for heading in ("", "this", "against", "ratio", "server's alone", "budget"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, found, budget in (
        (f"a page of {MESSAGES_OF_EACH} · the direct query", page, f"{MOST_FOR_A_PAGE}"),
        (f"a list of {CONVERSATIONS_OF_EACH} · the direct query", listed, f"{MOST_FOR_A_LIST}"),
        (f"somebody's {LONG_CONVERSATION:,} messages · a made-up id", doors, ""),
    ):
        table.add_row(
            name,
            *(f"{cost.server:.0f} + {cost.client:.0f}" for cost in (found.this, found.other)),
            f"{found.ratio:.2f}",
            f"{found.this.server / found.other.server:.2f}",
            budget,
        )
    Console(width=110).print(table)


async def lay_out(db: Connection) -> World:
    workspace = uuid4()
    await db.execute("INSERT INTO workspace (id, name, created_at) VALUES ($1, 'Acme', $2)", workspace, NOW)
    await db.execute(USERS, workspace, CONTACTS, NOW)
    await db.execute(CONVERSATIONS, workspace, CONVERSATIONS_OF_EACH, MESSAGES_OF_EACH, NOW)
    await db.execute(MESSAGES, workspace, NOW)
    ada, other = await db.fetch(
        "SELECT id, identity_id FROM session WHERE workspace_id = $1 ORDER BY id LIMIT 2", workspace
    )
    own = await db.fetchval(
        "SELECT id FROM conversation WHERE owner = $1 ORDER BY id LIMIT 1", ada["identity_id"]
    )
    foreign = await db.fetchval(
        "SELECT id FROM conversation WHERE owner = $1 ORDER BY id LIMIT 1", other["identity_id"]
    )
    await db.execute(LONGER, workspace, foreign, MESSAGES_OF_EACH, LONG_CONVERSATION, NOW)
    await db.execute("VACUUM ANALYZE")
    return World(workspace, ada["id"], ada["identity_id"], own, foreign)


USERS = """
WITH person AS (SELECT n, gen_random_uuid() AS contact, gen_random_uuid() AS identity FROM generate_series(1, $2) n),
     card AS (INSERT INTO contact SELECT $1, contact, 'user', $3 FROM person),
     named AS (INSERT INTO contact_identity (workspace_id, id, provider, subject, contact_id, created_at)
               SELECT $1, identity, 'site', 'u-' || n, contact, $3 FROM person)
INSERT INTO session (workspace_id, id, kind, secret_hash, contact_id, identity_id, assurance, idle, started_at,
                     last_seen_at, expires_at)
SELECT $1, gen_random_uuid(), 'page', '', contact, identity, 'signed', '1 hour', $3, $3, $3 + interval '1 hour'
  FROM person"""

CONVERSATIONS = """
INSERT INTO conversation (workspace_id, id, contact_id, origin_session, owner, client_id, started_at, next_seq,
                          next_team_seq, last_at, last_id, last_author_kind, last_excerpt)
SELECT $1, gen_random_uuid(), s.contact_id, s.id, s.identity_id, gen_random_uuid(), $4, $3 + 1, $3 + 1, $4,
       gen_random_uuid(), 'contact', repeat('word ', 20)
  FROM session s CROSS JOIN generate_series(1, $2) WHERE s.workspace_id = $1"""

MESSAGES = """
INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_session, assurance,
                     body, client_id, sent_at)
SELECT c.workspace_id, gen_random_uuid(), c.id, n, n, 'public', 'contact', c.origin_session, 'signed',
       repeat('word ', 24), gen_random_uuid(), $2
  FROM conversation c CROSS JOIN generate_series(1, c.next_seq - 1) n WHERE c.workspace_id = $1"""

LONGER = """
INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, assurance, body, client_id,
                     sent_at)
SELECT $1, gen_random_uuid(), $2, n, n, 'public', 'contact', 'signed', repeat('word ', 24), gen_random_uuid(), $5
  FROM generate_series($3 + 1, $4) n"""


if __name__ == "__main__":
    asyncio.run(main())
