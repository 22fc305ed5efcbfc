"""Identity tokens: a JWT that the site signed, judged by the key that its `kid` names and by nothing in itself."""

import json
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from privity.proofs.attributes import Attribute, attributes_in, clean_address, printable

Fault = Literal[
    "shape",
    "algorithm",
    "key",
    "signature",
    "audience",
    "issuer",
    "subject",
    "lifetime",
    "not_yet",
    "expired",
    "spent",
    "reused",
]
Algorithm = Literal["HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA"]
Claims = dict[str, Any]
VerifyingKey = OctKey | RSAKey | ECKey | OKPKey

SKEW = timedelta(seconds=60)
LONGEST_LIFETIME = timedelta(hours=1)
NEVER = datetime.max.replace(tzinfo=UTC)
SUBJECT_CHARACTERS = 255
TEST = "test:"
NAME_CHARACTERS = 254
JTI_CHARACTERS = 255
SAME_AS_NAMES = 10
SAME_AS_CHARACTERS = 320

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

    `material` is the secret's bytes (HS256, HS384, HS512) or a public key in PEM. A key with an `issuer` signs for
    that one alone; one that `stops_at` an instant proves nobody from then on.
    """

    id: UUID
    kid: str
    alg: Algorithm
    material: bytes
    issuer: str | None = None
    stops_at: datetime | None = None

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
    attributes: Mapping[str, Attribute]
    same_as: frozenset[str]
    key: UUID
    kid: str
    jti: str | None
    digest: bytes
    issued_at: datetime
    expires_at: datetime
    key_stops_at: datetime

    @property
    def provider(self) -> Literal["site", "test"]:
        return provider_of(self.subject)


@dataclass(frozen=True, slots=True)
class Rejected:
    """The class of a token's fault, and the key that it names if there is one. It says nothing of the subject.

    `issued_at` only where the signature holds: another's word on the site's clock is nobody's.
    """

    fault: Fault
    key: UUID | None = field(default=None, compare=False)
    issued_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and when a token is judged. The issuer is the one that its key asks for, if it does."""

    workspace: UUID
    max_age: timedelta
    now: datetime
    issuer: str | None = None

    def of(self, key: SigningKey) -> "Occasion":
        """The same, for what this key signed."""
        return replace(self, issuer=key.issuer)


def identify(
    token: str, keys: Mapping[str, SigningKey], workspace: UUID, max_age: timedelta, now: datetime
) -> Identified | Rejected:
    """Judge a token at this instant. Whether it is spent or reused is for the caller, who has the database."""
    head = header_of(token)
    if head is None:
        return Rejected("shape")
    key = key_for(head, keys)
    if not isinstance(key, SigningKey):
        named = _named(head, keys)
        return Rejected(key, named.id if named is not None else None)
    if not is_signed_by(key, token):
        return Rejected("signature", key.id)
    claims = claims_of(token)
    if claims is None:
        return Rejected("shape", key.id)
    occasion = Occasion(workspace, max_age, now).of(key)
    fault = next((fault for fault, holds in CHECKS if not holds(claims, occasion)), None)
    if fault is not None:
        return Rejected(fault, key.id, times(claims)[0])
    return _identified(claims, key, token)


def provider_of(subject: str) -> Literal["site", "test"]:
    """Who vouches for a token's subject. A `test:` one is nobody of the site's, and never owns what a user's is."""
    return "test" if subject.startswith(TEST) else "site"


def key_for(head: Claims, keys: Mapping[str, SigningKey]) -> SigningKey | Fault:
    """The key that a header names, if it may have signed what the header says it did; else the fault."""
    algorithm = head.get("alg")
    if not isinstance(algorithm, str) or algorithm.lower() == "none":
        return "algorithm"
    key = _named(head, keys)
    if key is None:
        return "key"
    if algorithm not in key.names:
        return "algorithm"
    return "shape" if "crit" in head else key


def _named(head: Claims, keys: Mapping[str, SigningKey]) -> SigningKey | None:
    kid = head.get("kid")
    return keys.get(kid) if isinstance(kid, str) else None


def is_signed_by(key: SigningKey, token: str) -> bool:
    try:
        jws.deserialize_compact(token, key.verifier(), registry=_Registry(algorithms=key.names))
    except (JoseError, ValueError):
        return False
    return True


