"""Objects: what a request may name, and what it may set."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from privity.db.pool import Connection
from tests.attacks import doors
from tests.attacks.people import HIDDEN, Victim
from tests.cast import ADA
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.premise import premise
from tests.team.desk import Desk

Door = Callable[[], httpx.AsyncClient]
NewContact = Callable[[], Script]


@pytest.mark.attack("A-112", without=doors.the_refusal_of_fields_that_nobody_asked_for)
async def test_a_contact_sets_nothing_but_their_words(
    ada: Victim, new_contact: NewContact, owner_db: Connection
) -> None:
    mallory = new_contact()
    await mallory.open()
    own = (await mallory.start("mine")).json()["id"]
    adas = await owner_db.fetchval("SELECT owner FROM conversation WHERE id = $1", UUID(ada.conversation))
    premise(adas is not None, "needs an owner whom one could name")
    before = await owner_db.fetchval("SELECT count(*) FROM message")
    extra: dict[str, Any] = {
        "owner": str(adas),
        "contact_id": str(uuid4()),
        "workspace_id": str(uuid4()),
        "assurance": "signed",
        "kind": "note",
        "seq": 1,
        "origin_session": str(uuid4()),
        "attachments": [str(uuid4())],
        "__proto__": {"owner": str(adas)},
    }
    said = await with_each(mallory, extra, own)

    assert [line["id"] for line in await ada.script.listed()] == [ada.conversation], (
        "nothing was given to her"
    )
    assert [case for case, status in said.items() if status != 422] == []
    assert await owner_db.fetchval("SELECT count(*) FROM message") == before


@pytest.mark.attack("A-113", without=doors.the_refusal_of_fields_that_nobody_asked_for)
async def test_a_contact_writes_as_nobody_else_and_at_no_other_time(
    new_contact: NewContact, grace: Desk, clock: Clock
) -> None:
    mallory = new_contact()
    await mallory.open()
    own = (await mallory.start("mine")).json()["id"]
    extra: dict[str, Any] = {
        "author": {"kind": "teammate", "name": "Grace"},
        "author_kind": "teammate",
        "author_name": "Grace",
        "author_teammate": str(uuid4()),
        "sent_at": "2020-01-01T00:00:00Z",
    }
    said = await with_each(mallory, extra, own)

    thread = await grace.thread(own)
    assert {message["author"]["kind"] for message in thread} == {"contact"}
    assert {message["sent_at"] for message in thread} == {f"{clock():%Y-%m-%dT%H:%M:%SZ}"}
    assert [case for case, status in said.items() if status != 422] == []


async def with_each(contact: Script, extra: dict[str, Any], conversation: str) -> dict[tuple[str, str], int]:
    """What is answered to each of these, where it comes beside what a contact may set."""
    said = {}
    for field, value in extra.items():
        for path in ("/widget/v1/conversations", f"/widget/v1/conversations/{conversation}/messages"):
            words = {"body": "mine as well", "client_id": str(uuid4()), field: value}
            said[field, path] = (await contact.call("POST", path, words)).status_code
        claims = {"claims": {"name": "M"}, field: value}
        said[field, "claims"] = (await contact.call("PATCH", "/widget/v1/session", claims)).status_code
    return said


@pytest.mark.attack("A-114")
async def test_who_brings_nothing_is_nobody_and_not_the_first_in_the_table(
    ada: Victim, acme: Acme, door: Door, grace: Desk
) -> None:
    assert (await ada.script.state()).status_code == 200, "Ada's is the first row of everything"
    words = ("", "Bearer", "Bearer ", "Bearer null", "Bearer undefined", "Basic Og==")
    cookies = ("__Host-privity", "__Host-privity-team")
    brought: list[dict[str, str]] = [
        {},
        *({"Authorization": word} for word in words),
        *({"Cookie": f"{name}={word}"} for name in cookies for word in ("", "null", "0")),
        {"Authorization": f"Bearer {acme.id}"},
        {"Authorization": "Bearer " + "A" * 86},
    ]
    asked = (
        "/widget/v1/session",
        "/widget/v1/conversations",
        "/widget/v1/adoptable",
        f"/widget/v1/conversations/{ada.conversation}/messages",
        "/api/v1/me",
        "/api/v1/conversations",
        "/api/v1/contacts",
    )
    for headers in brought:
        for path in asked:
            page = {"Origin": "https://chat.example", "Sec-Fetch-Site": "same-origin"}
            answer = await door().get(path, headers={**page, **headers})
            assert answer.status_code == 401, f"{headers} at {path}"
            assert HIDDEN not in answer.text


@pytest.mark.attack("A-55", without=doors.the_silence_on_a_proxys_word)
async def test_no_header_signs_a_teammate_in(ada: Victim, grace: Desk, door: Door) -> None:
    who = (await grace.get("/me"))["teammate"]["email"]
    for name in (
        "X-Forwarded-User",
        "Remote-User",
        "REMOTE_USER",
        "X-Remote-User",
        "X-Auth-Request-Email",
        "X-WEBAUTH-USER",
        "X-Forwarded-Email",
    ):
        for path in (
            "/api/v1/conversations",
            "/api/v1/me",
            f"/api/v1/conversations/{ada.conversation}/messages",
        ):
            answer = await door().get(path, headers={name: who})
            assert answer.status_code == 401, f"{name} at {path}"


@pytest.mark.attack("A-115")
async def test_what_the_team_reads_opens_nothing(
    ada: Victim, acme: Acme, grace: Desk, owner_db: Connection
) -> None:
    contact = (await grace.get(f"/conversations/{ada.conversation}"))["contact"]["id"]
    read = [
        await grace.get(path)
        for path in (
            "/conversations",
            f"/conversations/{ada.conversation}",
            f"/conversations/{ada.conversation}/messages",
            "/contacts",
            f"/contacts/{contact}",
            f"/contacts/{contact}/access",
        )
    ]
    secret = ada.script.secret
    assert secret is not None
    stored = await owner_db.fetchval("SELECT secret_hash FROM session WHERE identity_id IS NOT NULL")
    for word in (secret, secret[-43:], stored.hex(), acme.key.secret, "secret", "token_hash", "password"):
        assert word not in str(read)


@pytest.mark.attack("A-42")
async def test_a_secret_in_an_address_opens_nothing(ada: Victim, acme: Acme, door: Door) -> None:
    for name in ("token", "access_token", "session", "authorization", "key", "jwt"):
        for path in ("/widget/v1/session", "/widget/v1/conversations"):
            answer = await door().get(path, params={name: str(ada.script.secret)})
            assert answer.status_code == 401, f"{name} at {path}"
    opened = await door().post(
        "/widget/v1/sessions", params={"identity_token": acme.token(ADA)}, json={"workspace": str(acme.id)}
    )
    assert opened.json()["contact"]["kind"] == "visitor"


@pytest.mark.attack("A-241")
async def test_who_is_gone_looks_like_who_never_was(
    ada: Victim, new_contact: NewContact, owner_db: Connection
) -> None:
    await owner_db.execute("UPDATE conversation SET erased_at = now()")
    for person in (None, ADA):
        asks = new_contact()
        await asks.open(person)
        gone, never = await asks.read(ada.conversation), await asks.read(str(uuid4()))
        assert (gone.status_code, gone.content, [*gone.headers.items()]) == (
            404,
            never.content,
            [*never.headers.items()],
        )
        assert await asks.listed() == []
