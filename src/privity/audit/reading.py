"""The log, read under the auditor's role. Whoever lets somebody read it has asked who that is, and records it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from privity.db.pool import Pool, Row
from privity.db.queries import beside

SQL = beside(__file__, "reading.sql")


async def page(
    pool: Pool, workspace: UUID, behind: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Row]:
    """Events behind this place, newest first."""
    at, event = behind or (None, None)
    async with pool.within(workspace) as db:
        return await db.fetch(SQL["page"], workspace, at, event, limit)


async def readings(
    pool: Pool, workspace: UUID, conversations: Collection[UUID], but: UUID | None = None
) -> Sequence[Row]:
    """Who read these conversations; told to a person, `but` is their session, whose own reading is left out."""
    async with pool.within(workspace) as db:
        return await db.fetch(SQL["readings"], workspace, list(conversations), but)


async def waits_since(pool: Pool, workspace: UUID) -> datetime | None:
    """When the oldest event happened that no seal holds yet."""
    async with pool.within(workspace) as db:
        since: datetime | None = await db.fetchval(SQL["waits_since"], workspace)
    return since
