"""The identity token of an OpenID Connect provider, as it came from there for one sign-in: whom it proves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from privity.proofs.attributes import clean_address, printable
from privity.proofs.tokens import (
    NAME_CHARACTERS,
    SKEW,
    SUBJECT_CHARACTERS,
    Claims,
    SigningKey,
    claims_of,
    header_of,
    is_signed_by,
    times,
)
from privity.vouching.sign_ins import Provider

SignInFault = Literal[
    "sign_in_start",
    "sign_in_unreachable",
    "sign_in_client",
    "sign_in_code",
    "sign_in_issuer",
    "sign_in_shape",
    "sign_in_algorithm",
    "sign_in_key",
    "sign_in_signature",
    "sign_in_audience",
    "sign_in_nonce",
    "sign_in_times",
]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whom a good token proves. `email` counts as proved only with the same token's `email_verified`."""

    subject: str
    name: str | None
    email: str | None
    email_verified: bool
    digest: bytes
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """The sign-in that the token must be for."""

    provider: Provider
    nonce: str
    max_age: timedelta
    now: datetime


def signed_in(token: str, sign_in: SignIn) -> SignedIn | SignInFault:
    """Judged by the provider's own keys, and by the algorithm that each of them is fixed to."""
    key = _key_for(token, sign_in.provider)
    if not isinstance(key, SigningKey):
        return key
    if not is_signed_by(key, token):
        return "sign_in_signature"
    claims = claims_of(token)
    if claims is None:
        return "sign_in_shape"
    fault = next((fault for fault, holds in CHECKS if not holds(claims, sign_in)), None)
    return fault or _signed_in(claims, token, sign_in)


def _key_for(token: str, provider: Provider) -> SigningKey | SignInFault:
    head, discovery = header_of(token), provider.discovery
    if head is None or discovery is None or "crit" in head:
        return "sign_in_shape"
    kid, alg = head.get("kid"), head.get("alg")
    fitting = [key for key in discovery.keys if kid is None or key.kid == kid]
    # Who publishes one key alone need not name it.
    if len(fitting) != 1:
        return "sign_in_key"
    key = SigningKey(provider.id, str(kid), fitting[0].alg, fitting[0].pem)
    return key if key.alg in discovery.algorithms and alg in key.names else "sign_in_algorithm"


def _is_by_the_issuer(claims: Claims, sign_in: SignIn) -> bool:
    return claims.get("iss") == sign_in.provider.issuer


def _is_for_us(claims: Claims, sign_in: SignIn) -> bool:
    """For our client, and for no other one beside it."""
    ours = sign_in.provider.client_id
    return claims.get("aud") in (ours, [ours]) and claims.get("azp", ours) == ours


def _is_for_this_sign_in(claims: Claims, sign_in: SignIn) -> bool:
    return claims.get("nonce") == sign_in.nonce


def _says_who(claims: Claims, _: SignIn) -> bool:
    subject = claims.get("sub")
    return isinstance(subject, str) and printable(subject, SUBJECT_CHARACTERS)


def _is_of_now(claims: Claims, sign_in: SignIn) -> bool:
    issued, begins, expires = times(claims)
    if issued is None or begins is None or expires is None:
        return False
    has_begun = max(issued, begins) <= sign_in.now + SKEW
    return has_begun and sign_in.now < min(expires, issued + sign_in.max_age)


CHECKS: tuple[tuple[SignInFault, Callable[[Claims, SignIn], bool]], ...] = (
    ("sign_in_issuer", _is_by_the_issuer),
    ("sign_in_audience", _is_for_us),
    ("sign_in_nonce", _is_for_this_sign_in),
    ("sign_in_shape", _says_who),
    ("sign_in_times", _is_of_now),
)


def _signed_in(claims: Claims, token: str, sign_in: SignIn) -> SignedIn:
    issued, _, expires = times(claims)
    if issued is None or expires is None:
        raise ValueError("a token without its times was let through")
    name, email = claims.get("name"), claims.get("email")
    return SignedIn(
        subject=claims["sub"],
        name=name if isinstance(name, str) and printable(name, NAME_CHARACTERS) else None,
        email=clean_address(email),
        email_verified=claims.get("email_verified") is True,
        digest=sha256(token.rpartition(".")[0].encode()).digest(),
        issued_at=issued,
        expires_at=min(expires, issued + sign_in.max_age),
    )
