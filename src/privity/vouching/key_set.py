"""A set of public keys as a site publishes it (JWKS, RFC 7517): which can be trusted, and why the others not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from privity.vouching.public_keys import KeyRefusedError, PublicKey, RsaAlgorithm, of_jwk
from privity.web.limits import KEY_SET_KEYS


class KeySetError(Exception):
    """The whole of it cannot be used. The message is a sentence for the team."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A key that is not trusted; `why` is a sentence. It is named only by what can be shown."""

    kid: str | None
    why: str


@dataclass(frozen=True, slots=True)
class KeySet:
    keys: tuple[PublicKey, ...]
    left_out: tuple[LeftOut, ...]


def key_set(told: Any, rsa: RsaAlgorithm) -> KeySet:
    """Each key that is fit. `rsa` is what RSA keys sign that do not say so themselves."""
    jwks = told.get("keys") if isinstance(told, dict) else None
    if not isinstance(jwks, list):
        raise KeySetError("Its answer is no set of keys.")
    if len(jwks) > KEY_SET_KEYS:
        raise KeySetError(f"It lists {len(jwks)} keys. {KEY_SET_KEYS} are read at most.")
    read = list(_read(jwks, rsa))
    fit = tuple(key for key in read if isinstance(key, PublicKey))
    return KeySet(fit, tuple(one for one in read if isinstance(one, LeftOut)))


def _read(jwks: list[Any], rsa: RsaAlgorithm) -> Iterator[PublicKey | LeftOut]:
    seen = set[str]()
    for jwk in jwks:
        if not isinstance(jwk, dict):
            yield LeftOut(None, "This is no key.")
            continue
        try:
            key = of_jwk(jwk, None if "alg" in jwk else rsa)
        except KeyRefusedError as refused:
            yield LeftOut(_shown(jwk.get("kid")), str(refused))
            continue
        if key.kid is not None and key.kid in seen:
            yield LeftOut(key.kid, "Another key of the set has this name.")
            continue
        seen.add(key.kid or "")
        yield key


def _shown(kid: object) -> str | None:
    return kid[:64] if isinstance(kid, str) and kid.isprintable() else None
