"""Contacts as the team sees them: what they proved, what they claim, and their sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.policy.facts import Assurance, Session
from privity.policy.verdict import TeamListPermit
from privity.web import wire

SQL = beside(__file__, "contacts.sql")


@dataclass(frozen=True, slots=True)
class Card:
    """A contact by what it is titled. The keys are its addresses as they are compared: claimed, and proved."""

    ref: wire.ContactRef
    created_at: datetime
    claimed_key: str | None
    proved_key: str | None


@dataclass(frozen=True, slots=True)
class Seat:
    """A session as the gate looks at it, and whose card it is on."""

    session: Session
    contact: UUID
    started_at: datetime
    end_reason: str | None


async def page(
    db: Connection,
    permit: TeamListPermit,
    kind: wire.ContactKind | None,
    email: str | None,
    behind: tuple[datetime, UUID] | None,
    limit: int,
) -> list[wire.ContactLine]:
    asked = (permit.workspace, kind, *(behind or (None, None)), limit)
    rows = (
        await db.fetch(SQL["page"], *asked)
        if email is None
        else await db.fetch(SQL["page_of_address"], *asked, email)
    )
    return [_as_line(row) for row in rows]


async def card(db: Connection, workspace: UUID, contact: UUID) -> Card | None:
    row = await db.fetchrow(SQL["contact"], workspace, contact)
    if row is None:
        return None
    ref = contact_ref(row, row["id"], row["kind"])
    return Card(ref, row["created_at"], row["claimed_key"], row["proved_key"])


def contact_ref(row: Row, contact: UUID, kind: wire.ContactKind) -> wire.ContactRef:
    """Whom a row of the views `card` and `line` is about."""
    return wire.ContactRef(
        id=contact,
        kind=kind,
        proved_name=row["proved_name"],
        claimed_name=row["claimed_name"],
        claimed_email=row["claimed_email"],
    )


async def identities(db: Connection, permit: TeamListPermit, contact: UUID) -> list[wire.ProvedIdentity]:
    rows = await db.fetch(SQL["identities"], permit.workspace, contact)
    links = await db.fetch(SQL["links"], permit.workspace, contact)
    return [_as_identity(row, [link for link in links if link["identity_id"] == row["id"]]) for row in rows]


async def claims(db: Connection, permit: TeamListPermit, contact: UUID) -> list[wire.ClaimMade]:
    rows = await db.fetch(SQL["claims"], permit.workspace, contact)
    return [
        wire.ClaimMade(kind=row["kind"], value=row["value"], at=row["at"], proved_users=row["proved_users"])
        for row in rows
    ]


async def proved_users(db: Connection, workspace: UUID, key: str | None) -> int:
    """How many users have proved this address; none for no address."""
    return await db.fetchval(SQL["proved_users"], workspace, key) if key is not None else 0


async def sessions(db: Connection, permit: TeamListPermit, contact: UUID) -> list[wire.SessionSeen]:
    rows = await db.fetch(SQL["sessions"], permit.workspace, contact)
    return [
        wire.SessionSeen(
            id=row["id"],
            kind=row["kind"],
            assurance=row["assurance"],
            started_at=row["started_at"],
            last_seen_at=row["last_seen_at"],
            ended_at=row["ended_at"],
            end_reason=row["end_reason"],
            page=row["page"],
            client=row["client"],
            blocked_at=row["blocked_at"],
        )
        for row in rows
    ]


async def seat(db: Connection, workspace: UUID, session: UUID, now: datetime) -> Seat | None:
    row = await db.fetchrow(SQL["standing"], workspace, session)
    return _as_seat(row, now) if row is not None else None


async def seats_of(db: Connection, workspace: UUID, contact: UUID, now: datetime) -> Sequence[Seat]:
    """A contact's sessions, those that may live first, each the newest first."""
    return [_as_seat(row, now) for row in await db.fetch(SQL["standings"], workspace, contact)]


async def seats_around(
    db: Connection, workspace: UUID, origin: UUID | None, owner: UUID | None, now: datetime
) -> Sequence[Seat]:
    """The sessions that a conversation may concern, those seen last first."""
    rows = await db.fetch(SQL["standings_around"], workspace, origin, owner)
    return [_as_seat(row, now) for row in rows]


def _as_seat(row: Row, now: datetime) -> Seat:
    offers = zip(row["offered"], row["offered_until"], strict=True)
    session = Session(
        workspace=row["workspace_id"],
        id=row["id"],
        assurance=Assurance.of(row["assurance"]),
        identity=row["identity_id"],
        linked=frozenset(row["linked"]),
        offered=frozenset(offered for offered, until in offers if until > now),
        proof_bound=row["kind"] == "page",
        expires_at=row["expires_at"],
        last_seen_at=row["last_seen_at"],
        idle=row["idle"],
        ended_at=row["ended_at"],
    )
    return Seat(session, row["contact_id"], row["started_at"], row["end_reason"])


def _as_line(row: Row) -> wire.ContactLine:
    return wire.ContactLine(
        id=row["id"],
        kind=row["kind"],
        proved_name=row["proved_name"],
        claimed_name=row["claimed_name"],
        claimed_email=row["claimed_email"],
        created_at=row["created_at"],
        last_seen_at=row["last_seen_at"],
    )


def _as_identity(row: Row, links: Sequence[Row]) -> wire.ProvedIdentity:
    return wire.ProvedIdentity(
        id=row["id"],
        provider=row["provider"],
        subject=row["subject"],
        name=row["name"],
        email=row["email"],
        email_verified=row["email_verified"],
        assurance=_proved_by(row["provider"]) if row["proved_at"] is not None else "none",
        proved_at=row["proved_at"],
        attributes=msgspec.json.decode(row["attributes"]),
        key=row["proved_with"] if _proved_by(row["provider"]) == "signed" else None,
        retired_at=row["retired_at"],
        blocked_at=row["blocked_at"],
        linked=[
            wire.LinkedIdentity(
                provider=link["provider"], subject=link["subject"], how=link["how"], at=link["at"]
            )
            for link in links
        ],
    )


def _proved_by(provider: str) -> wire.Assurance:
    """What a proof by this provider gives: a signature, unless it says otherwise."""
    match provider:
        case "mailbox" | "legacy":
            return provider
    return "signed"
