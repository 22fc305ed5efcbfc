"""The story of a session: it opens, proves who it is, renews, and rises."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from privity.house import House
from privity.proofs import links
from privity.proofs.carriers import Knock
from privity.proofs.claims import note_unsigned
from privity.proofs.door import Known, over, recognise
from privity.proofs.legacy import verified_hash
from privity.proofs.mailbox import redeem, send_code
from privity.proofs.model import Caller, Proved
from privity.proofs.opening import Opened, open_proved, open_unproved
from privity.proofs.renewing import renewed
from privity.proofs.sign_in import redeem_sign_in
from privity.proofs.store import SQL
from privity.proofs.verifying import Workspace, verified, workspace_of
from privity.web import limits, wire
from privity.web.problems import Problem

NEEDS = "A `token` needs `identity_token` or `legacy`, a `code` needs `email` or `code`, and `oidc` needs `sign_in`."


async def open_session(house: House, knock: Knock, ask: wire.OpenSession) -> Opened:
    """Nobody, somebody who claims, or somebody who proves: one session for each."""
    house.limiter.take(limits.SESSIONS, "sessions", knock.network)
    workspace = await workspace_of(house, ask.workspace)
    known = await recognise(house, knock.carried.credential)
    if known is not None and known.session.workspace != workspace.id:
        known = None
    if not _is_of_page(ask):
        return await open_unproved(house, workspace, knock, known, ask)
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
            return await redeem(house, workspace.id, session, code.strip(), network)
    raise Problem(422, "not_valid", NEEDS)


async def renew(house: House, caller: Caller, token: str) -> Caller:
    """The same identity again, over the socket; another one is refused."""
    workspace = await workspace_of(house, str(caller.viewer.workspace))
    proved = await verified(house, workspace, token, str(caller.viewer.session), caller.viewer.session, None)
    return await renewed(house, caller, proved)


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
        return await open_proved(house, workspace, knock, known, proved, page, legacy)
    return Opened(await renewed(house, living, proved), None)


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


async def _rose_by(house: House, known: Known, proved: Proved) -> bool:
    """The old secret of a session that rose repeats the proof that raised it, and no other."""
    session = known.session
    async with house.pools.gate.within(session.workspace) as db:
        rose: bool = await db.fetchval(SQL["rose_by"], session.workspace, session.id, proved.digest)
    return rose


def _living_id(known: Known | None) -> UUID | None:
    return known.session.id if known is not None and known.living is not None else None
