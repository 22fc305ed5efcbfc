"""The end of a session: it holds on every node from the moment that the call returns."""

from uuid import UUID

from privity.audit.model import Actor, AuditEvent
from privity.db.bus import Event
from privity.house import House
from privity.proofs import tickets
from privity.proofs.model import Caller
from privity.proofs.store import SQL


async def end(house: House, caller: Caller) -> None:
    """Sign-out and "end chat": the session is over, its tokens are spent, and an offer that it saw is void."""
    reason = "signed_out" if caller.kind == "page" else "ended"
    await end_one(house, caller.viewer.workspace, caller.viewer.session, reason, "contact", None)


async def end_one(
    house: House, workspace: UUID, session: UUID, reason: str, actor: Actor, actor_id: UUID | None
) -> None:
    """The same of any session; one that is over already stays as it is."""
    now = house.clock()
    async with house.pools.gate.within(workspace) as db:
        contact = await db.fetchval(SQL["end_session"], workspace, session, now, reason)
        await db.execute(SQL["spend"], workspace, session)
        await tickets.end_of_session(db, workspace, session, now)
    # Only now: a session that opens on the same token in this moment finds it spent, or is found here.
    async with house.pools.gate.within(workspace) as db:
        others = await db.fetch(SQL["end_others_on_spent"], workspace, session, now)
        await db.execute(SQL["void_offer_seen"], workspace, session, now)
    ended = [(session, contact)] if contact is not None else []
    ended += [(row["id"], row["contact_id"]) for row in others]
    await _tell(house, workspace, ended, actor, actor_id, reason)


async def end_everywhere(
    house: House, workspace: UUID, identity: UUID, actor: Actor, actor_id: UUID | None
) -> int:
    """Every session of an identity, and of those that are the same person, is over; every proof of them that was made
    before now is refused from now on.

    Answers how many sessions ended.
    """
    async with house.pools.gate.within(workspace) as db:
        linked = [row["linked_id"] for row in await db.fetch(SQL["linked"], workspace, identity)]
    ended = 0
    for one in (identity, *linked):
        await spend_until_now(house, workspace, one)
        await house.ledger.record(
            AuditEvent(workspace, "session_end", actor, actor_id, subject=one, reason="signed_out_everywhere")
        )
        ended += await end_sessions(house, workspace, one, actor, actor_id, "signed_out")
    return ended


async def spend_until_now(house: House, workspace: UUID, identity: UUID) -> None:
    """Every proof of this identity that was made until now is refused. Before its sessions end, so that one which opens
    in this moment either finds its proof spent or is found."""
    async with house.pools.gate.within(workspace) as db:
        await db.execute(SQL["not_before"], workspace, identity, house.clock())


async def end_sessions(
    house: House, workspace: UUID, identity: UUID, actor: Actor, actor_id: UUID | None, reason: str
) -> int:
    """Every session of an identity is over, and what was on offer to it is void."""
    now = house.clock()
    async with house.pools.gate.within(workspace) as db:
        rows = await db.fetch(SQL["end_identity"], workspace, identity, now, reason)
        await db.execute(SQL["void_offers"], workspace, identity, now)
    ended = [(row["id"], row["contact_id"]) for row in rows]
    await _tell(house, workspace, ended, actor, actor_id, reason)
    return len(ended)


def announce_end(house: House, workspace: UUID, session: UUID, contact: UUID) -> None:
    """Sockets of the session close, and the team is told that who will see an answer may have changed."""
    house.bus.announce(
        Event("end", workspace, session=session, contact=contact, reason="session_over"),
        sessions_changed(workspace, contact),
    )


def sessions_changed(workspace: UUID, contact: UUID) -> Event:
    return Event("sessions", workspace, contact=contact)


async def _tell(
    house: House,
    workspace: UUID,
    ended: list[tuple[UUID, UUID]],
    actor: Actor,
    actor_id: UUID | None,
    reason: str,
) -> None:
    await house.ledger.record(
        *(
            AuditEvent(workspace, "session_end", actor, actor_id, session=session, reason=reason)
            for session, _ in ended
        )
    )
    for session, contact in ended:
        announce_end(house, workspace, session, contact)
