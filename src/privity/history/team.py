"""The team reads: lists, searches, one conversation, its messages. Judged first, recorded before the answer."""

from hashlib import sha256
from uuid import UUID

import msgspec

from privity.audit.model import AuditEvent
from privity.conversations.team import Reached, reach
from privity.db.pool import Connection
from privity.history import team_store as store
from privity.history.audience import Listeners, audience
from privity.history.cursors import open_cursor, seal_cursor
from privity.history.model import Place, Span
from privity.history.team_store import Wanted
from privity.house import House
from privity.people import contacts
from privity.people.model import Member, Scope
from privity.policy.verdict import Refusal, TeamListPermit, decide_team_list
from privity.web import wire
from privity.web.problems import Problem, not_found


def list_permit(house: House, member: Member, scope: Scope) -> TeamListPermit:
    """The judge's yes for what the workspace has, or why not."""
    verdict = decide_team_list(member.viewing(scope), house.clock())
    if isinstance(verdict, Refusal):
        raise Problem(403, verdict.reason, f"This key does not reach that: it lacks the scope {scope}.")
    return verdict


async def list_conversations(
    house: House, member: Member, wanted: Wanted, cursor: str | None, limit: int
) -> wire.TeamConversationList:
    """The workspace's conversations that are wanted, the newest word first."""
    permit = list_permit(house, member, "conversations:read")
    bound_to = _bound_to(permit, wanted)
    behind = open_cursor(house.keyring, cursor, bound_to) if cursor is not None else None
    async with house.pools.team.within(permit.workspace) as db:
        rows = await store.lines(db, permit, member, wanted, behind, limit)
    items = [store.as_line(row) for row in rows[:limit]]
    reason = "list" if wanted.words is None else "search"
    await house.ledger.record(_read(member, None, None, None, len(items), reason))
    last = Place(items[-1].last_message.sent_at, items[-1].id) if len(rows) > limit else None
    return wire.TeamConversationList(
        items=items, next_cursor=seal_cursor(house.keyring, last, bound_to) if last else None
    )


async def read_conversation(house: House, member: Member, conversation: UUID) -> wire.TeamConversationDetail:
    """One conversation, with who will see an answer in it."""
    async with house.pools.team.within(member.workspace) as db:
        reached = await reach(db, house, member, conversation, "conversations:read")
        detail = await _detail(db, house, member, reached)
    await house.ledger.record(_read(member, conversation, None, None, 1, "detail"))
    return detail


async def read_messages(house: House, member: Member, conversation: UUID, span: Span) -> wire.TeamMessagePage:
    """A page of everything that the team sees: messages, notes, events."""
    async with house.pools.team.within(member.workspace) as db:
        reached = await reach(db, house, member, conversation, "conversations:read")
        page = await store.page(db, reached.permit, span)
    if page.items:
        first, last = page.items[0].team_seq, page.items[-1].team_seq
        await house.ledger.record(_read(member, conversation, first, last, len(page.items), None))
    return page


async def team_message(
    house: House, member: Member, conversation: UUID, team_seq: int
) -> wire.TeamMessage | None:
    """One message for a member's socket; None where they may not read it. Raises 401 once they are signed out."""
    try:
        async with house.pools.team.within(member.workspace) as db:
            reached = await reach(db, house, member, conversation, "conversations:read")
            message = await store.message(db, reached.permit, team_seq)
    except Problem as problem:
        if problem.status == 401:
            raise
        return None
    if message is not None:
        await house.ledger.record(_read(member, conversation, team_seq, team_seq, 1, None))
    return message


async def team_conversation(house: House, member: Member, conversation: UUID) -> wire.TeamConversation | None:
    """One line of the list for a member's socket; as `team_message`."""
    try:
        async with house.pools.team.within(member.workspace) as db:
            reached = await reach(db, house, member, conversation, "conversations:read")
            row = await store.line(db, reached.permit, member)
    except Problem as problem:
        if problem.status == 401:
            raise
        return None
    if row is None:
        return None
    await house.ledger.record(_read(member, conversation, None, None, 1, "list"))
    return store.as_line(row)


async def _detail(
    db: Connection, house: House, member: Member, reached: Reached
) -> wire.TeamConversationDetail:
    row = await store.line(db, reached.permit, member)
    if row is None:
        raise not_found()
    place, now = reached.conversation, house.clock()
    seats = await contacts.seats_around(db, place.workspace, place.origin_session, place.owner, now)
    listeners = Listeners(
        conversation=place,
        owner_name=row["owner_name"] or row["owner_subject"],
        proved_before=row["owner_proved_at"] is not None,
        sessions=[seat.session for seat in seats],
        history_from=await store.history_from(db, place.workspace),
    )
    return wire.TeamConversationDetail(
        **msgspec.structs.asdict(store.as_line(row)),
        audience=audience(listeners, now),
        same_claim_users=await contacts.proved_users(db, place.workspace, row["claimed_key"]),
        rating=row["rating"],
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
