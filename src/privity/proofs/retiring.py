"""Retirement: the site gives an id to somebody else, or to nobody. Nobody proves whom it named until then again."""

from uuid import UUID

from privity.audit.model import AuditEvent
from privity.house import House
from privity.people.model import Member
from privity.proofs import links
from privity.proofs.ending import end_sessions, spend_until_now
from privity.proofs.store import SQL


async def retire(house: House, member: Member, identity: UUID) -> None:
    """Its sessions are over at once, its links fall, what was on offer to it is void. It keeps its conversations; its
    subject's next proof, made from now on, is of another identity."""
    workspace, now = member.workspace, house.clock()
    await spend_until_now(house, workspace, identity)
    async with house.pools.gate.within(workspace) as db:
        await db.execute(SQL["retire"], workspace, identity, now)
        fell = await links.end_all(db, workspace, identity, "retired", now)
    await house.ledger.record(AuditEvent(workspace, "retire", member.kind, member.id, subject=identity))
    await end_sessions(house, workspace, identity, member.kind, member.id, "retired")
    await links.note_fallen(house, workspace, fell)
