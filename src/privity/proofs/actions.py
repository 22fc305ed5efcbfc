"""The story of a session: it opens, proves who it is, renews, and rises."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import UNSET, UnsetType

from privity.audit.model import AuditEvent
from privity.db.pool import Connection
from privity.house import House
from privity.proofs import links, store, tickets
from privity.proofs.carriers import Carried
from privity.proofs.claims import note_claims, note_unsigned, say
from privity.proofs.door import SENTENCES, Known, over, recognise
from privity.proofs.ending import announce_end, end, sessions_changed
from privity.proofs.legacy import note_the_rest, verified_hash
from privity.proofs.mailbox import redeem, send_code
from privity.proofs.model import Caller, Credential, Proved
from privity.proofs.sign_in import redeem_sign_in
from privity.proofs.store import SQL, NewSession
from privity.proofs.verifying import Workspace, is_spent, verified, workspace_of
from privity.web import limits, wire
from privity.web.input import clean_page
from privity.web.problems import Problem

LONGEST_SESSION = timedelta(hours=24)
PAGE_SILENCE = timedelta(seconds=60)
OFFER_LASTS = timedelta(hours=24)
NEEDS = "A `token` needs `identity_token` or `legacy`, a `code` needs `email` or `code`, and `oidc` needs `sign_in`."


@dataclass(frozen=True, slots=True)
class Knock:
    """A request for a session: what it carries, and the coarse facts that are kept of it."""

    carried: Carried
    network: str
    client: str | None
    ticket: Credential | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that stands. `credential` is new, and None where a living one goes on."""

    caller: Caller
    credential: Credential | None


async def open_session(house: House, knock: Knock, ask: wire.OpenSession) -> Opened:
    """Nobody, somebody who claims, or somebody who proves: one session for each."""
    house.limiter.take(limits.SESSIONS, "sessions", knock.network)
    workspace = await workspace_of(house, ask.workspace)
    known = await recognise(house, knock.carried.credential)
    if known is not None and known.session.workspace != workspace.id:
        known = None
    if not _is_of_page(ask):
        return await _open_unproved(house, workspace, knock, known, ask)
    proved = await _proved_by_page(house, workspace, knock.network, _living_id(known), ask, ask.page)
    if ask.claims is not UNSET:
        note_unsigned(house, workspace.id, ask.claims)
    return await _rise_or_renew(house, workspace, knock, known, proved, ask.page, ask.legacy)


async def prove(
    house: House, knock: Knock, known: Known, ask: wire.OfferProof
) -> Opened | wire.CodeSent | wire.LinkQuestion:
    """`POST …/session/proofs`: a lead rises, the same identity renews, another one is refused, unless both are to be
    one person."""
    if (ask.kind == "oidc") != (ask.sign_in is not UNSET):
        raise Problem(422, "not_valid", NEEDS)
    match ask:
        case wire.OfferProof(kind="code", email=str(email), code=UnsetType()) if not _is_of_page(ask):
            if known.living is None:
                raise over(known)
            return await send_code(house, known.living, knock.network, email)
    workspace = await workspace_of(house, str(known.session.workspace))
    proved = await _proved_by_person(house, workspace, knock, known, ask)
    if known.living is None and not await _rose_by(house, known, proved):
        raise over(known)
    question = await links.ask(house, known.living, proved)
    return question or await _rise_or_renew(house, workspace, knock, known, proved, None, ask.legacy)


async def _proved_by_person(
    house: House, workspace: Workspace, knock: Knock, known: Known, ask: wire.OfferProof
) -> Proved:
    """By the one proof that is offered, or 401."""
    session, network = known.session.id, knock.network
    match ask:
        case wire.OfferProof(kind="token", email=UnsetType(), code=UnsetType()):
            return await _proved_by_page(house, workspace, network, session, ask, None)
        case wire.OfferProof(sign_in=wire.SignInProof() as told) if not _is_of_page(ask):
            return await redeem_sign_in(house, workspace, session, told, network)
        case wire.OfferProof(kind="code", email=UnsetType(), code=str(code)) if not _is_of_page(ask):
            return await redeem(house, workspace.id, session, code.strip())
    raise Problem(422, "not_valid", NEEDS)


async def renew(house: House, caller: Caller, token: str) -> Caller:
    """The same identity again, over the socket; another one is refused."""
    workspace = await workspace_of(house, str(caller.viewer.workspace))
    proved = await verified(house, workspace, token, str(caller.viewer.session), caller.viewer.session, None)
    return await _renewed(house, caller, proved)


async def _rise_or_renew(
    house: House,
    workspace: Workspace,
    knock: Knock,
    known: Known | None,
    proved: Proved,
    page: str | UnsetType | None,
    legacy: wire.LegacyProof | UnsetType,
) -> Opened:
    living = known.living if known is not None else None
    if living is None or living.viewer.identity is None or await links.vouches(house, living, proved):
        return await _open_proved(house, workspace, knock, known, proved, page, legacy)
    return Opened(await _renewed(house, living, proved), None)


def _is_of_page(ask: wire.OpenSession | wire.OfferProof) -> bool:
    return ask.identity_token is not UNSET or ask.legacy is not UNSET


