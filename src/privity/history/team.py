"""The team reads: lists, searches, one conversation, its messages. Judged first, recorded before the answer."""

from hashlib import sha256
from uuid import UUID

import msgspec

from privity.audit.model import AuditEvent
from privity.db.pool import Connection, Row
from privity.history import team_store as store
from privity.history.audience import Listeners, audience
from privity.history.cursors import open_cursor, seal_cursor
from privity.history.model import Place, Span
from privity.history.team_store import Wanted
from privity.house import House
from privity.people import contacts
from privity.people.model import Member
from privity.policy.facts import Assurance, Conversation
from privity.policy.verdict import TeamListPermit, TeamPermit
from privity.web import wire
from privity.web.problems import not_found


async def list_conversations(
    house: House, permit: TeamListPermit, member: Member, wanted: Wanted, cursor: str | None, limit: int
) -> wire.TeamConversationList:
    """The workspace's conversations that are wanted, the newest word first."""
    bound_to = _bound_to(permit, wanted)
    behind = open_cursor(house.keyring, cursor, bound_to) if cursor is not None else None
    async with house.pools.team.within(permit.workspace) as db:
        rows = await store.lines(db, permit, member, wanted, behind, limit)
    items = [store.as_line(row) for row in rows[:limit]]
    reason = "list" if wanted.words is None else "search"
    look = _read(member, None, None, None, len(items), reason)
    await house.ledger.team_read(look, [line_read(member, row) for row in rows[:limit]])
    last = Place(items[-1].last_message.sent_at, items[-1].id) if len(rows) > limit else None
    return wire.TeamConversationList(
        items=items, next_cursor=seal_cursor(house.keyring, house.chance, last, bound_to) if last else None
    )


async def team_detail(house: House, permit: TeamPermit, member: Member) -> wire.TeamConversationDetail:
    """One conversation, with who will see an answer in it."""
    async with house.pools.team.within(permit.workspace) as db:
        row = await _line(db, permit, member)
        listeners = await _listeners(db, permit, row)
        same_claim_users = await contacts.proved_users(db, permit.workspace, row["claimed_key"])
    await house.ledger.team_read(_read(member, permit.conversation, None, None, 1, "detail"))
    return wire.TeamConversationDetail(
        **msgspec.structs.asdict(store.as_line(row)),
        audience=audience(listeners, permit.at),
        contact_read_seq=row["contact_read_seq"],
        same_claim_users=same_claim_users,
        rating=row["rating"],
    )


async def team_conversation(house: House, permit: TeamPermit, member: Member) -> wire.TeamConversation:
    """One conversation as a line of the list."""
    async with house.pools.team.within(permit.workspace) as db:
        row = await _line(db, permit, member)
    await house.ledger.team_read(line_read(member, row))
    return store.as_line(row)


async def team_messages(house: House, permit: TeamPermit, member: Member, span: Span) -> wire.TeamMessagePage:
    """A page of everything that the team sees: messages, notes, events."""
    async with house.pools.team.within(permit.workspace) as db:
        page = await store.page(db, permit, span)
    if page.items:
        first, last = sorted((page.items[0].team_seq, page.items[-1].team_seq))
        await house.ledger.team_read(_read(member, permit.conversation, first, last, len(page.items), None))
    return page


async def team_message(
    house: House, permit: TeamPermit, member: Member, team_seq: int
) -> wire.TeamMessage | None:
    """One message, note or event, for a member's socket."""
    async with house.pools.team.within(permit.workspace) as db:
        message = await store.message(db, permit, team_seq)
    if message is not None:
        await house.ledger.team_read(_read(member, permit.conversation, team_seq, team_seq, 1, None))
    return message


def line_read(member: Member, row: Row) -> AuditEvent:
    """A line shows the conversation's newest message, or how it begins: a reading like that of a page."""
    return _read(member, row["id"], row["last_seq"], row["last_seq"], 1, "line")


async def _line(db: Connection, permit: TeamPermit, member: Member) -> Row:
    row = await store.line(db, permit, member)
    if row is None:
        raise not_found()
    return row


async def _listeners(db: Connection, permit: TeamPermit, row: Row) -> Listeners:
    origin, owner = row["origin_session"], row["owner"]
    seats = await contacts.seats_around(db, permit.workspace, origin, owner, permit.at)
    return Listeners(
        conversation=Conversation(permit.workspace, permit.conversation, origin, owner),
        owner_name=row["owner_name"] or row["owner_subject"],
        owner_proof=Assurance.of(row["assurance"]) if owner is not None else Assurance.NONE,
        sessions=[seat.session for seat in seats],
        history_from=await store.history_from(db, permit.workspace, permit.at),
        has_ticket=owner is None and await store.has_ticket(db, permit.workspace, origin, permit.at),
    )


def _bound_to(permit: TeamListPermit, wanted: Wanted) -> bytes:
    """A cursor is good for one reader and one question."""
    question = msgspec.json.encode(wanted)
    return b"team's conversations" + permit.workspace.bytes + permit.reader.bytes + sha256(question).digest()


def _read(
    member: Member,
    conversation: UUID | None,
    first: int | None,
    last: int | None,
    count: int,
    how: str | None,
) -> AuditEvent:
    return AuditEvent(
        workspace=member.workspace,
        kind="read",
        actor=member.kind,
        actor_id=member.id,
        session=member.session,
        conversation=conversation,
        reason=how,
        from_seq=first,
        to_seq=last,
        count=count,
    )
