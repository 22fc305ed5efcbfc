"""Rows of workspaces, sites and the set-up link, in and out, under the operator's role."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import uuid_utils.compat

from privity.db.pool import Connection
from privity.db.queries import beside
from privity.house import House

SQL = beside(__file__)

HistoryFrom = Literal["mailbox", "signed"]
"""What a workspace may begin with: codes for people without a login, or the site's own word."""


@dataclass(frozen=True, slots=True)
class Known:
    """A workspace of this installation."""

    id: UUID
    name: str


async def workspaces(house: House) -> list[Known]:
    """All of them, oldest first."""
    return [Known(row["id"], row["name"]) for row in await house.pools.operator.fetch(SQL["workspaces"])]


async def add_workspace(
    db: Connection, workspace: UUID, name: str, history_from: HistoryFrom, now: datetime
) -> None:
    await db.execute(SQL["add_workspace"], workspace, name, history_from, now)


async def add_site(db: Connection, workspace: UUID, origin: str) -> bool:
    return await db.fetchval(SQL["add_site"], workspace, origin) is not None


async def remove_site(db: Connection, workspace: UUID, origin: str) -> bool:
    return await db.fetchval(SQL["remove_site"], workspace, origin) is not None


async def sites(house: House, workspace: UUID) -> list[str]:
    async with house.pools.operator.within(workspace) as db:
        return [row["origin"] for row in await db.fetch(SQL["sites"], workspace)]


async def name_sign_in_page(db: Connection, workspace: UUID, page: str) -> bool:
    return await db.fetchval(SQL["name_sign_in_page"], workspace, page) is not None


async def first_visit(house: House, workspace: UUID) -> tuple[datetime | None, str | None]:
    """When an allowed page first loaded the widget, and which."""
    async with house.pools.team.within(workspace) as db:
        row = await db.fetchrow(SQL["first_visit"], workspace)
    return (row["first_visit_at"], row["first_visit_page"]) if row is not None else (None, None)


async def replace_link(house: House, token_hash: bytes, now: datetime, expires_at: datetime) -> None:
    """One set-up link is good at a time."""
    async with house.pools.operator.connection() as db, db.transaction():
        await db.execute(SQL["void_links"], now)
        await db.execute(SQL["add_link"], uuid_utils.compat.uuid7(), token_hash, expires_at)


async def link_is_good(house: House, token_hash: bytes, now: datetime) -> bool:
    return await house.pools.operator.row(SQL["good_link"], token_hash, now) is not None


async def use_link(db: Connection, token_hash: bytes, now: datetime) -> bool:
    """Whether the link was good, and nobody was faster. It is not good any more."""
    return await db.fetchval(SQL["use_link"], token_hash, now) is not None
