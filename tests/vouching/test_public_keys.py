"""Public keys as sites write them: what is taken, under which one algorithm, and what is sent back with its reason."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from privity.house import House
from privity.vouching import keys
from privity.vouching.key_set import KeySetError, key_set
from privity.vouching.public_keys import KeyRefusedError, read
from tests.clock import Clock
from tests.doors import Acme

RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
EC = ECKey.generate_key("P-256", {"kid": "ec"})
ED = OKPKey.generate_key("Ed25519", {"kid": "ed"})
SHORT_RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505


def public(key: RSAKey | ECKey | OKPKey, **more: Any) -> dict[str, Any]:
    return {**key.as_dict(private=False), **more}


def short_rsa() -> dict[str, Any]:
    numbers = SHORT_RSA.public_key().public_numbers()
    octets = numbers.n.to_bytes(128, "big")
    return {**public(RSA), "n": OctKey.import_key(octets).as_dict()["k"]}


@pytest.mark.parametrize(
    ("jwk", "alg"),
    [
        (public(RSA), "RS256"),
        (public(RSA, alg="PS256"), "PS256"),
        (public(EC), "ES256"),
        (public(EC, alg="ES256", use="sig", key_ops=["verify"]), "ES256"),
        (public(ED), "EdDSA"),
        (public(ED, alg="Ed25519"), "EdDSA"),
        (public(ED, alg="EdDSA"), "EdDSA"),
    ],
)
def test_a_jwk_is_taken_with_its_name_and_fixed_to_one_algorithm(jwk: dict[str, Any], alg: str) -> None:
    taken = read(json.dumps(jwk).encode())

    assert (taken.alg, taken.kid) == (alg, jwk["kid"])
    assert taken.pem.startswith(b"-----BEGIN PUBLIC KEY-----")


@pytest.mark.attack("A-32")
@pytest.mark.parametrize(
    ("jwk", "told"),
    [
        (RSA.as_dict(private=True), "private key"),
        (EC.as_dict(private=True), "private key"),
        (ED.as_dict(private=True), "private key"),
        (OctKey.generate_key(256).as_dict(), "shared secret"),
        (short_rsa(), "1024 bits"),
        (public(RSA, e="AQ"), "number"),
        (public(RSA, n="not a number"), "number"),
        (public(RSA, alg="HS256"), "RS256 or PS256"),
        (public(RSA, alg="none"), "RS256 or PS256"),
        (public(RSA, alg=5), "something else"),
        (public(EC, alg="HS256"), "ES256, and not HS256"),
        (public(EC, alg="RS256"), "RSA keys alone"),
        (public(EC, x="AA"), "number"),
        (public(EC, x=None), "number"),
        (public(ECKey.generate_key("P-384")), "curve"),
        (public(ECKey.generate_key("secp256k1")), "curve"),
        (public(OKPKey.generate_key("X25519")), "curve"),
        (public(ED, use="enc"), "verify signatures"),
        (public(ED, key_ops=["encrypt"]), "verify signatures"),
        (public(ED, key_ops=5), "verify signatures"),
        (public(ED, kid="a\nb"), "kid"),
        (public(ED, kid=5), "kid"),
        (public(ED, kid="k" * 129), "kid"),
        ({}, "kind"),
        ({"keys": [public(ED)]}, "set of keys"),
    ],
)
def test_a_jwk_that_cannot_be_trusted_is_sent_back_with_the_reason(jwk: dict[str, Any], told: str) -> None:
    with pytest.raises(KeyRefusedError, match=told) as refused:
        read(json.dumps(jwk).encode())
    assert not any(str(value) in str(refused.value) for value in jwk.values() if len(str(value)) > 20)


def test_what_is_half_a_jwk_is_said_to_be_no_json() -> None:
    for half in (b'{"kty": "OKP"', b"{" * 100_000):
        with pytest.raises(KeyRefusedError, match="no JSON"):
            read(half)


async def test_a_key_and_its_name_are_taken_once_in_whichever_form(
    house: House, acme: Acme, clock: Clock
) -> None:
    await keys.add(house, acme.id, keys.given(json.dumps(public(ED)).encode(), clock()))

    with pytest.raises(KeyRefusedError, match="this very key"):
        await keys.add(house, acme.id, keys.given(ED.as_pem(private=False), clock()))
    other = OKPKey.generate_key("Ed25519", {"kid": "ed"})
    with pytest.raises(KeyRefusedError, match="called ed"):
        await keys.add(house, acme.id, keys.given(json.dumps(public(other)).encode(), clock()))


@pytest.mark.attack("A-32")
def test_of_a_set_each_key_that_is_fit_is_taken_and_the_others_told_of() -> None:
    pem = (
        Ed25519PrivateKey.generate()
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    secret = OctKey.generate_key(256, {"kid": "shared"})
    read = key_set(
        {
            "keys": [
                public(RSA),
                public(EC),
                public(ED),
                secret.as_dict(),
                public(ED),
                pem.decode(),
                {"kid": 5},
            ]
        },
        "PS256",
    )

    assert [(key.kid, key.alg) for key in read.keys] == [("rsa", "PS256"), ("ec", "ES256"), ("ed", "EdDSA")]
    assert [left.kid for left in read.left_out] == ["shared", "ed", None, None]
    assert str(secret.as_dict()["k"]) not in repr(read.left_out)


def test_what_is_no_set_or_too_large_a_one_is_not_read() -> None:
    wrong: list[Any] = [None, [], {}, {"keys": {}}, {"keys": None}, "keys"]
    for told in wrong:
        with pytest.raises(KeySetError, match="no set"):
            key_set(told, "RS256")
    with pytest.raises(KeySetError, match="21 keys"):
        key_set({"keys": [public(ED)] * 21}, "RS256")
