"""What the operator of a site that proves its users asks on the command line, beside a running server."""

import asyncio
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc.jwk import ECKey

from privity.policy.remedies import remedy, sentence
from privity_client import sign_identity
from tests.authority import Authority
from tests.cast import ADA
from tests.cli.running import one_sentence, run
from tests.cli.test_audit import as_owner
from tests.cli.test_tokens import Acme, acme
from tests.hosts import hosting, saying_json

__all__ = ["acme"]

OLD_SECRET = "the-secret-that-customerly-gave-to-acme"


def writes(acme: Acme, words: str, **opened_with: object) -> tuple[str, str]:
    """Somebody opens the chat and writes: the contact's id as the team knows it, and the conversation's."""
    with httpx.Client(base_url=acme.base) as chat:
        opened = chat.post("/widget/v1/sessions", json={"workspace": acme.workspace, **opened_with})
        assert opened.status_code == 201, opened.text
        bearer = {"Authorization": f"Bearer {opened.json()['session']['token']}"}
        message = {"body": words, "client_id": str(uuid4())}
        started = chat.post("/widget/v1/conversations", json=message, headers=bearer)
        assert started.status_code == 201, started.text
    return contact_of(acme, started.json()["id"]), started.json()["id"]


def contact_of(acme: Acme, conversation: str) -> str:
    key = acme.answered("api-key", "add", "--name", f"for {conversation}", "--scopes", "conversations:read")
    bearer = {"Authorization": f"Bearer {key['api_key']}"}
    found = httpx.get(f"{acme.base}/api/v1/conversations/{conversation}", headers=bearer)
    return str(found.json()["contact"]["id"])


def test_the_operator_asks_why_and_what_if_and_gets_the_code_that_mends_it(acme: Acme) -> None:
    contact, conversation = writes(acme, "I am Ada", claims={"email": ADA.email})

    plain = acme.run("why", "--contact", contact, "--language", "flask")
    assert plain.returncode == 0, plain.stderr
    assert "the page gave no identity token" in plain.stdout
    assert sentence("live") in plain.stdout
    assert "chat_blueprint(" in plain.stdout

    supposed = acme.answered("why", "--contact", contact, "--if", "token", "--language", "PHP")
    assert [(row["reason"], row["count"]) for row in supposed["reasons"]] == [("on_offer", 1)]
    assert supposed["code"]["name"] == "PHP"
    in_words = acme.run("why", "--contact", contact, "--if", "token", "--language", "PHP").stdout
    assert "If the page gave a good token" in in_words
    assert "<?php" in in_words

    one = acme.answered("why", "--contact", contact, "--conversation", conversation)
    assert [(row["conversation_id"], row["reason"]) for row in one["conversations"]] == [
        (conversation, "live")
    ]


@pytest.mark.attack("A-210")
def test_what_the_operator_looks_at_stands_in_the_log(acme: Acme) -> None:
    contact, _ = writes(acme, "Who looks at this?")

    assert acme.run("why", "--contact", contact).returncode == 0
    assert acme.run("audit", "readings", "--contact", contact).returncode == 0

    looked = f"""SELECT array_agg(reason ORDER BY at) FROM privity.audit_event
                  WHERE actor = 'operator' AND kind = 'read' AND subject_id = '{contact}'"""  # noqa: S608
    assert asyncio.run(as_owner(acme.data, looked)) == ["why", "readings"]


def test_what_cannot_be_asked_is_told_with_what_can(acme: Acme) -> None:
    nobody = str(uuid4())
    assert "takes an id" in one_sentence(acme.run("why", "--contact", "ada@example.com"))
    assert f"no contact {nobody}" in one_sentence(acme.run("why", "--contact", nobody))
    wrong = one_sentence(acme.run("why", "--contact", nobody, "--language", "cobol"))
    assert "Django" in wrong


def test_the_doctor_tells_how_well_the_site_proves_and_what_to_mend(acme: Acme) -> None:
    token = sign_identity(workspace=acme.workspace, subject=ADA.subject, key=acme.key, name=ADA.name)
    writes(acme, "It is me", identity_token=token)
    elsewhere = sign_identity(workspace=str(uuid4()), subject=ADA.subject, key=acme.key)
    assert acme.opened(elsewhere).status_code == 401, "needs a refusal to tell of"

    health = once_counted(acme, "doctor", "--identity", "--days", "7")

    assert len(health["days"]) == 7
    assert health["seen"]["proved"] >= 1
    assert [(row["reason"], row["kid"]) for row in health["refusals"]] == [("audience", acme.key.kid)]
    told = acme.run("doctor", "--identity").stdout
    assert f"audience by {acme.key.kid}" in told
    assert sentence("audience") in told


