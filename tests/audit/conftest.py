"""A log with something in it, and somebody who owns the database."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from privity.audit.model import AuditEvent
from privity.audit.sealing import Sealer
from privity.audit.signed import PURPOSE
from privity.audit.verifying import Root, Verified, verify
from privity.house import House

Verify = Callable[..., Awaitable[Verified]]
Happen = Callable[..., Awaitable[list[UUID]]]


@pytest.fixture
def workspace() -> UUID:
    return uuid4()


@pytest.fixture
def sealer(house: House) -> Sealer:
    return Sealer(house.pools.sealer, house.keyring, house.clock)


@pytest.fixture
def happen(house: House, sealer: Sealer, workspace: UUID) -> Happen:
    """Somebody reads, so many times; it is sealed, and the events answered in their order."""

    async def happen(times: int = 5, *, sealed: bool = True, subject: UUID | None = None) -> list[UUID]:
        for _ in range(times):
            await house.ledger.record(
                AuditEvent(workspace, "read", "teammate", uuid4(), uuid4(), uuid4(), subject, "list", 1, 9, 9)
            )
        if sealed:
            await sealer.seal(workspace)
        async with house.pools.auditor.within(workspace) as db:
            rows = await db.fetch("SELECT id FROM audit_event ORDER BY at, id")
        return [row["id"] for row in rows][-times:]

    return happen


@pytest.fixture
def verified(house: House, workspace: UUID) -> Verify:
    async def verified(known: Root | None = None) -> Verified:
        key = house.keyring.signing_key(PURPOSE).public_key()
        return await verify(house.pools.auditor, key, workspace, house.clock(), known)

    return verified
