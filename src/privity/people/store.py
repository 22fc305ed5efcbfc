"""Rows of teammates, their sessions and keys, in and out: at the door under the gate's role, set up by the operator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat
from msgspec import Struct

from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.house import House
from privity.people.model import SCOPES, Badge, Member, Role, Scope, csrf_word
from privity.web import wire
from privity.web.credential import Credential

SQL = beside(__file__)

SESSION_LIFE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in with an address, and the hash that their password must fit."""

    workspace: UUID
    teammate: UUID
    password_hash: str


class AccountLine(Struct):
    """An account, for whoever runs Privity."""

    name: str
    email: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None
    signed_in_at: datetime | None


class KeyLine(Struct):
    """A program's key, for whoever runs Privity."""

    name: str
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


async def member(house: House, badge: Badge) -> Member | None:
    """The living member whose badge this is."""
    return (
        await _person(house, badge.credential)
        if badge.kind == "session"
        else await _key(house, badge.credential)
    )


async def _person(house: House, credential: Credential) -> Member | None:
    row = await house.pools.gate.row(
        SQL["session"], credential.workspace, credential.id, credential.hash(), house.clock()
    )
    if row is None or not credential.fits(row["secret_hash"]):
        return None
    return Member(
        workspace=credential.workspace,
        workspace_name=row["workspace_name"],
        id=row["id"],
        kind="teammate",
        name=row["name"],
        email=row["email"],
        role=row["role"],
        scopes=frozenset() if row["role"] == "auditor" else SCOPES,
        session=credential.id,
        csrf=csrf_word(credential),
    )


async def _key(house: House, credential: Credential) -> Member | None:
    row = await house.pools.gate.row(
        SQL["key"], credential.workspace, credential.id, credential.hash(), house.clock()
    )
    if row is None or not credential.fits(row["secret_hash"]):
        return None
    return Member(
        workspace=credential.workspace,
        workspace_name=row["workspace_name"],
        id=credential.id,
        kind="key",
        name=row["name"],
        email="",
        role=None,
        scopes=frozenset(scope for scope in SCOPES if scope in row["scopes"]),
        session=None,
        csrf="",
    )


async def account(house: House, email: str) -> Account | None:
    row = await house.pools.gate.row(SQL["account"], email)
    return Account(row["workspace_id"], row["teammate_id"], row["password_hash"]) if row is not None else None


async def open_session(house: House, account: Account) -> Credential:
    credential = Credential.new(account.workspace, uuid_utils.compat.uuid7(), house.chance)
    now = house.clock()
    async with house.pools.gate.within(account.workspace) as db:
        await db.execute(
            SQL["open_session"],
            account.workspace,
            credential.id,
            account.teammate,
            credential.hash(),
            now,
            now + SESSION_LIFE,
        )
    return credential


async def end_session(house: House, workspace: UUID, session: UUID) -> None:
    async with house.pools.gate.within(workspace) as db:
        await db.execute(SQL["end_session"], workspace, session, house.clock())


async def teammates(house: House, workspace: UUID) -> list[wire.Teammate]:
    """The living accounts of a workspace, by name."""
    async with house.pools.team.within(workspace) as db:
        return [teammate_of(row) for row in await db.fetch(SQL["teammates"], workspace)]


async def living_teammate(db: Connection, workspace: UUID, teammate: UUID) -> wire.Teammate | None:
    row = await db.fetchrow(SQL["teammate"], workspace, teammate)
    return teammate_of(row) if row is not None else None


def teammate_of(row: Row) -> wire.Teammate:
    return wire.Teammate(id=row["id"], name=row["name"], email=row["email"])


async def add_teammate(
    db: Connection, workspace: UUID, email: str, name: str, role: Role, password_hash: str, now: datetime
) -> UUID:
    teammate = uuid_utils.compat.uuid7()
    await db.execute(SQL["add_teammate"], workspace, teammate, email, name, role, password_hash, now)
    return teammate


async def accounts(db: Connection, workspace: UUID) -> list[AccountLine]:
    return [AccountLine(**row) for row in await db.fetch(SQL["accounts"], workspace)]


async def new_password(
    db: Connection, workspace: UUID, email: str, password_hash: str, now: datetime
) -> UUID | None:
    changed: UUID | None = await db.fetchval(SQL["new_password"], workspace, email, password_hash, now)
    return changed


async def disable_teammate(db: Connection, workspace: UUID, email: str, now: datetime) -> UUID | None:
    disabled: UUID | None = await db.fetchval(SQL["disable_teammate"], workspace, email, now)
    return disabled


async def add_key(
    db: Connection, credential: Credential, name: str, scopes: Sequence[Scope], now: datetime
) -> None:
    await db.execute(
        SQL["add_key"], credential.workspace, credential.id, name, credential.hash(), list(scopes), now
    )


async def keys(db: Connection, workspace: UUID) -> list[KeyLine]:
    return [KeyLine(**row) for row in await db.fetch(SQL["keys"], workspace)]


async def revoke_keys(db: Connection, workspace: UUID, name: str, now: datetime) -> list[UUID]:
    return [row["id"] for row in await db.fetch(SQL["revoke_keys"], workspace, name, now)]
