"""Rows of sessions, proofs and offers, in and out, under the gate's role."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat

from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.house import House
from privity.proofs.hashes import names
from privity.proofs.model import Credential, Proved

SQL = beside(__file__)


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session about to open."""

    credential: Credential
    kind: str
    contact: UUID
    assurance: str
    idle: timedelta
    expires_at: datetime
    page: str | None
    client: str | None
    identity: UUID | None = None
    proof_digest: bytes | None = None
    offer_sessions: frozenset[UUID] = frozenset()


async def add_contact(db: Connection, workspace: UUID, kind: str, now: datetime) -> UUID:
    contact = uuid_utils.compat.uuid7()
    await db.execute(SQL["add_contact"], workspace, contact, kind, now)
    return contact


async def identity_of(
    db: Connection, workspace: UUID, provider: str, subject: str, now: datetime
) -> tuple[UUID, UUID]:
    """(identity, contact) of a subject; made on its first proof."""
    row = await db.fetchrow(SQL["identity"], workspace, provider, subject)
    if row is None:
        await db.execute("SAVEPOINT before_the_card")
        contact = await add_contact(db, workspace, "user", now)
        identity = uuid_utils.compat.uuid7()
        if await db.fetchval(SQL["add_identity"], workspace, identity, provider, subject, contact, now):
            return identity, contact
        # The same subject was proved in the same moment elsewhere: one card is enough.
        await db.execute("ROLLBACK TO SAVEPOINT before_the_card")
        row = await db.fetchrow(SQL["identity"], workspace, provider, subject)
    if row is None:
        raise LookupError("the identity of this subject is erased")
    return row["id"], row["contact_id"]


async def add_session(db: Connection, new: NewSession, now: datetime) -> None:
    await db.execute(
        SQL["add_session"],
        new.credential.workspace,
        new.credential.id,
        new.kind,
        new.credential.hash(),
        new.contact,
        new.identity,
        new.assurance,
        new.proof_digest,
        new.offer_sessions,
        new.idle,
        new.page,
        new.client,
        now,
        new.expires_at,
    )


async def add_proof(
    db: Connection, workspace: UUID, session: UUID, identity: UUID, proved: Proved, now: datetime
) -> bool:
    """Whether it is the newest of its identity."""
    await db.execute(
        SQL["add_proof"],
        workspace,
        uuid_utils.compat.uuid7(),
        session,
        identity,
        proved.kind,
        proved.key,
        proved.digest,
        proved.issued_at,
        proved.expires_at,
        now,
        proved.legacy,
    )
    if proved.key is not None:
        await db.execute(SQL["key_used"], workspace, proved.key, now)
    return await note_proved(db, workspace, identity, proved, now)


async def note_proved(db: Connection, workspace: UUID, identity: UUID, proved: Proved, now: datetime) -> bool:
    """What the proof says of its identity, unless a newer one was there before it."""
    newest = await db.fetchval(
        SQL["identity_proved"],
        workspace,
        identity,
        proved.name,
        proved.email,
        proved.email_verified,
        now,
        proved.proved_with,
        json.dumps(proved.attributes),
        proved.issued_at,
    )
    if proved.provider == "site":
        await db.execute(SQL["legacy_again"], workspace, _old_names(proved), proved.issued_at)
    return newest is not None


def _old_names(proved: Proved) -> list[str]:
    """The subjects of old hashes that are this same person: by the site's own id, or by an address that it checked."""
    by_email = names("email", proved.email) if proved.email is not None and proved.email_verified else []
    return [*names("user_id", proved.subject), *by_email]


async def add_claim(
    db: Connection,
    workspace: UUID,
    contact: UUID,
    session: UUID,
    kind: str,
    value: str,
    key: str,
    now: datetime,
) -> None:
    await db.execute(
        SQL["add_claim"], workspace, uuid_utils.compat.uuid7(), contact, session, kind, value, key, now
    )


async def say_once(
    db: Connection,
    workspace: UUID,
    contact: UUID,
    session: UUID,
    kind: str,
    value: str,
    key: str,
    now: datetime,
) -> None:
    claim = uuid_utils.compat.uuid7()
    await db.execute(SQL["say_once"], workspace, claim, contact, session, kind, value, key, now)


async def on_offer(db: Connection, workspace: UUID, sessions: Collection[UUID]) -> Sequence[Row]:
    return await db.fetch(SQL["on_offer"], workspace, sessions)


async def touch(house: House, workspace: UUID, session: UUID) -> None:
    """A sign of life of a session whose page is open and sends nothing."""
    async with house.pools.gate.within(workspace) as db:
        await db.execute(SQL["touch"], workspace, session, house.clock())
