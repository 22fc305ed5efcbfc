"""A wrong key stops the site at its start, with a sentence that says what to do and never the secret."""

from typing import cast

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import ECKey, OKPKey, RSAKey

from privity_client import SigningError, SigningKey
from privity_client.keys import Algorithm

SECRET = "s" * 32
Pair = RSAKey | ECKey | OKPKey
RSA = RSAKey.generate_key(2048)
PAIRS: dict[Algorithm, Pair] = {
    "RS256": RSA,
    "PS256": RSA,
    "ES256": ECKey.generate_key("P-256"),
    "EdDSA": OKPKey.generate_key("Ed25519"),
}
SHORT_RSA = (
    rsa.generate_private_key(65537, 1024)  # noqa: S505 too short, as it is meant to be
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    .decode()
)


def private(pair: Pair) -> str:
    return pair.as_pem(private=True).decode()


@pytest.mark.parametrize(("alg", "fewest"), [("HS256", 32), ("HS384", 48), ("HS512", 64)])
def test_a_secret_shorter_than_its_hash_is_no_key(alg: Algorithm, fewest: int) -> None:
    assert SigningKey("acme-1", "s" * fewest, alg).secret
    for length in (0, fewest - 1):
        with pytest.raises(SigningError, match=f"{length} bytes"):
            SigningKey("acme-1", "s" * length, alg)


def test_the_secret_is_measured_in_bytes() -> None:
    assert SigningKey("acme-1", "ü" * 16).secret == "ü" * 16


def test_a_key_without_a_name_is_no_key() -> None:
    with pytest.raises(SigningError, match="no kid"):
        SigningKey("", SECRET)


@pytest.mark.parametrize("alg", ["none", "RS384", "ES512", "hs256", ""])
def test_an_unknown_algorithm_is_no_key(alg: str) -> None:
    with pytest.raises(SigningError, match="unknown"):
        SigningKey("acme-1", SECRET, cast("Algorithm", alg))


def test_a_pem_is_not_taken_for_a_shared_secret() -> None:
    with pytest.raises(SigningError, match="is a PEM"):
        SigningKey("acme-1", private(RSA), "HS256")


@pytest.mark.parametrize("alg", PAIRS)
def test_a_key_pair_signs_with_its_private_half(alg: Algorithm) -> None:
    assert SigningKey("acme-2", private(PAIRS[alg]), alg).material.is_private


@pytest.mark.parametrize("alg", PAIRS)
def test_a_public_half_signs_nothing(alg: Algorithm) -> None:
    with pytest.raises(SigningError, match="private half"):
        SigningKey("acme-2", PAIRS[alg].as_pem(private=False).decode(), alg)


@pytest.mark.parametrize("alg", PAIRS)
@pytest.mark.parametrize("secret", [SECRET, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
def test_what_is_no_pem_signs_nothing_and_is_not_quoted(alg: Algorithm, secret: str) -> None:
    with pytest.raises(SigningError) as refused:
        SigningKey("acme-2", secret, alg)
    assert secret not in str(refused.value)


@pytest.mark.parametrize(
    ("alg", "other"),
    [
        ("EdDSA", OKPKey.generate_key("X25519")),
        ("EdDSA", PAIRS["ES256"]),
        ("ES256", ECKey.generate_key("P-384")),
        ("ES256", PAIRS["RS256"]),
        ("RS256", PAIRS["EdDSA"]),
        ("PS256", PAIRS["ES256"]),
    ],
    ids=["X25519", "P-256 for EdDSA", "P-384", "RSA for ES256", "Ed25519 for RS256", "P-256 for PS256"],
)
def test_an_algorithm_takes_its_own_kind_of_key_alone(alg: Algorithm, other: Pair) -> None:
    with pytest.raises(SigningError, match=alg):
        SigningKey("acme-2", private(other), alg)


@pytest.mark.filterwarnings("ignore:Key size")
@pytest.mark.parametrize("alg", ["RS256", "PS256"])
def test_a_short_rsa_key_is_no_key(alg: Algorithm) -> None:
    with pytest.raises(SigningError, match="2048"):
        SigningKey("acme-2", SHORT_RSA, alg)


def test_the_secret_is_shown_by_no_repr() -> None:
    assert SECRET not in repr(SigningKey("acme-1", SECRET))


def test_the_secret_is_shown_by_no_error() -> None:
    with pytest.raises(SigningError) as refused:
        SigningKey("acme-1", SECRET[:31])
    assert SECRET[:31] not in str(refused.value)
