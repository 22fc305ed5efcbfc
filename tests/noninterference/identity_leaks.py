"""Leaks about who the others are, and about who is blocked, seeded as those of conversations are."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from privity.audit import reading
from privity.conversations import store as conversations
from privity.conversations.model import Draft, Started
from privity.db.pool import Pool
from privity.house import House
from privity.proofs import devices
from privity.proofs.legacy import verified_hash
from privity.proofs.model import Caller, Proved
from privity.proofs.verifying import Workspace
from privity.web import wire
from privity.web.problems import Problem
from tests.noninterference.leaks import Leak, counted, leak
from tests.noninterference.worlds import Twins

OF_IDENTITIES: list[Leak] = []


@leak("another's device", OF_IDENTITIES)
def device(_: Twins, patch: pytest.MonkeyPatch) -> None:
    """To end a session that is somebody else's is forbidden, where one that was made up is not found."""
    end_device = devices.end_device

    async def leaky(house: House, caller: Caller, device: UUID) -> None:
        try:
            await end_device(house, caller, device)
        except Problem:
            if await counted(house, caller.viewer.workspace, "session WHERE id = $1", device):
                raise Problem(403, "not_yours", "This is somebody else's device.") from None
            raise

    patch.setattr(devices, "end_device", leaky)


@leak("a known id", OF_IDENTITIES)
def known(_: Twins, patch: pytest.MonkeyPatch) -> None:
    """The refusal of a wrong hash is one character longer where it names somebody who has been here."""

    async def leaky(house: House, workspace: Workspace, told: wire.LegacyProof, *more: Any) -> Proved:
        try:
            return await verified_hash(house, workspace, told, *more)
        except Problem as problem:
            known = await counted(house, workspace.id, "contact_identity WHERE subject = $1", told.user_id)
            raise replace(problem, detail=f"{problem.detail}{' ' * bool(known)}") from None

    patch.setattr("privity.proofs.actions.verified_hash", leaky)


@leak("others' readings", OF_IDENTITIES)
def readings(_: Twins, patch: pytest.MonkeyPatch) -> None:
    """How often the team has read somebody's conversation counts what it has read of everybody's."""
    own = reading.readings

    async def leaky(pool: Pool, workspace: UUID, *more: Any, **but: Any) -> list[dict[str, Any]]:
        async with pool.within(workspace) as db:
            every = await db.fetchval(
                "SELECT count(*) FROM audit_event WHERE workspace_id = $1 AND kind = 'read'", workspace
            )
        return [{**row, "times": every} for row in await own(pool, workspace, *more, **but)]

    patch.setattr(reading, "readings", leaky)


@leak("a block that shows", OF_IDENTITIES)
def block(_: Twins, patch: pytest.MonkeyPatch) -> None:
    """Whom the team has blocked is told so on writing."""
    start = conversations.start

    async def leaky(house: House, caller: Caller, draft: Draft, page: str | None) -> Started:
        viewer = caller.viewer
        blocked = "block WHERE ended_at IS NULL AND (session_id = $1 OR identity_id = $2)"
        if await counted(house, viewer.workspace, blocked, viewer.session, viewer.identity):
            raise Problem(403, "blocked", "You may not write here.")
        return await start(house, caller, draft, page)

    patch.setattr(conversations, "start", leaky)
