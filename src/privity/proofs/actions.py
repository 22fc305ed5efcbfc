"""The story of a session: it opens, says who it is, proves it, renews, rises, and ends."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import uuid_utils.compat
from msgspec import UNSET, UnsetType

from privity.audit.model import AuditEvent
from privity.db.bus import Event
from privity.db.pool import Connection
from privity.house import House
from privity.policy.facts import Assurance
from privity.policy.verdict import Refusal, decide_list, decide_write
from privity.proofs import store
from privity.proofs.carriers import Carried
from privity.proofs.door import SENTENCES, Known, recognise, rules_of
from privity.proofs.model import Caller, Credential, Proved, Rules
from privity.proofs.store import SQL, NewSession
from privity.proofs.tokens import Identified, Rejected, SigningKey, identify
from privity.web import limits, wire
from privity.web.answers import clean_email, clean_page, clean_text
from privity.web.problems import Problem

LONGEST_SESSION = timedelta(hours=24)
PAGE_SILENCE = timedelta(seconds=60)
OFFER_LASTS = timedelta(hours=24)
RENEW_BEFORE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Knock:
    """A request for a session: what it carries, and the coarse facts that are kept of it."""

    carried: Carried
    network: str
    client: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that stands. `credential` is new, and None where a living one goes on."""

    caller: Caller
    credential: Credential | None


@dataclass(frozen=True, slots=True)
class Workspace:
    id: UUID
    rules: Rules
    keys: Mapping[str, SigningKey]


async def open_session(house: House, knock: Knock, ask: wire.OpenSession) -> Opened:
    """Nobody, somebody who claims, or somebody who proves: one session for each."""
    house.limiter.take(limits.SESSIONS, "sessions", knock.network)
    workspace = await workspace_of(house, ask.workspace)
    known = await recognise(house, knock.carried.credential)
    if known is not None and known.session.workspace != workspace.id:
        known = None
    if ask.identity_token is UNSET:
        return await _open_unproved(house, workspace, knock, known, ask)
    proved = await verified(house, workspace, ask.identity_token, knock.network, _living_id(known), ask.page)
    living = known.caller_if_living if known is not None else None
    if isinstance(living, Caller) and living.kind == "page":
        return Opened(await _renewed(house, living, proved), None)
    return await _open_proved(house, workspace, knock, known, proved, ask.page)


async def prove(house: House, knock: Knock, known: Known, token: str) -> Opened:
    """`POST …/session/proofs`: a lead rises, the same identity renews, another one is refused."""
    workspace = await workspace_of(house, str(known.session.workspace))
    proved = await verified(house, workspace, token, knock.network, known.session.id, None)
    caller = known.caller_if_living
    if isinstance(caller, Caller) and caller.kind == "page":
        return Opened(await _renewed(house, caller, proved), None)
    return await _open_proved(house, workspace, knock, known, proved, None)


async def renew(house: House, caller: Caller, token: str) -> Caller:
    """The same identity again, over the socket; another one is refused."""
    workspace = await workspace_of(house, str(caller.viewer.workspace))
    proved = await verified(house, workspace, token, str(caller.viewer.session), caller.viewer.session, None)
    return await _renewed(house, caller, proved)


async def say(house: House, caller: Caller, claims: wire.Claims) -> Caller:
    """A claim is noted. Nothing is looked up with it, and nothing else changes."""
    house.limiter.take(limits.CLAIM_CHANGES, "claims", str(caller.viewer.session))
    async with house.pools.gate.within(caller.viewer.workspace) as db:
        kind, assurance = await _note_claims(
            db, caller.viewer.workspace, caller.contact, caller.viewer.session, claims, house.clock()
        )
    house.bus.announce(_sessions_changed(caller.viewer.workspace, caller.contact))
    if caller.viewer.identity is not None or kind == "visitor":
        return caller
    return _as_lead(caller, assurance)


async def end(house: House, caller: Caller) -> None:
    """Sign-out and "end chat": the session is over on every node when this returns, and its tokens are spent."""
    viewer, now = caller.viewer, house.clock()
    reason = "signed_out" if caller.kind == "page" else "ended"
    ended = [(viewer.session, caller.contact)]
    async with house.pools.gate.within(viewer.workspace) as db:
        await db.fetchrow(SQL["end_session"], viewer.workspace, viewer.session, now, reason)
        await db.execute(SQL["spend"], viewer.workspace, viewer.session)
        others = await db.fetch(SQL["end_others_on_spent"], viewer.workspace, viewer.session, now)
        if viewer.offered is not None:
            await db.execute(SQL["settle_offer"], viewer.workspace, viewer.offered, now, "void")
    ended += [(row["id"], row["contact_id"]) for row in others]
    await house.ledger.record(
        *(
            AuditEvent(viewer.workspace, "session_end", "contact", session, session, reason=reason)
            for session, _ in ended
        )
    )
    for session, contact in ended:
        announce_end(house, viewer.workspace, session, contact)


