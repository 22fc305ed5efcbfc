"""From send to seen, on one node with 1,000 open sockets; and what an idle socket costs in memory.

Each person has two pages open: one sends, the other sees. Latency is from the frame that leaves the one to the frame
that reaches the other. The run is cut into slices of a second; the budget is for the median slice's 99th percentile,
since a disk that stalls once says nothing of the rest.

    python bench/live.py
"""

import asyncio
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psutil
import uvloop
from load import RawSocket, Seat, ground, server
from rich.console import Console
from rich.table import Table

PEOPLE = 500
SECONDS = 10
MOST_MILLISECONDS = {500: 15.0, 2_000: 25.0}
MOST_KILOBYTES = 20.0
BODY = "word " * 24


@dataclass(frozen=True)
class Pair:
    """Somebody's two pages: one has the socket that sends."""

    seat: Seat
    sends: RawSocket


class Crowd:
    """Everybody's pages, and when what they sent was seen."""

    def __init__(self) -> None:
        self.left: dict[str, float] = {}
        self.seen: list[tuple[float, float]] = []
        self.refused = 0

    def hear_sender(self, event: dict[str, Any]) -> None:
        if event["type"] == "refused":
            self.refused += 1

    def hear_other(self, event: dict[str, Any]) -> None:
        if event["type"] == "message":
            left = self.left.pop(event["message"]["body"].split()[-1], None)
            if left is not None:
                self.seen.append((left, time.perf_counter() - left))

    async def come(self, port: int, seats: Sequence[Seat]) -> list[Pair]:
        pairs = []
        for first, second in zip(seats[::2], seats[1::2], strict=True):
            sends = await RawSocket.open(port, first, self.hear_sender)
            await RawSocket.open(port, second, self.hear_other)
            pairs.append(Pair(first, sends))
        return pairs

    async def send(self, pairs: Sequence[Pair], a_second: int) -> dict[int, list[float]]:
        """Evenly, for so many seconds; latencies by the second in which the send left."""
        self.seen.clear()
        began = time.perf_counter()
        for n in range(a_second * SECONDS):
            await asyncio.sleep(max(0.0, began + n / a_second - time.perf_counter()))
            self._send_one(pairs[n % len(pairs)])
        await asyncio.sleep(2)
        assert not self.refused
        slices: dict[int, list[float]] = defaultdict(list)
        for left, took in self.seen:
            slices[int(left - began)].append(took * 1000)
        return slices

    def _send_one(self, pair: Pair) -> None:
        client_id = str(uuid4())
        self.left[client_id] = time.perf_counter()
        body = BODY + client_id
        pair.sends.say(
            {
                "type": "send",
                "conversation_id": pair.seat.conversation,
                "body": body,
                "client_id": client_id,
            }
        )


async def main() -> None:
    async with ground() as on, server(on) as running:
        seats, crowd = await on.seats(PEOPLE, 2), Crowd()
        process = psutil.Process(running.process)
        # The first few sockets load what is loaded once.
        pairs = await crowd.come(running.port, seats[:20])
        before = process.memory_info().rss
        pairs += await crowd.come(running.port, seats[20:])
        await asyncio.sleep(1)
        kilobytes = (process.memory_info().rss - before) / 1024 / (len(seats) - 20)
        found = {a_second: await crowd.send(pairs, a_second) for a_second in MOST_MILLISECONDS}
    sys.exit(not say(found, kilobytes))


def say(found: dict[int, dict[int, list[float]]], kilobytes: float) -> bool:
    """Two tables; whether every budget is kept."""
    table = Table(title=f"From send to seen with {2 * PEOPLE:,} sockets, in milliseconds")
    for heading in ("sent a second", "seen of sent", "p50", "median slice's p99", "budget"):
        table.add_column(heading, justify="right")
    kept = kilobytes <= MOST_KILOBYTES
    for a_second, slices in found.items():
        everything = [took for part in slices.values() for took in part]
        p99 = statistics.median(percentile_99(part) for part in slices.values())
        kept &= p99 <= MOST_MILLISECONDS[a_second] and len(everything) == a_second * SECONDS
        table.add_row(
            f"{a_second:,}",
            f"{len(everything) / (a_second * SECONDS):.1%}",
            f"{statistics.median(everything):.1f}",
            f"{p99:.1f}",
            f"≤ {MOST_MILLISECONDS[a_second]:.0f}",
        )
    console = Console(width=110)
    console.print(table)
    console.print(
        f"An idle socket: {kilobytes:.1f} kB of the server's memory (budget ≤ {MOST_KILOBYTES:.0f} kB)"
    )
    return kept


def percentile_99(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


if __name__ == "__main__":
    uvloop.run(main())
