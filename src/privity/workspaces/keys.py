"""Signing keys: made or given, listed, stopped, revoked. A secret is shown once, when it is made, and then sealed."""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

import uuid_utils.compat
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from privity.audit.model import AuditEvent
from privity.db.bus import Event
from privity.db.pool import Connection
from privity.house import House
from privity.workspaces import store

PURPOSE = "signing key"
SECRET_BYTES = 32
LEAST_SECRET_BYTES = {"HS256": 32, "HS384": 48, "HS512": 64}
LEAST_RSA_BITS = 2048
NAME_CHARACTERS = 64
ISSUER_CHARACTERS = 255

HmacAlgorithm = Literal["HS256", "HS384", "HS512"]
RsaAlgorithm = Literal["RS256", "PS256"]
Algorithm = HmacAlgorithm | RsaAlgorithm | Literal["ES256", "EdDSA"]


class KeyRefusedError(Exception):
    """A key cannot be taken or is not there. The message is a sentence for the operator."""


class NoSuchKeyError(KeyRefusedError):
    """No living key has this name."""

    def __init__(self, kid: str) -> None:
        super().__init__(f"There is no living signing key called {kid}.")


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
        return replace(
            self, name=_line("name", name, NAME_CHARACTERS), issuer=_line("issuer", issuer, ISSUER_CHARACTERS)
        )


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


def given(pem: bytes, now: datetime, alg: RsaAlgorithm | None = None) -> NewKey:
    """The public half of a key whose private half never leaves the site. `alg` is for RSA, which has two."""
    if b"PRIVATE KEY" in pem:
        raise KeyRefusedError(
            "This is a private key. Keep it on the site's server, and give its public half here."
        )
    if b"BEGIN CERTIFICATE" in pem:
        raise KeyRefusedError(
            "This is a certificate. Give the public key in it (`openssl x509 -pubkey -noout` writes it)."
        )
    key = _public_key(pem)
    plain = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return NewKey(uuid_utils.compat.uuid7(), _kid(now), _algorithm(key, alg), plain)


async def add(house: House, workspace: UUID, key: NewKey) -> None:
    """From now on the workspace trusts what this key signed."""
    now = house.clock()
    async with house.pools.operator.within(workspace) as db:
        await _require_new(db, house, workspace, key)
        await store.add_key(
            db, workspace, key.id, key.kid, key.alg, sealed(house, key), now, key.name, key.issuer
        )
    await house.ledger.record(added(workspace, key))


async def stop(house: House, workspace: UUID, kid: str, at: datetime) -> int:
    """From that instant on the key proves nobody, and no session rests on it. Answers how many do now beyond it."""
    now = house.clock()
    if at <= now:
        raise KeyRefusedError("This instant is past. To end a key at once, revoke it.")
    async with house.pools.operator.within(workspace) as db:
        key = await store.stop_key(db, workspace, kid, at, now)
        if key is None:
            raise NoSuchKeyError(kid)
        bounded = await store.bound_sessions_of(db, workspace, key, at)
    await house.ledger.record(
        AuditEvent(workspace, "key_change", "operator", subject=key, reason="signing_key_stops")
    )
    return bounded


async def revoke(house: House, workspace: UUID, kid: str) -> int:
    """The key proves nobody from now on, and each session that rests on it is over. Answers how many were."""
    now = house.clock()
    async with house.pools.operator.within(workspace) as db:
        key = await store.revoke_key(db, workspace, kid, now)
        if key is None:
            raise NoSuchKeyError(kid)
    # Only now: a session that opens on the key in this moment finds it revoked, or is found here.
    async with house.pools.operator.within(workspace) as db:
        ended = await store.end_sessions_of(db, workspace, key, now)
    await house.ledger.record(
        AuditEvent(workspace, "key_change", "operator", subject=key, reason="signing_key_revoked"),
        *(
            AuditEvent(workspace, "session_end", "operator", session=session, reason="key_revoked")
            for session, _ in ended
        ),
    )
    for session, contact in ended:
        house.bus.announce(
            Event("end", workspace, session=session, contact=contact, reason="session_over"),
            Event("sessions", workspace, contact=contact),
        )
    return len(ended)


async def holder_of(db: Connection, house: House, workspace: UUID, material: bytes) -> UUID | None:
    """The signing key, or the switch of old hashes, living or past, that has this very secret."""
    for holder, purpose, content in await store.materials(db, workspace):
        earlier = house.keyring.open(purpose, content, holder.bytes)
        if earlier is not None and hmac.compare_digest(earlier, material):
            return holder
    return None


def sealed(house: House, key: NewKey) -> bytes:
    return house.keyring.seal(PURPOSE, key.material, key.id.bytes)


def added(workspace: UUID, key: NewKey) -> AuditEvent:
    return AuditEvent(workspace, "key_change", "operator", subject=key.id, reason="signing_key_added")


async def _require_new(db: Connection, house: House, workspace: UUID, key: NewKey) -> None:
    """What was trusted once may have leaked since: it is not taken again, least of all after it was revoked."""
    if await holder_of(db, house, workspace, key.material) is not None:
        raise KeyRefusedError("This workspace has or had this very key. Make a new one.")


def _line(what: str, text: str | None, longest: int) -> str | None:
    if text is None:
        return None
    if not text.strip() or len(text) > longest or not text.isprintable():
        raise KeyRefusedError(f"The {what} of a key is one line of {longest} characters at most.")
    return text.strip()


def _public_key(pem: bytes) -> PublicKeyTypes:
    try:
        return load_pem_public_key(pem)
    except UnsupportedAlgorithm:
        raise _unfit("This key is of a kind that is not known here.") from None
    except ValueError:
        raise KeyRefusedError("This is no public key in PEM (`openssl pkey -pubout` writes one).") from None


def _algorithm(key: PublicKeyTypes, asked: RsaAlgorithm | None) -> Algorithm:
    """The one algorithm that the key is fixed to from now on."""
    match key:
        case RSAPublicKey() if key.key_size < LEAST_RSA_BITS:
            raise KeyRefusedError(
                f"This RSA key is too short: it has {key.key_size} bits. Make one of {LEAST_RSA_BITS} or more."
            )
        case RSAPublicKey():
            return asked or "RS256"
        case EllipticCurvePublicKey() if not isinstance(key.curve, SECP256R1):
            raise _unfit(f"This key is on the curve {key.curve.name}.")
        case EllipticCurvePublicKey():
            return _only("ES256", asked)
        case Ed25519PublicKey():
            return _only("EdDSA", asked)
    raise _unfit("This key cannot sign identity tokens.")


def _only(alg: Algorithm, asked: RsaAlgorithm | None) -> Algorithm:
    if asked is not None:
        raise KeyRefusedError(f"{asked} is for RSA keys alone. This key signs {alg}: leave the choice out.")
    return alg


def _unfit(what: str) -> KeyRefusedError:
    return KeyRefusedError(
        f"{what} Give an Ed25519 key, one on the curve P-256, or RSA of {LEAST_RSA_BITS} bits or more."
    )


def _kid(now: datetime) -> str:
    """Such as key-2026-11-22-a1b2: the day tells people which is the older one."""
    return f"key-{now:%Y-%m-%d}-{secrets.token_hex(2)}"
