"""The end of a session: it holds on every node from the moment that the call returns."""

from uuid import UUID

from privity.audit.model import Actor, AuditEvent
from privity.db.bus import Event
from privity.house import House
from privity.people.model import Member
from privity.proofs.hashes import names
from privity.proofs.model import Caller
from privity.proofs.store import SQL
from privity.proofs.tokens import provider_of
from privity.web.problems import not_found


async def end(house: House, caller: Caller) -> None:
    """Sign-out and "end chat": the session is over, its tokens are spent, and an offer that it saw is void."""
    viewer, now = caller.viewer, house.clock()
    reason = "signed_out" if caller.kind == "page" else "ended"
    async with house.pools.gate.within(viewer.workspace) as db:
        await db.fetchrow(SQL["end_session"], viewer.workspace, viewer.session, now, reason)
        await db.execute(SQL["spend"], viewer.workspace, viewer.session)
    # Only now: a session that opens on the same token in this moment finds it spent, or is found here.
    async with house.pools.gate.within(viewer.workspace) as db:
        others = await db.fetch(SQL["end_others_on_spent"], viewer.workspace, viewer.session, now)
        if viewer.offered is not None:
            await db.execute(SQL["settle_offer"], viewer.workspace, viewer.offered, now, "void")
    ended = [(viewer.session, caller.contact), *((row["id"], row["contact_id"]) for row in others)]
    await _tell(house, viewer.workspace, ended, "contact", reason)


async def end_everywhere(
    house: House, workspace: UUID, identity: UUID, actor: Actor, actor_id: UUID | None
) -> int:
    """Every session of an identity is over, and every proof of it that was made before now is refused from now on.

    Answers how many sessions ended.
    """
    now = house.clock()
    async with house.pools.gate.within(workspace) as db:
        await db.execute(SQL["not_before"], workspace, identity, now)
    async with house.pools.gate.within(workspace) as db:
        rows = await db.fetch(SQL["end_identity"], workspace, identity, now)
        await db.execute(SQL["void_offers"], workspace, identity, now)
    ended = [(row["id"], row["contact_id"]) for row in rows]
    await house.ledger.record(
        AuditEvent(
            workspace, "session_end", actor, actor_id, subject=identity, reason="signed_out_everywhere"
        )
    )
    await _tell(house, workspace, ended, actor, "signed_out_everywhere")
    return len(ended)


async def end_user_everywhere(house: House, member: Member, subject: str) -> None:
    """For the site's server and for teammates, who know the user by the site's own id, or by what an old hash says."""
    async with house.pools.gate.within(member.workspace) as db:
        rows = await db.fetch(
            SQL["identities_called"],
            member.workspace,
            provider_of(subject),
            subject,
            [subject, *names("user_id", subject)],
        )
    if not rows:
        raise not_found()
    for row in rows:
        await end_everywhere(house, member.workspace, row["id"], member.kind, member.id)


def announce_end(house: House, workspace: UUID, session: UUID, contact: UUID) -> None:
    """Sockets of the session close, and the team is told that who will see an answer may have changed."""
    house.bus.announce(
        Event("end", workspace, session=session, contact=contact, reason="session_over"),
        sessions_changed(workspace, contact),
    )


def sessions_changed(workspace: UUID, contact: UUID) -> Event:
    return Event("sessions", workspace, contact=contact)


async def _tell(
    house: House, workspace: UUID, ended: list[tuple[UUID, UUID]], actor: Actor, reason: str
) -> None:
    await house.ledger.record(
        *(AuditEvent(workspace, "session_end", actor, session=session, reason=reason) for session, _ in ended)
    )
    for session, contact in ended:
        announce_end(house, workspace, session, contact)
