"""The bus: hints between processes, over LISTEN/NOTIFY. An event carries ids alone; the row is the truth.

It speaks and hears over two connections of its own, never inside the transaction that stores a row, and many
events go in one notification. It may lose an event or bring one twice; `missed` says that some may be lost.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any, Literal, Protocol
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from privity.db.pool import SERVER_SETTINGS, Row

CHANNEL = "privity"
PAYLOAD_BYTES = 7_900
"""PostgreSQL takes less than 8,000."""
WAITING_EVENTS = 10_000
BEAT_SECONDS = 0.4
DEAF_SECONDS = 3.0
CONNECT_SECONDS = 5
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0

BROKEN = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresError,
)
"""What a connection raises that cannot be used any more, or not just now."""

_BEAT = "[]"

Kind = Literal[
    "message",
    "note",
    "state",
    "assigned",
    "seen",
    "read",
    "typing",
    "team_typing",
    "sessions",
    "end",
    "adopted",
    "links",
    "blocked",
]


class Event(Struct, frozen=True, omit_defaults=True):
    """What happened, in ids. Conversation events name the origin session and the owner, so that a node finds the
    sockets that may be concerned without asking; each delivery is judged all the same.

    message · note: a row was stored (`seq`: public number, `team_seq`). state: closed or reopened. assigned.
    seen: the team read up to `seq`. read: the contact did. typing: the contact is writing; team_typing: `actor` is.
    sessions: a session of `contact` began, proved, renewed or ended. end: `session` is over (`reason`: session_over,
    proof_over), or the teammate session `session` is. adopted: owner changed. links: whom `owner` is
    one person with changed. blocked: a conversation is kept apart from now on, or no longer.
    """

    kind: Kind
    workspace: UUID
    conversation: UUID | None = None
    origin: UUID | None = None
    owner: UUID | None = None
    session: UUID | None = None
    contact: UUID | None = None
    actor: UUID | None = None
    seq: int = 0
    team_seq: int = 0
    reason: str = ""


class Hears(Protocol):
    """Somebody in this process to whom every event of every node is told."""

    def hear(self, event: Event) -> None: ...

    def missed(self) -> None:
        """The listener was lost and is back: what happened meanwhile was not heard."""


class Bus:
    def __init__(self, address: dict[str, Any]) -> None:
        self._address = address
        self._outbox: deque[Event] = deque(maxlen=WAITING_EVENTS)
        self._more = asyncio.Event()
        self._hearers: list[Hears] = []
        self._heard_at = float("-inf")

    @classmethod
    @asynccontextmanager
    async def open(cls, address: dict[str, Any]) -> "AsyncIterator[Bus]":
        """A bus that speaks and hears as long as the context does."""
        bus = cls(address)
        listening, speaking = asyncio.Event(), asyncio.Event()
        work = [
            asyncio.create_task(_again_and_again(lambda: bus._listen(listening))),
            asyncio.create_task(_again_and_again(lambda: bus._speak(speaking))),
        ]
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await listening.wait()
                await speaking.wait()
            yield bus
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
            await bus._say_what_is_left()

    def announce(self, *events: Event) -> None:
        """Queue events for every node, this one included. Returns at once; never inside a transaction."""
        self._outbox.extend(events)
        self._more.set()

    def tell(self, hearer: Hears) -> None:
        """From now on `hearer` is told what is heard."""
        self._hearers.append(hearer)

    def heard_within(self, seconds: float) -> bool:
        """Whether anything was heard lately; a bus that works brings at least its own beat."""
        return monotonic() - self._heard_at < seconds

    async def _listen(self, listening: asyncio.Event) -> None:
        connection = await self._connect()
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, self._hear)
            self._heard_at = monotonic()
            if listening.is_set():
                self._say_that_some_was_missed()
            listening.set()
            while not lost.is_set() and self.heard_within(DEAF_SECONDS):
                await _wait(lost, DEAF_SECONDS)
        finally:
            connection.terminate()

    def _hear(self, _: Any, __: int, ___: str, payload: object) -> None:
        self._heard_at = monotonic()
        for event in msgspec.json.decode(str(payload), type=list[Event]):
            for hearer in self._hearers:
                hearer.hear(event)

    def _say_that_some_was_missed(self) -> None:
        for hearer in self._hearers:
            hearer.missed()

    async def _speak(self, speaking: asyncio.Event) -> None:
        connection = await self._connect()
        speaking.set()
        try:
            while True:
                await _wait(self._more, BEAT_SECONDS)
                self._more.clear()
                events = list(self._outbox)
                self._outbox.clear()
                await self._notify(connection, events)
        finally:
            connection.terminate()

    async def _notify(self, connection: "asyncpg.Connection[Row]", events: list[Event]) -> None:
        try:
            await connection.execute(
                "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload",
                CHANNEL,
                list(packed(events)) or [_BEAT],
            )
        except (*BROKEN, asyncio.CancelledError):
            self._outbox.extendleft(reversed(events))
            raise

    async def _say_what_is_left(self) -> None:
        """A command announces and is gone: what it said last is still said, where the database can be reached."""
        if not self._outbox:
            return
        with suppress(*BROKEN):
            connection = await self._connect()
            try:
                await self._notify(connection, list(self._outbox))
            finally:
                connection.terminate()

    async def _connect(self) -> "asyncpg.Connection[Row]":
        return await asyncpg.connect(
            **self._address,
            server_settings=SERVER_SETTINGS,
            timeout=CONNECT_SECONDS,
            command_timeout=CONNECT_SECONDS,
        )


def packed(events: Iterable[Event]) -> Iterator[str]:
    """Payloads of as many events as fit, in order."""
    held: list[bytes] = []
    size = 0
    for event in events:
        encoded = msgspec.json.encode(event)
        if held and size + len(encoded) + 2 > PAYLOAD_BYTES:
            yield f"[{b','.join(held).decode()}]"
            held, size = [], 0
        held.append(encoded)
        size += len(encoded) + 1
    if held:
        yield f"[{b','.join(held).decode()}]"


async def _again_and_again(work: Callable[[], Awaitable[None]]) -> None:
    """Work that ends only when its connection is lost: taken up again, after a pause that grows while it fails."""
    pause = FIRST_PAUSE
    while True:
        began = monotonic()
        with suppress(*BROKEN):
            await work()
        pause = FIRST_PAUSE if monotonic() - began > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
        await asyncio.sleep(pause)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """Until the event, or so long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
