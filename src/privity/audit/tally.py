"""The tally: how well a workspace's proofs do, by key and by day, counted here and stored every few seconds.

A row that is written at every proof would make all proofs by one key wait for each other.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import UUID

from privity.audit.outliving import each, outliving
from privity.db.pool import Pool
from privity.db.queries import beside

SQL = beside(__file__, "tally.sql")

FLUSH_SECONDS = 3.0
NO_KEY = UUID(int=0)
# Of one kind, on one day: some words come from whoever asks, and must not fill the table.
WORDS_KEPT = 200
OTHER = "other"

Kind = Literal["accepted", "refused", "skew", "unsigned", "secret", "left"]


class Sight(NamedTuple):
    """What was seen, on which day: words of ours and of the site's own code, and of no person."""

    workspace: UUID
    day: date
    kind: Kind
    about: str
    key: UUID


class Tally:
    """Counts in memory. `seen` is called at the door, and so does nothing but add one."""

    def __init__(self, pool: Pool, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._counts = Counter[Sight]()
        self._day: date | None = None
        self._words: dict[tuple[UUID, Kind], set[str]] = {}

    def accepted(self, workspace: UUID, key: UUID | None) -> None:
        self.seen(workspace, "accepted", "", key)

    def refused(self, workspace: UUID, reason: str, key: UUID | None) -> None:
        """A token was not good, whoever made it; `key` is the one that it names."""
        self.seen(workspace, "refused", reason, key)

    def seen(self, workspace: UUID, kind: Kind, about: str = "", key: UUID | None = None) -> None:
        day = self._clock().date()
        if day != self._day:
            self._day, self._words = day, {}
        words = self._words.setdefault((workspace, kind), set())
        word = about if about in words or len(words) < WORDS_KEPT else OTHER
        words.add(word)
        self._counts[Sight(workspace, day, kind, word, key or NO_KEY)] += 1

    async def run(self) -> None:
        """Store what is waiting, every few seconds, until cancelled."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            with outliving("what was counted of proofs could not be stored"):
                await self.flush()

    async def flush(self) -> None:
        """Store what is waiting. It is forgotten only once it is stored, and so two at once would store it twice."""
        async with self._one_at_a_time:
            await each({sight.workspace for sight in self._counts}, self._store)

    async def _store(self, workspace: UUID) -> None:
        counted = Counter(
            {sight: times for sight, times in self._counts.items() if sight.workspace == workspace}
        )
        rows = list(_of_keys(workspace, counted))
        async with self._pool.within(workspace) as db:
            await db.executemany(SQL["count"], rows)
            await db.executemany(SQL["count_hashes"], rows)
            # In one order, so that no two nodes wait for each other.
            await db.executemany(SQL["count_of_day"], [(*sight, counted[sight]) for sight in sorted(counted)])
        self._counts -= counted


def _of_keys(workspace: UUID, counted: Counter[Sight]) -> Iterator[tuple[UUID, UUID, int, int]]:
    """One for each key, or switch of old hashes, in the order in which every node locks them."""
    of_proofs = [sight for sight in counted if sight.kind in ("accepted", "refused")]
    for key in sorted({sight.key for sight in of_proofs} - {NO_KEY}):
        accepted, refused = (
            sum(counted[sight] for sight in of_proofs if (sight.key, sight.kind) == (key, kind))
            for kind in ("accepted", "refused")
        )
        yield workspace, key, accepted, refused
