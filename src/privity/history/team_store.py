"""Rows of conversations and messages, under the team's role, for who holds a permit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.history.model import Place, Span
from privity.people.contacts import contact_ref
from privity.people.model import Member
from privity.policy.facts import Assurance, asked_for_history
from privity.policy.verdict import TeamListPermit, TeamPermit
from privity.web import wire
from privity.web.problems import Problem

SQL = beside(__file__, "team.sql")

_END = 2_147_483_647
# A search looks at every word of the workspace: it may take a while, but not everybody's while.
_PATIENCE = "SET LOCAL statement_timeout = '5s'"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conversations a list shows. `words` are looked for in messages, claims and proved names."""

    state: wire.TeamState | None = None
    assignee: UUID | None = None
    unassigned: bool = False
    contact: UUID | None = None
    words: str | None = None


async def lines(
    db: Connection, permit: TeamListPermit, member: Member, wanted: Wanted, behind: Place | None, limit: int
) -> list[Row]:
    """One more than `limit` where there are more."""
    if wanted.words is not None:
        await db.execute(_PATIENCE)
    try:
        return await db.fetch(
            SQL["list"],
            permit.workspace,
            _eyes(member),
            wanted.state,
            wanted.assignee,
            wanted.unassigned,
            wanted.contact,
            _pattern(wanted.words),
            behind.at if behind else None,
            behind.id if behind else None,
            limit + 1,
        )
    except asyncpg.QueryCanceledError:
        raise Problem(
            503, "search_too_wide", "That search took too long. Look for a longer or rarer word."
        ) from None


async def lines_of_contact(
    db: Connection, permit: TeamListPermit, member: Member, contact: UUID, limit: int
) -> list[Row]:
    return await db.fetch(SQL["of_contact"], permit.workspace, _eyes(member), contact, limit)


async def line(db: Connection, permit: TeamPermit, member: Member) -> Row | None:
    return await db.fetchrow(SQL["one"], permit.workspace, _eyes(member), permit.conversation)


async def page(db: Connection, permit: TeamPermit, span: Span) -> wire.TeamMessagePage:
    """Oldest first, with the number to go on from in the direction that was asked."""
    forwards = span.after is not None
    rows = await _forwards(db, permit, span) if forwards else await _backwards(db, permit, span)
    items = [as_message(row) for row in rows[: span.limit]]
    cursor = items[-1].team_seq if len(rows) > span.limit else None
    return wire.TeamMessagePage(items=items if forwards else items[::-1], next_cursor=cursor)


async def message(db: Connection, permit: TeamPermit, team_seq: int) -> wire.TeamMessage | None:
    row = await db.fetchrow(SQL["message"], permit.workspace, permit.conversation, team_seq)
    return as_message(row) if row is not None else None


async def has_ticket(db: Connection, workspace: UUID, session: UUID | None, at: datetime) -> bool:
    stands: bool = await db.fetchval(SQL["has_ticket"], workspace, session, at)
    return stands


async def history_from(db: Connection, workspace: UUID, at: datetime) -> Assurance:
    """How much proof the workspace asks before it opens the past."""
    row = await db.fetchrow(SQL["history_from"], workspace)
    if row is None:
        raise LookupError(f"there is no workspace {workspace}")
    return asked_for_history(Assurance.of(row["history_from"]), row["legacy_until"], at)


def as_line(row: Row) -> wire.TeamConversation:
    return wire.TeamConversation(
        id=row["id"],
        contact=contact_ref(row, row["contact_id"], row["contact_kind"]),
        assurance=row["assurance"],
        owner=_owner(row),
        state="open" if row["closed_at"] is None else "closed",
        blocked=row["blocked"],
        unread=row["unread"],
        assignee=_assignee(row),
        started_at=row["started_at"],
        page=row["page"],
        last_message=wire.Preview(
            author=wire.Author(kind=row["last_author_kind"], name=row["last_author_name"]),
            body=row["last_excerpt"],
            sent_at=row["last_at"],
        ),
    )


def as_message(row: Row) -> wire.TeamMessage:
    return wire.TeamMessage(
        id=row["id"],
        seq=row["seq"],
        team_seq=row["team_seq"],
        kind=row["kind"],
        author=wire.TeamAuthor(
            kind=row["author_kind"],
            id=row["author_teammate"] if row["author_kind"] == "teammate" else None,
            name=row["author_name"],
        ),
        assurance=row["assurance"],
        body=row["body"],
        sent_at=row["sent_at"],
    )


def _owner(row: Row) -> wire.IdentityRef | None:
    if row["owner"] is None:
        return None
    return wire.IdentityRef(
        id=row["owner"],
        provider=row["owner_provider"],
        subject=row["owner_subject"],
        name=row["owner_name"],
        email=row["owner_email"],
        email_verified=row["owner_email_verified"],
    )


def _assignee(row: Row) -> wire.Teammate | None:
    if row["assignee"] is None:
        return None
    return wire.Teammate(id=row["assignee"], name=row["assignee_name"], email=row["assignee_email"])


async def _forwards(db: Connection, permit: TeamPermit, span: Span) -> list[Row]:
    end = span.before if span.before is not None else _END
    return await db.fetch(
        SQL["after"], permit.workspace, permit.conversation, span.after, end, span.limit + 1
    )


async def _backwards(db: Connection, permit: TeamPermit, span: Span) -> list[Row]:
    end = span.before if span.before is not None else _END
    return await db.fetch(SQL["before"], permit.workspace, permit.conversation, end, span.limit + 1)


def _eyes(member: Member) -> UUID | None:
    """Whose reading counts: a teammate's own; for a key, anybody's of the team."""
    return member.id if member.kind == "teammate" else None


def _pattern(words: str | None) -> str | None:
    """Words to look for anywhere in a text, as they are: nothing in them stands for anything else."""
    if words is None:
        return None
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