def announce_end(house: House, workspace: UUID, session: UUID, contact: UUID) -> None:
    house.bus.announce(
        Event("end", workspace, session=session, contact=contact, reason="session_over"),
        _sessions_changed(workspace, contact),
    )


def state_of(house: House, caller: Caller, secret: str | None = None) -> wire.SessionState:
    """What a session may know of itself."""
    now, viewer = house.clock(), caller.viewer
    opened = decide_list(viewer, caller.rules.history_from, now).covers == "live and owned"
    return wire.SessionState(
        session=wire.SessionSecret(
            expires_at=caller.expires_at, token=secret if secret is not None else UNSET
        ),
        contact=wire.SessionContact(
            kind=caller.contact_kind,
            # IntEnum's word is one of the wire's five.
            assurance=viewer.assurance.word,  # type: ignore[arg-type]
            name=caller.name,
        ),
        history="open" if opened else "locked",
        write="proof_needed" if decide_write(viewer, caller.rules.least_to_write) else "open",
        proof=proof_of(caller, now),
    )


def proof_of(caller: Caller, now: datetime) -> wire.SessionProof | UnsetType:
    """Until when a proof lasts, and from when a fresh one is welcome."""
    if caller.kind != "page":
        return UNSET
    remaining = caller.expires_at - now
    return wire.SessionProof(
        expires_at=caller.expires_at, renew_after=caller.expires_at - min(RENEW_BEFORE, remaining / 2)
    )


async def workspace_of(house: House, text: str) -> Workspace:
    """A workspace that takes visitors, with the keys that it trusts. Unknown and suspended are one answer."""
    try:
        workspace = UUID(text)
    except ValueError:
        raise _no_workspace() from None
    async with house.pools.gate.within(workspace) as db:
        row = await db.fetchrow(SQL["workspace"], workspace)
        keys = await db.fetch(SQL["keys"], workspace)
    if row is None:
        raise _no_workspace()
    trusted = [
        SigningKey(key["id"], key["kid"], key["alg"], opened)
        for key in keys
        if (opened := house.keyring.open("signing key", key["material"], key["id"].bytes)) is not None
    ]
    return Workspace(workspace, rules_of(row["name"], row["idle"], row), {key.kid: key for key in trusted})


async def verified(
    house: House,
    workspace: Workspace,
    token: str,
    network: str,
    session: UUID | None,
    page: str | UnsetType | None,
) -> Proved:
    """What the token proves, or 401 with the class of its fault; the team can read later what was wrong."""
    house.limiter.check(limits.REFUSED_TOKENS, "tokens", network)
    now = house.clock()
    result = identify(token, workspace.keys, workspace.id, workspace.rules.proof_max_age, now)
    async with house.pools.gate.within(workspace.id) as db:
        if isinstance(result, Identified) and not await db.fetchval(
            SQL["is_spent"], workspace.id, result.digest
        ):
            return _by_token(result, workspace.rules)
        fault = result.fault if isinstance(result, Rejected) else "spent"
        refusal = uuid_utils.compat.uuid7()
        await db.execute(
            SQL["refuse_proof"], workspace.id, refusal, session, fault, clean_page(page or None), now
        )
    house.ledger.refused(workspace.id, session, f"token_{fault}")
    house.limiter.take(limits.REFUSED_TOKENS, "tokens", network)
    raise Problem(401, "invalid_identity", fault, more={"refusal": str(refusal)})


async def _open_unproved(
    house: House, workspace: Workspace, knock: Knock, known: Known | None, ask: wire.OpenSession
) -> Opened:
    claims = ask.claims if ask.claims is not UNSET else wire.Claims()
    if known is not None and isinstance(known.caller_if_living, Caller):
        caller = known.caller_if_living
        said = claims.email is not UNSET or claims.name is not UNSET
        return Opened(await say(house, caller, claims) if said else caller, None)
    if knock.carried.by is not None:
        reason = (
            known.caller_if_living.reason
            if known is not None and isinstance(known.caller_if_living, Refusal)
            else "session_over"
        )
        raise Problem(401, reason, SENTENCES[reason])
    now = house.clock()
    credential = Credential.new(workspace.id, uuid4())
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
        await _note_claims(db, workspace.id, contact, credential.id, claims, now)
    house.bus.announce(_sessions_changed(workspace.id, contact))
    return Opened(await _admitted(house, credential), credential)


