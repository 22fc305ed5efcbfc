"""Rows of workspaces, sites, signing keys and the set-up link, in and out, under the operator's role."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A signing key as the operator sees it: never what it is made of."""

    kid: str
    name: str | None
    alg: str
    issuer: str | None
    created_at: datetime
    last_used_at: datetime | None
    stops_at: datetime | None
    revoked_at: datetime | None
    accepted: int
    refused: int


async def workspaces(house: House) -> list[Known]:
    """All of them, oldest first."""
    return [Known(row["id"], row["name"]) for row in await house.pools.operator.fetch(SQL["workspaces"])]


async def add_workspace(
    db: Connection, workspace: UUID, name: str, history_from: HistoryFrom, now: datetime
) -> None:
    await db.execute(SQL["add_workspace"], workspace, name, history_from, now)


async def add_site(db: Connection, workspace: UUID, origin: str) -> None:
    await db.execute(SQL["add_site"], workspace, origin)


async def remove_site(db: Connection, workspace: UUID, origin: str) -> bool:
    return await db.fetchval(SQL["remove_site"], workspace, origin) is not None


async def sites(house: House, workspace: UUID) -> list[str]:
    async with house.pools.operator.within(workspace) as db:
        return [row["origin"] for row in await db.fetch(SQL["sites"], workspace)]


async def name_sign_in_page(db: Connection, workspace: UUID, page: str) -> None:
    await db.execute(SQL["name_sign_in_page"], workspace, page)


async def add_key(
    db: Connection,
    workspace: UUID,
    key: UUID,
    kid: str,
    alg: str,
    sealed: bytes,
    now: datetime,
    name: str | None = None,
    issuer: str | None = None,
) -> None:
    await db.execute(SQL["add_key"], workspace, key, kid, alg, sealed, now, name, issuer)


async def keys(house: House, workspace: UUID) -> list[KeyLine]:
    """Every key that the workspace ever trusted, oldest first."""
    async with house.pools.operator.within(workspace) as db:
        return [KeyLine(**row) for row in await db.fetch(SQL["keys"], workspace)]


async def materials(db: Connection, workspace: UUID) -> Sequence[tuple[UUID, str, bytes]]:
    """What was ever trusted: whose it is, for which purpose it is sealed, and what it is made of."""
    rows = await db.fetch(SQL["materials"], workspace)
    return [(row["id"], row["purpose"], row["material"]) for row in rows]


async def stop_key(db: Connection, workspace: UUID, kid: str, at: datetime, now: datetime) -> UUID | None:
    key: UUID | None = await db.fetchval(SQL["stop_key"], workspace, kid, at, now)
    return key


async def bound_sessions_of(db: Connection, workspace: UUID, key: UUID, until: datetime) -> int:
    """How many sessions rested on the key for longer; no more."""
    return len(await db.fetch(SQL["bound_sessions_of"], workspace, key, until))


async def revoke_key(db: Connection, workspace: UUID, kid: str, now: datetime) -> UUID | None:
    key: UUID | None = await db.fetchval(SQL["revoke_key"], workspace, kid, now)
    return key


async def end_sessions_of(
    db: Connection, workspace: UUID, key: UUID, now: datetime
) -> Sequence[tuple[UUID, UUID]]:
    """The sessions that rested on the key, each with its contact: over."""
    rows = await db.fetch(SQL["end_sessions_of"], workspace, key, now)
    return [(row["id"], row["contact_id"]) for row in rows]


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
