"""Laying out a world by plain SQL, as the schema's owner: who is there, what they proved, what was said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from privity.db.pool import Connection
from tests.cast import Person
from tests.clock import MONDAY_MORNING


@dataclass(frozen=True, slots=True)
class Identity:
    """One subject that the site named, with the contact it belongs to."""

    workspace: UUID
    id: UUID
    contact: UUID


@dataclass(frozen=True, slots=True)
class Seat:
    """A session in which somebody sits: its contact, and the identity that it proved, if any."""

    workspace: UUID
    id: UUID
    contact: UUID
    identity: UUID | None


async def add_workspace(db: Connection, name: str = "Acme", at: datetime = MONDAY_MORNING) -> UUID:
    workspace = uuid4()
    await db.execute("INSERT INTO workspace (id, name, created_at) VALUES ($1, $2, $3)", workspace, name, at)
    return workspace


async def add_contact(
    db: Connection, workspace: UUID, kind: str = "lead", at: datetime = MONDAY_MORNING
) -> UUID:
    contact = uuid4()
    await db.execute("INSERT INTO contact VALUES ($1, $2, $3, $4)", workspace, contact, kind, at)
    return contact


async def add_identity(
    db: Connection, workspace: UUID, person: Person, at: datetime = MONDAY_MORNING
) -> Identity:
    """A user whom the site has signed."""
    contact = await add_contact(db, workspace, "user", at)
    identity = uuid4()
    await db.execute(
        """INSERT INTO contact_identity
               (workspace_id, id, provider, subject, contact_id, name, email, email_verified, created_at,
                proved_at)
           VALUES ($1, $2, 'site', $3, $4, $5, $6, true, $7, $7)""",
        workspace,
        identity,
        person.subject,
        contact,
        person.name,
        person.email,
        at,
    )
    return Identity(workspace, identity, contact)


async def add_lead(db: Connection, workspace: UUID, at: datetime = MONDAY_MORNING) -> Seat:
    """A browser session that proved nothing, with a contact of its own."""
    contact = await add_contact(db, workspace, "lead", at)
    return await _add_session(db, Seat(workspace, uuid4(), contact, None), "browser", "none", at)


async def add_user(db: Connection, identity: Identity, at: datetime = MONDAY_MORNING) -> Seat:
    """A page session that proved this identity."""
    seat = Seat(identity.workspace, uuid4(), identity.contact, identity.id)
    return await _add_session(db, seat, "page", "signed", at)


async def _add_session(db: Connection, seat: Seat, kind: str, assurance: str, at: datetime) -> Seat:
    await db.execute(
        """INSERT INTO session (workspace_id, id, kind, secret_hash, contact_id, identity_id, assurance, idle,
                                started_at, last_seen_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, '30 minutes', $8, $8, $9)""",
        seat.workspace,
        seat.id,
        kind,
        seat.id.bytes,
        seat.contact,
        seat.identity,
        assurance,
        at,
        at + timedelta(hours=1),
    )
    return seat


async def add_link(db: Connection, one: Identity, other: Identity, at: datetime = MONDAY_MORNING) -> UUID:
    """One person from now on. The session that made it so is any of the first one's."""
    link = uuid4()
    await db.execute(
        """INSERT INTO identity_link (workspace_id, id, identity_id, linked_id, how, session_id, at)
           SELECT $1, $2, pair.identity, pair.linked, 'token', s.id, $5
             FROM (VALUES ($3::uuid, $4::uuid), ($4, $3)) AS pair (identity, linked)
             CROSS JOIN (SELECT id FROM session WHERE identity_id = $3 LIMIT 1) AS s""",
        one.workspace,
        link,
        one.id,
        other.id,
        at,
    )
    return link


async def end_session(db: Connection, seat: Seat, at: datetime = MONDAY_MORNING) -> None:
    await db.execute("UPDATE session SET ended_at = $1, end_reason = 'ended' WHERE id = $2", at, seat.id)


async def add_teammate(
    db: Connection, workspace: UUID, person: Person, at: datetime = MONDAY_MORNING
) -> UUID:
    teammate = uuid4()
    await db.execute(
        """INSERT INTO teammate (workspace_id, id, email, name, password_hash, created_at)
           VALUES ($1, $2, $3, $4, 'opens nothing', $5)""",
        workspace,
        teammate,
        person.email,
        person.name,
        at,
    )
    return teammate


async def add_conversation(
    db: Connection, seat: Seat, *words: str, client_id: UUID | None = None, at: datetime = MONDAY_MORNING
) -> UUID:
    """A conversation that was started in this session: its identity owns it, or nobody does."""
    conversation = uuid4()
    await db.execute(
        """INSERT INTO conversation
               (workspace_id, id, contact_id, origin_session, owner, client_id, started_at, last_at, last_id,
                last_author_kind, last_excerpt)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $2, 'contact', '')""",
        seat.workspace,
        conversation,
        seat.contact,
        seat.id,
        seat.identity,
        client_id or uuid4(),
        at,
    )
    for body in words:
        await say(db, conversation, body, session=seat.id, at=at)
    return conversation


async def say(
    db: Connection,
    conversation: UUID,
    body: str,
    *,
    session: UUID | None = None,
    teammate: UUID | None = None,
    client_id: UUID | None = None,
    at: datetime = MONDAY_MORNING,
) -> UUID:
    """A public message of the contact's session, or of a teammate."""
    return await _add_message(db, conversation, "public", body, session, teammate, client_id, at)


async def note(
    db: Connection, conversation: UUID, body: str, *, teammate: UUID, at: datetime = MONDAY_MORNING
) -> UUID:
    """A note, which only the team sees."""
    return await _add_message(db, conversation, "note", body, None, teammate, None, at)


async def _add_message(
    db: Connection,
    conversation: UUID,
    kind: str,
    body: str,
    session: UUID | None,
    teammate: UUID | None,
    client_id: UUID | None,
    at: datetime,
) -> UUID:
    message = uuid4()
    await db.execute(
        """WITH counted AS (
               UPDATE conversation
                  SET next_seq = next_seq + ($3 = 'public')::int,
                      next_team_seq = next_team_seq + 1,
                      unread = unread + ($3 = 'public' AND $6::uuid IS NOT NULL)::int,
                      last_at = $8, last_id = $2, last_excerpt = left($4, 280),
                      last_author_kind = CASE WHEN $6::uuid IS NULL THEN 'contact' ELSE 'teammate' END
                WHERE id = $1 RETURNING workspace_id, id, next_seq, next_team_seq)
           INSERT INTO message
               (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_session,
                author_teammate, assurance, body, client_id, sent_at)
           SELECT workspace_id, $2, id, CASE WHEN $3 = 'public' THEN next_seq - 1 END, next_team_seq - 1, $3,
                  CASE WHEN $6::uuid IS NULL THEN 'contact' ELSE 'teammate' END, $5, $6, 'none', $4, $7, $8
             FROM counted""",
        conversation,
        message,
        kind,
        body,
        session,
        teammate,
        client_id or uuid4(),
        at,
    )
    return message
