"""Signing keys: made or given, listed, stopped, revoked. A secret is shown once, when it is made, and then sealed."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

import uuid_utils.compat

from privity.audit.model import OPERATOR, AuditEvent, By
from privity.db.pool import Connection, Row
from privity.house import House
from privity.refused import NotThereError
from privity.vouching import public_keys, store
from privity.vouching.ending import tell_of_ends
from privity.vouching.public_keys import KeyRefusedError, PublicAlgorithm, RsaAlgorithm

__all__ = ["Algorithm", "HmacAlgorithm", "KeyRefusedError", "NewKey", "NoSuchKeyError", "RsaAlgorithm"]

PURPOSE = "signing key"
SECRET_BYTES = 32
LEAST_SECRET_BYTES = {"HS256": 32, "HS384": 48, "HS512": 64}
NAME_CHARACTERS = 64
ISSUER_CHARACTERS = 255

HmacAlgorithm = Literal["HS256", "HS384", "HS512"]
Algorithm = HmacAlgorithm | PublicAlgorithm


class NoSuchKeyError(NotThereError):
    """No living key has this name."""

    def __init__(self, kid: str) -> None:
        super().__init__(f"There is no living signing key called {kid}.")


class RevokedBeforeError(NotThereError):
    """The key of this name is revoked, and nothing rested on it any more."""

    def __init__(self, kid: str) -> None:
        super().__init__(f"The signing key called {kid} was revoked already. No session rests on it.")


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to be trusted. Of an HMAC, `material` is the secret's UTF-8 bytes; else the public key in PEM.

    `name` is for people. Where there is an `issuer`, the key's tokens must name it.
    """

    id: UUID
    kid: str
    alg: Algorithm
    material: bytes
    name: str | None = None
    issuer: str | None = None

    @property
    def secret(self) -> str | None:
        return self.material.decode() if self.alg in LEAST_SECRET_BYTES else None

    def called(self, name: str | None, issuer: str | None) -> "NewKey":
        """The same key with a name for people, and the issuer that its tokens must name."""
        return replace(self, name=_line("name", name, NAME_CHARACTERS), issuer=clean_issuer(issuer))


def new_secret(now: datetime) -> NewKey:
    """A secret that the site shares with the chat."""
    return NewKey(uuid_utils.compat.uuid7(), _kid(now), "HS256", secrets.token_urlsafe(SECRET_BYTES).encode())


def shared(secret: str, now: datetime, alg: HmacAlgorithm = "HS256") -> NewKey:
    """A secret that the site has already, such as one from another chat."""
    if not secret.isprintable():
        raise KeyRefusedError("A secret is one line of text. Give keys in PEM as public keys.")
    material, least = secret.encode(), LEAST_SECRET_BYTES[alg]
    if len(material) < least:
        raise KeyRefusedError(
            f"This secret is too short for {alg}: it has {len(material)} bytes. Give one of {least} or more."
        )
    return NewKey(uuid_utils.compat.uuid7(), _kid(now), alg, material)


def given(text: bytes, now: datetime, alg: RsaAlgorithm | None = None) -> NewKey:
    """The public half of a key whose private half never leaves the site, in PEM or as a JWK, which keeps its name.
    `alg` is for RSA, which has two."""
    key = public_keys.read(text, alg)
    return NewKey(uuid_utils.compat.uuid7(), key.kid or _kid(now), key.alg, key.pem)


async def add(house: House, workspace: UUID, key: NewKey, by: By = OPERATOR) -> None:
    """From now on the workspace trusts what this key signed."""
    now = house.clock()
    async with house.pools.operator.within(workspace) as db:
        await _require_new(db, house, workspace, key)
        await lay(db, house, workspace, key, now)
    await house.ledger.record(added(workspace, key, by))


async def lay(db: Connection, house: House, workspace: UUID, key: NewKey, now: datetime) -> None:
    """The row of a key that nobody has yet, within a transaction of its workspace."""
    await store.add_key(
        db, workspace, key.id, key.kid, key.alg, sealed(house, key), now, key.name, key.issuer
    )


