"""Who read what: told to an auditor of the workspace, and to a contact of its own conversations."""

from typing import Literal

from privity.audit import reading
from privity.audit.model import AuditEvent
from privity.db.pool import Row
from privity.history import store
from privity.history.cursors import open_cursor, seal_cursor
from privity.history.log_words import sentence, words_of
from privity.history.model import Place
from privity.house import House
from privity.people.model import Member
from privity.policy.verdict import ListPermit
from privity.web import wire
from privity.web.limits import PAGE_ITEMS

READERS: dict[str, Literal["you", "team", "program", "operator"]] = {
    "contact": "you",
    "teammate": "team",
    "key": "program",
    "operator": "operator",
}


async def read_log(house: House, member: Member, cursor: str | None, limit: int) -> wire.AuditLog:
    """A page of the log. That it was read is recorded before the answer."""
    bound_to = b"audit log" + member.workspace.bytes + member.id.bytes
    behind = open_cursor(house.keyring, cursor, bound_to) if cursor is not None else None
    await house.ledger.team_read(
        AuditEvent(member.workspace, "read", "teammate", member.id, member.session, reason="audit_log")
    )
    place = (behind.at, behind.id) if behind is not None else None
    rows = await reading.page(house.pools.auditor, member.workspace, place, limit + 1)
    items = [_as_event(row) for row in rows[:limit]]
    last = Place(items[-1].at, items[-1].id) if len(rows) > limit else None
    return wire.AuditLog(
        items=items,
        next_cursor=seal_cursor(house.keyring, house.chance, last, bound_to) if last is not None else None,
    )


async def readings_of(house: House, permit: ListPermit) -> wire.Readings:
    """Of the conversations that `decide` would open one by one, the newest hundred; not what this session reads.

    By what kind of reader, and not by whom: of the team a contact knows those who wrote to it.
    """
    lines = await store.list_page(house, permit, None, PAGE_ITEMS)
    conversations = [row["id"] for row in lines[:PAGE_ITEMS]]
    rows = await reading.readings(house.pools.auditor, permit.workspace, conversations, but=permit.session)
    return wire.Readings(
        items=[
            wire.Reading(
                conversation_id=row["conversation_id"],
                reader=READERS[row["actor"]],
                times=row["times"],
                last_at=row["last_at"],
            )
            for row in rows
        ]
    )


def _as_event(row: Row) -> wire.AuditEntry:
    event = dict(row)
    return wire.AuditEntry(
        **event, about=words_of(event["kind"], event["reason"]).about, sentence=sentence(event)
    )
