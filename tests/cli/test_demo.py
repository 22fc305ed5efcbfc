"""`privity demo`: everything that somebody needs to play both sides, in one command."""

import json
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from privity.db import embedded
from privity_client import SigningKey, sign_identity
from tests.cast import ADA, MALLORY, Person
from tests.cli.running import Running, answered, one_sentence, run

ANY = ("demo", "--json", "--port", "0")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("a demo") / "with a space"
    yield folder
    embedded.discard(folder / "postgres")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[Running]:
    with Running([*ANY, "--data", str(folder)]) as demo:
        demo.said(1)
        yield demo


@pytest.fixture(scope="module")
def handout(demo: Running) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(demo.lines[0])
    return told


def open_chat(
    handout: dict[str, Any], person: Person | None, **more: Any
) -> tuple[dict[str, Any], httpx.Client]:
    """A client of the chat, as somebody whom the site's key proves or as nobody."""
    key = SigningKey(handout["signing_key"]["kid"], handout["signing_key"]["secret"])
    if person is not None:
        more["identity_token"] = sign_identity(
            workspace=handout["workspace"], subject=person.subject, key=key, name=person.name
        )
    client = httpx.Client(base_url=handout["base_url"])
    opened = client.post("/widget/v1/sessions", json={"workspace": handout["workspace"], **more})
    assert opened.status_code == 201, opened.text
    client.headers["Authorization"] = f"Bearer {opened.json()['session']['token']}"
    return opened.json(), client


def listed(client: httpx.Client) -> list[Any]:
    with closing(client):
        items: list[Any] = client.get("/widget/v1/conversations").json()["items"]
    return items


def test_one_line_says_everything_and_stays_between_the_owner_and_the_folder(
    demo: Running, handout: dict[str, Any], folder: Path
) -> None:
    assert len(demo.lines) == 1
    assert set(handout) == {"base_url", "site_url", "workspace", "signing_key", "teammate", "api_key"}
    assert handout["signing_key"]["alg"] == "HS256"
    assert handout["base_url"].startswith("http://127.0.0.1:")
    assert handout["site_url"].startswith("http://localhost:"), "another site, as in real life"
    kept = folder / "demo.json"
    assert json.loads(kept.read_text()) == handout
    assert kept.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_ada_has_a_past_with_graces_answers(handout: dict[str, Any]) -> None:
    state, ada = open_chat(handout, ADA)
    waiting, *past = listed(ada)

    assert state["history"] == "open"
    assert waiting["state"] == "open"
    assert waiting["last_message"]["author"]["kind"] == "contact", "a newcomer finds somebody to answer"
    assert len(past) == 3
    assert all(conversation["state"] == "closed" for conversation in past)
    days = [conversation["started_at"][:10] for conversation in past]
    assert len(set(days)) == 3, "on three days"
    assert any(conversation["last_message"]["author"]["kind"] == "teammate" for conversation in past)


def test_mallory_who_types_adas_address_sees_nothing_of_it(handout: dict[str, Any]) -> None:
    assert listed(open_chat(handout, ADA)[1]), "Ada has history to hide"

    state, mallory = open_chat(handout, None, claims={"email": ADA.email, "name": MALLORY.name})

    assert state["history"] == "locked"
    assert listed(mallory) == []


def test_grace_signs_in_and_a_program_reads_with_the_key(handout: dict[str, Any]) -> None:
    with httpx.Client(base_url=handout["base_url"]) as grace:
        assert grace.post("/api/v1/sign-in", json=handout["teammate"]).status_code == 200
    with httpx.Client(base_url=handout["base_url"]) as program:
        program.headers["Authorization"] = f"Bearer {handout['api_key']}"
        assert len(program.get("/api/v1/conversations", params={"state": "closed"}).json()["items"]) >= 3


def test_the_shop_puts_the_chat_on_its_pages_and_the_chat_lets_it(handout: dict[str, Any]) -> None:
    page = httpx.get(handout["site_url"]).text
    assert f"{handout['base_url']}/loader.js" in page

    frame = httpx.get(f"{handout['base_url']}/widget/frame", params={"workspace": handout["workspace"]})
    assert f"frame-ancestors {handout['site_url']};" in frame.headers["content-security-policy"]
    config = httpx.get(f"{handout['base_url']}/widget/v1/config", params={"workspace": handout["workspace"]})
    assert httpx.get(config.json()["sign_in_url"]).status_code == 200


def test_letters_are_shown_on_a_page_and_leave_for_nowhere(handout: dict[str, Any]) -> None:
    _, nobody = open_chat(handout, None)
    with closing(nobody):
        asked = nobody.post("/widget/v1/session/proofs", json={"kind": "code", "email": MALLORY.email})
        assert asked.status_code == 202

    shown = httpx.get(f"{handout['base_url']}/outbox")

    assert f"To {MALLORY.email}" in shown.text
    assert "Your code for the chat of Acme" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in shown.headers["content-security-policy"]


