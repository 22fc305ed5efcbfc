"""What a contact's sessions were, and what was proved and refused in them, read under the team's role.

No word of any message is read here.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.history.cursors import open_cursor, seal_cursor
from privity.history.explanation import ENDS, how_proved
from privity.history.model import Place
from privity.house import House
from privity.people import contacts
from privity.policy.remedies import remedy, sentence
from privity.policy.verdict import TeamListPermit
from privity.web import wire
from privity.web.problems import not_found

SQL = beside(__file__, "timeline.sql")

OPENED = {
    "browser": "The chat was opened.",
    "page": "The page said who is there, and the chat was opened for them.",
}


async def timeline(
    house: House, permit: TeamListPermit, contact: UUID, cursor: str | None, limit: int
) -> wire.TimeLine:
    """A page of a contact's sessions, the newest first, each with what happened in it."""
    now = house.clock()
    bound_to = b"time line" + permit.workspace.bytes + permit.reader.bytes + contact.bytes
    behind = open_cursor(house.keyring, cursor, bound_to) if cursor is not None else None
    async with house.pools.team.within(permit.workspace) as db:
        if await contacts.card(db, permit.workspace, contact) is None:
            raise not_found()
        place = (behind.at, behind.id) if behind else (None, None)
        rows = await db.fetch(SQL["sessions"], permit.workspace, contact, *place, limit + 1)
        stories = await _stories(db, permit.workspace, rows[:limit], now)
    last = Place(rows[limit - 1]["started_at"], rows[limit - 1]["id"]) if len(rows) > limit else None
    return wire.TimeLine(
        items=stories, next_cursor=seal_cursor(house.keyring, house.chance, last, bound_to) if last else None
    )


async def _stories(
    db: Connection, workspace: UUID, sessions: Sequence[Row], now: datetime
) -> list[wire.SessionStory]:
    ids = [row["id"] for row in sessions]
    proofs = await db.fetch(SQL["proofs"], workspace, ids)
    refusals = await db.fetch(SQL["refusals"], workspace, ids)
    return [_story(row, _of(row, proofs), _of(row, refusals), now) for row in sessions]


def _of(session: Row, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["session_id"] == session["id"]]


def _story(session: Row, proofs: Iterable[Row], refusals: Iterable[Row], now: datetime) -> wire.SessionStory:
    # The end is named first and the opening last: what happened in one instant stays in this order.
    moments = [
        *_end(session, now),
        *(_proved(row) for row in proofs),
        *(_refused(row) for row in refusals),
        _moment("opened", session["started_at"], OPENED[session["kind"]]),
    ]
    return wire.SessionStory(
        session_id=session["id"],
        kind=session["kind"],
        assurance=session["assurance"],
        page=session["page"],
        client=session["client"],
        moments=sorted(moments, key=lambda moment: moment.at, reverse=True),
    )


def _end(session: Row, now: datetime) -> Iterator[wire.Moment]:
    """An end that somebody made, or the silent one that the gate finds."""
    if session["ended_at"] is not None:
        said = ENDS[session["end_reason"]]
        yield _moment("ended", session["ended_at"], f"It is over: {said}.", session["end_reason"])
        return
    over = min(session["expires_at"], session["last_seen_at"] + session["idle"])
    if over <= now:
        proof_over = session["kind"] == "page" and over == session["expires_at"]
        reason = "proof_over" if proof_over else "session_over"
        yield _moment("ended", over, sentence(reason), reason)


def _proved(row: Row) -> wire.Moment:
    again = row["count"] - 1
    renewed = f", and {again} more times" if again > 1 else ", and once more" if again else ""
    return _moment(
        "proved", row["at"], f"Proved by {how_proved(row['kind'], row['proved_with'])}{renewed}.", of=row
    )


def _refused(row: Row) -> wire.Moment:
    return _moment("refused", row["at"], sentence(row["reason"]), row["reason"], of=row)


def _moment(
    kind: wire.MomentKind, at: datetime, said: str, reason: str | None = None, of: Row | None = None
) -> wire.Moment:
    return wire.Moment(
        kind=kind,
        at=at,
        first_at=of["first_at"] if of else at,
        count=of["count"] if of else 1,
        reason=reason,
        sentence=said,
        remedy=remedy(reason) if reason is not None and kind == "refused" else None,
    )