async def stop(house: House, workspace: UUID, kid: str, at: datetime, by: By = OPERATOR) -> int:
    """From that instant on the key proves nobody, and no session rests on it. Answers how many do now beyond it."""
    now = house.clock()
    if at <= now:
        raise KeyRefusedError("This instant is past. To end a key at once, revoke it.")
    async with house.pools.operator.within(workspace) as db:
        key = await store.stop_key(db, workspace, kid, at, now)
    if key is None:
        raise NoSuchKeyError(kid)
    # Only now: a session that opens in this moment finds that the key stops, or is found here.
    async with house.pools.operator.within(workspace) as db:
        bounded = await store.bound_sessions_of(db, workspace, key, at)
    await house.ledger.record(_changed(workspace, key, "signing_key_stops", by))
    return bounded


async def revoke(house: House, workspace: UUID, kid: str, by: By = OPERATOR) -> int:
    """The key proves nobody from now on, and each session that rests on it is over. Answers how many were."""
    now = house.clock()
    async with house.pools.operator.within(workspace) as db:
        living = await store.revoke_key(db, workspace, kid, now)
        key = living or await store.revoked_key(db, workspace, kid)
        if key is None:
            raise NoSuchKeyError(kid)
    ended = await end_what_rests_on(house, workspace, [key], now)
    if living is None and not ended:
        raise RevokedBeforeError(kid)
    what = _changed(workspace, key, "signing_key_revoked", by)
    return await tell_of_ends(house, workspace, ended, "key_revoked", by, what)


async def end_what_rests_on(house: House, workspace: UUID, keys: list[UUID], now: datetime) -> Sequence[Row]:
    """Each session that rests on keys which prove nobody any more is over. Answers which were.

    To be called once that stands: a session that opens on such a key in this moment finds it so, or is found here.
    """
    async with house.pools.operator.within(workspace) as db:
        return await store.end_sessions_of(db, workspace, keys, now)


async def holder_of(db: Connection, house: House, workspace: UUID, material: bytes) -> UUID | None:
    """The signing key, or the switch of old hashes, living or past, that has this very secret."""
    for holder, purpose, content in await store.materials(db, workspace):
        earlier = house.keyring.open(purpose, content, holder.bytes)
        if earlier is not None and hmac.compare_digest(earlier, material):
            return holder
    return None


def clean_issuer(issuer: str | None) -> str | None:
    """Whom a key's tokens must name, if it can be stored."""
    return _line("issuer", issuer, ISSUER_CHARACTERS)


def sealed(house: House, key: NewKey) -> bytes:
    return house.keyring.seal(PURPOSE, key.material, key.id.bytes)


def added(workspace: UUID, key: NewKey, by: By) -> AuditEvent:
    return _changed(workspace, key.id, "signing_key_added", by)


def _changed(workspace: UUID, key: UUID, reason: str, by: By) -> AuditEvent:
    return AuditEvent(workspace, "key_change", by.actor, by.id, subject=key, reason=reason)


async def _require_new(db: Connection, house: House, workspace: UUID, key: NewKey) -> None:
    """What was trusted once may have leaked since: it is not taken again, least of all after it was revoked."""
    if any(earlier.kid == key.kid for earlier in await store.known_keys(db, workspace)):
        raise KeyRefusedError(f"This workspace has or had a key called {key.kid}.")
    if await holder_of(db, house, workspace, key.material) is not None:
        raise KeyRefusedError("This workspace has or had this very key. Make a new one.")


def _line(what: str, text: str | None, longest: int) -> str | None:
    if text is None:
        return None
    if not text.strip() or len(text) > longest or not text.isprintable():
        raise KeyRefusedError(f"The {what} of a key is one line of {longest} characters at most.")
    return text.strip()


def _kid(now: datetime) -> str:
    """Such as key-2026-11-22-a1b2: the day tells people which is the older one."""
    return f"key-{now:%Y-%m-%d}-{secrets.token_hex(2)}"