def test_a_setting_holds_for_the_running_demo_at_once(handout: dict[str, Any], folder: Path) -> None:
    data = ("--data", str(folder))
    before = {line["name"]: line["value"] for line in answered("settings", *data)}
    assert (before["codes"], before["history_from"]) == ("on", "signed")

    assert answered("settings", "set", "greeting", "Welcome.", *data)["value"] == "Welcome."

    config = httpx.get(f"{handout['base_url']}/widget/v1/config", params={"workspace": handout["workspace"]})
    assert config.json()["greeting"] == "Welcome."
    refused = one_sentence(run("settings", "set", "idle", "a while", *data))
    assert "idle takes whole minutes, from 5 to 1440, not 'a while'" in refused


def test_doctor_says_what_goes_without_a_mail_server(demo: Running, folder: Path) -> None:
    mail = [finding for finding in answered("doctor", "--data", str(folder)) if finding["about"] == "mail"]
    assert [finding["state"] for finding in mail] == ["look"]
    assert "no code can be sent" in mail[0]["what"]


def test_it_stops_when_asked_and_the_next_start_finds_everything(tmp_path: Path) -> None:
    with Running([*ANY, "--data", str(tmp_path / "d")]) as demo:
        first = json.loads(demo.said(1)[0])
        with closing(open_chat(first, ADA)[1]) as ada:
            words = {"body": "Is anybody there?", "client_id": "0b0e6c0e-6d1f-4c7e-9a55-3f1c1f6f7a10"}
            assert ada.post("/widget/v1/conversations", json=words).status_code == 201
        demo.stop(signal.SIGINT)
        assert demo.process.returncode == 0, demo.log
        assert_nothing_secret(demo.log, first)
    assert embedded.attach(tmp_path / "d" / "postgres") is None, "the database stopped with it"

    with Running([*ANY, "--data", str(tmp_path / "d")]) as demo:
        second = json.loads(demo.said(1)[0])
        for same in ("workspace", "signing_key", "teammate", "api_key"):
            assert second[same] == first[same]
        bodies = [conversation["last_message"]["body"] for conversation in listed(open_chat(second, ADA)[1])]
        assert "Is anybody there?" in bodies
        assert len(bodies) == 5
        frame = httpx.get(f"{second['base_url']}/widget/frame", params={"workspace": second["workspace"]})
        assert f"frame-ancestors {second['site_url']};" in frame.headers["content-security-policy"]
        demo.stop()
        assert demo.process.returncode == 0

    with Running([*ANY, "--fresh", "--data", str(tmp_path / "d")]) as demo:
        third = json.loads(demo.said(1)[0])
        assert third["workspace"] != first["workspace"]
        assert third["teammate"]["password"] != first["teammate"]["password"]
        assert len(listed(open_chat(third, ADA)[1])) == 4
        demo.stop()
    embedded.discard(tmp_path / "d" / "postgres")


def test_a_first_start_that_was_cut_short_begins_again(tmp_path: Path) -> None:
    data = tmp_path / "d"
    data.mkdir()
    (data / "demo.json").write_text("null")
    (data / "installation.key").write_bytes(b"half of something")

    with Running([*ANY, "--data", str(data)]) as demo:
        handout = json.loads(demo.said(1)[0])
        assert len(listed(open_chat(handout, ADA)[1])) == 4
        demo.stop()
    embedded.discard(data / "postgres")


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    for more in ((), ("--fresh",)):
        said = one_sentence(run(*ANY, "--data", str(tmp_path), *more))
        assert "not a demo's folder" in said
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_port_that_is_taken_is_named(handout: dict[str, Any], tmp_path: Path) -> None:
    port = handout["base_url"].rpartition(":")[2]

    said = one_sentence(run("demo", "--port", port, "--data", str(tmp_path / "d")))

    assert f"Port {port} on 127.0.0.1 is in use" in said


def test_two_demos_do_not_share_a_folder(demo: Running, folder: Path) -> None:
    before = (folder / "demo.json").read_text()

    for more in ((), ("--fresh",)):
        assert "in use by another Privity" in one_sentence(run(*ANY, "--data", str(folder), *more))
    assert (folder / "demo.json").read_text() == before, "the one that runs still finds its secrets"


def assert_nothing_secret(log: str, handout: dict[str, Any]) -> None:
    secrets = (handout["signing_key"]["secret"], handout["teammate"]["password"], handout["api_key"])
    for secret in secrets:
        assert secret not in log