def once_counted(acme: Acme, *command: str) -> Any:
    """The answer as soon as it tells of a refusal: what is counted is stored every few seconds."""
    for _ in range(20):
        answer = acme.answered(*command)
        if answer["refusals"]:
            return answer
    raise AssertionError("no refusal was ever counted")


def test_a_token_is_explained_with_the_code_that_makes_a_better_one(acme: Acme) -> None:
    token = sign_identity(workspace="elsewhere", subject=ADA.subject, key=acme.key)

    told = acme.run("token", "explain", "--language", "Django", typed=token).stdout
    assert remedy("audience") in told.replace("\n    ", "\n").splitlines()
    assert "privity_client" in told
    explained = acme.answered("token", "explain", "--language", "django", typed=token)
    assert (explained["accepted"], explained["code"]["name"]) == (False, "Django")
    refused = one_sentence(acme.run("token", "explain", "--language", "cobol", typed=token))
    assert "There is no code for 'cobol' here, but for: Django" in refused


def test_old_hashes_are_switched_on_until_a_date_listed_and_switched_off(acme: Acme) -> None:
    on = acme.answered("legacy", "on", "customerly", "--for", "30d", typed=f"{OLD_SECRET}\n")
    assert set(on) == {"product", "until"}, "the secret is not said again"
    email_hash = hmac.new(OLD_SECRET.encode(), ADA.email.encode(), hashlib.sha256).hexdigest()
    legacy = {"product": "customerly", "email": ADA.email, "hash": email_hash}
    body = {"workspace": acme.workspace, "legacy": legacy}
    opened = httpx.post(f"{acme.base}/widget/v1/sessions", json=body)
    assert (opened.status_code, opened.json()["contact"]["assurance"]) == (201, "legacy")

    [line] = acme.answered("legacy", "list")
    assert (line["product"], line["until"], line["off_at"]) == ("customerly", on["until"], None)
    assert OLD_SECRET not in str(line)

    assert acme.answered("legacy", "off", "customerly")["sessions_ended"] == 1
    assert httpx.post(f"{acme.base}/widget/v1/sessions", json=body).status_code == 401
    assert "is not on" in one_sentence(acme.run("legacy", "off", "customerly"))


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (["--for", "30d"], "", "too short"),
        (["--for", "181d"], OLD_SECRET[::-1], "180 days at most"),
        ([], OLD_SECRET[::-1], "either --for"),
    ],
)
def test_a_switch_that_cannot_be_set_says_why(acme: Acme, words: list[str], typed: str, told: str) -> None:
    assert told in one_sentence(acme.run("legacy", "on", "intercom", *words, typed=typed))


async def test_an_address_of_keys_is_named_shown_and_forgotten(acme: Acme, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    trusted = tmp_path / "authority.pem"
    trusted.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    listed = saying_json({"keys": [ECKey.generate_key("P-256", {"kid": "site-1"}).as_dict(private=False)]})

    async with hosting(listed, authority.identity("localhost")) as host:
        url = f"https://localhost:{host.port}/jwks.json"
        around = {"SSL_CERT_FILE": str(trusted), "PRIVITY_ALLOW_LOCAL_FETCH": f"localhost:{host.port}"}
        words = ("keys", "address", "set", url, "--json", "--data", str(acme.data))
        named = await asyncio.to_thread(run, *words, around=around)
        inside = await asyncio.to_thread(acme.run, "keys", "address", "set", url)

    assert named.returncode == 0, named.stderr
    assert json.loads(named.stdout)["url"] == url
    assert "another port than 443" in one_sentence(inside)
    assert url in acme.run("keys", "address", "show").stdout
    assert "site-1" in [line["kid"] for line in acme.answered("keys", "list")]

    assert acme.answered("keys", "address", "forget") == {"sessions_ended": 0}
    assert "No address of keys is named" in one_sentence(acme.run("keys", "address", "show"))
    assert "https" in one_sentence(acme.run("keys", "address", "set", "http://shop.example/jwks.json"))
