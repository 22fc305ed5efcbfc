"""Links: two identities are one person because one signed token named both, or because their person said so.

Each was proved in the very request that links them, or in its session. A link is of two and reaches no further: what
one of them is linked with besides stays closed to the other.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from privity.audit.model import AuditEvent
from privity.db.bus import Event
from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.house import House
from privity.policy.facts import Assurance
from privity.proofs import store
from privity.proofs.model import Caller, Proved
from privity.web import wire
from privity.web.limits import LINKS
from privity.web.problems import Problem, not_found

SQL = beside(__file__, "links.sql")

ANSWER_WITHIN = timedelta(minutes=10)


async def vouches(house: House, living: Caller, proved: Proved) -> bool:
    """Whether this token names the identity that the very session which brings it has proved."""
    viewer = living.viewer
    if proved.provider != "site" or not proved.same_as or viewer.assurance < Assurance.MAILBOX:
        return False
    async with house.pools.gate.within(viewer.workspace) as db:
        row = await db.fetchrow(SQL["named"], viewer.workspace, viewer.identity)
    return row is not None and f"{row['provider']}:{row['subject']}" in proved.same_as


async def add(
    db: Connection,
    workspace: UUID,
    identities: tuple[UUID, UUID],
    how: Literal["token", "person"],
    session: UUID,
    now: datetime,
    link: UUID,
) -> UUID | None:
    """The new link; None where there is one, or there can be none."""
    one, other = sorted(identities)
    found = await db.fetch(SQL["both"], workspace, [one, other])
    if len(found) != 2 or _contradicted(found):
        return None
    for identity in (one, other):
        if await db.fetchval(SQL["count"], workspace, identity) >= LINKS:
            return None
    added: UUID | None = await db.fetchval(SQL["add"], workspace, link, one, other, how, session, now)
    return added


async def fallen(
    db: Connection, workspace: UUID, identity: UUID, proved: Proved, now: datetime
) -> Sequence[Row]:
    """What the site's newest token takes back: its user has another address now, or the address another user."""
    if proved.provider != "site" or proved.email is None:
        return []
    rows = await db.fetch(SQL["renamed"], workspace, identity, proved.email, now)
    if proved.email_verified:
        rows += await db.fetch(SQL["reassigned"], workspace, identity, proved.email, now)
    return rows


async def end_all(
    db: Connection, workspace: UUID, identity: UUID, why: Literal["retired", "erased"], now: datetime
) -> Sequence[Row]:
    return await db.fetch(SQL["end_all"], workspace, identity, now, why)


# ── By the person, who proves a mailbox beside what they proved already ────────────────────────────────────────


async def ask(house: House, caller: Caller | None, proved: Proved) -> wire.LinkQuestion | None:
    """What becomes readable if they say yes; None where this proof is no question of two identities."""
    if caller is None or proved.kind != "mailbox" or not _opens_alike(caller):
        return None
    viewer, now = caller.viewer, house.clock()
    async with house.pools.gate.within(viewer.workspace) as db:
        mailbox, _ = await store.identity_of(db, viewer.workspace, proved.provider, proved.subject, now)
        if mailbox == viewer.identity or mailbox in viewer.linked:
            return None
        await store.note_proved(db, viewer.workspace, mailbox, proved, now)
        owned = await db.fetchval(SQL["owned"], viewer.workspace, mailbox)
    await house.ledger.record(
        AuditEvent(viewer.workspace, "proof", "contact", mailbox, viewer.session, reason="mailbox")
    )
    return wire.LinkQuestion(account=proved.subject, into=caller.name or "this account", conversations=owned)


async def agree(house: House, caller: Caller, account: str) -> wire.Links:
    """Yes: this mailbox, which the session proved a moment ago, and the identity that it rests on are one person."""
    viewer, now = caller.viewer, house.clock()
    if viewer.identity is None or not _opens_alike(caller):
        raise _nothing_asked()
    async with house.pools.gate.within(viewer.workspace) as db:
        mailbox = await db.fetchval(
            SQL["redeemed"], viewer.workspace, viewer.session, now - ANSWER_WITHIN, account
        )
        if mailbox is None or mailbox == viewer.identity:
            raise _nothing_asked()
        both = (viewer.identity, mailbox)
        link = await add(db, viewer.workspace, both, "person", viewer.session, now, house.chance.id())
        standing = await db.fetch(SQL["standing"], viewer.workspace, viewer.identity)
        if link is None and mailbox not in viewer.linked:
            raise Problem(409, "not_linked", "The site knows this account by another address.")
    if link is not None:
        await note_added(house, viewer.workspace, link, both, viewer.session)
    return _links(standing)


async def those_of(house: House, caller: Caller) -> wire.Links:
    viewer = caller.viewer
    async with house.pools.gate.within(viewer.workspace) as db:
        return _links(await db.fetch(SQL["standing"], viewer.workspace, viewer.identity))


async def undo(house: House, caller: Caller, link: UUID) -> None:
    """They are two again, from this moment on."""
    viewer = caller.viewer
    async with house.pools.gate.within(viewer.workspace) as db:
        rows = await db.fetch(SQL["end"], viewer.workspace, viewer.identity, link, house.clock())
    if not rows:
        raise not_found()
    await note_fallen(house, viewer.workspace, rows)


# ── What is recorded, and who is told ──────────────────────────────────────────────────────────────────────────


async def note_added(
    house: House, workspace: UUID, link: UUID, identities: tuple[UUID, UUID], session: UUID
) -> None:
    await house.ledger.record(AuditEvent(workspace, "link", "contact", identities[0], session, subject=link))
    _tell(house, workspace, identities)


async def note_fallen(house: House, workspace: UUID, rows: Sequence[Row]) -> None:
    """Each link stands in two rows, which fall together."""
    await house.ledger.record(
        *(
            AuditEvent(workspace, "link_end", "system", subject=link, reason=why)
            for link, why in sorted({(row["id"], row["why"]) for row in rows})
        )
    )
    _tell(house, workspace, {row["identity_id"] for row in rows})


def _tell(house: House, workspace: UUID, identities: Iterable[UUID]) -> None:
    """Open sockets look again whose they are."""
    house.bus.announce(*(Event("links", workspace, owner=identity) for identity in identities))


def _opens_alike(caller: Caller) -> bool:
    """A mailbox is joined where it would open its own past, to a proof that is no weaker and no mere trial."""
    return caller.viewer.assurance >= Assurance.MAILBOX >= caller.rules.history_from


def _contradicted(found: Sequence[Row]) -> bool:
    """The site's newest token names another address than the mailbox; or one of the two is nobody of the site's."""
    if any(row["provider"] in ("test", "legacy") for row in found):
        return True
    named = {row["email"] for row in found if row["provider"] == "site"} - {None}
    mailboxes = {row["subject"] for row in found if row["provider"] == "mailbox"}
    return bool(named and mailboxes and named != mailboxes)


def _links(rows: Sequence[Row]) -> wire.Links:
    return wire.Links(
        items=[
            wire.Link(
                id=row["id"],
                account=row["subject"] if row["provider"] == "mailbox" else row["name"] or "your account",
                how=row["how"],
                at=row["at"],
            )
            for row in rows
        ]
    )


def _nothing_asked() -> Problem:
    return Problem(409, "nothing_asked", "Prove the other address with a code first.")
