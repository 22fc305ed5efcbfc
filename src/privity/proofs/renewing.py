"""The same identity is proved again, and its session goes on."""

from dataclasses import replace
from datetime import datetime

from privity.audit.model import AuditEvent
from privity.house import House
from privity.proofs import links, store
from privity.proofs.door import SENTENCES
from privity.proofs.ending import end, sessions_changed
from privity.proofs.model import LONGEST_SESSION, Caller, Proved
from privity.proofs.store import SQL
from privity.proofs.verifying import is_spent
from privity.web.problems import Problem


async def renewed(house: House, caller: Caller, proved: Proved) -> Caller:
    viewer, now = caller.viewer, house.clock()
    async with house.pools.gate.within(viewer.workspace) as db:
        identity, _ = await store.identity_of(db, viewer.workspace, proved.provider, proved.subject, now)
        if identity != viewer.identity:
            raise Problem(
                409, "identity_changed", "Somebody else is signed in on the page. End this session first."
            )
        expires_at = await db.fetchval(
            SQL["renew_session"],
            viewer.workspace,
            viewer.session,
            proved.digest,
            proved.expires_at,
            now,
            LONGEST_SESSION,
        )
        if expires_at is None:
            raise _over(caller, now)
        newest = await store.add_proof(db, viewer.workspace, viewer.session, identity, proved, now)
        fallen = await links.fallen(db, viewer.workspace, identity, proved, now) if newest else []
    await house.ledger.record(
        AuditEvent(
            viewer.workspace,
            "proof",
            "contact",
            identity,
            viewer.session,
            subject=proved.key,
            reason="renewed",
        )
    )
    await links.note_fallen(house, viewer.workspace, fallen)
    house.bus.announce(sessions_changed(viewer.workspace, caller.contact))
    renewed_caller = replace(caller, name=proved.name, expires_at=expires_at)
    await end_if_spent(house, renewed_caller, proved)
    return renewed_caller


def _over(caller: Caller, now: datetime) -> Problem:
    """It lived when the gate let it in, and does no more: as the gate says it now."""
    reason = "proof_over" if caller.kind == "page" and caller.expires_at <= now else "session_over"
    return Problem(401, reason, SENTENCES[reason])


async def end_if_spent(house: House, caller: Caller, proved: Proved) -> None:
    """A sign-out between the look at a proof and its use wins."""
    if await is_spent(house, caller.viewer.workspace, proved):
        await end(house, caller)
        raise Problem(401, "session_over", SENTENCES["session_over"])
