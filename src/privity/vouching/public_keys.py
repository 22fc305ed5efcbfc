"""Public keys as sites write them, in PEM or as a JWK: each becomes plain PEM, with the one algorithm that it is fixed
to from then on. The algorithm is the key's own word or follows from its kind; no token is ever asked."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from privity.refused import RefusedError

LEAST_RSA_BITS = 2048
MOST_RSA_BITS = 8192
KID_CHARACTERS = 128
_BASE64URL = re.compile("[A-Za-z0-9_-]+")
PRIVATE_MEMBERS = frozenset(("d", "p", "q", "dp", "dq", "qi", "oth"))

RsaAlgorithm = Literal["RS256", "PS256"]
PublicAlgorithm = RsaAlgorithm | Literal["ES256", "EdDSA"]


class KeyRefusedError(RefusedError):
    """A key cannot be taken, or not be used so."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """`kid` is the name that a JWK brings."""

    alg: PublicAlgorithm
    pem: bytes
    kid: str | None = None


def read(text: bytes, alg: RsaAlgorithm | None = None) -> PublicKey:
    """One key, in PEM or as a JWK. `alg` is for RSA, which has two; a JWK may have chosen already."""
    if not text.lstrip().startswith(b"{"):
        return _fixed(_of_pem(text), alg)
    try:
        jwk = json.loads(text)
    except (ValueError, RecursionError):
        raise KeyRefusedError("This begins like a JWK, and is no JSON.") from None
    return of_jwk(jwk, alg)


def of_jwk(jwk: Mapping[str, Any], alg: RsaAlgorithm | None = None) -> PublicKey:
    """The key of a JWK (RFC 7517) that is there to verify signatures."""
    if "keys" in jwk:
        raise KeyRefusedError("This is a whole set of keys. Give one of them, or the address of the set.")
    if jwk.get("kty") == "oct":
        raise KeyRefusedError("This is a shared secret. What both sides know is no public key.")
    if PRIVATE_MEMBERS & jwk.keys():
        raise _private()
    operations = jwk.get("key_ops", ["verify"])
    may_verify = isinstance(operations, list) and "verify" in operations
    if jwk.get("use", "sig") != "sig" or not may_verify:
        raise KeyRefusedError("This key is not there to verify signatures, by its own `use` or `key_ops`.")
    try:
        key = _of_numbers(jwk)
    except (KeyError, TypeError, ValueError, AttributeError, UnsupportedAlgorithm):
        raise KeyRefusedError("A number of this key is missing, or is none.") from None
    return _fixed(key, _chosen(jwk, alg), _kid_of(jwk))


def _of_pem(pem: bytes) -> PublicKeyTypes:
    if b"PRIVATE KEY" in pem:
        raise _private()
    if b"BEGIN CERTIFICATE" in pem:
        raise KeyRefusedError(
            "This is a certificate. Give the public key in it (`openssl x509 -pubkey -noout` writes it)."
        )
    try:
        return load_pem_public_key(pem)
    except UnsupportedAlgorithm:
        raise _unfit("This key is of a kind that is not known here.") from None
    except ValueError:
        raise KeyRefusedError(
            "This is no public key in PEM (`openssl pkey -pubout` writes one), and no JWK."
        ) from None


def _of_numbers(jwk: Mapping[str, Any]) -> PublicKeyTypes:
    match jwk.get("kty"), jwk.get("crv"):
        case "RSA", _:
            return RSAPublicNumbers(_number(jwk["e"]), _number(jwk["n"])).public_key()
        case "EC", "P-256":
            return EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), SECP256R1()).public_key()
        case "OKP", "Ed25519":
            return Ed25519PublicKey.from_public_bytes(_octets(jwk["x"]))
    raise _unfit("This key is of a kind, or on a curve, that is not known here.")


def _fixed(key: PublicKeyTypes, asked: str | None, kid: str | None = None) -> PublicKey:
    plain = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return PublicKey(_algorithm(key, asked), plain, kid)


def _algorithm(key: PublicKeyTypes, asked: str | None) -> PublicAlgorithm:
    """The one algorithm that the key is fixed to from now on."""
    match key:
        case RSAPublicKey() if not LEAST_RSA_BITS <= key.key_size <= MOST_RSA_BITS:
            length = "short" if key.key_size < LEAST_RSA_BITS else "long"
            raise KeyRefusedError(
                f"This RSA key is too {length}: it has {key.key_size} bits. Make one of {LEAST_RSA_BITS} or more, and "
                f"of {MOST_RSA_BITS} at most."
            )
        case RSAPublicKey():
            return _one_of_rsas(asked or "RS256")
        case EllipticCurvePublicKey() if not isinstance(key.curve, SECP256R1):
            raise _unfit(f"This key is on the curve {key.curve.name}.")
        case EllipticCurvePublicKey():
            return _only("ES256", asked)
        case Ed25519PublicKey():
            return _only("EdDSA", asked)
    raise _unfit("This key cannot sign identity tokens.")


def _one_of_rsas(asked: str) -> RsaAlgorithm:
    match asked:
        case "RS256" | "PS256":
            return asked
    raise KeyRefusedError(f"An RSA key signs RS256 or PS256 here, and not {asked}.")


def _only(alg: PublicAlgorithm, asked: str | None) -> PublicAlgorithm:
    if asked in ("RS256", "PS256"):
        raise KeyRefusedError(f"{asked} is for RSA keys alone. This key signs {alg}: leave the choice out.")
    if asked not in (None, alg):
        raise KeyRefusedError(f"This key signs {alg}, and not {asked}.")
    return alg


def _chosen(jwk: Mapping[str, Any], asked: RsaAlgorithm | None) -> str | None:
    """What the JWK says that it signs, else what was asked for, which is for RSA alone."""
    said = jwk.get("alg")
    if said is None:
        return asked if jwk.get("kty") == "RSA" else None
    if not isinstance(said, str) or (asked is not None and asked != said and jwk.get("kty") == "RSA"):
        raise KeyRefusedError("This key says itself what it signs, and that is something else.")
    # RFC 9864 renames EdDSA with this curve.
    return "EdDSA" if said == "Ed25519" else said[:KID_CHARACTERS]


def _kid_of(jwk: Mapping[str, Any]) -> str | None:
    kid = jwk.get("kid")
    if kid is None:
        return None
    if not isinstance(kid, str) or not kid.strip() or len(kid) > KID_CHARACTERS or not kid.isprintable():
        raise KeyRefusedError(f"A key's `kid` is one line of {KID_CHARACTERS} characters at most.")
    return kid


def _number(text: str) -> int:
    return int.from_bytes(_octets(text), "big")


def _octets(text: str) -> bytes:
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    return urlsafe_b64decode(text + "==")


def _private() -> KeyRefusedError:
    return KeyRefusedError(
        "This is a private key. Keep it on the site's server, and give its public half here."
    )


def _unfit(what: str) -> KeyRefusedError:
    return KeyRefusedError(
        f"{what} Give an Ed25519 key, one on the curve P-256, or RSA of {LEAST_RSA_BITS} bits or more."
    )