async def _proved_by_page(
    house: House,
    workspace: Workspace,
    network: str,
    session: UUID | None,
    ask: wire.OpenSession | wire.OfferProof,
    page: str | UnsetType | None,
) -> Proved:
    """By the one proof that the page brings, or 401."""
    match ask.identity_token, ask.legacy:
        case str(token), UnsetType():
            return await verified(house, workspace, token, network, session, page)
        case UnsetType(), wire.LegacyProof() as told:
            return await verified_hash(house, workspace, told, network, session, page)
    raise Problem(422, "not_valid", "Give `identity_token` or `legacy`, and not both.")


async def _open_unproved(
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
    return Opened(await _admitted(house, credential), credential)


async def _open_proved(
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
        link = await _link(db, house, known, identity, proved)
        offered, ticket_became = await _offer(db, workspace, knock, known, identity, proved, now)
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
    if known is not None and known.living is not None:
        await _tell_of_rise(house, known.living)
        if link is not None and known.session.identity is not None:
            both = (known.session.identity, identity)
            await links.note_added(house, workspace.id, link, both, known.session.id)
    await links.note_fallen(house, workspace.id, fallen)
    house.bus.announce(sessions_changed(workspace.id, contact))
    caller = await _admitted(house, credential)
    await _end_if_spent(house, caller, proved)
    return Opened(caller, credential)


async def _tell_of_rise(house: House, lead: Caller) -> None:
    viewer = lead.viewer
    await house.ledger.record(
        AuditEvent(viewer.workspace, "session_end", "contact", viewer.session, viewer.session, reason="rise")
    )
    announce_end(house, viewer.workspace, viewer.session, lead.contact)


async def _link(
    db: Connection, house: House, known: Known | None, identity: UUID, proved: Proved
) -> UUID | None:
    """The token names whom the session beside it has proved. That session is closed, as a lead's is; and where it was
    over a moment before, only one of the two was proved."""
    if known is None or known.living is None or known.session.identity in (None, identity):
        return None
    workspace, session, now = known.session.workspace, known.session.id, house.clock()
    if not await db.fetchval(SQL["rise"], workspace, session, now, proved.digest):
        return None
    both = (known.session.identity, identity)
    return await links.add(db, workspace, both, "token", session, now, house.chance.id())


async def _offer(
    db: Connection,
    workspace: Workspace,
    knock: Knock,
    known: Known | None,
    identity: UUID,
    proved: Proved,
    now: datetime,
) -> tuple[frozenset[UUID], tickets.Became | None]:
    """The closed sessions of this browser that are on offer to this identity: by this rise, by its ticket, or by an
    earlier proof. And what became of the ticket."""
    lead = await _offer_lead(db, workspace, known, identity, proved, now)
    ticket = await tickets.show(
        db, workspace.id, workspace.rules, knock.ticket, identity, now, now + OFFER_LASTS
    )
    standing = await db.fetch(SQL["offer"], workspace.id, lead | ticket.sessions, now)
    others = [row["session_id"] for row in standing if row["identity_id"] != identity]
    await db.execute(SQL["settle_offer"], workspace.id, others, now, "void")
    return frozenset(row["session_id"] for row in standing if row["identity_id"] == identity), ticket.became


async def _offer_lead(
    db: Connection, workspace: Workspace, known: Known | None, identity: UUID, proved: Proved, now: datetime
) -> frozenset[UUID]:
    """The lead's session that this browser carries. While it lives, this proof is its rise."""
    if known is None or known.kind != "browser" or known.session.identity is not None:
        return frozenset()
    lead = known.session.id
    if known.living is not None:
        await db.fetchval(SQL["rise"], workspace.id, lead, now, proved.digest)
        if workspace.rules.adopt != "never":
            await db.execute(SQL["add_offer"], workspace.id, lead, identity, now + OFFER_LASTS)
    return frozenset({lead})


async def _rose_by(house: House, known: Known, proved: Proved) -> bool:
    """The old secret of a session that rose repeats the proof that raised it, and no other."""
    session = known.session
    async with house.pools.gate.within(session.workspace) as db:
        rose: bool = await db.fetchval(SQL["rose_by"], session.workspace, session.id, proved.digest)
    return rose


async def _renewed(house: House, caller: Caller, proved: Proved) -> Caller:
    viewer, now = caller.viewer, house.clock()
    async with house.pools.gate.within(viewer.workspace) as db:
        identity, _ = await store.identity_of(db, viewer.workspace, proved.provider, proved.subject, now)
        if identity != viewer.identity:
            raise Problem(
                409, "identity_changed", "Somebody else is signed in on the page. End this session first."
            )
        renewed = await db.fetchval(
            SQL["renew_session"], viewer.workspace, viewer.session, proved.digest, proved.expires_at, now
        )
        if not renewed:
            raise Problem(401, "session_over", SENTENCES["session_over"])
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
    renewed_caller = replace(caller, name=proved.name, expires_at=proved.expires_at)
    await _end_if_spent(house, renewed_caller, proved)
    return renewed_caller


async def _end_if_spent(house: House, caller: Caller, proved: Proved) -> None:
    """A sign-out between the look at a proof and its use wins."""
    if await is_spent(house, caller.viewer.workspace, proved):
        await end(house, caller)
        raise Problem(401, "session_over", SENTENCES["session_over"])


async def _admitted(house: House, credential: Credential) -> Caller:
    known = await recognise(house, credential)
    if known is None or known.living is None:
        raise over(known)
    return known.living


def _living_id(known: Known | None) -> UUID | None:
    return known.session.id if known is not None and known.living is not None else None
