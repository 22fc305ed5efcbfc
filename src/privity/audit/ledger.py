"""The ledger: events that must stand before an answer goes out, and those that may follow within seconds."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from privity.audit.model import AuditEvent
from privity.audit.noted import Noted
from privity.audit.outliving import outliving
from privity.chance import Chance
from privity.db.pool import Pool
from privity.db.queries import beside

SQL = beside(__file__, "ledger.sql")

FLUSH_SECONDS = 3.0
REFUSALS_OVER = timedelta(minutes=1)
SALT_BYTES = 16
# Nobody is ever told a salt. Drawn apart from the house's chance, what is recorded moves nothing that somebody is told.
_SALTS = Chance()


def appended(at: datetime, *events: tuple[UUID, AuditEvent]) -> list[list[Any]]:
    """What the statement that appends takes: a list for each column, so that a page of events is one statement."""
    rows = [_row(at, event_id, event) for event_id, event in events]
    return [list(column) for column in zip(*rows, strict=True)]


def _row(at: datetime, event_id: UUID, event: AuditEvent) -> tuple[Any, ...]:
    return (
        event.workspace,
        event_id,
        at,
        event.kind,
        event.actor,
        event.actor_id,
        event.session,
        event.conversation,
        event.subject,
        event.reason,
        event.from_seq,
        event.to_seq,
        event.count,
        _SALTS.bytes(SALT_BYTES),
    )


class Ledger:
    """Appends under a role that can do nothing else."""

    def __init__(self, pool: Pool, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._clock = clock
        self._reads: dict[tuple[UUID, UUID, UUID], AuditEvent] = {}
        self._refusals: dict[tuple[UUID, UUID | None, str], AuditEvent] = {}
        self._refusals_since: datetime | None = None
        self._noted = Noted()
        self._one_at_a_time = asyncio.Lock()

    async def record(self, *events: AuditEvent) -> None:
        """Store these now: when this returns, they stand."""
        if not events:
            return
        now = self._clock()
        async with self._pool.connection() as db:
            await db.execute(SQL["append"], *appended(now, *((uuid7(), event) for event in events)))

    async def team_read(self, read: AuditEvent, lines: Sequence[AuditEvent] = ()) -> None:
        """A teammate or a key is about to read this. The same again within a quarter of an hour is the same reading:
        an inbox that lies open asks for its lists every half minute.

        `lines` are the conversations that it shows a line of. A line that stays where it is seen is one reading for as
        long as it stays, and has no row for each quarter of an hour: those would bury whoever opened a conversation.
        """
        now = self._clock()
        fresh = [one for one in (read, *lines) if not self._noted.holds(one, now)]
        await self.record(*fresh)
        for one in (*fresh, *lines):
            self._noted.add(one, now)

    def contact_read(
        self, workspace: UUID, session: UUID, conversation: UUID, from_seq: int, to_seq: int, count: int
    ) -> None:
        """A contact read their own conversation; pages of the same reading become one event, stored within 5 s."""
        key = (workspace, session, conversation)
        event = AuditEvent(
            workspace, "read", "contact", session, session, conversation, None, None, from_seq, to_seq, count
        )
        earlier = self._reads.get(key)
        if earlier is not None:
            event = replace(
                event,
                from_seq=min(earlier.from_seq or from_seq, from_seq),
                to_seq=max(earlier.to_seq or to_seq, to_seq),
                count=(earlier.count or 0) + count,
            )
        self._reads[key] = event

    def refused(self, workspace: UUID, session: UUID | None, reason: str) -> None:
        """A refusal at a contact's door, counted for each session, reason and minute."""
        key = (workspace, session, reason)
        earlier = self._refusals.get(key)
        count = 1 if earlier is None else (earlier.count or 0) + 1
        self._refusals[key] = AuditEvent(
            workspace, "refusal", "contact", session, session, reason=reason, count=count
        )
        if self._refusals_since is None:
            self._refusals_since = self._clock()

    async def run(self) -> None:
        """Store what is waiting, every few seconds, until cancelled."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            with outliving("what contacts read and were refused could not be recorded"):
                await self.flush(everything=False)

    async def flush(self, everything: bool = True) -> None:
        """Store the reads that wait, and the refusals when their minute is over (or everything). Two at once would
        store the same twice."""
        async with self._one_at_a_time:
            await self._store(everything)

    async def _store(self, everything: bool) -> None:
        reads, refusals = dict(self._reads), dict[tuple[UUID, UUID | None, str], AuditEvent]()
        since = self._refusals_since
        if since is not None and (everything or self._clock() - since >= REFUSALS_OVER):
            refusals = dict(self._refusals)
        await self.record(*reads.values(), *refusals.values())
        # Forgotten only once stored, and only as counted then: what came meanwhile waits for the next time.
        self._reads = {key: event for key, event in self._reads.items() if reads.get(key) != event}
        if refusals:
            self._refusals = {
                key: event for key, event in self._refusals.items() if refusals.get(key) != event
            }
            self._refusals_since = self._clock() if self._refusals else None
