"""A session opens: for somebody who proved nothing, or for the identity that was proved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import UNSET, UnsetType

from privity.audit.model import AuditEvent
from privity.db.pool import Connection
from privity.house import House
from privity.proofs import links, store, tickets
from privity.proofs.carriers import Knock
from privity.proofs.claims import note_claims, say
from privity.proofs.door import Known, admit, over
from privity.proofs.ending import announce_end, sessions_changed
from privity.proofs.legacy import note_the_rest
from privity.proofs.model import LONGEST_SESSION, Caller, Credential, Proved
from privity.proofs.renewing import end_if_spent
from privity.proofs.store import SQL, NewSession
from privity.proofs.verifying import Workspace
from privity.web import wire
from privity.web.input import clean_page

PAGE_SILENCE = timedelta(seconds=60)
OFFER_LASTS = timedelta(hours=24)
PROVED_WITHIN = ("mailbox", "oidc")
"""The kinds of proof that a session began, and that only it may end."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that stands. `credential` is new, and None where a living one goes on."""

    caller: Caller
    credential: Credential | None


async def open_unproved(
    house: House, workspace: Workspace, knock: Knock, known: Known | None, ask: wire.OpenSession
) -> Opened:
    claims = ask.claims if ask.claims is not UNSET else wire.Claims()
    living = known.living if known is not None else None
    if living is not None:
        said = claims.email is not UNSET or claims.name is not UNSET
        return Opened(await say(house, living, claims) if said else living, None)
    if knock.carried.by is not None:
        raise over(known)
    now = house.clock()
    credential = Credential.new(workspace.id, house.chance.id(), house.chance)
    async with house.pools.gate.within(workspace.id) as db:
        contact = await store.add_contact(db, workspace.id, "visitor", now)
        new = NewSession(
            credential=credential,
            kind="browser",
            contact=contact,
            assurance="none",
            idle=workspace.rules.idle,
            expires_at=now + LONGEST_SESSION,
            page=clean_page(ask.page or None),
            client=knock.client,
        )
        await store.add_session(db, new, now)
        if ask.refusal is not UNSET:
            await db.execute(SQL["refused_here"], workspace.id, ask.refusal, credential.id, now)
        await note_claims(db, workspace.id, contact, credential.id, claims, now)
    house.bus.announce(sessions_changed(workspace.id, contact))
    return Opened(await admit(house, credential), credential)


async def open_proved(
    house: House,
    workspace: Workspace,
    knock: Knock,
    known: Known | None,
    proved: Proved,
    page: str | UnsetType | None,
    legacy: wire.LegacyProof | UnsetType = UNSET,
) -> Opened:
    """A page session for the identity; a lead session beside it ends, and what it wrote goes on offer."""
    now = house.clock()
    credential = Credential.new(workspace.id, house.chance.id(), house.chance)
    async with house.pools.gate.within(workspace.id) as db:
        identity, contact = await store.identity_of(db, workspace.id, proved.provider, proved.subject, now)
        rose = await _rise(db, known, identity, proved, now)
        link = await _link(db, house, rose, identity, now)
        offered, ticket_became = await _offer(db, workspace, knock, known, rose, identity, now)
        new = NewSession(
            credential=credential,
            kind=proved.session_kind,
            contact=contact,
            assurance=proved.assurance.word,
            idle=PAGE_SILENCE if proved.session_kind == "page" else workspace.rules.idle,
            expires_at=proved.expires_at,
            page=clean_page(page or None),
            client=knock.client,
            identity=identity,
            proof_digest=proved.digest,
            offer_sessions=offered,
        )
        await store.add_session(db, new, now)
        newest = await store.add_proof(db, workspace.id, credential.id, identity, proved, now)
        fallen = await links.fallen(db, workspace.id, identity, proved, now) if newest else []
        if legacy is not UNSET:
            await note_the_rest(db, house, legacy, contact, credential.id, workspace.id)
    await house.ledger.record(
        AuditEvent(
            workspace.id, "proof", "contact", identity, credential.id, subject=proved.key, reason=proved.kind
        )
    )
    if ticket_became is not None:
        await house.ledger.record(
            AuditEvent(workspace.id, "ticket", "contact", identity, credential.id, reason=ticket_became)
        )
    if rose is not None:
        await _tell_of_rise(house, rose)
        if link is not None and rose.viewer.identity is not None:
            both = (rose.viewer.identity, identity)
            await links.note_added(house, workspace.id, link, both, rose.viewer.session)
    await links.note_fallen(house, workspace.id, fallen)
    house.bus.announce(sessions_changed(workspace.id, contact))
    caller = await admit(house, credential)
    await end_if_spent(house, caller, proved)
    return Opened(caller, credential)


async def _tell_of_rise(house: House, lead: Caller) -> None:
    viewer = lead.viewer
    await house.ledger.record(
        AuditEvent(viewer.workspace, "session_end", "contact", viewer.session, viewer.session, reason="rise")
    )
    announce_end(house, viewer.workspace, viewer.session, lead.contact)


async def _rise(
    db: Connection, known: Known | None, identity: UUID, proved: Proved, now: datetime
) -> Caller | None:
    """Whom this proof closes: the session beside it. One that ended since the gate let it in did not rise, unless just
    this raised it a moment before; and what a person proves within a session, they prove in no other."""
    if known is None or known.living is None or known.session.identity == identity:
        return None
    session = (known.session.workspace, known.session.id)
    if await db.fetchval(SQL["rise"], *session, now, proved.digest):
        return known.living
    if proved.kind in PROVED_WITHIN and not await db.fetchval(SQL["rose_by"], *session, proved.digest):
        raise over(known)
    return None


async def _link(
    db: Connection, house: House, rose: Caller | None, identity: UUID, now: datetime
) -> UUID | None:
    """The token names whom the session beside it has proved. Where that one was over a moment before, only one of the
    two was proved."""
    if rose is None or rose.viewer.identity is None:
        return None
    viewer, both = rose.viewer, (rose.viewer.identity, identity)
    return await links.add(db, viewer.workspace, both, "token", viewer.session, now, house.chance.id())


async def _offer(
    db: Connection,
    workspace: Workspace,
    knock: Knock,
    known: Known | None,
    rose: Caller | None,
    identity: UUID,
    now: datetime,
) -> tuple[frozenset[UUID], tickets.Became | None]:
    """The closed sessions of this browser that are on offer to this identity: by this rise, by its ticket, or by an
    earlier proof. And what became of the ticket."""
    lead = await _offer_lead(db, workspace, known, rose, identity, now)
    ticket = await tickets.show(
        db, workspace.id, workspace.rules, knock.ticket, identity, now, now + OFFER_LASTS
    )
    standing = await db.fetch(SQL["offer"], workspace.id, lead | ticket.sessions, now)
    others = [row["session_id"] for row in standing if row["identity_id"] != identity]
    await db.execute(SQL["settle_offer"], workspace.id, others, now, "void")
    return frozenset(row["session_id"] for row in standing if row["identity_id"] == identity), ticket.became


async def _offer_lead(
    db: Connection,
    workspace: Workspace,
    known: Known | None,
    rose: Caller | None,
    identity: UUID,
    now: datetime,
) -> frozenset[UUID]:
    """The lead's session that this browser carries. What it wrote is on offer if this proof was its rise."""
    if known is None or known.kind != "browser" or known.session.identity is not None:
        return frozenset()
    lead = known.session.id
    if rose is not None and workspace.rules.adopt != "never":
        await db.execute(SQL["add_offer"], workspace.id, lead, identity, now + OFFER_LASTS)
    return frozenset({lead})
