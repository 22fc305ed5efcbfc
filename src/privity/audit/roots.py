"""Roots to keep elsewhere: whoever changes the log later can't change those."""

from collections.abc import Iterable
from uuid import UUID

from privity.audit.sealing import SQL, seal_of
from privity.audit.verifying import Root
from privity.db.pool import Pool


async def roots(pool: Pool, workspaces: Iterable[UUID]) -> list[Root]:
    """The newest seal of each workspace that has one. It names the one before it, and so vouches for all of them."""
    newest = list[Root]()
    for workspace in workspaces:
        async with pool.within(workspace) as db:
            row = await db.fetchrow(SQL["last"], workspace)
        if row is not None:
            seal = seal_of(row)
            newest.append(Root(workspace, seal.number, seal.hash().hex(), seal.last_event))
    return newest
