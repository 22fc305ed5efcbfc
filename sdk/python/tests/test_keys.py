"""A wrong key stops the site at its start, with a sentence that says what to do and never the secret."""

from typing import cast

import pytest
from joserfc.jwk import OKPKey

from privity_client import SigningError, SigningKey
from privity_client.keys import Algorithm

SECRET = "s" * 32
ED25519 = OKPKey.generate_key("Ed25519")
PRIVATE_PEM = ED25519.as_pem(private=True).decode()


@pytest.mark.parametrize("secret", ["", "s" * 31])
def test_a_short_secret_is_no_key(secret: str) -> None:
    with pytest.raises(SigningError, match=f"{len(secret)} bytes"):
        SigningKey("acme-1", secret)


def test_the_secret_is_measured_in_bytes() -> None:
    assert SigningKey("acme-1", "ü" * 16).secret == "ü" * 16


def test_a_key_without_a_name_is_no_key() -> None:
    with pytest.raises(SigningError, match="no kid"):
        SigningKey("", SECRET)


@pytest.mark.parametrize("alg", ["none", "HS512", "RS256", "hs256", ""])
def test_an_unknown_algorithm_is_no_key(alg: str) -> None:
    with pytest.raises(SigningError, match="unknown"):
        SigningKey("acme-1", SECRET, cast("Algorithm", alg))


def test_a_pem_is_not_taken_for_a_shared_secret() -> None:
    with pytest.raises(SigningError, match="is a PEM"):
        SigningKey("acme-1", PRIVATE_PEM, "HS256")


@pytest.mark.parametrize(
    "secret",
    [
        SECRET,
        ED25519.as_pem(private=False).decode(),
        OKPKey.generate_key("X25519").as_pem(private=True).decode(),
    ],
    ids=["a shared secret", "a public half", "another curve"],
)
def test_eddsa_needs_the_private_half_of_an_ed25519_key(secret: str) -> None:
    with pytest.raises(SigningError, match="EdDSA secret"):
        SigningKey("acme-2", secret, "EdDSA")


def test_the_secret_is_shown_neither_in_a_repr_nor_in_an_error() -> None:
    assert SECRET not in repr(SigningKey("acme-1", SECRET))
    with pytest.raises(SigningError) as error:
        SigningKey("acme-1", SECRET[:31])
    assert SECRET[:31] not in str(error.value)
