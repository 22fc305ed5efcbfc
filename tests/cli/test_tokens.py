"""`privity token`, and public keys: for the developer of a site, beside a running server."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from privity.db import embedded
from privity.policy.remedies import remedy, sentence
from privity_client import SigningKey, sign_identity
from tests.cast import ADA, GRACE
from tests.cli.running import Running, answered, one_sentence, run


@dataclass
class Acme:
    """A workspace on a server that runs, and where its operator works."""

    base: str
    data: Path
    workspace: str
    key: SigningKey

    def run(self, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        return run(*words, "--data", str(self.data), typed=typed)

    def answered(self, *words: str, typed: str = "") -> Any:
        return answered(*words, "--data", str(self.data), typed=typed)

    def opened(self, token: str) -> httpx.Response:
        """What the chat's door says to a token."""
        body = {"workspace": self.workspace, "identity_token": token}
        return httpx.post(f"{self.base}/widget/v1/sessions", json=body)


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Acme]:
    data = tmp_path_factory.mktemp("privity") / "data"
    with Running(["serve", "--port", "0", "--data", str(data)]) as running:
        base, _, link = running.said(3)[2].partition("/setup#")
        who = {"name": GRACE.name, "email": GRACE.email, "password": "a password that Grace chose"}
        where = {"workspace": "Acme", "site": "https://shop.example", "token": link}
        done = httpx.post(f"{base}/api/v1/setup", json={**who, **where}, headers={"Origin": base}).json()
        key = SigningKey(done["signing_key"]["kid"], done["signing_key"]["secret"])
        yield Acme(base, data, done["me"]["workspace"]["id"], key)
        running.stop()
    embedded.discard(data / "postgres")


def test_a_token_for_trying_proves_somebody_who_is_nobody_of_the_sites(acme: Acme) -> None:
    made = acme.answered("token", "sign", "--subject", "test:ada", "--name", "Ada, for a try")

    opened = acme.opened(made["token"])

    assert (opened.status_code, opened.json()["contact"]["name"]) == (201, "Ada, for a try")
    assert made["subject"] == "test:ada"


def test_the_token_alone_is_on_standard_output_for_a_pipe(acme: Acme) -> None:
    signed = acme.run("token", "sign", "--subject", "test:ada")

    assert signed.returncode == 0, signed.stderr
    assert acme.opened(signed.stdout.strip()).status_code == 201


@pytest.mark.parametrize("subject", ["u-ada", "test:", "test: ", "Test:ada", " test:ada"])
def test_no_user_of_the_site_is_signed_for(acme: Acme, subject: str) -> None:
    said = one_sentence(acme.run("token", "sign", "--subject", subject))

    assert "no user of the site" in said


def test_the_key_can_be_named_and_one_that_is_not_kept_here_cannot_sign(acme: Acme) -> None:
    made = acme.answered("token", "sign", "--subject", "test:ada", "--key", acme.key.kid)
    assert made["kid"] == acme.key.kid

    said = one_sentence(acme.run("token", "sign", "--subject", "test:ada", "--key", "key-gone"))
    assert "no living key called key-gone" in said


def test_a_bad_token_is_explained_check_by_check(acme: Acme) -> None:
    token = sign_identity(workspace="elsewhere", subject=ADA.subject, key=acme.key)

    explained = acme.answered("token", "explain", typed=f"  {token}\n")

    states = {check["name"]: check["state"] for check in explained["checks"]}
    assert not explained["accepted"]
    assert [name for name, state in states.items() if state == "wrong"] == ["audience"]
    in_words = acme.run("token", "explain", typed=token).stdout
    assert "It proves nobody." in in_words
    assert sentence("audience") in in_words
    assert remedy("audience") in in_words.replace("\n    ", "\n").splitlines()


def test_a_good_token_is_explained_and_not_used_up(acme: Acme) -> None:
    token = sign_identity(workspace=acme.workspace, subject=ADA.subject, key=acme.key)

    assert acme.answered("token", "explain", typed=token)["accepted"]
    assert acme.opened(token).status_code == 201


@pytest.mark.parametrize(("typed", "told"), [("", "No token came"), ("e" * 10_000, "longer than")])
def test_what_is_no_token_at_all_is_said_in_a_sentence(acme: Acme, typed: str, told: str) -> None:
    assert told in one_sentence(acme.run("token", "explain", typed=typed))


def test_a_token_is_never_taken_as_an_argument(acme: Acme) -> None:
    token = sign_identity(workspace=acme.workspace, subject=ADA.subject, key=acme.key)

    refused = acme.run("token", "explain", token)

    assert refused.returncode == 2, "other accounts of the machine could read it there"


def test_the_operator_trusts_a_public_key_and_says_what_an_rsa_one_signs(acme: Acme, tmp_path: Path) -> None:
    file = tmp_path / "public.pem"
    key = generate_private_key(public_exponent=65537, key_size=2048).public_key()
    file.write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    made = acme.answered("keys", "add", "--public-key", str(file), "--alg", "PS256")

    assert (made["alg"], made["secret"]) == ("PS256", None)
    assert "--public-key" in one_sentence(acme.run("keys", "add", "--alg", "PS256"))
    file.write_bytes(b"-----BEGIN RSA PRIVATE KEY-----")
    assert "private key" in one_sentence(acme.run("keys", "add", "--public-key", str(file)))
    signed = acme.answered("token", "sign", "--subject", "test:ada")
    assert signed["kid"] != made["kid"], "only a key whose secret is kept here can sign"


def test_the_operator_changes_from_a_secret_of_another_chat_to_a_new_key(acme: Acme) -> None:
    secret = "a secret that the site had for another chat"
    older = acme.answered("keys", "add", "--secret-stdin", "--name", "the old chat", typed=f"{secret}\n")
    token = sign_identity(workspace=acme.workspace, subject=ADA.subject, key=SigningKey(older["kid"], secret))
    assert (older["secret"], acme.opened(token).status_code) == (None, 201), "it is not shown again"
    assert "very key" in one_sentence(acme.run("keys", "add", "--secret-stdin", typed=secret))
    assert "too short" in one_sentence(acme.run("keys", "add", "--secret-stdin", typed=""))

    stopping = acme.answered("keys", "stop", older["kid"], "--in", "7d")

    listed = {line["kid"]: line for line in acme.answered("keys", "list")}
    assert listed[older["kid"]]["stops_at"] == stopping["stops_at"]
    assert "the old chat" in acme.run("keys", "list").stdout
    for wrong in (
        ["--in", "a while"],
        ["--at", "soon"],
        ["--at", "2001-01-01"],
        [],
        ["--in", "1d", "--at", "x"],
    ):
        assert one_sentence(acme.run("keys", "stop", older["kid"], *wrong)), wrong


def test_a_token_to_try_with_names_the_issuer_that_its_key_asks_for(acme: Acme) -> None:
    key = acme.answered("keys", "add", "--issuer", "shop.example")

    made = acme.answered("token", "sign", "--subject", "test:ada", "--key", key["kid"])

    assert acme.opened(made["token"]).status_code == 201
