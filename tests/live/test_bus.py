"""The bus: every node hears what any of them announces, in order, also after a break."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from time import monotonic
from uuid import uuid4

import asyncpg
import pytest

from privity.db.bus import PAYLOAD_BYTES, Bus, Event, packed
from tests.database import Database
from tests.unhurried import PATIENCE


class Node:
    """What one process hears."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.gaps = 0

    def hear(self, event: Event) -> None:
        self.heard.append(event)

    def missed(self) -> None:
        self.gaps += 1

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                if reached():
                    return
                await asyncio.sleep(0.01)


@pytest.fixture
async def bus(database: Database) -> AsyncIterator[Bus]:
    async with Bus.open(database.address("gate")) as bus:
        yield bus


async def test_every_node_hears_every_event_in_order(bus: Bus, database: Database) -> None:
    workspace = uuid4()
    here, there = Node(), Node()
    bus.tell(here)
    async with Bus.open(database.address("gate")) as other:
        other.tell(there)
        events = [Event("message", workspace, uuid4(), uuid4(), uuid4(), seq=n) for n in range(1_000)]
        bus.announce(*events)
        await here.until(lambda: len(here.heard) == 1_000)
        await there.until(lambda: len(there.heard) == 1_000)
    assert here.heard == there.heard == events


def test_many_events_go_in_few_notifications_that_postgresql_takes() -> None:
    events = [
        Event(
            "end",
            uuid4(),
            uuid4(),
            uuid4(),
            uuid4(),
            uuid4(),
            uuid4(),
            uuid4(),
            10**9,
            10**9,
            "session_over",
        )
        for _ in range(500)
    ]
    payloads = list(packed(events))
    assert all(len(payload.encode()) <= PAYLOAD_BYTES for payload in payloads)
    assert len(payloads) <= 500 / 15
    assert list(packed([])) == []


async def test_a_quiet_bus_is_known_to_work_by_its_beat(bus: Bus) -> None:
    node = Node()
    for _ in range(3):
        await node.until(partial(heard_since, monotonic(), bus))


def heard_since(then: float, bus: Bus) -> bool:
    return bus.heard_within(monotonic() - then)


async def test_a_lost_listener_comes_back_and_says_that_it_missed_some(bus: Bus, database: Database) -> None:
    node = Node()
    bus.tell(node)
    admin = await asyncpg.connect(**database.superuser())
    try:
        cut = await admin.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
            database.name,
        )
        assert len(cut) == 2, "needs the bus's two connections"
    finally:
        await admin.close()
    event = Event("message", uuid4(), seq=1)
    await node.until(lambda: node.gaps > 0)
    bus.announce(event)
    await node.until(lambda: event in node.heard)


async def test_events_are_announced_after_the_speaker_is_back(bus: Bus, database: Database) -> None:
    node = Node()
    bus.tell(node)
    admin = await asyncpg.connect(**database.superuser())
    try:
        cut = await admin.fetch(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = $1 AND pid <> pg_backend_pid() AND query NOT LIKE 'LISTEN%'""",
            database.name,
        )
        assert cut, "needs a speaker to lose"
    finally:
        await admin.close()
    events = [Event("message", uuid4(), seq=n) for n in range(10)]
    bus.announce(*events)
    await node.until(lambda: set(events) <= set(node.heard))
