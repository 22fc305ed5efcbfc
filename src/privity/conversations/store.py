"""Rows of conversations in and out, under the contact's role."""

from uuid import UUID

from privity.conversations.model import Draft, Sent, Standing, Started
from privity.db.lanes import LaneFullError, LaneLostError
from privity.db.pool import Row
from privity.db.queries import beside
from privity.house import House
from privity.policy import facts
from privity.policy.verdict import Permit
from privity.proofs.model import Caller
from privity.proofs.store import SQL as SESSIONS
from privity.web.problems import Problem

SQL = beside(__file__)

SEND = SQL["send"]
"""What the lanes run."""


async def standing(house: House, viewer: facts.Viewer, conversation: UUID) -> Standing:
    row = await house.pools.contact.row(
        SQL["standing"], viewer.workspace, viewer.session, viewer.identity, conversation, house.clock()
    )
    if row is None:
        raise LookupError("contact_case always answers with one row")
    if row["id"] is None:
        return Standing(row["lives"], None)
    found = facts.Conversation(viewer.workspace, row["id"], row["origin_session"], row["owner"])
    return Standing(row["lives"], found, row["closed_at"] is not None)


async def send(house: House, caller: Caller, permit: Permit, draft: Draft) -> Sent:
    """Through a lane: with others' in one call, each with its own answer."""
    try:
        row = await house.lanes.put(
            permit.conversation,
            permit.workspace,
            permit.session,
            permit.identity,
            permit.conversation,
            house.chance.id(),
            caller.viewer.assurance.word,
            caller.name,
            draft.body,
            draft.client_id,
        )
    except LaneFullError:
        raise _not_ready("busy", "The chat is busy.") from None
    except LaneLostError:
        raise _not_ready("not_ready", "The chat can't store messages just now.") from None
    return _sent(row)


async def start(house: House, caller: Caller, draft: Draft, page: str | None) -> Started:
    viewer = caller.viewer
    row = await house.pools.contact.row(
        SQL["start"],
        house.clock(),
        viewer.workspace,
        viewer.session,
        viewer.identity,
        caller.contact,
        house.chance.id(),
        house.chance.id(),
        viewer.assurance.word,
        caller.name,
        draft.body,
        draft.client_id,
        page,
    )
    if row is None:
        raise LookupError("contact_start always answers with one row")
    return Started(row["status"], row["id"], row["message_id"], row["body"], row["started_at"])


async def mark_read(house: House, permit: Permit, seq: int) -> int | None:
    """How far the contact has read; None where its session ended meanwhile."""
    row = await house.pools.contact.row(SQL["mark_read"], permit.at, *_names(permit), seq)
    return row["seq"] if row is not None else None


async def rate(house: House, permit: Permit, score: int) -> bool:
    row = await house.pools.contact.row(SQL["rate"], permit.at, *_names(permit), score)
    return row is not None and row["rated"]


async def become_lead(house: House, caller: Caller) -> None:
    async with house.pools.gate.within(caller.viewer.workspace) as db:
        await db.execute(SESSIONS["become_lead"], caller.viewer.workspace, caller.contact)


def _names(permit: Permit) -> tuple[UUID, UUID, UUID | None, UUID]:
    return permit.workspace, permit.session, permit.identity, permit.conversation


def _sent(row: Row) -> Sent:
    return Sent(
        outcome=row["status"],
        id=row["id"],
        seq=row["seq"],
        team_seq=row["team_seq"],
        body=row["body"],
        at=row["sent_at"],
        reopened=row["reopened"],
    )


def _not_ready(code: str, what: str) -> Problem:
    return Problem(503, code, f"{what} Send it again in a moment.", headers={"Retry-After": "1"})
