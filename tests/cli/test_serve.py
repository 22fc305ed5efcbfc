"""`privity serve` and the commands beside it: a real server, and a real command line on the same folder."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from privity.db import embedded
from privity.keyring import Keyring
from privity.policy.remedies import sentence
from privity_client import SigningKey, sign_identity
from tests.cast import ADA, BOB, GRACE, Person
from tests.cli.running import READY_WITHIN, Running, answered, one_sentence, run

ROOT = Path(__file__).parents[2]
PASSWORD = "a password that Grace chose"


class Served:
    """A server on a folder of its own, set up by Grace through the link that it printed."""

    def __init__(self, running: Running, data: Path) -> None:
        self.running, self.data = running, data
        self.link = running.said(3)[2]
        self.base, _, self.token = self.link.partition("/setup#")
        done = self.set_up()
        assert done.status_code == 201, done.text
        self.workspace: str = done.json()["me"]["workspace"]["id"]
        self.key: dict[str, str] = done.json()["signing_key"]

    def set_up(self) -> httpx.Response:
        body = {
            "token": self.token,
            "name": GRACE.name,
            "email": GRACE.email,
            "password": PASSWORD,
            "workspace": "Acme",
            "site": "https://shop.example",
        }
        return httpx.post(f"{self.base}/api/v1/setup", json=body, headers={"Origin": self.base})

    def chat(self, person: Person | None = None, key: dict[str, str] | None = None) -> httpx.Client:
        """A client with a session: of a person whom the site proves, or of nobody."""
        body = {"workspace": self.workspace}
        if person is not None:
            signing = key or self.key
            body["identity_token"] = sign_identity(
                workspace=self.workspace,
                subject=person.subject,
                key=SigningKey(signing["kid"], signing["secret"]),
            )
        client = httpx.Client(base_url=self.base)
        opened = client.post("/widget/v1/sessions", json=body)
        client.headers["Authorization"] = f"Bearer {opened.json()['session']['token']}"
        return client

    def command(self, *words: str) -> list[str]:
        return [*words, "--data", str(self.data)]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("privity") / "data"
    with Running(["serve", "--port", "0", "--data", str(data)]) as running:
        yield Served(running, data)
        running.stop()
        assert running.process.returncode == 0, running.log
        assert running.log == "", "it had nothing to complain of"
    embedded.discard(data / "postgres")


def test_the_printed_link_is_good_once(served: Served) -> None:
    assert served.set_up().status_code == 403


def test_a_second_server_on_the_folder_is_refused(served: Served) -> None:
    said = one_sentence(run(*served.command("serve", "--port", "0")))

    assert "in use by another Privity" in said


def test_a_key_that_is_revoked_ends_the_sessions_of_the_running_server(served: Served) -> None:
    other = answered(*served.command("keys", "add"))
    with (
        closing(served.chat(ADA, other)) as ada,
        closing(served.chat(BOB)) as bob,
        connect(f"{served.base.replace('http', 'ws')}/widget/v1/stream") as socket,
    ):
        word = ada.headers["Authorization"].removeprefix("Bearer ")
        socket.send(json.dumps({"type": "auth", "token": word}))
        assert json.loads(socket.recv(READY_WITHIN))["type"] == "ready"

        assert answered(*served.command("keys", "revoke", other["kid"]))["sessions_ended"] == 1

        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(READY_WITHIN)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401
        assert ada.get("/widget/v1/session").status_code == 401
        assert bob.get("/widget/v1/session").status_code == 200, "Bob rests on another key"
    lines = {line["kid"]: line for line in answered(*served.command("keys", "list"))}
    assert lines[other["kid"]]["revoked_at"] is not None
    assert lines[served.key["kid"]]["revoked_at"] is None


def test_a_secret_is_shown_when_it_is_made_and_never_after(served: Served) -> None:
    made = answered(*served.command("keys", "add"))
    assert made["secret"], "shown once"

    later = run(*served.command("keys", "list")).stdout
    assert made["kid"] in later
    assert made["secret"] not in later


def test_a_colleague_is_added_and_signs_in(served: Served) -> None:
    answered(
        *served.command(
            "teammate", "add", "--email", "Linus@acme.example", "--name", "Linus", "--password-stdin"
        ),
        typed="another good password\n",
    )
    linus = {"email": "linus@acme.example", "password": "another good password"}

    assert httpx.post(f"{served.base}/api/v1/sign-in", json=linus).status_code == 200
    stored = as_superuser(
        served, "SELECT password_hash FROM privity.teammate WHERE email = 'linus@acme.example'", "privity"
    )
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$"), "what RFC 9106 asks where memory is short"


def test_a_short_password_and_a_second_account_are_refused(served: Served) -> None:
    asked = served.command("teammate", "add", "--email", GRACE.email, "--name", "Grace", "--password-stdin")

    assert "12 characters" in one_sentence(run(*asked, typed="short\n"))
    assert "There is an account" in one_sentence(run(*asked, typed=f"{PASSWORD}\n"))


def test_an_api_key_reaches_what_it_was_given_and_no_more(served: Served) -> None:
    key = answered(*served.command("api-key", "add", "--name", "bot", "--scopes", "contacts:read"))["api_key"]
    with httpx.Client(base_url=served.base, headers={"Authorization": f"Bearer {key}"}) as bot:
        assert bot.get("/api/v1/contacts").status_code == 200
        assert bot.get("/api/v1/conversations").status_code == 403

    asked = served.command("api-key", "add", "--name", "bot", "--scopes", "everything")
    assert "conversations:read" in one_sentence(run(*asked))


def test_why_says_the_sentence_of_the_written_policy(served: Served) -> None:
    ada, visitor = start(served, ADA), start(served, None)
    scopes = ("--scopes", "conversations:read", "--scopes", "contacts:read")
    key = answered(*served.command("api-key", "add", "--name", "reader", *scopes))["api_key"]
    with httpx.Client(base_url=f"{served.base}/api/v1", headers={"Authorization": f"Bearer {key}"}) as team:
        contact = team.get(f"/conversations/{visitor}").json()["contact"]["id"]
        panel = team.get(f"/contacts/{contact}/access").json()["conversations"]
    own = answered(*served.command("why", "--contact", contact, "--conversation", visitor))["conversations"]
    foreign = run(*served.command("why", "--contact", contact, "--conversation", ada)).stdout

    assert [(row["allowed"], row["reason"]) for row in own] == [(True, "live")]
    assert own[0]["sentence"] == panel[0]["sentence"] == sentence("live")
    assert "no · not_proved" in foreign
    assert sentence("not_proved") in foreign
    assert sentence("not_proved") in (ROOT / "docs" / "policy.md").read_text()


def test_an_id_that_is_none_is_explained(served: Served) -> None:
    assert "takes an id" in one_sentence(run(*served.command("why", "--contact", "ada")))


def test_a_site_is_allowed_and_then_not(served: Served) -> None:
    def may_show_the_chat() -> str:
        frame = httpx.get(f"{served.base}/widget/frame", params={"workspace": served.workspace})
        return frame.headers["content-security-policy"]

    added = answered(*served.command("sites", "add", "https://Other.example/page"))
    assert added == {"workspace": served.workspace, "site": "https://other.example"}
    assert "https://other.example" in may_show_the_chat()

    assert answered(*served.command("sites", "remove", "https://other.example")) == added
    assert "https://other.example" not in may_show_the_chat()
    assert "was not among" in one_sentence(run(*served.command("sites", "remove", "https://other.example")))


def test_the_doctor_finds_nothing_ill_and_says_what_to_mend(served: Served) -> None:
    found = {finding["about"]: finding for finding in answered(*served.command("doctor"))}
    assert {finding["state"] for finding in found.values()} <= {"well", "look"}
    assert {"data folder", "front-end", "base URL", "database", "migrations", "roles", "second lock"} <= set(
        found
    )

    served.data.chmod(0o755)
    try:
        ill = run(*served.command("doctor", "--base-url", "http://chat.example.com"))
    finally:
        served.data.chmod(0o700)
    assert ill.returncode == 1
    assert f"chmod go= {served.data}" in ill.stdout
    assert "PRIVITY_BASE_URL" in ill.stdout


def test_the_doctor_says_so_where_a_role_could_pass_the_second_lock(served: Served) -> None:
    as_superuser(served, "ALTER ROLE privity_sealer BYPASSRLS")
    try:
        ill = run(*served.command("doctor"))
    finally:
        as_superuser(served, "ALTER ROLE privity_sealer NOBYPASSRLS")
    assert ill.returncode == 1
    assert "privity_sealer could pass the second lock" in " ".join(ill.stdout.split())


def test_what_is_not_understood_ends_with_two() -> None:
    for wrong in (["serve", "--colour", "red"], ["keys", "revoke"], ["dance"]):
        one_sentence(run(*wrong), code=2)


def test_a_folder_without_a_privity_is_left_without(tmp_path: Path) -> None:
    said = one_sentence(run("keys", "list", "--data", str(tmp_path)))

    assert "no Privity" in said
    assert list(tmp_path.iterdir()) == []


def as_superuser(served: Served, statement: str, database: str = "postgres") -> Any:
    """In the PostgreSQL that this server keeps: the first value that it answers with."""

    async def execute() -> Any:
        server = embedded.attach(served.data / "postgres")
        assert server is not None, "it runs"
        password = Keyring.in_folder(served.data).password("postgres")
        connection = await asyncpg.connect(**server.connect_arguments(server.superuser, password, database))
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(execute())


def start(served: Served, person: Person | None) -> str:
    """A conversation, in a session that goes on living."""
    with closing(served.chat(person)) as client:
        words = {"body": "Hello", "client_id": str(uuid4())}
        return str(client.post("/widget/v1/conversations", json=words).json()["id"])
