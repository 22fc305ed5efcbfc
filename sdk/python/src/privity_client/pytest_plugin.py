"""For a site's own tests: is whom the chat is told of the person who is signed in, and nobody where nobody is?

    def test_ada_is_proved(client, privity):
        sign_in(client, "ada")
        assert privity.proved_by(client.post("/chat-token")).subject == "u-ada"

The fixture `privity` reads the answers of the site's token endpoint, as the test client of any framework gives
them. A site whose tests use a key of their own defines the fixture `privity_chat` anew.
"""

import json
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

import pytest
from joserfc import jws
from joserfc.errors import JoseError

from privity_client.chat import Chat, Identity
from privity_client.identity import Registry
from privity_client.keys import SigningKey


@pytest.fixture(scope="session")
def privity_chat() -> Chat:
    """The chat that the site under test signs for: one that is for these tests alone."""
    return Chat(
        "https://chat.example", "00000000-0000-4000-8000-000000000000", SigningKey("test", token_urlsafe(48))
    )


@pytest.fixture
def privity(privity_chat: Chat) -> "Witness":
    return Witness(privity_chat)


@dataclass(frozen=True)
class Witness:
    """Says whom an answer proves, and fails the test where the answer is none that the widget takes."""

    chat: Chat

    def sign(self, identity: Identity) -> str:
        """A token that the site could have given for this person."""
        return self.chat.sign(identity)

    def proved_by(self, answer: Any) -> Identity:
        """The person whom the endpoint's answer proves."""
        must_not_be_stored(answer)
        if answer.status_code != 200:
            pytest.fail(f"The token endpoint answered {answer.status_code}: it proves nobody.")
        try:
            token = json.loads(body_of(answer))["token"]
        except (ValueError, KeyError, TypeError):
            pytest.fail('The token endpoint answered something else than {"token": "…"}.')
        return self.named_in(token)

    def named_in(self, token: str) -> Identity:
        """The person whom a token names, if this chat's key signed it for this chat's workspace."""
        key = self.chat.key
        try:
            registry = Registry(algorithms=[key.alg])
            payload = jws.deserialize_compact(token, key.material, registry=registry).payload
        except (JoseError, ValueError):
            pytest.fail(f"The token was not signed with the key {key.kid}.")
        claims = json.loads(payload)
        if claims["aud"] != self.chat.workspace:
            pytest.fail("The token is for another workspace.")
        return Identity(
            claims["sub"],
            email=claims.get("email"),
            email_verified=claims.get("email_verified"),
            name=claims.get("name"),
            attributes=claims.get("attributes", {}),
        )

    def nobody_in(self, answer: Any) -> None:
        """The endpoint's answer says that nobody is signed in."""
        must_not_be_stored(answer)
        if answer.status_code != 204 or body_of(answer):
            pytest.fail(f"The token endpoint answered {answer.status_code}: only an empty 204 says nobody.")

    def refused_by(self, answer: Any) -> None:
        """The endpoint's answer to another site's page tells it nothing."""
        must_not_be_stored(answer)
        if answer.status_code != 403 or body_of(answer):
            pytest.fail(f"The token endpoint answered {answer.status_code} to another site's page.")


def must_not_be_stored(answer: Any) -> None:
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        pytest.fail("A cache may store the answer: it lacks Cache-Control: no-store.")


def body_of(answer: Any) -> bytes:
    """Django, requests and httpx say `content`; Flask says `data`."""
    body: bytes = answer.content if hasattr(answer, "content") else answer.data
    return body
