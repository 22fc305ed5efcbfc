"""What a developer copies out of the documentation, in seven languages, signs what the vectors say."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.cast import ADA
from tests.doors import Acme
from tests.sites.languages import HERE, LANGUAGES, Language
from tests.sites.vectors import SIGNED_AT, VECTORS, WORKSPACE, Vector, claims_in

SHARED_SECRET = [vector for vector in VECTORS if vector.alg == "HS256"]


def test_node_is_always_among_the_languages_that_are_run() -> None:
    """The others are run where the machine has them; each that is run is named by the tests below."""
    assert "node" in {language.name for language in HERE}


def test_every_language_has_a_snippet() -> None:
    assert {language.file for language in LANGUAGES} == set((LANGUAGES[0].file.parents[1]).glob("*/*"))


@pytest.mark.parametrize("vector", SHARED_SECRET, ids=str)
@pytest.mark.parametrize("language", HERE, ids=lambda language: language.name)
def test_the_snippet_signs_what_the_vector_says(language: Language, vector: Vector, tmp_path: Path) -> None:
    token = language.sign(tmp_path, told_of(vector), settings_of(vector))
    assert vector.verifies(token)
    assert claims_in(token) == vector.claims
    assert token == vector.token or not vector.exact


@pytest.mark.parametrize("language", HERE, ids=lambda language: language.name)
async def test_the_chat_takes_ada_for_whom_the_snippet_names(
    language: Language, acme: Acme, door: Callable[[], httpx.AsyncClient], tmp_path: Path
) -> None:
    settings = {
        "PRIVITY_WORKSPACE": str(acme.id),
        "PRIVITY_KID": acme.key.kid,
        "PRIVITY_SIGNING_SECRET": acme.key.secret,
    }
    told = (ADA.subject, ADA.email, "true", ADA.name, str(int(acme.clock().timestamp())), "once")
    token = language.sign(tmp_path, told, settings)
    answer = await door().post(
        "/widget/v1/sessions", json={"workspace": str(acme.id), "identity_token": token}
    )
    assert answer.status_code == 201, answer.text
    contact = answer.json()["contact"]
    assert (contact["kind"], contact["assurance"], contact["name"]) == ("user", "signed", ADA.name)


def test_the_vectors_are_of_one_instant_and_live_ten_minutes() -> None:
    for vector in VECTORS:
        assert vector.claims["iat"] == int(SIGNED_AT.timestamp())
        assert vector.claims["exp"] == int((SIGNED_AT + timedelta(minutes=10)).timestamp())


def told_of(vector: Vector) -> tuple[str, ...]:
    """The user as the drivers are told of them."""
    user = vector.user
    verified = "true" if user["email_verified"] else "false"
    now = str(int(SIGNED_AT.timestamp()))
    return user["subject"], user["email"], verified, user["name"], now, vector.jti


def settings_of(vector: Vector) -> dict[str, str]:
    return {
        "PRIVITY_WORKSPACE": WORKSPACE,
        "PRIVITY_KID": vector.key.kid,
        "PRIVITY_SIGNING_SECRET": vector.key.secret,
    }