async def _open_proved(
    house: House,
    workspace: Workspace,
    knock: Knock,
    known: Known | None,
    proved: Proved,
    page: str | UnsetType | None,
) -> Opened:
    """A page session for the identity; a lead session beside it ends, and what it wrote goes on offer."""
    now = house.clock()
    credential = Credential.new(workspace.id, uuid4())
    async with house.pools.gate.within(workspace.id) as db:
        identity, contact = await store.identity_of(db, workspace.id, proved.provider, proved.subject, now)
        offered = await _offer(db, workspace, known, identity, now)
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
            offer_session=offered,
        )
        await store.add_session(db, new, now)
        await store.add_proof(db, workspace.id, credential.id, identity, proved, now)
    rose = known is not None and isinstance(known.caller_if_living, Caller)
    events = [
        AuditEvent(
            workspace.id, "proof", "contact", identity, credential.id, subject=proved.key, reason=proved.kind
        )
    ]
    if rose and known is not None:
        events.append(
            AuditEvent(
                workspace.id, "session_end", "contact", known.session.id, known.session.id, reason="rise"
            )
        )
    await house.ledger.record(*events)
    if rose and known is not None and isinstance(known.caller_if_living, Caller):
        announce_end(house, workspace.id, known.session.id, known.caller_if_living.contact)
    house.bus.announce(_sessions_changed(workspace.id, contact))
    return Opened(await _admitted(house, credential), credential)


async def _offer(
    db: Connection, workspace: Workspace, known: Known | None, identity: UUID, now: datetime
) -> UUID | None:
    """The closed session of this browser that is on offer to this identity: by this rise, or by an earlier one."""
    if known is None or known.kind != "browser":
        return None
    lead = known.session.id
    if isinstance(known.caller_if_living, Caller):
        await db.fetchrow(SQL["end_session"], workspace.id, lead, now, "rise")
        if workspace.rules.adopt == "never":
            return None
        await db.execute(SQL["add_offer"], workspace.id, lead, identity, now + OFFER_LASTS)
        return lead
    standing = await db.fetchrow(SQL["offer"], workspace.id, lead, now)
    if standing is None:
        return None
    if standing["identity_id"] != identity:
        await db.execute(SQL["settle_offer"], workspace.id, lead, now, "void")
        return None
    return lead


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
        await store.add_proof(db, viewer.workspace, viewer.session, identity, proved, now)
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
    house.bus.announce(_sessions_changed(viewer.workspace, caller.contact))
    return replace(caller, name=proved.name, expires_at=proved.expires_at)


async def _note_claims(
    db: Connection, workspace: UUID, contact: UUID, session: UUID, claims: wire.Claims, now: datetime
) -> tuple[str, Assurance]:
    said: list[tuple[str, str, str]] = []
    if claims.email is not UNSET:
        key = clean_email(claims.email)
        said.append(("email", claims.email.strip(), key))
    if claims.name is not UNSET:
        name = clean_text(claims.name, "name")
        said.append(("name", name, name.lower()))
    for kind, value, key in said:
        await store.add_claim(db, workspace, contact, session, kind, value, key, now)
    if not said:
        return "visitor", Assurance.NONE
    await db.execute(SQL["become_lead"], workspace, contact)
    await db.execute(SQL["claimed"], workspace, session)
    return "lead", Assurance.CLAIMED


async def _admitted(house: House, credential: Credential) -> Caller:
    known = await recognise(house, credential)
    if known is None or isinstance(known.caller_if_living, Refusal):
        raise LookupError("a session that was just opened is not there")
    return known.caller_if_living


def _as_lead(caller: Caller, assurance: Assurance) -> Caller:
    viewer = replace(caller.viewer, assurance=max(assurance, caller.viewer.assurance))
    return replace(caller, viewer=viewer, contact_kind="lead")


def _by_token(token: Identified, rules: Rules) -> Proved:
    """The site vouches, until the token expires or is too old for this workspace."""
    return Proved(
        kind="token",
        provider="site",
        subject=token.subject,
        assurance=Assurance.SIGNED,
        name=token.name,
        email=token.email,
        email_verified=token.email_verified,
        key=token.key,
        proved_with=token.kid,
        digest=token.digest,
        issued_at=token.issued_at,
        expires_at=min(token.expires_at, token.issued_at + rules.proof_max_age),
    )


def _living_id(known: Known | None) -> UUID | None:
    return known.session.id if known is not None and isinstance(known.caller_if_living, Caller) else None


def _sessions_changed(workspace: UUID, contact: UUID) -> Event:
    return Event("sessions", workspace, contact=contact)


def _no_workspace() -> Problem:
    return Problem(404, "unknown_workspace", "There is no such workspace.")
