"""The owner says in the inbox where people may sign in to the chat; the client's secret is shown to nobody again."""

import pytest

from privity.db.pool import Connection
from privity.outward.fetching import Outward
from tests.authority import Authority
from tests.doors import CHAT
from tests.provider import CLIENT, SECRET, Provider
from tests.team.desk import Desk

SIGN_INS = "/sign-ins"


@pytest.fixture
def way_out(authority: Authority, provider: Provider) -> Outward:
    return provider.way_there(authority)


@pytest.fixture
def asked(provider: Provider) -> dict[str, str]:
    return {"name": "Acme ID", "issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET}


async def test_an_owner_adds_a_provider_and_removes_it_and_the_log_names_who_did(
    grace: Desk, otto: Desk, owner_db: Connection, provider: Provider, asked: dict[str, str]
) -> None:
    assert (await grace.call("POST", SIGN_INS, asked)).status_code == 403, "she is no owner yet"
    await owner_db.execute("UPDATE teammate SET role = 'owner'")

    added = await grace.call("POST", SIGN_INS, asked)

    assert added.status_code == 201, added.text
    shown = await grace.call("GET", SIGN_INS)
    assert SECRET not in shown.text
    assert shown.json()["redirect_uri"] == f"{CHAT}/widget/signed-in"
    [line] = shown.json()["items"]
    assert (line["id"], line["name"], line["issuer"]) == (added.json()["id"], "Acme ID", provider.issuer)
    assert (line["last_used_at"], line["fault"]) == (None, None)

    here = f"{SIGN_INS}/{line['id']}"
    assert (await otto.get(SIGN_INS))["items"] == []
    assert (await otto.call("DELETE", here)).status_code == 404, "Otto's is another workspace"
    removed = await grace.call("DELETE", here)
    assert (removed.status_code, removed.json()) == (200, {"sessions_ended": 0})
    assert (await grace.call("DELETE", here)).status_code == 404
    assert (await grace.get(SIGN_INS))["items"] == []
    noted = await owner_db.fetch(
        "SELECT actor, reason FROM audit_event WHERE kind = 'key_change' ORDER BY at"
    )
    assert [tuple(one) for one in noted] == [
        ("teammate", "sign_in_added"),
        ("teammate", "sign_in_removed"),
    ]


async def test_a_provider_that_cannot_be_used_is_not_taken_and_the_owner_reads_why(
    grace: Desk, owner_db: Connection, provider: Provider, asked: dict[str, str]
) -> None:
    await owner_db.execute("UPDATE teammate SET role = 'owner'")
    provider.metadata = {"issuer": "https://another.example"}
    for wrong, told in (
        ({}, "It calls itself by another issuer"),
        ({"issuer": "http://localhost/"}, "cannot be used"),
        ({"name": " "}, "The name of a provider is one line"),
        ({"client_secret": "two\nlines"}, "secret is one line"),
    ):
        provider.metadata = {} if wrong else provider.metadata
        refused = await grace.call("POST", SIGN_INS, {**asked, **wrong})
        assert (refused.status_code, refused.json()["code"]) == (422, "not_valid")
        assert told in refused.json()["detail"]
    assert (await grace.get(SIGN_INS))["items"] == []
