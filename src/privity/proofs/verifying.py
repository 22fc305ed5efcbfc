"""A token before the keys of its workspace: what it proves, or what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from msgspec import UnsetType

from privity.house import House
from privity.policy.facts import Assurance
from privity.proofs.door import rules_of
from privity.proofs.explaining import explain
from privity.proofs.model import Proved, Rules
from privity.proofs.skew import note_skew
from privity.proofs.store import SQL
from privity.proofs.tokens import Fault, Identified, Occasion, Rejected, SigningKey, header_of, identify
from privity.vouching import key_address
from privity.web import limits, wire
from privity.web.input import clean_page
from privity.web.problems import Problem

PUBLIC_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that takes visitors: what it asks, and the keys that it trusts by their kid.

    `lists_keys`: its site publishes keys at an address, which need not be looked at until `keys_fresh_until`.
    """

    id: UUID
    rules: Rules
    once_only: bool
    keys: Mapping[str, SigningKey]
    lists_keys: bool
    keys_fresh_until: datetime | None


async def workspace_of(house: House, text: str) -> Workspace:
    """A workspace that takes visitors, with the keys that it trusts. Unknown and suspended are one answer."""
    try:
        workspace = UUID(text)
    except ValueError:
        raise _no_workspace() from None
    now = house.clock()
    async with house.pools.gate.within(workspace) as db:
        row = await db.fetchrow(SQL["workspace"], workspace)
        keys = await db.fetch(SQL["keys"], workspace, now)
    if row is None:
        raise _no_workspace()
    trusted = [
        SigningKey(key["id"], key["kid"], key["alg"], opened, key["issuer"], key["stops_at"])
        for key in keys
        if (opened := house.keyring.open("signing key", key["material"], key["id"].bytes)) is not None
    ]
    rules = rules_of(row["name"], row["idle"], row, now)
    return Workspace(
        workspace,
        rules,
        row["once_only"],
        {key.kid: key for key in trusted},
        row["lists_keys"],
        row["keys_fresh_until"],
    )


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
    workspace = await _with_keys_for(house, workspace, token)
    now = house.clock()
    result = identify(token, workspace.keys, workspace.id, workspace.rules.proof_max_age, now)
    note_skew(house, workspace.id, result, now)
    if isinstance(result, Identified):
        result = await _taken(house, workspace, result)
    if isinstance(result, Identified):
        house.tally.accepted(workspace.id, result.key)
        return _by_token(result, workspace.rules)
    house.tally.refused(workspace.id, result.fault, result.key)
    house.ledger.refused(workspace.id, session, f"token_{result.fault}")
    raise await refused(house, workspace.id, result.fault, network, session, page)


async def refused(
    house: House,
    workspace: UUID,
    fault: str,
    network: str,
    session: UUID | None,
    page: str | UnsetType | None,
) -> Problem:
    """A proof was not good: kept for the team to read why, counted, and told by the class of its fault alone."""
    refusal = house.chance.id()
    async with house.pools.gate.within(workspace) as db:
        await db.execute(
            SQL["refuse_proof"], workspace, refusal, session, fault, clean_page(page or None), house.clock()
        )
    house.limiter.take(limits.REFUSED_TOKENS, "tokens", network)
    return Problem(401, "invalid_identity", fault, more={"refusal": str(refusal)})


async def explained(house: House, workspace: UUID, token: str) -> wire.TokenExplained:
    """Every check of a token, for the team. It is neither stored nor logged, and opens nothing."""
    found = await _with_keys_for(house, await workspace_of(house, str(workspace)), token.strip())
    occasion = Occasion(found.id, found.rules.proof_max_age, house.clock())
    result = identify(token.strip(), found.keys, found.id, found.rules.proof_max_age, house.clock())
    known = await _known_against(house, found, result) if isinstance(result, Identified) else []
    return explain(token, found.keys, occasion, known)


async def _with_keys_for(house: House, workspace: Workspace, token: str) -> Workspace:
    """The same, after a look at the site's address of keys where the token may be signed with one that is new there."""
    if not workspace.lists_keys:
        return workspace
    head = header_of(token) or {}
    is_new = isinstance(head.get("kid"), str) and head["kid"] not in workspace.keys
    is_stale = workspace.keys_fresh_until is None or workspace.keys_fresh_until <= house.clock()
    if not is_stale and not (is_new and head.get("alg") in PUBLIC_ALGORITHMS):
        return workspace
    await key_address.look_again(house, workspace.id)
    return await workspace_of(house, str(workspace.id))


async def is_spent(house: House, workspace: UUID, proved: Proved) -> bool:
    """Whether a sign-out or the end of its key took this proof away since it was looked at."""
    async with house.pools.gate.within(workspace) as db:
        spent: bool = await db.fetchval(
            SQL["is_spent"],
            workspace,
            proved.digest,
            proved.provider,
            proved.subject,
            proved.issued_at,
            proved.key,
            proved.expires_at,
            proved.legacy,
        )
    return spent


async def _taken(house: House, workspace: Workspace, token: Identified) -> Identified | Rejected:
    """The same token where it may still be used; where each is taken once, it is from now on."""
    if await is_spent(house, workspace.id, _by_token(token, workspace.rules)):
        return Rejected("spent", token.key)
    if workspace.once_only and not await _is_first_use(house, workspace.id, token):
        return Rejected("reused", token.key)
    return token


async def _is_first_use(house: House, workspace: UUID, token: Identified) -> bool:
    """Of several who bring a token, even at once, the first. One without a name cannot be told from a used one."""
    if token.jti is None:
        return False
    async with house.pools.gate.within(workspace) as db:
        await db.execute(SQL["forget_used"], workspace, house.clock())
        return (
            await db.fetchval(SQL["use_token"], workspace, token.key, _hash(token.jti), token.expires_at)
            is not None
        )


async def _known_against(house: House, workspace: Workspace, token: Identified) -> list[Fault]:
    """What the database would say to a token that is good in itself. It is not taken by being looked at."""
    known: list[Fault] = []
    if await is_spent(house, workspace.id, _by_token(token, workspace.rules)):
        known.append("spent")
    if workspace.once_only and await _is_used(house, workspace.id, token):
        known.append("reused")
    return known


async def _is_used(house: House, workspace: UUID, token: Identified) -> bool:
    if token.jti is None:
        return True
    async with house.pools.gate.within(workspace) as db:
        used: bool = await db.fetchval(SQL["is_used"], workspace, token.key, _hash(token.jti))
    return used


def _hash(jti: str) -> bytes:
    return sha256(jti.encode()).digest()


def _by_token(token: Identified, rules: Rules) -> Proved:
    """The site vouches, until the token expires, is too old for this workspace, or its key stops."""
    return Proved(
        kind="token",
        provider=token.provider,
        subject=token.subject,
        assurance=Assurance.SIGNED,
        name=token.name,
        email=token.email,
        email_verified=token.email_verified,
        attributes=token.attributes,
        same_as=token.same_as,
        key=token.key,
        proved_with=token.kid,
        digest=token.digest,
        issued_at=token.issued_at,
        expires_at=min(token.expires_at, token.issued_at + rules.proof_max_age, token.key_stops_at),
    )


def _no_workspace() -> Problem:
    return Problem(404, "unknown_workspace", "There is no such workspace.")
