"""A contact reads: the list of what is theirs, and a page of one conversation."""

from privity.db.pool import Row
from privity.history import store
from privity.history.cursors import open_cursor, seal_cursor
from privity.history.model import Place, Span
from privity.house import House
from privity.policy.verdict import ListPermit, Permit, PreviewPermit
from privity.web import wire


async def list_conversations(
    house: House, permit: ListPermit, cursor: str | None, limit: int
) -> wire.ConversationList:
    """The conversations that `decide` would open one by one, the newest word first."""
    bound_to = b"contact's conversations" + permit.workspace.bytes + permit.session.bytes
    behind = open_cursor(house.keyring, cursor, bound_to) if cursor is not None else None
    rows = await store.list_page(house, permit, behind, limit)
    items = rows[:limit]
    for row in items:
        house.ledger.contact_read(
            permit.workspace, permit.session, row["id"], row["last_seq"], row["last_seq"], 1
        )
    last = Place(items[-1]["last_at"], items[-1]["id"]) if len(rows) > limit else None
    return wire.ConversationList(
        items=[_as_line(row) for row in items],
        next_cursor=seal_cursor(house.keyring, house.chance, last, bound_to) if last else None,
    )


async def read(house: House, permit: Permit, span: Span) -> wire.MessagePage:
    """A page of what was said. Only `decide` makes the permit, and only its conversation is read."""
    rows = await store.page(house, permit, span)
    more = len(rows) > span.limit
    forwards = span.after is not None
    items = rows if not more else rows[:-1] if forwards else rows[1:]
    if items:
        first, last = items[0]["seq"], items[-1]["seq"]
        house.ledger.contact_read(
            permit.workspace, permit.session, permit.conversation, first, last, len(items)
        )
    return wire.MessagePage(
        items=[_as_message(row) for row in items],
        next_cursor=items[-1 if forwards else 0]["seq"] if more else None,
    )


async def first_line(house: House, permit: PreviewPermit) -> wire.FirstLine | None:
    """On request only, so that its person can tell whether they wrote it. It is a read like any."""
    line = await store.offered_line(house, permit)
    if line is None:
        return None
    house.ledger.contact_read(permit.workspace, permit.session, permit.conversation, 1, 1, 1)
    return wire.FirstLine(body=line)


def _as_message(row: Row) -> wire.Message:
    return wire.Message(
        id=row["id"],
        seq=row["seq"],
        author=wire.Author(kind=row["author_kind"], name=row["author_name"]),
        body=row["body"],
        sent_at=row["sent_at"],
    )


def _as_line(row: Row) -> wire.Conversation:
    return wire.Conversation(
        id=row["id"],
        state="open" if row["closed_at"] is None else "closed",
        started_at=row["started_at"],
        last_message=wire.Message(
            id=row["last_id"],
            seq=row["last_seq"],
            author=wire.Author(kind=row["last_author_kind"], name=row["last_author_name"]),
            body=row["last_excerpt"],
            sent_at=row["last_at"],
        ),
        unread=row["unread"],
    )
