"""The contact's door. In this order: carrier, gate, this session's limits, content type; the body comes after."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from privity.house import House
from privity.policy.facts import Assurance, Session, asked_for_history
from privity.policy.verdict import Refusal, gate
from privity.proofs import store, tickets
from privity.proofs.carriers import carried, clear_cookie, ticket_brought
from privity.proofs.model import Caller, Credential, Rules, SessionKind
from privity.web import limits
from privity.web.input import require_json
from privity.web.problems import Problem

RISE_REPEATS = timedelta(seconds=30)

SENTENCES = {
    "session_over": "This session is over.",
    "proof_over": "You were signed out here to keep your conversations private. Sign in again to see them.",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A session that a credential fits, and what the gate says of it."""

    session: Session
    kind: SessionKind
    end_reason: str | None
    standing: Caller | Refusal

    @property
    def living(self) -> Caller | None:
        return self.standing if isinstance(self.standing, Caller) else None


async def living_session(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """The guard of every route behind the contact's gate; leaves the caller, and what carried them, for the handler."""
    house: House = connection.app.state.house
    brought = carried(connection.headers, house.settings.origin)
    try:
        caller = await admit(house, brought.credential)
    except Problem as problem:
        if brought.by == "cookie":
            raise Problem(
                problem.status, problem.code, problem.detail, {"Set-Cookie": clear_cookie()}
            ) from None
        raise
    house.limiter.take(limits.REQUESTS, "requests", str(caller.viewer.session))
    require_json(connection.headers)
    connection.state.caller, connection.state.carrier = caller, brought.by


async def living_or_leaving(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """The guard where a session ends. One that is over already is answered as everywhere; the ticket that its browser
    brings is void all the same, since whoever leaves has left."""
    try:
        await living_session(connection, handler)
    except Problem as problem:
        house: House = connection.app.state.house
        ticket = ticket_brought(connection.headers, house.settings.origin)
        if ticket is not None and problem.status == 401:
            await tickets.void(house, ticket.workspace, ticket)
        raise


async def living_or_risen(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """The guard where a proof is offered. The secret of a session that rose may repeat the same proof for 30 s, since
    the first answer may have been lost. What is taken once, such as a code, is not taken again here either."""
    house: House = connection.app.state.house
    known = await recognise(house, carried(connection.headers, house.settings.origin).credential)
    if known is None or (known.living is None and not _just_rose(known, house.clock())):
        raise over(known)
    house.limiter.take(limits.REQUESTS, "requests", str(known.session.id))
    require_json(connection.headers)
    connection.state.known = known


async def admit(house: House, credential: Credential | None) -> Caller:
    """The caller that a credential brings in, or the gate's 401: alike for every route, id and way to fail."""
    known = await recognise(house, credential, also_risen=False)
    if known is None or known.living is None:
        raise over(known)
    return known.living


def over(known: Known | None) -> Problem:
    """The gate's 401 for a session that is not there, or no longer."""
    standing = known.standing if known is not None else None
    reason = standing.reason if isinstance(standing, Refusal) else "session_over"
    return Problem(401, reason, SENTENCES[reason])


async def recognise(house: House, credential: Credential | None, also_risen: bool = True) -> Known | None:
    """What is known of a credential's session; None where its secret fits none, or one that ended. A session that rose
    is known where a proof is offered, and elsewhere over: there it takes as long as one that nobody had."""
    if credential is None:
        return None
    now = house.clock()
    row = await house.pools.gate.row(
        store.SQL["session"], credential.workspace, credential.id, credential.hash(), now, also_risen
    )
    if row is None or not credential.fits(row["secret_hash"]):
        return None
    session = Session(
        workspace=credential.workspace,
        id=credential.id,
        assurance=Assurance.of(row["assurance"]),
        identity=row["identity_id"],
        linked=frozenset(row["linked"]),
        offered=frozenset(row["offered"]),
        proof_bound=row["kind"] == "page",
        expires_at=row["expires_at"],
        last_seen_at=row["last_seen_at"],
        idle=row["idle"],
        ended_at=row["ended_at"],
    )
    viewer = gate(session, credential.workspace, now)
    standing = (
        viewer
        if isinstance(viewer, Refusal)
        else Caller(
            viewer=viewer,
            kind=row["kind"],
            contact=row["contact_id"],
            contact_kind=row["contact_kind"],
            name=row["name"],
            expires_at=row["expires_at"],
            rules=rules_of(row["workspace_name"], row["workspace_idle"], row, now),
        )
    )
    return Known(session, row["kind"], row["end_reason"], standing)


def _just_rose(known: Known, now: datetime) -> bool:
    ended = known.session.ended_at
    return known.end_reason == "rise" and ended is not None and now - ended < RISE_REPEATS


def rules_of(name: str, idle: timedelta, row: Any, now: datetime) -> Rules:
    return Rules(
        name=name,
        history_from=asked_for_history(Assurance.of(row["history_from"]), row["legacy_until"], now),
        least_to_write=Assurance.of(row["least_to_write"]),
        codes=row["codes"],
        adopt=row["adopt"],
        adoption_days=row["adoption_days"],
        idle=idle,
        proof_max_age=row["proof_max_age"],
    )
