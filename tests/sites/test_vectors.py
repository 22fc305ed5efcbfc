"""The vectors hold the Python library too, and are good tokens: each by its own key, and by no other."""

from datetime import timedelta
from typing import get_args
from uuid import UUID, uuid4

import pytest
from joserfc.errors import JoseError

from privity.proofs.tokens import Identified, identify
from privity.proofs.tokens import SigningKey as TrustedKey
from privity_client import identity, sign_identity
from privity_client.keys import Algorithm
from tests.sites.vectors import SIGNED_AT, VECTORS, WORKSPACE, Vector, claims_in


def test_there_is_a_vector_for_every_algorithm() -> None:
    assert {vector.alg for vector in VECTORS} == set(get_args(Algorithm))


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_a_vector_verifies_with_its_own_key_alone(vector: Vector) -> None:
    assert vector.verifies(vector.token)
    for other in VECTORS:
        if other.key != vector.key:
            with pytest.raises((JoseError, ValueError)):
                other.verifies(vector.token)


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_the_library_signs_what_the_vector_says(vector: Vector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "token_urlsafe", lambda _: vector.jti)
    token = sign_identity(
        workspace=WORKSPACE, key=vector.key, now=SIGNED_AT, lifetime=timedelta(minutes=10), **vector.user
    )
    assert vector.verifies(token)
    assert claims_in(token) == vector.claims
    assert token == vector.token or not vector.exact


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_the_chat_takes_a_vector_for_its_user(vector: Vector) -> None:
    trusted = TrustedKey(uuid4(), vector.key.kid, vector.alg, (vector.public or vector.key.secret).encode())
    judged = identify(vector.token, {trusted.kid: trusted}, UUID(WORKSPACE), timedelta(hours=12), SIGNED_AT)
    assert isinstance(judged, Identified)
    assert judged.subject == vector.user["subject"]
    assert judged.email_verified is vector.user["email_verified"]
