"""The ticket: what a browser holds of its leads' chats once they are over. It is no session, and reads nothing.

The first identity that is proved beside it is asked whether they are theirs, as after any sign-in; after that nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from privity.audit.model import AuditEvent
from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.house import House
from privity.proofs.model import Caller, Credential, Rules
from privity.proofs.store import SQL as OFFERS

SQL = beside(__file__, "tickets.sql")

Became = Literal["used", "another"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticket as it was shown beside a proof: all that it stands for, and what became of it just now."""

    sessions: frozenset[UUID] = frozenset()
    became: Became | None = None


async def issue(house: House, caller: Caller, brought: Credential | None) -> Credential | None:
    """A lead wrote: its browser gets a new ticket, which also stands for what the one before it stood for.

    Always a new one. A ticket that stayed the same would tell who copied it whether it is still good.
    """
    viewer, now, lasts = caller.viewer, house.clock(), caller.rules.ticket_lasts
    if viewer.identity is not None or not lasts:
        return None
    ticket = Credential.new(viewer.workspace, house.chance.id(), house.chance)
    async with house.pools.gate.within(viewer.workspace) as db:
        before = await _at_hand(db, viewer.workspace, brought, viewer.session)
        if any(row["own"] and not _is_unused(row) for row in before):
            return None
        unused = [row["id"] for row in before if _is_unused(row)]
        await db.execute(SQL["add"], viewer.workspace, ticket.id, ticket.hash(), now)
        await db.execute(SQL["take_over"], viewer.workspace, unused, ticket.id)
        await db.execute(SQL["end"], viewer.workspace, unused, now, "renewed")
        await db.execute(SQL["stand_for"], viewer.workspace, viewer.session, ticket.id, now, now + lasts)
    await house.ledger.record(_noted(viewer.workspace, viewer.session, None, "issued"))
    return ticket


async def show(
    db: Connection,
    workspace: UUID,
    rules: Rules,
    brought: Credential | None,
    identity: UUID,
    now: datetime,
    until: datetime,
) -> Shown:
    """An identity is proved beside it. The first is asked until then, and it is used up, whatever the workspace allows.
    Another one's proof is its end."""
    row = next(iter(await _at_hand(db, workspace, brought, None)), None)
    if row is None or row["ended_at"] is not None:
        return Shown()
    found = await db.fetch(SQL["sessions"], workspace, [row["id"]])
    sessions = frozenset[UUID](one["session_id"] for one in found)
    if row["identity_id"] == identity:
        return Shown(sessions)
    if row["identity_id"] is not None:
        await db.execute(SQL["end"], workspace, [row["id"]], now, "another")
        return Shown(sessions, "another")
    await db.execute(SQL["use"], workspace, row["id"], identity, now)
    for kept in await db.fetch(SQL["kept"], workspace, row["id"], now, now - rules.ticket_lasts):
        await db.execute(OFFERS["add_offer"], workspace, kept["session_id"], identity, until)
    return Shown(sessions, "used")


async def void(house: House, workspace: UUID, brought: Credential | None) -> None:
    """A sign-out or "end chat": this browser's ticket is worth nothing, and what it put on offer is not any more."""
    if brought is None:
        return
    async with house.pools.gate.within(workspace) as db:
        rows = await _at_hand(db, workspace, brought, None)
        ended = await _end(db, workspace, rows, house.clock(), "ended")
    if ended:
        await house.ledger.record(AuditEvent(workspace, "ticket", "contact", reason="ended"))


async def renounce(house: House, caller: Caller, brought: Credential | None) -> None:
    """Others use this computer: the same, and this session gets no other ticket, whatever is written in it."""
    viewer, now = caller.viewer, house.clock()
    async with house.pools.gate.within(viewer.workspace) as db:
        rows = await _at_hand(db, viewer.workspace, brought, viewer.session)
        await _end(db, viewer.workspace, rows, now, "shared")
        if viewer.identity is None:
            none = Credential.new(viewer.workspace, house.chance.id(), house.chance)
            await db.execute(SQL["add"], viewer.workspace, none.id, none.hash(), now)
            await db.execute(SQL["stand_for"], viewer.workspace, viewer.session, none.id, now, now)
            await db.execute(SQL["end"], viewer.workspace, [none.id], now, "shared")
    await house.ledger.record(_noted(viewer.workspace, viewer.session, viewer.identity, "shared"))


async def end_of_session(db: Connection, workspace: UUID, session: UUID, now: datetime) -> None:
    """Somebody ended a session: the ticket that stands for it goes with it."""
    await _end(db, workspace, await _at_hand(db, workspace, None, session), now, "ended")


async def _end(
    db: Connection, workspace: UUID, rows: list[Row], now: datetime, reason: Literal["ended", "shared"]
) -> bool:
    if not rows:
        return False
    tickets = [row["id"] for row in rows]
    sessions = [one["session_id"] for one in await db.fetch(SQL["sessions"], workspace, tickets)]
    await db.execute(OFFERS["settle_offer"], workspace, sessions, now, "void")
    return bool(await db.fetch(SQL["end"], workspace, tickets, now, reason))


async def _at_hand(
    db: Connection, workspace: UUID, brought: Credential | None, session: UUID | None
) -> list[Row]:
    """The one that the browser brought, if it is one of this workspace with the right secret, and this session's."""
    here = brought if brought is not None and brought.workspace == workspace else None
    rows = await db.fetch(SQL["at_hand"], workspace, here.id if here is not None else None, session)
    return [row for row in rows if row["own"] or (here is not None and here.fits(row["secret_hash"]))]


def _is_unused(ticket: Row) -> bool:
    return ticket["ended_at"] is None and ticket["identity_id"] is None


def _noted(workspace: UUID, session: UUID, identity: UUID | None, reason: str) -> AuditEvent:
    return AuditEvent(workspace, "ticket", "contact", identity, session, reason=reason)
