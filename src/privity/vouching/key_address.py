"""The address at which a site publishes its public keys (JWKS). What is found there is trusted like a key that was
given, for as long as the address lists it, and a day at most after the last time that it could be read."""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat

from privity.audit.model import OPERATOR, SYSTEM, AuditEvent, By
from privity.db.pool import Connection
from privity.house import House
from privity.outward.fault import FetchError
from privity.vouching import keys, store
from privity.vouching.ending import tell_of_ends
from privity.vouching.key_set import KeySet, KeySetError, LeftOut, key_set
from privity.vouching.keys import KeyRefusedError, NewKey
from privity.vouching.public_keys import PublicKey, RsaAlgorithm
from privity.vouching.store import KnownKey

GOOD_FOR = timedelta(days=1)
FRESH_BY_DEFAULT = timedelta(hours=1)
LEAST_FRESH = timedelta(minutes=5)
LOOKS_AGAIN_AFTER = timedelta(minutes=1)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=([0-9]{1,9})(?:$|[\s,])")


@dataclass(frozen=True, slots=True)
class Look:
    """What an address lists, and how long it may be taken to list the same."""

    found: KeySet
    fresh_for: timedelta


async def name(
    house: House, workspace: UUID, url: str, rsa: RsaAlgorithm, issuer: str | None, by: By = OPERATOR
) -> None:
    """From now on the workspace trusts what this address lists; where nothing can be read there, nothing changes."""
    issuer = keys.clean_issuer(issuer)
    try:
        look = await _look(house, url, rsa)
    except (FetchError, KeySetError) as failure:
        raise KeyRefusedError(f"No key could be read at this address. {failure}") from None
    now = house.clock()
    async with house.pools.operator.within(workspace) as db:
        await store.name_key_address(db, workspace, url, rsa, issuer, now)
        changes = await _take(db, house, workspace, look, issuer, now)
    await house.ledger.record(_event(workspace, "key_address_named", by=by), *changes)


async def look_again(house: House, workspace: UUID) -> None:
    """Reads the address anew, once a minute at most for however many ask. A failure keeps what was found before."""
    await house.outward.together(f"keys of {workspace}", lambda: _look_again(house, workspace))


async def forget(house: House, workspace: UUID, by: By = OPERATOR) -> int:
    """The address is named no more, what was found there proves nobody, and each session that rests on it is over.
    Answers how many were."""
    now = house.clock()
    async with house.pools.operator.within(workspace) as db:
        named = await store.forget_key_address(db, workspace)
        gone = await store.unlist_keys(db, workspace, [])
        unlisted = await store.unlisted_keys(db, workspace)
    # Only now, as with a key that is revoked.
    ended = await keys.end_what_rests_on(house, workspace, unlisted, now)
    if not named and not ended:
        return 0
    return await tell_of_ends(
        house,
        workspace,
        ended,
        "key_revoked",
        by,
        _event(workspace, "key_address_forgotten", by=by),
        *(_event(workspace, "signing_key_gone", key, by=by) for key in gone),
    )


async def _look_again(house: House, workspace: UUID) -> None:
    now = house.clock()
    async with house.pools.operator.within(workspace) as db:
        named = await store.claim_a_look(db, workspace, now, now - LOOKS_AGAIN_AFTER)
    if named is None:
        return
    try:
        look = await _look(house, named.url, named.rsa_alg)
    except (FetchError, KeySetError) as failure:
        async with house.pools.operator.within(workspace) as db:
            await store.look_failed(db, workspace, named.url, str(failure))
        return
    async with house.pools.operator.within(workspace) as db:
        # It may have been named anew, or forgotten, while this look was under way.
        if await store.key_address_is(db, workspace, named.url):
            changes = await _take(db, house, workspace, look, named.issuer, now)
        else:
            changes = []
    await house.ledger.record(*changes)


async def _look(house: House, url: str, rsa: RsaAlgorithm) -> Look:
    fetched = await house.outward.get(url)
    found = key_set(fetched.json(), rsa)
    found = _with_names(found)
    if not found.keys:
        why = f" {found.left_out[0].why}" if found.left_out else ""
        raise KeySetError(f"It lists no key that could be trusted.{why}")
    return Look(found, _fresh_for(fetched.headers.get("cache-control", "")))


def _with_names(found: KeySet) -> KeySet:
    """A token names its key, so that a key without a name could not be meant."""
    nameless = tuple(LeftOut(None, "This key has no `kid`.") for key in found.keys if key.kid is None)
    return KeySet(tuple(key for key in found.keys if key.kid is not None), (*found.left_out, *nameless))


def _fresh_for(cache_control: str) -> timedelta:
    said = _MAX_AGE.search(cache_control.lower())
    if said is None:
        return FRESH_BY_DEFAULT
    return min(max(timedelta(seconds=int(said[1])), LEAST_FRESH), GOOD_FOR)


async def _take(
    db: Connection, house: House, workspace: UUID, look: Look, issuer: str | None, now: datetime
) -> list[AuditEvent]:
    """Trust what is listed, and no more what was listed and is not. Answers what changed."""
    known = await store.known_keys(db, workspace)
    listed, left_out, changes = list[UUID](), list(look.found.left_out), list[AuditEvent]()
    for key in look.found.keys:
        match _place_of(house, key, known):
            case LeftOut() as refused:
                left_out.append(refused)
            case KnownKey() as same:
                listed.append(same.id)
            case None:
                new = NewKey(uuid_utils.compat.uuid7(), key.kid or "", key.alg, key.pem)
                await store.add_key(
                    db, workspace, new.id, new.kid, new.alg, keys.sealed(house, new), now, None, issuer
                )
                listed.append(new.id)
                changes.append(_event(workspace, "signing_key_found", new.id))
    await store.list_keys(db, workspace, listed, issuer)
    gone = await store.unlist_keys(db, workspace, listed)
    changes += [_event(workspace, "signing_key_gone", key) for key in gone]
    await store.look_succeeded(db, workspace, now, now + look.fresh_for, now + GOOD_FOR, left_out)
    return changes


def _place_of(house: House, key: PublicKey, known: list[KnownKey]) -> KnownKey | LeftOut | None:
    """The key as it was found here before; None for a new one."""
    namesake = next((one for one in known if one.kid == key.kid), None)
    if namesake is None:
        twin = next((one for one in known if _is_same(house, key, one)), None)
        return LeftOut(key.kid, f"It is the key that is or was trusted as {twin.kid}.") if twin else None
    if namesake.is_revoked:
        return LeftOut(key.kid, "It was revoked here, and stays so.")
    if not namesake.is_found:
        return LeftOut(key.kid, "A key of this name was given here by hand.")
    if namesake.alg != key.alg or not _is_same(house, key, namesake):
        return LeftOut(
            key.kid, "It is another key than the one that had this name. Give a new key a new `kid`."
        )
    return namesake


def _is_same(house: House, key: PublicKey, known: KnownKey) -> bool:
    material = house.keyring.open(keys.PURPOSE, known.material, known.id.bytes)
    return material is not None and hmac.compare_digest(material, key.pem)


def _event(workspace: UUID, reason: str, key: UUID | None = None, *, by: By = SYSTEM) -> AuditEvent:
    return AuditEvent(workspace, "key_change", by.actor, by.id, subject=key, reason=reason)
