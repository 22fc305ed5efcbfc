"""How many messages a second are stored: in the store itself and over the socket, against bare single inserts.

All run in turns in one run, on one database with durable commits. A bare insert is one row into a table that has
the columns and the indexes of `message` and nothing else to hold, by the driver, each in a commit of its own.

    python bench/sends.py
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg
import uvloop
from load import Ground, RawSocket, Seat, ground, server
from rich.console import Console
from rich.table import Table

from privity.conversations.store import SEND
from privity.db.lanes import Lanes

SECONDS = 2.0
ROUNDS = 5
CONNECTIONS = 16
BODY = "word " * 24
LEAST_IN_STORE = {256: 2.0}
LEAST_OVER_SOCKET = {16: 0.5, 64: 0.7, 256: 0.8}

BARE = """INSERT INTO bare (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_session,
                            assurance, body, client_id, sent_at)
          VALUES ($1, $2, $3, $4, $4, 'public', 'contact', $5, 'signed', $6, $7, $8)"""

Send = Callable[[Seat], Awaitable[None]]


@dataclass(frozen=True)
class Found:
    """Messages a second, of each round."""

    bare: Sequence[float]
    store: Sequence[float]
    socket: Sequence[float]


async def main() -> None:
    async with ground() as on:
        seats = await on.seats(max(LEAST_OVER_SOCKET))
        found = {in_flight: await measure(on, seats[:in_flight]) for in_flight in LEAST_OVER_SOCKET}
    sys.exit(not say(found))


async def measure(on: Ground, seats: Sequence[Seat]) -> Found:
    async with (
        asyncpg.create_pool(**on.superuser, min_size=CONNECTIONS, max_size=CONNECTIONS) as pool,
        Lanes.open(on.addresses["contact"], SEND, lambda: datetime.now(UTC)) as lanes,
        server(on) as running,
    ):
        await pool.execute(
            "DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE privity.message INCLUDING ALL)"
        )
        bare, store = bare_sender(pool), store_sender(lanes)
        socket = await socket_sender(running.port, seats)
        rounds = [[await rate(send, seats) for send in (bare, store, socket)] for _ in range(ROUNDS)]
    return Found(*zip(*rounds, strict=True))


async def rate(send: Send, seats: Sequence[Seat]) -> float:
    """Each seat sends one after the other; how many a second were stored in all."""
    end, sent = time.perf_counter() + SECONDS, 0

    async def go_on(seat: Seat) -> None:
        nonlocal sent
        while time.perf_counter() < end:
            await send(seat)
            sent += 1

    began = time.perf_counter()
    await asyncio.gather(*map(go_on, seats))
    return sent / (time.perf_counter() - began)


def bare_sender(pool: "asyncpg.Pool[asyncpg.Record]") -> Send:
    numbers = iter(range(1, 2**31))

    async def send(seat: Seat) -> None:
        await pool.execute(
            BARE,
            seat.workspace,
            uuid4(),
            seat.conversation,
            next(numbers),
            seat.session,
            BODY,
            uuid4(),
            datetime.now(UTC),
        )

    return send


def store_sender(lanes: Lanes) -> Send:
    async def send(seat: Seat) -> None:
        row = await lanes.put(
            seat.conversation,
            seat.workspace,
            seat.session,
            seat.identity,
            seat.conversation,
            uuid4(),
            "signed",
            None,
            BODY,
            uuid4(),
        )
        assert row["status"] == "stored"

    return send


async def socket_sender(port: int, seats: Sequence[Seat]) -> Send:
    waiting: dict[str, asyncio.Future[None]] = {}

    def heard(event: dict[str, Any]) -> None:
        if event["type"] in ("sent", "refused"):
            assert event["type"] == "sent", event
            waiting.pop(event["client_id"]).set_result(None)

    sockets = {seat.session: await RawSocket.open(port, seat, heard) for seat in seats}

    async def send(seat: Seat) -> None:
        client_id = str(uuid4())
        stored = waiting[client_id] = asyncio.get_running_loop().create_future()
        sockets[seat.session].say(
            {"type": "send", "conversation_id": seat.conversation, "body": BODY, "client_id": client_id}
        )
        await stored

    return send


def say(found: dict[int, Found]) -> bool:
    """A table; whether every budget is kept."""
    table = Table(
        title=f"Messages stored a second, medians of {ROUNDS} rounds; ratios to bare inserts of the round"
    )
    for heading in ("in flight", "bare", "store", "ratio", "budget", "socket", "ratio", "budget"):
        table.add_column(heading, justify="right")
    kept = True
    for in_flight, of in found.items():
        in_store, over_socket = ratio(of.store, of.bare), ratio(of.socket, of.bare)
        least_in_store = LEAST_IN_STORE.get(in_flight)
        kept &= in_store >= (least_in_store or 0) and over_socket >= LEAST_OVER_SOCKET[in_flight]
        table.add_row(
            str(in_flight),
            f"{statistics.median(of.bare):,.0f}",
            f"{statistics.median(of.store):,.0f}",
            f"{in_store:.2f}",
            f"≥ {least_in_store}" if least_in_store else "",
            f"{statistics.median(of.socket):,.0f}",
            f"{over_socket:.2f}",
            f"≥ {LEAST_OVER_SOCKET[in_flight]}",
        )
    Console(width=110).print(table)
    return kept


def ratio(this: Sequence[float], other: Sequence[float]) -> float:
    return statistics.median(a / b for a, b in zip(this, other, strict=True))


if __name__ == "__main__":
    uvloop.run(main())
