"""The story of what the team does: answer, note, close, reopen, hand over, start. Judged first, each time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from privity.conversations.team_case import Reached, permitted_list, reach
from privity.db.bus import Event
from privity.db.bus import Kind as EventKind
from privity.db.pool import Connection
from privity.db.queries import beside
from privity.house import House
from privity.people import contacts
from privity.people import store as people
from privity.people.model import Member
from privity.policy.facts import Conversation
from privity.policy.verdict import Refusal, gate
from privity.proofs import store as proofs
from privity.web import limits, wire
from privity.web.input import clean_body, clean_text
from privity.web.problems import Problem, not_found

SQL = beside(__file__, "team.sql")


async def write(
    house: House, member: Member, conversation: UUID, written: wire.WriteMessage
) -> tuple[wire.TeamMessage, bool]:
    """An answer or a note; False where the same one is already stored."""
    house.limiter.take(limits.TEAM_MESSAGES, "team messages", str(member.session or member.id))
    body = clean_body(written.body)
    async with house.pools.team.within(member.workspace) as db:
        reached = await reach(db, house, member, conversation, "conversations:write")
        message, stored = await _store(db, house, member, reached, written.kind, body, written.client_id)
    if stored:
        house.bus.announce(_written(reached, member, message))
    return message, stored


async def close(house: House, member: Member, conversation: UUID) -> None:
    """The team is done with it. The contact can still write, which opens it again."""
    told = f"{member.name} closed the conversation"
    await _change(house, member, conversation, Change("state", "set_closed", house.clock(), told))


async def reopen(house: House, member: Member, conversation: UUID) -> None:
    """The team has more to do with it."""
    told = f"{member.name} reopened the conversation"
    await _change(house, member, conversation, Change("state", "set_closed", None, told))


async def assign(house: House, member: Member, conversation: UUID, teammate: UUID | None) -> None:
    """Somebody of the workspace looks after it from now on, or nobody."""
    name = await _name_of(house, member, teammate)
    told = _told_of_assignment(member, teammate, name)
    await _change(house, member, conversation, Change("assigned", "assign", teammate, told))


async def mark_read(house: House, member: Member, conversation: UUID, team_seq: int) -> None:
    """A teammate has everything up to `team_seq` before their eyes."""
    if member.kind == "key":
        raise Problem(403, "people_only", "A key reads with no eyes: only a teammate marks what was read.")
    async with house.pools.team.within(member.workspace) as db:
        reached = await reach(db, house, member, conversation, "conversations:write")
        permit = reached.permit
        seq = await db.fetchval(
            SQL["mark_read"], permit.at, permit.workspace, permit.conversation, member.id, team_seq
        )
    if seq is not None:
        house.bus.announce(_event("seen", reached.conversation, reached.contact, member, seq=seq))


async def start(house: House, member: Member, asked: wire.TeamStart) -> tuple[UUID, bool]:
    """A conversation for an identity, or for one living session of a lead; False where it is already stored."""
    house.limiter.take(limits.TEAM_MESSAGES, "team messages", str(member.session or member.id))
    permitted_list(house, member, "conversations:write")
    body = clean_body(asked.body)
    async with house.pools.team.within(member.workspace) as db:
        addressee = await _addressee(db, house, member.workspace, asked)
        row = await db.fetchrow(
            SQL["start"],
            house.clock(),
            member.workspace,
            addressee.contact,
            addressee.origin,
            addressee.owner,
            member.id,
            member.name,
            house.chance.id(),
            house.chance.id(),
            body,
            asked.client_id,
        )
    if row is None or row["status"] == "conflict":
        raise _reused()
    if row["status"] == "stored":
        place = Conversation(member.workspace, row["id"], addressee.origin, addressee.owner)
        house.bus.announce(_event("message", place, addressee.contact, member, seq=1, team_seq=1))
    return row["id"], row["status"] == "stored"


@dataclass(frozen=True, slots=True)
class Addressee:
    """For whom the team starts a conversation: an identity owns it, or it is as if a lead's session had started it."""

    contact: UUID
    origin: UUID | None
    owner: UUID | None


async def _addressee(db: Connection, house: House, workspace: UUID, asked: wire.TeamStart) -> Addressee:
    match asked.identity, asked.session_id:
        case wire.NamedIdentity() as named, msgspec.UnsetType():
            return await _named(db, house, workspace, named)
        case msgspec.UnsetType(), UUID() as session:
            return await _lead(db, house, workspace, session)
        case _:
            raise Problem(422, "not_valid", "Name an `identity` or a `session_id`, one of them.")


