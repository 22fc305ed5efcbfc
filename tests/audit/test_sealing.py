"""Sealing goes on beside all else: nothing is sealed twice, nothing is passed over, and what is erased stays intact."""

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest

from privity.audit import ledger
from privity.audit.model import AuditEvent
from privity.audit.sealing import Sealer
from privity.db.pool import SERVER_SETTINGS, Connection, Pool
from privity.house import House
from tests.audit.conftest import Happen, Verify
from tests.clock import Clock
from tests.database import Database

pytestmark = pytest.mark.anyio


async def test_two_sealers_at_once_seal_each_event_once(
    house: House, sealer: Sealer, happen: Happen, verified: Verify, workspace: UUID, database: Database
) -> None:
    """As on two nodes, each with connections of its own, while more happens."""
    pool = await Pool.open(database.address("sealer"), 1)
    other = Sealer(pool, house.keyring, house.clock)
    try:
        for _ in range(5):
            await happen(4, sealed=False)
            await asyncio.gather(sealer.seal(workspace), other.seal(workspace), happen(3, sealed=False))
        await other.seal_all()
    finally:
        await pool.close()

    found = await verified()
    assert found.fault is None
    assert (found.events, found.waiting) == (35, 0)


async def test_an_event_that_commits_late_is_held_by_a_later_seal(
    house: House,
    sealer: Sealer,
    happen: Happen,
    verified: Verify,
    workspace: UUID,
    database: Database,
    clock: Clock,
) -> None:
    """Its id and its time are lower than those that are sealed already."""
    slow = await asyncpg.connect(**database.address("audit"), server_settings=SERVER_SETTINGS)
    try:
        late = uuid4()
        transaction = slow.transaction()
        await transaction.start()
        event = AuditEvent(workspace, "sign_in", "teammate", uuid4())
        await slow.execute(ledger.SQL["append"], *ledger.appended(clock(), (late, event)))
        clock.forward(seconds=1)
        await happen(3)
        await transaction.commit()
    finally:
        await slow.close()
    seal = await sealer.seal(workspace)

    assert seal is not None
    assert (seal.number, seal.count, seal.first_event) == (2, 1, late)
    assert (await verified()).fault is None


async def test_a_crash_between_leaves_nothing_half_sealed(
    house: House,
    sealer: Sealer,
    happen: Happen,
    verified: Verify,
    workspace: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await happen()
    await happen(4, sealed=False)
    add = Sealer._add

    async def add_and_die(*arguments: object) -> None:
        await add(*arguments)  # type: ignore[arg-type]
        raise ConnectionResetError

    with monkeypatch.context() as dying:
        dying.setattr(Sealer, "_add", add_and_die)
        with pytest.raises(ConnectionResetError):
            await sealer.seal(workspace)
    found = await verified()
    assert (found.fault, found.seals, found.waiting) == (None, 1, 4)

    await sealer.seal_all()

    found = await verified()
    assert (found.fault, found.seals, found.waiting) == (None, 2, 0)


async def test_what_is_erased_means_nothing_and_is_intact(
    sealer: Sealer, happen: Happen, verified: Verify, workspace: UUID, owner_db: Connection
) -> None:
    ada, bob = uuid4(), uuid4()
    await happen(3, subject=ada)
    await happen(2, subject=bob)
    await happen(1, subject=ada, sealed=False)

    assert await sealer.erase(workspace, {ada}) == 4

    assert await owner_db.fetchval("SELECT count(*) FROM audit_event WHERE subject_id = $1", bob) == 2
    rows = await owner_db.fetch("SELECT * FROM audit_event e LEFT JOIN audit_salt s ON s.event_id = e.id")
    erased = [row for row in rows if row["erased_by"] is not None]
    assert len(erased) == 4
    for row in erased:
        assert row["salt"] is None
        for name in (
            "actor_id",
            "session_id",
            "conversation_id",
            "subject_id",
            "from_seq",
            "to_seq",
            "count",
        ):
            assert row[name] is None
    await sealer.seal_all()
    found = await verified()
    assert (found.fault, found.erased, found.events) == (None, 4, 7)


async def test_what_is_left_of_an_erased_event_cannot_be_altered_either(
    sealer: Sealer, happen: Happen, verified: Verify, workspace: UUID, owner_db: Connection
) -> None:
    ada = uuid4()
    event, *_ = await happen(2, subject=ada)
    await sealer.erase(workspace, {ada})
    await owner_db.execute("UPDATE audit_event SET kind = 'sign_in' WHERE id = $1", event)

    fault = (await verified()).fault

    assert fault is not None
    assert (fault.what, fault.event) == ("altered", event)


async def test_the_log_is_kept_a_year_and_cut_at_a_seal_whose_root_stays(
    sealer: Sealer, happen: Happen, verified: Verify, workspace: UUID, owner_db: Connection, clock: Clock
) -> None:
    await owner_db.execute(
        "INSERT INTO workspace (id, name, created_at) VALUES ($1, 'Acme', now())", workspace
    )
    await happen(5)
    clock.forward(days=300)
    await happen(4)
    clock.forward(days=100)
    await sealer.cut_all()
    await sealer.seal_all()

    found = await verified()
    assert (found.fault, found.cut, found.seals, found.events) == (None, 1, 3, 5)
    assert await owner_db.fetchval("SELECT count(*) FROM audit_salt") == 5
    clock.forward(days=300)
    await sealer.cut_all()
    assert (await verified()).cut == 2
    assert (await verified()).fault is None


async def test_a_seal_that_somebody_else_emptied_is_named(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    await happen()
    await happen()
    await owner_db.execute("DELETE FROM audit_event WHERE seal = 1")
    await owner_db.execute("UPDATE audit_seal SET events = NULL, leaves = NULL WHERE number = 1")

    fault = (await verified()).fault

    assert fault is not None
    assert (fault.what, fault.seal) == ("cut", 1)


async def test_many_events_are_sealed_in_batches(
    sealer: Sealer, happen: Happen, verified: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privity.audit.sealing.SEALED_AT_ONCE", 3)
    await happen(10, sealed=False)

    await sealer.seal_all()

    found = await verified()
    assert (found.fault, found.seals, found.events) == (None, 4, 10)
