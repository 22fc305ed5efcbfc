"""An old hash before the switch of its product: what it proves, until the switch's date, or what is wrong with it."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from privity.db.pool import Connection
from privity.house import House
from privity.policy.facts import Assurance
from privity.proofs import store
from privity.proofs.hashes import PRODUCT_NAMES, HashFault, Named, Switch, Told, judge, named_by
from privity.proofs.model import Proved
from privity.proofs.store import SQL
from privity.proofs.verifying import Workspace, is_spent, refused
from privity.web import limits, wire
from privity.web.input import clean_email, clean_text
from privity.web.problems import Problem


async def verified_hash(
    house: House,
    workspace: Workspace,
    told: wire.LegacyProof,
    network: str,
    session: UUID | None,
    page: str | UnsetType | None,
) -> Proved:
    """What the hash proves, or 401 with the class of its fault."""
    house.limiter.check(limits.REFUSED_TOKENS, "tokens", network)
    switch = await _switch(house, workspace.id, told)
    result = await _proved(house, workspace, told, switch)
    if isinstance(result, Proved):
        return result
    house.tally.refused(workspace.id, result, switch.id if switch is not None else None)
    house.ledger.refused(workspace.id, session, result)
    raise await refused(house, workspace.id, result, network, session, page)


async def note_the_rest(
    db: Connection, house: House, told: wire.LegacyProof, contact: UUID, session: UUID, workspace: UUID
) -> None:
    """What the page says beside the hash is a claim. One that is none is left out: it locks nobody out."""
    covered = named_by(_told(told))
    for kind, value, clean in (("name", told.name, _clean_name), ("email", told.email, clean_email)):
        is_proof = covered is not None and covered.kind == kind
        if is_proof or value is UNSET or len(value) > limits.CLAIM_CHARACTERS:
            continue
        try:
            key = clean(value)
        except Problem:
            continue
        await store.say_once(db, workspace, contact, session, kind, value.strip(), key, house.clock())


async def _proved(
    house: House, workspace: Workspace, told: wire.LegacyProof, switch: Switch | None
) -> Proved | HashFault:
    named = judge(_told(told), switch)
    if switch is None or not isinstance(named, Named):
        return named if not isinstance(named, Named) else "legacy_off"
    proved = _by_hash(house, workspace, named, switch)
    if await is_spent(house, workspace.id, proved):
        return "legacy_spent"
    house.tally.accepted(workspace.id, switch.id)
    return proved


def _by_hash(house: House, workspace: Workspace, named: Named, switch: Switch) -> Proved:
    """A hash does not say when it was made: it is as old as its switch. So a sign-out everywhere uses it up for good.

    Its digest is of this one use, so that the sign-out of one session ends that one alone.
    """
    return Proved(
        kind="legacy",
        provider="legacy",
        subject=named.subject,
        assurance=Assurance.LEGACY,
        name=None,
        email=named.identifier if named.kind == "email" else None,
        email_verified=False,
        key=None,
        proved_with=f"an old hash of {PRODUCT_NAMES[named.product]}'s",
        digest=house.chance.bytes(32),
        issued_at=switch.on_at,
        expires_at=min(house.clock() + workspace.rules.proof_max_age, switch.until),
        legacy=switch.id,
    )


async def _switch(house: House, workspace: UUID, told: wire.LegacyProof) -> Switch | None:
    """The product's switch, if it is on now."""
    async with house.pools.gate.within(workspace) as db:
        row = await db.fetchrow(SQL["legacy_switch"], workspace, told.product, house.clock())
    if row is None:
        return None
    secret = house.keyring.open("legacy secret", row["secret"], row["id"].bytes)
    return Switch(row["id"], secret, row["on_at"], row["until"]) if secret else None


def _told(told: wire.LegacyProof) -> Told:
    """An absent field, and an empty one, as nothing."""
    return Told(told.product, told.hash, told.user_id or None, told.email or None)


def _clean_name(text: str) -> str:
    return clean_text(text, "name").lower()
