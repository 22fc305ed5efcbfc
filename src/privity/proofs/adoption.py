"""The offer and its adoption: what a lead wrote before somebody proved who they are, in the same browser."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from privity.audit.model import AuditEvent
from privity.db.bus import Event
from privity.db.pool import Connection
from privity.house import House
from privity.policy.facts import Case, Conversation
from privity.policy.verdict import PreviewPermit, Refusal, decide_preview
from privity.proofs import store
from privity.proofs.model import Caller
from privity.proofs.store import SQL
from privity.web import wire
from privity.web.problems import Problem, not_found


async def offer_to(house: House, caller: Caller) -> wire.Offer:
    """When it began, on which page, how much it is; never a word of it. Empty for a lead."""
    viewer = caller.viewer
    adopt: Literal["ask", "always"] = "always" if caller.rules.adopt == "always" else "ask"
    if not viewer.offered:
        return wire.Offer(items=[], account=None, adopt=adopt)
    async with house.pools.gate.within(viewer.workspace) as db:
        rows = await store.on_offer(db, viewer.workspace, viewer.offered)
    return wire.Offer(
        items=[
            wire.OfferedConversation(
                conversation_id=row["id"],
                started_at=row["started_at"],
                page=row["page"],
                messages=row["messages"],
            )
            for row in rows
        ],
        account=wire.OfferAccount(name=caller.name or "this account"),
        adopt=adopt,
    )


async def previewed(house: House, caller: Caller, conversation: UUID) -> PreviewPermit:
    """The judge's yes to the first line of what is on offer; one answer for everything else."""
    viewer = caller.viewer
    async with house.pools.gate.within(viewer.workspace) as db:
        row = await db.fetchrow(SQL["offered"], viewer.workspace, conversation, viewer.offered)
    found = Conversation(viewer.workspace, row["id"], row["origin_session"], None) if row else None
    verdict = decide_preview(Case(viewer, found, caller.rules.history_from), house.clock())
    if isinstance(verdict, Refusal):
        house.ledger.refused(viewer.workspace, viewer.session, verdict.reason)
        raise not_found()
    return verdict


async def adopt(house: House, caller: Caller, wanted: list[UUID]) -> wire.Adoptions:
    """Take these; what is on offer and not named is left, and closed to every contact for good."""
    viewer, now = caller.viewer, house.clock()
    if not viewer.offered or viewer.identity is None:
        return wire.Adoptions(items=[])
    async with house.pools.gate.within(viewer.workspace) as db:
        rows = await db.fetch(SQL["offer"], viewer.workspace, viewer.offered, now)
        standing = [row["session_id"] for row in rows if row["identity_id"] == viewer.identity]
        taken = await _take(db, house, caller, standing, viewer.identity, frozenset(wanted), now)
        outcome = "taken" if taken else "left"
        await db.execute(SQL["settle_offer"], viewer.workspace, standing, now, outcome)
    await house.ledger.record(*(_noted(caller, "adoption", item.conversation_id) for item in taken))
    _announce(house, caller, [item.conversation_id for item in taken])
    return wire.Adoptions(items=taken)


async def undo(house: House, caller: Caller, adoption: UUID) -> None:
    """Give a conversation back, until something is written in it; it is on offer again."""
    viewer, now = caller.viewer, house.clock()
    async with house.pools.gate.within(viewer.workspace) as db:
        row = await db.fetchrow(SQL["adoption"], viewer.workspace, adoption, viewer.identity)
        if row is None:
            raise not_found()
        if row["written"]:
            raise Problem(409, "written_since", "Something was written since, so it stays in this account.")
        await db.execute(SQL["undo_adoption"], viewer.workspace, adoption, now)
        await db.execute(SQL["give_back"], viewer.workspace, row["conversation_id"], row["contact_id"])
        await db.execute(SQL["offer_again"], viewer.workspace, row["session_id"], viewer.identity, now)
    await house.ledger.record(_noted(caller, "adoption_undone", row["conversation_id"]))
    _announce(house, caller, [row["conversation_id"]])


async def _take(
    db: Connection,
    house: House,
    caller: Caller,
    leads: list[UUID],
    identity: UUID,
    wanted: frozenset[UUID],
    now: datetime,
) -> list[wire.Adopted]:
    workspace, taken = caller.viewer.workspace, list[wire.Adopted]()
    for row in await store.on_offer(db, workspace, leads):
        if row["id"] not in wanted:
            continue
        adoption, lead = house.chance.id(), row["origin_session"]
        await db.execute(SQL["take"], workspace, row["id"], identity, caller.contact, lead)
        await db.execute(
            SQL["add_adoption"], workspace, adoption, row["id"], identity, lead, row["next_seq"], now
        )
        taken.append(wire.Adopted(id=adoption, conversation_id=row["id"]))
    return taken


def _noted(caller: Caller, kind: str, conversation: UUID) -> AuditEvent:
    viewer = caller.viewer
    return AuditEvent(
        viewer.workspace,
        "adoption" if kind == "adoption" else "adoption_undone",
        "contact",
        viewer.identity,
        viewer.session,
        conversation,
    )


def _announce(house: House, caller: Caller, conversations: list[UUID]) -> None:
    viewer = caller.viewer
    for conversation in conversations:
        house.bus.announce(
            Event("adopted", viewer.workspace, conversation, owner=viewer.identity, contact=caller.contact)
        )