def header_of(token: str) -> Claims | None:
    """What a token says of how it was signed; None where it is no token."""
    parts = token.split(".")
    return _object(parts[0]) if len(parts) == 3 else None


def claims_of(token: str) -> Claims | None:
    """What a token says. Nothing of it counts before its signature does."""
    parts = token.split(".")
    return _object(parts[1]) if len(parts) == 3 else None


# ── What the claims must be, in order: the first that does not hold is the fault ─────────────────────────────────


def _is_for_us(claims: Claims, occasion: Occasion) -> bool:
    return claims.get("aud") in (str(occasion.workspace), [str(occasion.workspace)])


def _is_by_the_issuer(claims: Claims, occasion: Occasion) -> bool:
    return occasion.issuer is None or claims.get("iss") == occasion.issuer


def _says_who(claims: Claims, _: Occasion) -> bool:
    subject = claims.get("sub")
    return isinstance(subject, str) and printable(subject, SUBJECT_CHARACTERS)


def _is_short_lived(claims: Claims, _: Occasion) -> bool:
    issued, begins, expires = times(claims)
    if issued is None or begins is None or expires is None:
        return False
    return timedelta(0) < expires - issued <= LONGEST_LIFETIME


def _has_begun(claims: Claims, occasion: Occasion) -> bool:
    issued, begins, _ = times(claims)
    latest = occasion.now + SKEW
    return issued is not None and issued <= latest and begins is not None and begins <= latest


def _is_fresh(claims: Claims, occasion: Occasion) -> bool:
    issued, _, expires = times(claims)
    if issued is None or expires is None:
        return False
    return occasion.now < min(expires, issued + occasion.max_age)


CHECKS: tuple[tuple[Fault, Callable[[Claims, Occasion], bool]], ...] = (
    ("audience", _is_for_us),
    ("issuer", _is_by_the_issuer),
    ("subject", _says_who),
    ("lifetime", _is_short_lived),
    ("not_yet", _has_begun),
    ("expired", _is_fresh),
)


def times(claims: Claims) -> tuple[datetime | None, datetime | None, datetime | None]:
    """(issued, begins, expires); a token that does not say when it begins does so when it is issued."""
    issued = _instant(claims.get("iat"))
    return issued, _instant(claims["nbf"]) if "nbf" in claims else issued, _instant(claims.get("exp"))


class _Registry(jws.JWSRegistry):
    """Takes EdDSA by its name on the wire, without the library's warning (RFC 9864) at each token."""

    def get_alg(self, name: str) -> Any:
        if self.allowed is None or name not in self.allowed:
            raise UnsupportedAlgorithmError(f"Algorithm of {name!r} is not allowed")
        return self.algorithms[name]


def _identified(claims: Claims, key: SigningKey, token: str) -> Identified:
    name, email, jti = claims.get("name"), claims.get("email"), claims.get("jti")
    issued, _, expires = times(claims)
    if issued is None or expires is None:
        raise ValueError("a token without its times was let through")
    return Identified(
        subject=claims["sub"],
        name=name if isinstance(name, str) and printable(name, NAME_CHARACTERS) else None,
        email=clean_address(email),
        email_verified=claims.get("email_verified") is True,
        attributes=attributes_in(claims.get("attributes")),
        same_as=_names(claims.get("same_as")),
        key=key.id,
        kid=key.kid,
        jti=jti if isinstance(jti, str) and printable(jti, JTI_CHARACTERS) else None,
        # Of what was signed: the signature itself can be written in more than one way.
        digest=sha256(token.rpartition(".")[0].encode()).digest(),
        issued_at=issued,
        expires_at=expires,
        key_stops_at=key.stops_at or NEVER,
    )


def _names(value: object) -> frozenset[str]:
    """`provider:subject` each. A list that is too long or holds anything else names nobody."""
    if not isinstance(value, list) or len(value) > SAME_AS_NAMES:
        return frozenset()
    if not all(isinstance(name, str) and printable(name, SAME_AS_CHARACTERS) for name in value):
        return frozenset()
    return frozenset(value)


def _object(part: str) -> Claims | None:
    try:
        value = json.loads(urlsafe_b64decode(part.encode("ascii") + b"=="))
    except (NotBase64, UnicodeEncodeError, ValueError, RecursionError):
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
