"""The work beside the requests outlives what the database refuses, tells of it, and does it when it can."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from privity.audit.model import AuditEvent
from privity.audit.sealing import Sealer
from privity.cli.doctor.workspaces import of_the_workspaces
from privity.db.pool import Connection
from privity.house import House
from tests.audit.conftest import Happen, Verify
from tests.clock import Clock
from tests.doors import Acme

pytestmark = pytest.mark.anyio


class Told(list[str]):
    """What the server's log was told."""

    def exception(self, what: str) -> None:
        self.append(what)

    async def something(self) -> bool:
        return bool(self)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    told = Told()
    monkeypatch.setattr("privity.audit.outliving.log", told)
    for pause in ("ledger.FLUSH_SECONDS", "tally.FLUSH_SECONDS", "sealing.SEAL_SECONDS"):
        monkeypatch.setattr(f"privity.audit.{pause}", 0.05)
    return told


@asynccontextmanager
async def no_room(owner_db: Connection, table: str, besides: str = "false") -> AsyncIterator[None]:
    """The database is there, and refuses each new row of the table."""
    await owner_db.execute(f"ALTER TABLE {table} ADD CONSTRAINT no_room CHECK ({besides}) NOT VALID")
    yield
    await owner_db.execute(f"ALTER TABLE {table} DROP CONSTRAINT no_room")


@asynccontextmanager
async def working(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    yield
    task.cancel()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    end = monotonic() + 60
    while not await condition():
        assert monotonic() < end, "it never came to be"
        await asyncio.sleep(0.02)


def stored(owner_db: Connection, table: str) -> Callable[[], Awaitable[bool]]:
    async def stored() -> bool:
        return bool(await owner_db.fetchval(f"SELECT count(*) FROM {table}"))  # noqa: S608

    return stored


async def test_what_ada_read_is_recorded_when_there_is_room_again(
    house: House, owner_db: Connection, told: Told, workspace: UUID
) -> None:
    async with working(house.ledger.run()):
        async with no_room(owner_db, "audit_event"):
            house.ledger.contact_read(workspace, uuid4(), uuid4(), 1, 1, 1)
            await until(told.something)
        await until(stored(owner_db, "audit_event"))


async def test_what_was_counted_is_stored_when_there_is_room_again(
    house: House, owner_db: Connection, told: Told, acme: Acme
) -> None:
    async with working(house.tally.run()):
        async with no_room(owner_db, "identity_count"):
            house.tally.refused(acme.id, "signature", None)
            await until(told.something)
        await until(stored(owner_db, "identity_count"))


async def test_what_happened_is_sealed_when_there_is_room_again(
    owner_db: Connection, told: Told, sealer: Sealer, happen: Happen, verified: Verify
) -> None:
    await happen(3, sealed=False)
    async with working(sealer.run()):
        async with no_room(owner_db, "audit_seal"):
            await until(told.something)
        await until(stored(owner_db, "audit_seal"))

    assert (await verified()).waiting == 0


async def test_a_log_that_cannot_be_sealed_keeps_no_others_from_it(
    house: House, owner_db: Connection, sealer: Sealer
) -> None:
    for _ in range(3):
        await house.ledger.record(AuditEvent(uuid4(), "sign_in", "teammate", uuid4()))
    first, *others = [row["workspace_id"] for row in await owner_db.fetch("SELECT * FROM unsealed()")]

    async with no_room(owner_db, "audit_seal", besides=f"workspace_id <> '{first}'"):
        with pytest.raises(asyncpg.CheckViolationError):
            await sealer.seal_all()

    sealed = await owner_db.fetch("SELECT workspace_id FROM audit_seal")
    assert {row["workspace_id"] for row in sealed} == set(others)


async def test_the_doctor_tells_since_when_something_waits_for_its_seal(
    house: House, acme: Acme, clock: Clock, sealer: Sealer
) -> None:
    async def state_of_the_log() -> list[str]:
        return [one.state async for one in of_the_workspaces(house) if one.about == "audit log of Acme"]

    await house.ledger.record(AuditEvent(acme.id, "sign_in", "teammate", uuid4()))
    assert await state_of_the_log() == ["well"]
    clock.forward(minutes=20)
    assert await state_of_the_log() == ["look"]
    await sealer.seal(acme.id)
    assert await state_of_the_log() == ["well"]
