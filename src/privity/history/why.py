"""Why a contact sees a conversation or does not: the facts, read under the team's role, for the judge.

No word of any message is read here.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.history.explanation import explain
from privity.history.team_store import has_ticket, history_from
from privity.history.why_facts import Facts, Failure, Proof
from privity.history.why_links import Link
from privity.house import House
from privity.people import contacts
from privity.people.contacts import Card, Seat
from privity.policy.facts import Conversation, Viewer
from privity.policy.verdict import gate
from privity.web import wire
from privity.web.problems import not_found

SQL = beside(__file__, "why.sql")


async def why(house: House, workspace: UUID, contact: UUID, conversation: UUID | None = None) -> wire.Why:
    """For each of a contact's own conversations, or for one that is named: the row that decides, and the remedy."""
    now = house.clock()
    async with house.pools.team.within(workspace) as db:
        facts = await _facts(db, workspace, contact, conversation, house.post.delivers, now)
    return explain(facts, now)


async def _facts(
    db: Connection,
    workspace: UUID,
    contact: UUID,
    conversation: UUID | None,
    delivers: bool,
    now: datetime,
) -> Facts:
    card = await contacts.card(db, workspace, contact)
    if card is None:
        raise not_found()
    seat = _standing_seat(await contacts.seats_of(db, workspace, contact, now), workspace, now)
    rules = await db.fetchrow(SQL["rules"], workspace)
    if rules is None:
        raise not_found()
    links = await _links(db, workspace, contact)
    linked = [link.to for link in links if link.own]
    return Facts(
        workspace=workspace,
        contact=card.ref,
        seat=seat,
        proof=await _proof(db, workspace, seat),
        failure=await _failure(db, workspace, contact),
        conversations=await _questions(db, workspace, contact, linked, seat, conversation),
        history_from=await history_from(db, workspace, now),
        others=await _others(db, workspace, card, linked),
        identities=await _identities(db, workspace, contact),
        links=links,
        address=card.proved_key or card.claimed_key,
        codes=rules["codes"] and delivers,
        adopts=rules["adopt"] != "never",
        has_ticket=await has_ticket(db, workspace, seat.session.id if seat else None, now),
    )


def _standing_seat(seats: Sequence[Seat], workspace: UUID, now: datetime) -> Seat | None:
    living = [seat for seat in seats if isinstance(gate(seat.session, workspace, now), Viewer)]
    return max(living or seats, key=lambda seat: seat.started_at, default=None)


async def _proof(db: Connection, workspace: UUID, seat: Seat | None) -> Proof | None:
    row = await db.fetchrow(SQL["proof"], workspace, seat.session.id) if seat else None
    return Proof(row["kind"], row["proved_with"], row["accepted_at"]) if row else None


async def _failure(db: Connection, workspace: UUID, contact: UUID) -> Failure | None:
    row = await db.fetchrow(SQL["failure"], workspace, contact)
    return Failure(row["session_id"], row["reason"], row["at"]) if row else None


async def _identities(db: Connection, workspace: UUID, contact: UUID) -> dict[str, UUID]:
    rows = await db.fetch(SQL["identities"], workspace, contact)
    return {row["provider"]: row["id"] for row in rows}


async def _links(db: Connection, workspace: UUID, contact: UUID) -> list[Link]:
    rows = await db.fetch(SQL["links"], workspace, contact)
    return [
        Link(
            row["own"],
            row["identity_id"],
            row["linked_id"],
            row["provider"],
            row["subject"],
            row["how"],
            row["at"],
        )
        for row in rows
    ]


async def _questions(
    db: Connection,
    workspace: UUID,
    contact: UUID,
    linked: Sequence[UUID],
    seat: Seat | None,
    conversation: UUID | None,
) -> list[tuple[UUID, Conversation | None]]:
    if conversation is not None:
        row = await db.fetchrow(SQL["one"], workspace, conversation)
        return [(conversation, _place(workspace, row) if row else None)]
    offered = seat.session.offered if seat else frozenset[UUID]()
    rows = await db.fetch(SQL["own"], workspace, contact, offered, linked)
    return [(row["id"], _place(workspace, row)) for row in rows]


def _place(workspace: UUID, row: Row) -> Conversation:
    return Conversation(workspace, row["id"], row["origin_session"], row["owner"], row["erased"])


async def _others(db: Connection, workspace: UUID, card: Card, linked: Sequence[UUID]) -> int:
    key = card.claimed_key or card.proved_key
    return await db.fetchval(SQL["others"], workspace, card.ref.id, key, linked) if key else 0
