"""A token says what the site knows of a person, to one workspace, for a short while."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import OctKey, OKPKey

from privity_client import SigningError, SigningKey, sign_identity
from privity_client.identity import Registry

SECRET = "a secret of more than thirty-two bytes, ünd in UTF-8"
KEY = SigningKey("acme-1", SECRET)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def ada(**changes: object) -> str:
    told: dict[str, Any] = {"workspace": "acme", "subject": "u-ada", "key": KEY, "now": NOON}
    told.update(changes)
    return sign_identity(**told)


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, OctKey.import_key(SECRET.encode()), algorithms=["HS256"]).claims


def test_a_token_names_ada_to_one_workspace_for_ten_minutes() -> None:
    claims = claims_of(ada())
    assert claims.pop("jti")
    assert claims == {
        "aud": "acme",
        "sub": "u-ada",
        "iat": int(NOON.timestamp()),
        "exp": int(NOON.timestamp()) + 600,
    }


def test_the_header_names_the_key_and_its_algorithm() -> None:
    header = json.loads(urlsafe_b64decode(ada().split(".")[0] + "=="))
    assert header == {"alg": "HS256", "kid": "acme-1", "typ": "JWT"}


def test_the_site_tells_how_the_team_will_know_ada() -> None:
    claims = claims_of(ada(email="ada@example.com", email_verified=True, name="Ada Lovelace"))
    told = {claim: claims[claim] for claim in ("email", "email_verified", "name")}
    assert told == {"email": "ada@example.com", "email_verified": True, "name": "Ada Lovelace"}


def test_the_site_signs_what_else_the_team_should_see_of_ada() -> None:
    told = {"phone": "+44 20 7946 0000", "company": "Analytical Engines", "seats": 3, "trial": False}
    assert claims_of(ada(attributes={**told, "avatar": None}))["attributes"] == told


def test_without_attributes_none_are_told() -> None:
    assert "attributes" not in claims_of(ada(attributes={"phone": None}))


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), ["a"], {"a": "b"}, b"a"])
def test_an_attribute_that_is_no_plain_value_is_not_signed(odd: object) -> None:
    with pytest.raises(SigningError, match="'plan'"):
        ada(attributes={"plan": odd})


def test_an_attribute_has_a_name() -> None:
    with pytest.raises(SigningError, match="name"):
        ada(attributes={"": "gold"})


def test_a_workspace_that_asks_for_an_issuer_gets_one() -> None:
    assert claims_of(ada(issuer="https://acme.example"))["iss"] == "https://acme.example"


def test_an_unverified_address_is_told_as_unverified() -> None:
    assert claims_of(ada(email="ada@example.com", email_verified=False))["email_verified"] is False


def test_what_the_site_does_not_know_is_left_out() -> None:
    assert claims_of(ada(email="", name="")).keys() == {"aud", "sub", "iat", "exp", "jti"}


def test_two_tokens_of_the_same_second_differ() -> None:
    assert claims_of(ada())["jti"] != claims_of(ada())["jti"]


def test_an_hour_is_the_longest_life() -> None:
    claims = claims_of(ada(lifetime=timedelta(hours=1)))
    assert claims["exp"] - claims["iat"] == 3600


@pytest.mark.parametrize("lifetime", [timedelta(hours=1, seconds=1), timedelta(0), timedelta(seconds=-5)])
def test_a_life_outside_that_hour_is_not_signed(lifetime: timedelta) -> None:
    with pytest.raises(SigningError, match="lives between"):
        ada(lifetime=lifetime)


def test_a_time_without_a_zone_is_not_signed() -> None:
    with pytest.raises(SigningError, match="time zone"):
        ada(now=NOON.replace(tzinfo=None))


@pytest.mark.parametrize("nobody", ["", "  ", "None", "null", "undefined"])
def test_a_subject_that_names_nobody_proves_nobody(nobody: str) -> None:
    with pytest.raises(SigningError, match="names nobody"):
        ada(subject=nobody)


@pytest.mark.parametrize("not_text", [None, 42, True, ["u-ada"]])
def test_a_subject_that_is_not_text_is_not_signed(not_text: object) -> None:
    with pytest.raises(SigningError, match="must be text"):
        ada(subject=not_text)


def test_a_token_without_a_workspace_is_not_signed() -> None:
    with pytest.raises(SigningError, match="workspace is empty"):
        ada(workspace="")


def test_a_verified_address_needs_an_address() -> None:
    with pytest.raises(SigningError, match="names none"):
        ada(email_verified=True)


def test_a_private_key_signs_what_its_public_half_verifies() -> None:
    pair = OKPKey.generate_key("Ed25519")
    token = ada(key=SigningKey("acme-2", pair.as_pem(private=True).decode(), "EdDSA"))
    registry = Registry(algorithms=["EdDSA"])
    verified = jws.deserialize_compact(
        token, OKPKey.import_key(pair.as_pem(private=False)), registry=registry
    )
    assert verified.headers()["alg"] == "EdDSA"
    assert json.loads(verified.payload or b"{}")["sub"] == "u-ada"