async def _named(db: Connection, house: House, workspace: UUID, named: wire.NamedIdentity) -> Addressee:
    """The identity that the site knows by this subject. Nobody need have proved it yet: its card is made now."""
    subject = clean_text(named.subject, "subject")
    identity, contact = await proofs.identity_of(db, workspace, named.provider, subject, house.clock())
    return Addressee(contact, None, identity)


async def _lead(db: Connection, house: House, workspace: UUID, session: UUID) -> Addressee:
    """A session that lives, as the gate says, and has proved nobody."""
    now = house.clock()
    seat = await contacts.seat(db, workspace, session, now)
    if seat is None:
        raise not_found()
    viewer = gate(seat.session, workspace, now)
    if isinstance(viewer, Refusal):
        raise Problem(409, "nobody_there", "This visitor's session is over: nobody would see it.")
    if viewer.identity is not None:
        raise Problem(409, "proved", "This session has proved who it is: name its `identity`.")
    return Addressee(seat.contact, session, None)


# ── What the acts share ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Change:
    """What is set in a conversation, and the line that it leaves in the team's thread."""

    kind: EventKind
    statement: str
    value: datetime | UUID | None
    told: str


async def _change(house: House, member: Member, conversation: UUID, change: Change) -> None:
    """What is so already leaves no line."""
    async with house.pools.team.within(member.workspace) as db:
        reached = await reach(db, house, member, conversation, "conversations:write")
        if await db.fetchval(SQL[change.statement], member.workspace, conversation, change.value) is None:
            return
        line, _ = await _store(db, house, member, reached, "event", change.told, house.chance.id())
    news = _event(change.kind, reached.conversation, reached.contact, member)
    house.bus.announce(news, _written(reached, member, line))


async def _store(
    db: Connection,
    house: House,
    member: Member,
    reached: Reached,
    kind: wire.MessageKind,
    body: str,
    client_id: UUID,
) -> tuple[wire.TeamMessage, bool]:
    permit = reached.permit
    author: wire.TeamAuthor = (
        wire.TeamAuthor(kind="system", id=None, name=None)
        if kind == "event"
        else wire.TeamAuthor(kind="teammate", id=member.id, name=member.name)
    )
    row = await db.fetchrow(
        SQL["send"],
        permit.at,
        permit.workspace,
        permit.conversation,
        author.kind,
        member.id,
        author.name,
        kind,
        house.chance.id(),
        body,
        client_id,
    )
    if row is None or row["status"] == "refused":
        raise not_found()
    if row["status"] == "conflict":
        raise _reused()
    message = wire.TeamMessage(
        id=row["id"],
        seq=row["seq"],
        team_seq=row["team_seq"],
        kind=kind,
        author=author,
        assurance="none",
        body=body,
        sent_at=row["sent_at"],
    )
    return message, row["status"] == "stored"


async def _name_of(house: House, member: Member, teammate: UUID | None) -> str | None:
    if teammate is None:
        return None
    async with house.pools.team.within(member.workspace) as db:
        found = await people.living_teammate(db, member.workspace, teammate)
    if found is None:
        raise Problem(422, "not_valid", "`teammate_id` is nobody who answers in this workspace.")
    return found.name


def _told_of_assignment(member: Member, teammate: UUID | None, name: str | None) -> str:
    if teammate is None:
        return f"{member.name} left the conversation to anybody who takes it"
    if teammate == member.id:
        return f"{member.name} looks after the conversation now"
    return f"{member.name} asked {name} to look after the conversation"


def _written(reached: Reached, member: Member, message: wire.TeamMessage) -> Event:
    kind: EventKind = "message" if message.kind == "public" else "note"
    place, contact = reached.conversation, reached.contact
    return _event(kind, place, contact, member, seq=message.seq or 0, team_seq=message.team_seq)


def _event(
    kind: EventKind, place: Conversation, contact: UUID, member: Member, seq: int = 0, team_seq: int = 0
) -> Event:
    return Event(
        kind,
        place.workspace,
        place.id,
        place.origin_session,
        place.owner,
        contact=contact,
        actor=member.id,
        seq=seq,
        team_seq=team_seq,
    )


def _reused() -> Problem:
    return Problem(409, "client_id_reused", "This client_id was already used for other words.")
