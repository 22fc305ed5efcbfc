"""The sealer: seals what was appended, cuts what is older than it is kept, and takes away what is erased.

None of it is in the way of a request. Whatever it does to a workspace's log it does alone, in one transaction.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from uuid_utils.compat import uuid7

from privity.audit import ledger
from privity.audit.erasure import Erasure
from privity.audit.model import AuditEvent
from privity.audit.outliving import each, outliving
from privity.audit.seal import NO_SEAL, Seal
from privity.audit.signed import PURPOSE
from privity.audit.tree import Entry, leaf_of, personal_of, root_of
from privity.db.pool import Connection, Pool, Row
from privity.db.queries import beside
from privity.keyring import Keyring

SQL = beside(__file__, "sealing.sql")

SEAL_SECONDS = 60
CUT_ROUNDS = 60
"""Seals are made each minute, and what is old is cut each hour."""
SEALED_AT_ONCE = 1_000


class Sealer:
    def __init__(self, pool: Pool, keyring: Keyring, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._key: Ed25519PrivateKey = keyring.signing_key(PURPOSE)
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        for round_ in count():
            await asyncio.sleep(SEAL_SECONDS)
            with outliving("a log could not be sealed"):
                await self.seal_all()
            if round_ % CUT_ROUNDS == 0:
                with outliving("a log could not be cut by age"):
                    await self.cut_all()

    async def seal_all(self) -> None:
        """Everything that waits, of every workspace."""
        await each([row["workspace_id"] for row in await self._pool.fetch(SQL["unsealed"])], self._seal_whole)

    async def _seal_whole(self, workspace: UUID) -> None:
        while await self.seal(workspace):
            pass

    async def seal(self, workspace: UUID) -> Seal | None:
        """The next batch of a workspace, sealed; None where nothing waits."""
        async with self._alone_with(workspace) as db:
            waiting = [entry_of(row) for row in await db.fetch(SQL["waiting"], workspace, SEALED_AT_ONCE)]
            if not waiting:
                return None
            leaves = [leaf_of(workspace, entry) for entry in waiting]
            last = await db.fetchrow(SQL["last"], workspace)
            seal = Seal(
                workspace=workspace,
                number=1 if last is None else last["number"] + 1,
                previous=NO_SEAL if last is None else seal_of(last).hash(),
                root=root_of(leaves),
                count=len(leaves),
                first_event=waiting[0].id,
                last_event=waiting[-1].id,
                sealed_at=self._clock(),
            )
            await self._add(db, seal, [entry.id for entry in waiting], leaves)
        return seal

    async def _add(self, db: Connection, seal: Seal, events: list[UUID], leaves: list[bytes]) -> None:
        await db.execute(
            SQL["add"],
            seal.workspace,
            seal.number,
            seal.previous,
            seal.root,
            seal.count,
            seal.first_event,
            seal.last_event,
            seal.sealed_at,
            seal.signed(self._key),
            events,
            leaves,
        )
        await db.execute(SQL["held"], seal.workspace, seal.number, events)

    async def cut_all(self) -> None:
        await each([row["id"] for row in await self._pool.fetch(SQL["workspaces"])], self.cut)

    async def cut(self, workspace: UUID) -> None:
        """What is older than the workspace keeps it goes, up to a seal whose root stays; and that is recorded."""
        now = self._clock()
        async with self._alone_with(workspace) as db:
            old = await db.fetchrow(SQL["old"], workspace, now)
            if old is None or old["number"] is None:
                return
            for statement in ("cut_salts", "cut_erasures", "cut_events", "cut_seals"):
                await db.execute(SQL[statement], workspace, old["number"])
            event = AuditEvent(workspace, "log_cut", "system", to_seq=old["number"], count=old["count"])
            await db.execute(ledger.SQL["append"], *ledger.appended(now, (uuid7(), event)))

    async def erase(self, workspace: UUID, ids: Collection[UUID]) -> int:
        """What the log says of these ids means nothing from now on. Answers in how many events they were named."""
        now, erased_by = self._clock(), uuid7()
        async with self._alone_with(workspace) as db:
            named = [entry_of(row) for row in await db.fetch(SQL["naming"], workspace, list(ids))]
            events, leaves = [entry.id for entry in named], [leaf_of(workspace, entry) for entry in named]
            await db.executemany(
                SQL["erase"], [(workspace, entry.id, personal_of(entry), erased_by) for entry in named]
            )
            await db.execute(SQL["unsalt"], workspace, events)
            event = AuditEvent(workspace, "erasure", "system", count=len(named))
            await db.execute(ledger.SQL["append"], *ledger.appended(now, (erased_by, event)))
            signature = Erasure(workspace, erased_by, events, leaves).signed(self._key)
            await db.execute(SQL["vouch"], workspace, erased_by, events, leaves, signature)
        return len(named)

    @asynccontextmanager
    async def _alone_with(self, workspace: UUID) -> AsyncIterator[Connection]:
        async with self._pool.within(workspace) as db:
            await db.execute(SQL["lock"], workspace)
            yield db


def entry_of(row: Row) -> Entry:
    return Entry(**{name: row[name] for name in Entry.__dataclass_fields__})


def seal_of(row: Row) -> Seal:
    named = {name: row[name] for name in Seal.__dataclass_fields__ if name != "workspace"}
    return Seal(workspace=row["workspace_id"], **named)
