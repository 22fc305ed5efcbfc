"""Blocks: whom the team does not want to hear, by session or by identity, never by address.

The blocked notice nothing: whatever they ask is answered as anybody's is, stored, and shown to them on each of their
devices. The team's lists leave it out, and show it apart.
"""

from typing import Literal
from uuid import UUID

from privity.audit.model import AuditEvent
from privity.db.bus import Event
from privity.db.queries import beside
from privity.house import House
from privity.people.model import Member
from privity.proofs.ending import sessions_changed
from privity.web.problems import Problem, not_found

SQL = beside(__file__, "blocking.sql")


async def block_identity(house: House, member: Member, identity: UUID) -> None:
    await _act(
        house, member, "block", "block_identity", identity, await _card_of_identity(house, member, identity)
    )


async def unblock_identity(house: House, member: Member, identity: UUID) -> None:
    await _act(
        house, member, "unblock", "unblock", identity, await _card_of_identity(house, member, identity)
    )


async def block_session(house: House, member: Member, session: UUID) -> None:
    """For who proved nothing. Who did would be back with the next session."""
    await _act(
        house, member, "block", "block_session", session, await _card_of_session(house, member, session)
    )


async def unblock_session(house: House, member: Member, session: UUID) -> None:
    await _act(house, member, "unblock", "unblock", session, await _card_of_session(house, member, session))


async def _card_of_identity(house: House, member: Member, identity: UUID) -> UUID:
    async with house.pools.gate.within(member.workspace) as db:
        contact: UUID | None = await db.fetchval(SQL["identity"], member.workspace, identity)
    if contact is None:
        raise not_found()
    return contact


async def _card_of_session(house: House, member: Member, session: UUID) -> UUID:
    async with house.pools.gate.within(member.workspace) as db:
        row = await db.fetchrow(SQL["session"], member.workspace, session)
    if row is None:
        raise not_found()
    if row["identity_id"] is not None:
        raise Problem(409, "proved", "This session has proved who it is: block its identity.")
    contact: UUID = row["contact_id"]
    return contact


async def _act(
    house: House,
    member: Member,
    act: Literal["block", "unblock"],
    statement: Literal["block_identity", "block_session", "unblock"],
    whom: UUID,
    contact: UUID,
) -> None:
    """What is so already changes nothing and leaves no record."""
    workspace, now = member.workspace, house.clock()
    named = (whom,) if act == "unblock" else (house.chance.id(), whom)
    async with house.pools.gate.within(workspace) as db:
        if await db.fetchval(SQL[statement], workspace, *named, now) is None:
            return
        concerned = await db.fetch(SQL["concerned"], workspace, whom)
    await house.ledger.record(AuditEvent(workspace, act, member.kind, member.id, subject=whom))
    # To the team alone: nobody else may notice.
    house.bus.announce(
        sessions_changed(workspace, contact), *(Event("blocked", workspace, row["id"]) for row in concerned)
    )
