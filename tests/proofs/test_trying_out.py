"""A developer tries the chat as `test:` somebody, who is nobody of the site's and owns nothing of theirs."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest

from privity.db.pool import Connection
from tests.cast import ADA, Person
from tests.clock import Clock
from tests.doors import Acme, Script

NewClient = Callable[[], httpx.AsyncClient]
TEST_ADA = replace(ADA, subject=f"test:{ADA.subject}")


@pytest.fixture
async def adas_past(acme: Acme, door: NewClient) -> str:
    ada = Script(door(), acme)
    await ada.open(ADA)
    return str((await ada.start("Where is order 4711?")).json()["id"])


async def test_a_test_subject_reads_nothing_of_the_user_of_that_name_and_address(
    acme: Acme, door: NewClient, adas_past: str
) -> None:
    tried = Script(door(), acme)
    opened = await tried.open(TEST_ADA)
    assert opened.json()["history"] == "open", "it needs to be proved for this test to mean anything"

    assert await tried.listed() == []
    foreign, made_up = await tried.read(adas_past), await tried.read(str(uuid4()))
    assert (foreign.status_code, foreign.content) == (made_up.status_code, made_up.content)
    assert foreign.status_code == 404
    assert (await tried.send(adas_past, "Mine?")).status_code == 404


async def test_a_test_subject_owns_what_it_writes_itself_and_ada_sees_none_of_it(
    acme: Acme, door: NewClient, owner_db: Connection, adas_past: str
) -> None:
    tried, ada = Script(door(), acme), Script(door(), acme)
    await tried.open(TEST_ADA)
    own = (await tried.start("Does this work?")).json()["id"]
    await ada.open(ADA)

    assert [line["id"] for line in await tried.listed()] == [own]
    assert [line["id"] for line in await ada.listed()] == [adas_past]
    owners = await owner_db.fetch(
        "SELECT c.id, i.provider, i.subject FROM conversation c JOIN contact_identity i ON i.id = c.owner"
    )
    assert {(str(row["id"]), row["provider"], row["subject"]) for row in owners} == {
        (own, "test", TEST_ADA.subject),
        (adas_past, "site", ADA.subject),
    }


async def test_a_user_whom_the_site_named_test_earlier_is_not_opened_by_a_test_token(
    acme: Acme, door: NewClient, owner_db: Connection, adas_past: str
) -> None:
    await owner_db.execute("UPDATE contact_identity SET subject = $1", TEST_ADA.subject)
    tried = Script(door(), acme)
    await tried.open(TEST_ADA)

    assert await tried.listed() == []
    assert (await tried.read(adas_past)).status_code == 404


async def test_a_page_that_proved_ada_does_not_become_a_test_in_passing(
    acme: Acme, door: NewClient, clock: Clock
) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)

    proof = {"kind": "token", "identity_token": acme.token(TEST_ADA)}
    changed = await ada.call("POST", "/widget/v1/session/proofs", proof)

    assert (changed.status_code, changed.json()["code"]) == (409, "identity_changed")


@pytest.mark.parametrize("subject", ["Test:ada", "test", "tests:ada", " test:ada"])
async def test_only_the_very_word_makes_a_test(
    acme: Acme, door: NewClient, owner_db: Connection, subject: str
) -> None:
    await Script(door(), acme).open(Person("Ada", ADA.email, subject))

    assert await owner_db.fetchval("SELECT provider FROM contact_identity") == "site"
