"""Identity tokens: a JWT that the site signed, judged by the key that its `kid` names and by nothing in itself."""

import json
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

Fault = Literal[
    "shape", "algorithm", "key", "signature", "audience", "subject", "lifetime", "not_yet", "expired", "spent"
]
Algorithm = Literal["HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA"]
VerifyingKey = OctKey | RSAKey | ECKey | OKPKey

SKEW = timedelta(seconds=60)
LONGEST_LIFETIME = timedelta(hours=1)
SUBJECT_CHARACTERS = 255
NAME_CHARACTERS = 254

_IMPORTS: dict[str, Callable[[bytes], VerifyingKey]] = {
    "HS": OctKey.import_key,
    "RS": RSAKey.import_key,
    "PS": RSAKey.import_key,
    "ES": ECKey.import_key,
    "Ed": OKPKey.import_key,
}


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that the workspace trusts. The algorithm is the key's, never the token's.

    `material` is the secret's bytes (HS256, HS384, HS512) or a public key in PEM.
    """

    id: UUID
    kid: str
    alg: Algorithm
    material: bytes

    @property
    def names(self) -> list[str]:
        """What a token may call the algorithm: RFC 9864 renames EdDSA with this curve."""
        return ["EdDSA", "Ed25519"] if self.alg == "EdDSA" else [self.alg]

    def verifier(self) -> VerifyingKey:
        return _IMPORTS[self.alg[:2]](self.material)


@dataclass(frozen=True, slots=True)
class Identified:
    """What a good token proves. `email` counts as proved only with `email_verified`."""

    subject: str
    name: str | None
    email: str | None
    email_verified: bool
    key: UUID
    kid: str
    digest: bytes
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Rejected:
    """The class of a token's fault. It says nothing of the subject."""

    fault: Fault


def identify(
    token: str, keys: Mapping[str, SigningKey], workspace: UUID, max_age: timedelta, now: datetime
) -> Identified | Rejected:
    """Judge a token at this instant. Whether it is spent is for the caller, who has the database."""
    head = _header(token)
    if head is None:
        return Rejected("shape")
    algorithm, kid = head.get("alg"), head.get("kid")
    if not isinstance(algorithm, str) or algorithm.lower() == "none":
        return Rejected("algorithm")
    key = keys.get(kid) if isinstance(kid, str) else None
    if key is None:
        return Rejected("key")
    if algorithm not in key.names:
        return Rejected("algorithm")
    if "crit" in head:
        return Rejected("shape")
    try:
        registry = _Registry(algorithms=key.names)
        payload = jws.deserialize_compact(token, key.verifier(), registry=registry).payload
    except (JoseError, ValueError):
        return Rejected("signature")
    claims = _object(payload)
    if claims is None:
        return Rejected("shape")
    return _fault(claims, workspace, max_age, now) or _identified(claims, key, token)


class _Registry(jws.JWSRegistry):
    """Takes EdDSA by its name on the wire, without the library's warning (RFC 9864) at each token."""

    def get_alg(self, name: str) -> Any:
        if self.allowed is None or name not in self.allowed:
            raise UnsupportedAlgorithmError(f"Algorithm of {name!r} is not allowed")
        return self.algorithms[name]


def _fault(claims: dict[str, Any], workspace: UUID, max_age: timedelta, now: datetime) -> Rejected | None:
    if claims.get("aud") not in (str(workspace), [str(workspace)]):
        return Rejected("audience")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not _printable(subject, SUBJECT_CHARACTERS):
        return Rejected("subject")
    issued, expires = _instant(claims.get("iat")), _instant(claims.get("exp"))
    begins = _instant(claims.get("nbf")) if "nbf" in claims else issued
    if issued is None or expires is None or begins is None:
        return Rejected("lifetime")
    if not timedelta(0) < expires - issued <= LONGEST_LIFETIME:
        return Rejected("lifetime")
    if issued > now + SKEW or begins > now + SKEW:
        return Rejected("not_yet")
    if expires <= now or issued + max_age <= now:
        return Rejected("expired")
    return None


def _identified(claims: dict[str, Any], key: SigningKey, token: str) -> Identified:
    name, email = claims.get("name"), claims.get("email")
    issued, expires = _instant(claims["iat"]), _instant(claims["exp"])
    if issued is None or expires is None:
        raise ValueError("a token without its times was let through")
    return Identified(
        subject=claims["sub"],
        name=name if isinstance(name, str) and _printable(name, NAME_CHARACTERS) else None,
        email=email.lower() if isinstance(email, str) and email.isascii() and len(email) <= 254 else None,
        email_verified=claims.get("email_verified") is True,
        key=key.id,
        kid=key.kid,
        # Of what was signed: the signature itself can be written in more than one way.
        digest=sha256(token.rpartition(".")[0].encode()).digest(),
        issued_at=issued,
        expires_at=expires,
    )


def _header(token: str) -> dict[str, Any] | None:
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        return _object(urlsafe_b64decode(parts[0].encode("ascii") + b"=="))
    except (NotBase64, UnicodeEncodeError, ValueError):
        return None


def _object(content: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _instant(value: object) -> datetime | None:
    """A NumericDate (RFC 7519); None for what is none, infinities and far-away years included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _printable(text: str, longest: int) -> bool:
    return bool(text.strip()) and len(text) <= longest and text.isprintable()
