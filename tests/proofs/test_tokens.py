"""A token is judged by the key that it names and by nothing that it says of itself."""

import base64
import hmac
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any, get_args
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from privity.proofs.tokens import Fault, Identified, Rejected, SigningKey, identify
from tests.cast import ADA
from tests.clock import MONDAY_MORNING

WORKSPACE = UUID("6f1c2a4e-7a50-4f7c-9a33-0f4dbd5f7c11")
ELSEWHERE = UUID("0b9f8f5e-1111-4f7c-9a33-0f4dbd5f7c11")
SECRET = b"a secret of acme that has thirty-two bytes and more"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"e" * 32)
RSA_PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_PRIVATE = ec.generate_private_key(ec.SECP256R1())


def public_pem(private: Ed25519PrivateKey | rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def private_pem(private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


PUBLIC_PEM = public_pem(PRIVATE)
KEYS = {
    "acme": SigningKey(UUID(int=1), "acme", "HS256", SECRET),
    "edward": SigningKey(UUID(int=2), "edward", "EdDSA", PUBLIC_PEM),
    "longer": SigningKey(UUID(int=3), "longer", "HS384", SECRET),
    "longest": SigningKey(UUID(int=4), "longest", "HS512", SECRET),
    "ronald": SigningKey(UUID(int=5), "ronald", "RS256", public_pem(RSA_PRIVATE)),
    "adi": SigningKey(UUID(int=6), "adi", "PS256", public_pem(RSA_PRIVATE)),
    "curve": SigningKey(UUID(int=7), "curve", "ES256", public_pem(EC_PRIVATE)),
    "shop": SigningKey(UUID(int=8), "shop", "HS256", SECRET, issuer="shop.example"),
}
NOW = MONDAY_MORNING
AT = int(NOW.timestamp())
HOUR = timedelta(hours=1)

GOOD_HEAD = {"alg": "HS256", "kid": "acme", "typ": "JWT"}
GOOD_CLAIMS = {
    "aud": str(WORKSPACE),
    "sub": ADA.subject,
    "iat": AT,
    "exp": AT + 300,
    "email": "Ada@Example.com",
    "email_verified": True,
    "name": ADA.name,
}


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def signed(claims: Any, head: dict[str, Any] = GOOD_HEAD, secret: bytes = SECRET) -> str:
    """A token with an HMAC of this secret, whatever its header says: what an attacker can make too."""
    message = f"{b64(json.dumps(head).encode())}.{b64(json.dumps(claims).encode())}"
    return f"{message}.{b64(hmac.digest(secret, message.encode(), sha256))}"


def claims(**changes: Any) -> dict[str, Any]:
    changed = {**GOOD_CLAIMS, **changes}
    return {name: value for name, value in changed.items() if value is not ...}


def head(**changes: Any) -> dict[str, Any]:
    changed = {**GOOD_HEAD, **changes}
    return {name: value for name, value in changed.items() if value is not ...}


def judged(token: str, max_age: timedelta = HOUR) -> Identified | Rejected:
    return identify(token, KEYS, WORKSPACE, max_age, NOW)


def by_edward(**changes: Any) -> str:
    edward = head(alg="EdDSA", kid="edward")
    message = f"{b64(json.dumps(edward).encode())}.{b64(json.dumps(claims(**changes)).encode())}"
    return f"{message}.{b64(PRIVATE.sign(message.encode()))}"


def test_ada_is_who_the_sites_key_says_she_is() -> None:
    ada = judged(signed(GOOD_CLAIMS))
    assert isinstance(ada, Identified)
    assert (ada.subject, ada.name, ada.email, ada.email_verified) == (ADA.subject, ADA.name, ADA.email, True)
    assert ada.kid == "acme"
    assert ada.expires_at - NOW == timedelta(minutes=5)


def test_a_key_of_the_other_algorithm_proves_her_as_well() -> None:
    ada = judged(by_edward())
    assert isinstance(ada, Identified)
    assert ada.kid == "edward"


@pytest.mark.parametrize(
    ("alg", "kid", "private"),
    [
        ("HS384", "longer", OctKey.import_key(SECRET)),
        ("HS512", "longest", OctKey.import_key(SECRET)),
        ("RS256", "ronald", RSAKey.import_key(private_pem(RSA_PRIVATE))),
        ("PS256", "adi", RSAKey.import_key(private_pem(RSA_PRIVATE))),
        ("ES256", "curve", ECKey.import_key(private_pem(EC_PRIVATE))),
    ],
)
def test_a_site_may_sign_with(alg: str, kid: str, private: OctKey | RSAKey | ECKey) -> None:
    registry = jws.JWSRegistry(algorithms=[alg])
    token = jws.serialize_compact(
        {"alg": alg, "kid": kid}, json.dumps(GOOD_CLAIMS), private, registry=registry
    )
    ada = judged(token)
    assert isinstance(ada, Identified)
    assert ada.kid == kid
    elsewhere = jws.serialize_compact(
        {"alg": alg, "kid": "acme"}, json.dumps(GOOD_CLAIMS), private, registry=registry
    )
    assert judged(elsewhere) == Rejected("algorithm"), "the key's algorithm counts, not the token's"


def test_the_librarys_own_token_is_understood() -> None:
    token = jws.serialize_compact(GOOD_HEAD, json.dumps(GOOD_CLAIMS), OctKey.import_key(SECRET))
    assert isinstance(judged(token), Identified)


REFUSED: list[tuple[str, str, str]] = [
    ("it is no token at all", "hello", "shape"),
    ("it is empty between its dots", "..", "shape"),
    ("it has four parts", signed(GOOD_CLAIMS) + ".x", "shape"),
    ("its header is no object", f"{b64(b'[]')}.{b64(b'{}')}.x", "shape"),
    ("its header is not JSON", f"{b64(b'{')}.{b64(b'{}')}.x", "shape"),
    ("its claims are a list", signed([1]), "shape"),
    ("its claims are a word", signed("ada"), "shape"),
    ("it demands what we do not know", signed(GOOD_CLAIMS, head(crit=["exp"])), "shape"),
    (
        "it is unsigned",
        f"{b64(json.dumps(head(alg='none')).encode())}.{b64(json.dumps(GOOD_CLAIMS).encode())}.",
        "algorithm",
    ),
    ("it is unsigned in capitals", signed(GOOD_CLAIMS, head(alg="NONE")), "algorithm"),
    ("it is unsigned in a mixture", signed(GOOD_CLAIMS, head(alg="nOnE")), "algorithm"),
    ("it names no algorithm", signed(GOOD_CLAIMS, head(alg=...)), "algorithm"),
    ("its algorithm is a list", signed(GOOD_CLAIMS, head(alg=["HS256"])), "algorithm"),
    ("its algorithm is another of the same family", signed(GOOD_CLAIMS, head(alg="HS512")), "algorithm"),
    ("its algorithm is its key's in small letters", signed(GOOD_CLAIMS, head(alg="hs256")), "algorithm"),
    (
        "it is an HMAC with the public key as its secret",
        signed(GOOD_CLAIMS, head(kid="edward"), PUBLIC_PEM),
        "algorithm",
    ),
    ("it says EdDSA for a key that is a secret", signed(GOOD_CLAIMS, head(alg="EdDSA")), "algorithm"),
    (
        "it is an HMAC with an RSA key's public half as its secret",
        signed(GOOD_CLAIMS, head(kid="ronald"), KEYS["ronald"].material),
        "algorithm",
    ),
    (
        "it says RS256 and is an HMAC",
        signed(GOOD_CLAIMS, head(kid="ronald", alg="RS256"), KEYS["ronald"].material),
        "signature",
    ),
    (
        "it says ES256 with a signature of zeros",
        signed(GOOD_CLAIMS, head(kid="curve", alg="ES256")).rpartition(".")[0] + "." + b64(bytes(64)),
        "signature",
    ),
    ("it says PS256 for a key of RS256", signed(GOOD_CLAIMS, head(kid="ronald", alg="PS256")), "algorithm"),
    ("it says ES256 for a key of EdDSA", signed(GOOD_CLAIMS, head(kid="edward", alg="ES256")), "algorithm"),
    ("it says RS256 for a key of ES256", signed(GOOD_CLAIMS, head(kid="curve", alg="RS256")), "algorithm"),
    ("it says HS256 for a key of HS384", signed(GOOD_CLAIMS, head(kid="longer")), "algorithm"),
    ("it names no key", signed(GOOD_CLAIMS, head(kid=...)), "key"),
    ("it names a key that we do not know", signed(GOOD_CLAIMS, head(kid="mallory")), "key"),
    ("its key's name is a path", signed(GOOD_CLAIMS, head(kid="../../dev/null"), b""), "key"),
    ("its key's name is a number", signed(GOOD_CLAIMS, head(kid=1)), "key"),
    (
        "it brings a key of its own",
        signed(GOOD_CLAIMS, head(kid="own", jwk={"kty": "oct", "k": b64(b"own")}), b"own"),
        "key",
    ),
    ("another secret signed it", signed(GOOD_CLAIMS, secret=b"m" * 40), "signature"),
    ("the empty secret signed it", signed(GOOD_CLAIMS, secret=b""), "signature"),
    ("its signature is cut", signed(GOOD_CLAIMS)[:-6], "signature"),
    ("its signature is missing", signed(GOOD_CLAIMS).rpartition(".")[0] + ".", "signature"),
    (
        "its claims were changed after",
        signed(claims(sub="u-x")).split(".")[0]
        + "."
        + signed(GOOD_CLAIMS).split(".")[1]
        + "."
        + signed(claims(sub="u-x")).split(".")[2],
        "signature",
    ),
    ("it is for another workspace", signed(claims(aud=str(ELSEWHERE))), "audience"),
    ("it is for nobody", signed(claims(aud=...)), "audience"),
    ("it is for an empty audience", signed(claims(aud=[])), "audience"),
    ("it is for two workspaces", signed(claims(aud=[str(WORKSPACE), str(ELSEWHERE)])), "audience"),
    ("it is for a workspace in capitals", signed(claims(aud=str(WORKSPACE).upper())), "audience"),
    ("it names no issuer, and its key asks for one", signed(GOOD_CLAIMS, head(kid="shop")), "issuer"),
    ("its issuer is another", signed(claims(iss="mallory.example"), head(kid="shop")), "issuer"),
    ("its issuer is in capitals", signed(claims(iss="SHOP.example"), head(kid="shop")), "issuer"),
    ("its issuers are two", signed(claims(iss=["shop.example"]), head(kid="shop")), "issuer"),
    ("it has no subject", signed(claims(sub=...)), "subject"),
    ("its subject is empty", signed(claims(sub="")), "subject"),
    ("its subject is blank", signed(claims(sub="  ")), "subject"),
    ("its subject is a number", signed(claims(sub=4711)), "subject"),
    ("its subject is nothing", signed(claims(sub=None)), "subject"),
    ("its subject is too long", signed(claims(sub="u" * 256)), "subject"),
    ("its subject has a line end", signed(claims(sub="u-ada\nu-bob")), "subject"),
    ("its subject has a zero width mark", signed(claims(sub="u-ada\u200b")), "subject"),
    ("it never expires", signed(claims(exp=...)), "lifetime"),
    ("it does not say when it was issued", signed(claims(iat=...)), "lifetime"),
    ("it lasts a year", signed(claims(exp=AT + 365 * 86400)), "lifetime"),
    ("it lasts a second more than an hour", signed(claims(exp=AT + 3601)), "lifetime"),
    ("it expires before it was issued", signed(claims(iat=AT + 30, exp=AT + 20)), "lifetime"),
    ("it expires at infinity", signed(claims(exp=float("inf"))), "lifetime"),
    ("its times are words", signed(claims(exp=str(AT + 300))), "lifetime"),
    ("its time is true", signed(claims(iat=True)), "lifetime"),
    ("its beginning is a word", signed(claims(nbf="now")), "lifetime"),
    ("its times are milliseconds", signed(claims(iat=AT * 1000, exp=AT * 1000 + 300)), "lifetime"),
    ("it was issued 61 s in the future", signed(claims(iat=AT + 61, exp=AT + 300)), "not_yet"),
    ("it begins in two minutes", signed(claims(nbf=AT + 120)), "not_yet"),
    ("it has just expired", signed(claims(iat=AT - 300, exp=AT)), "expired"),
    ("it expired an hour ago", signed(claims(iat=AT - 7000, exp=AT - 3600)), "expired"),
]


@pytest.mark.parametrize(
    ("token", "fault"), [(token, fault) for _, token, fault in REFUSED], ids=[why for why, _, _ in REFUSED]
)
def test_a_token_is_refused_because(token: str, fault: str) -> None:
    assert isinstance(judged(signed(GOOD_CLAIMS)), Identified), (
        "a good token must pass for a refusal to mean anything"
    )
    assert judged(token) == Rejected(fault)  # type: ignore[arg-type]


ACCEPTED: list[tuple[str, str]] = [
    ("its issuer's clock is a minute ahead", signed(claims(iat=AT + 60, exp=AT + 300))),
    ("it began a moment ago", signed(claims(nbf=AT - 1))),
    ("it lasts exactly an hour", signed(claims(exp=AT + 3600))),
    ("its audience is a list of one", signed(claims(aud=[str(WORKSPACE)]))),
    ("its key asks for its issuer", signed(claims(iss="shop.example"), head(kid="shop"))),
    ("its key asks for no issuer", signed(claims(iss="somebody.example"))),
    ("another of the site's keys signed it", by_edward()),
    ("it was issued in parts of a second", signed(claims(iat=AT - 0.5))),
    ("it is named", signed(claims(jti="once"))),
    ("its name is no text, and nobody asks for one", signed(claims(jti=4711))),
    ("it says more than we ask", signed(claims(role="admin", aud=str(WORKSPACE)))),
]


def test_the_table_has_a_token_for_every_fault_that_is_in_a_token_itself() -> None:
    known_to_the_database = {"spent", "reused"}
    assert {fault for _, _, fault in REFUSED} == set(get_args(Fault)) - known_to_the_database
    assert len({token for _, token, _ in REFUSED}) >= 60


@pytest.mark.parametrize("token", [token for _, token in ACCEPTED], ids=[why for why, _ in ACCEPTED])
def test_a_token_is_good_although(token: str) -> None:
    assert isinstance(judged(token), Identified)


def test_a_workspace_may_ask_for_younger_proofs() -> None:
    token = signed(claims(iat=AT - 600, exp=AT + 600))
    assert isinstance(judged(token), Identified), "without the shorter age it must be good"
    assert judged(token, max_age=timedelta(minutes=10)) == Rejected("expired")


@pytest.mark.parametrize("word", [False, None, "true", 1, ...])
def test_an_address_counts_as_proved_only_when_the_token_says_true(word: object) -> None:
    ada = judged(signed(claims(email_verified=word)))
    assert isinstance(ada, Identified)
    assert not ada.email_verified


def test_two_ways_to_write_one_signature_are_one_token() -> None:
    token = signed(GOOD_CLAIMS)
    last = token[-1]
    # The last letter of 43 carries two bits that no byte uses.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = token[:-1] + alphabet[alphabet.index(last) ^ 1]
    first, second = judged(token), judged(twin)
    assert isinstance(first, Identified)
    assert not isinstance(second, Identified) or second.digest == first.digest
