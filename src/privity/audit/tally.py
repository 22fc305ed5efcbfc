"""The tally: how often each signing key, and each switch of old hashes, proved somebody and how often not, counted here
and stored every few seconds.

A row that is written at every proof would make all proofs by one key wait for each other.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal
from uuid import UUID

from privity.db.pool import LOST, Pool
from privity.db.queries import beside

SQL = beside(__file__, "tally.sql")

FLUSH_SECONDS = 3.0

Entry = tuple[UUID, UUID, Literal["accepted", "refused"]]


class Tally:
    """Counts tokens by their workspace and signing key."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._counts = Counter[Entry]()
        self._one_at_a_time = asyncio.Lock()

    def accepted(self, workspace: UUID, key: UUID) -> None:
        self._counts[workspace, key, "accepted"] += 1

    def refused(self, workspace: UUID, key: UUID) -> None:
        """A token that names this key was not good, whoever made it."""
        self._counts[workspace, key, "refused"] += 1

    async def run(self) -> None:
        """Store what is waiting, every few seconds, until cancelled. While the database is away it waits on."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            with suppress(*LOST):
                await self.flush()

    async def flush(self) -> None:
        """Store what is waiting. It is forgotten only once it is stored, and so two at once would store it twice."""
        async with self._one_at_a_time:
            await self._store()

    async def _store(self) -> None:
        for workspace in {workspace for workspace, _, _ in self._counts}:
            counted = Counter(
                {entry: times for entry, times in self._counts.items() if entry[0] == workspace}
            )
            rows = list(_rows(workspace, counted))
            async with self._pool.within(workspace) as db:
                await db.executemany(SQL["count"], rows)
                await db.executemany(SQL["count_hashes"], rows)
            self._counts -= counted


def _rows(workspace: UUID, counted: Counter[Entry]) -> Iterator[tuple[UUID, UUID, int, int]]:
    """One for each key, in the order in which every node locks them."""
    for key in sorted({key for _, key, _ in counted}):
        yield workspace, key, counted[workspace, key, "accepted"], counted[workspace, key, "refused"]
