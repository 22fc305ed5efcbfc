"""What somebody says of themselves: noted, shown to the team as a claim, and matched with nothing."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from privity.db.pool import Connection
from privity.house import House
from privity.policy.facts import Assurance
from privity.proofs import store
from privity.proofs.ending import sessions_changed
from privity.proofs.model import Caller
from privity.proofs.store import SQL
from privity.web import limits, wire
from privity.web.input import clean_email, clean_text


async def say(house: House, caller: Caller, claims: wire.Claims) -> Caller:
    """A claim is noted. Nothing is looked up with it, and nothing else changes."""
    viewer = caller.viewer
    house.limiter.take(limits.CLAIM_CHANGES, "claims", str(viewer.session))
    async with house.pools.gate.within(viewer.workspace) as db:
        noted = await note_claims(db, viewer.workspace, caller.contact, viewer.session, claims, house.clock())
    if viewer.identity is not None:
        note_unsigned(house, viewer.workspace, claims)
    house.bus.announce(sessions_changed(viewer.workspace, caller.contact))
    return _as_lead(caller) if noted and viewer.identity is None else caller


def note_unsigned(house: House, workspace: UUID, claims: wire.Claims) -> None:
    """Who is proved is told a name or an address by nobody's signature: counted, for the health of the proofs."""
    for name, said in (("email", claims.email), ("name", claims.name)):
        if said is not UNSET:
            house.tally.seen(workspace, "unsigned", name)


async def note_claims(
    db: Connection, workspace: UUID, contact: UUID, session: UUID, claims: wire.Claims, now: datetime
) -> bool:
    """Whether anything was said. Who says who they are is a lead."""
    said: list[tuple[str, str, str]] = []
    if claims.email is not UNSET:
        said.append(("email", claims.email.strip(), clean_email(claims.email)))
    if claims.name is not UNSET:
        name = clean_text(claims.name, "name")
        said.append(("name", name, name.lower()))
    for kind, value, key in said:
        await store.add_claim(db, workspace, contact, session, kind, value, key, now)
    if said:
        await db.execute(SQL["become_lead"], workspace, contact)
        await db.execute(SQL["claimed"], workspace, session)
    return bool(said)


def _as_lead(caller: Caller) -> Caller:
    viewer = replace(caller.viewer, assurance=max(Assurance.CLAIMED, caller.viewer.assurance))
    return replace(caller, viewer=viewer, contact_kind="lead")
