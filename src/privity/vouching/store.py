"""Rows of signing keys and of the address at which a site publishes some, in and out, under the operator's role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.house import House
from privity.vouching.key_set import LeftOut
from privity.vouching.public_keys import RsaAlgorithm

SQL = beside(__file__)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A signing key as the operator sees it: never what it is made of. `listed` of one that was found at the address of
    keys: whether it still is there."""

    kid: str
    name: str | None
    alg: str
    issuer: str | None
    created_at: datetime
    last_used_at: datetime | None
    stops_at: datetime | None
    revoked_at: datetime | None
    listed: bool | None
    accepted: int
    refused: int


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key that is or was trusted, with what it is made of, sealed. `is_found`: at the workspace's address of keys."""

    id: UUID
    kid: str
    alg: str
    material: bytes
    is_found: bool
    is_revoked: bool


@dataclass(frozen=True, slots=True)
class KeyAddress:
    """Where a site publishes its keys. `fault` is why the last look failed, `left_out` what it could not take."""

    url: str
    rsa_alg: RsaAlgorithm
    issuer: str | None
    looked_at: datetime | None
    fresh_until: datetime | None
    good_until: datetime | None
    fault: str | None
    left_out: list[LeftOut]


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


async def known_keys(db: Connection, workspace: UUID) -> list[KnownKey]:
    """Every key that was ever trusted, sealed."""
    return [KnownKey(**row) for row in await db.fetch(SQL["known_keys"], workspace)]


async def stop_key(db: Connection, workspace: UUID, kid: str, at: datetime, now: datetime) -> UUID | None:
    key: UUID | None = await db.fetchval(SQL["stop_key"], workspace, kid, at, now)
    return key


async def bound_sessions_of(db: Connection, workspace: UUID, key: UUID, until: datetime) -> int:
    """How many sessions rested on the key for longer; no more."""
    return len(await db.fetch(SQL["bound_sessions_of"], workspace, key, until))


async def revoke_key(db: Connection, workspace: UUID, kid: str, now: datetime) -> UUID | None:
    key: UUID | None = await db.fetchval(SQL["revoke_key"], workspace, kid, now)
    return key


async def revoked_key(db: Connection, workspace: UUID, kid: str) -> UUID | None:
    key: UUID | None = await db.fetchval(SQL["revoked_key"], workspace, kid)
    return key


async def end_sessions_of(db: Connection, workspace: UUID, keys: list[UUID], now: datetime) -> Sequence[Row]:
    """The sessions that rested on these keys, each with its contact: over."""
    return await db.fetch(SQL["end_sessions_of"], workspace, keys, now)


async def key_address(house: House, workspace: UUID) -> KeyAddress | None:
    """The address of keys as it stands, if one is named."""
    async with house.pools.operator.within(workspace) as db:
        row = await db.fetchrow(SQL["key_address"], workspace)
    return _address(row) if row is not None else None


async def name_key_address(
    db: Connection, workspace: UUID, url: str, rsa_alg: str, issuer: str | None, now: datetime
) -> None:
    await db.execute(SQL["name_key_address"], workspace, url, rsa_alg, issuer, now)


async def forget_key_address(db: Connection, workspace: UUID) -> bool:
    return await db.fetchval(SQL["forget_key_address"], workspace) is not None


async def key_address_is(db: Connection, workspace: UUID, url: str) -> bool:
    return await db.fetchval(SQL["key_address_is"], workspace, url) is not None


async def claim_a_look(
    db: Connection, workspace: UUID, now: datetime, earlier_than: datetime
) -> KeyAddress | None:
    """The address, if nobody looked there since."""
    row = await db.fetchrow(SQL["claim_a_look"], workspace, now, earlier_than)
    return _address(row) if row is not None else None


async def look_failed(db: Connection, workspace: UUID, url: str, fault: str) -> None:
    await db.execute(SQL["look_failed"], workspace, url, fault)


async def look_succeeded(
    db: Connection,
    workspace: UUID,
    now: datetime,
    fresh_until: datetime,
    good_until: datetime,
    left_out: list[LeftOut],
) -> None:
    told = msgspec.json.encode(left_out).decode()
    await db.execute(SQL["look_succeeded"], workspace, now, fresh_until, good_until, told)


async def list_keys(db: Connection, workspace: UUID, keys: list[UUID], issuer: str | None) -> None:
    """These are at the address now."""
    await db.execute(SQL["list_keys"], workspace, keys, issuer)


async def unlist_keys(db: Connection, workspace: UUID, but: list[UUID]) -> list[UUID]:
    """All that were at the address, but these, are not there any more. Answers which."""
    return [row["id"] for row in await db.fetch(SQL["unlist_keys"], workspace, but)]


async def unlisted_keys(db: Connection, workspace: UUID) -> list[UUID]:
    """All that were ever at an address, and are not any more."""
    return [row["id"] for row in await db.fetch(SQL["unlisted_keys"], workspace)]


def _address(row: Row) -> KeyAddress:
    left_out = msgspec.json.decode(row["left_out"], type=list[LeftOut])
    return KeyAddress(**{**row, "left_out": left_out})
