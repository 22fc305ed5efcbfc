"""The owner decides in the inbox what the chat asks of people: the operator's settings, but for the log's."""

import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.workspaces import rules
from tests.cast import ADA
from tests.doors import Acme, Script
from tests.team.conftest import NewClient
from tests.team.desk import Desk

SETTINGS = "/settings"


@pytest.fixture
async def owner(grace: Desk, owner_db: Connection) -> Desk:
    await owner_db.execute("UPDATE teammate SET role = 'owner' WHERE email LIKE '%@acme.example'")
    return grace


async def change(desk: Desk, name: str, value: str) -> tuple[int, str]:
    answer = await desk.call("PATCH", SETTINGS, {"name": name, "value": value})
    return answer.status_code, answer.text


async def value_of(desk: Desk, name: str) -> str:
    values = {line["name"]: line["value"] for line in (await desk.get(SETTINGS))["items"]}
    return str(values[name])


async def test_an_owner_reads_each_setting_with_what_it_takes(owner: Desk) -> None:
    lines = {line["name"]: line for line in (await owner.get(SETTINGS))["items"]}

    assert set(lines) == set(rules.RULES) - {"audit_days"}
    assert lines["history_from"]["choices"] == ["legacy", "mailbox", "signed"]
    assert lines["codes"]["choices"] == ["on", "off"]
    assert lines["greeting"]["choices"] == []
    for line in lines.values():
        assert line["means"], f"{line['name']} says what it is"
        assert line["takes"], f"{line['name']} says what it takes"
        assert not line["choices"] or line["value"] in line["choices"]


async def test_what_an_owner_changes_holds_from_the_next_request_on_and_the_log_names_them(
    owner: Desk, acme: Acme, door: NewClient, owner_db: Connection
) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    assert (await ada.state()).json()["history"] == "open"

    assert (await change(owner, "greeting", "Grüß Gott."))[0] == 200
    assert await value_of(owner, "greeting") == "Grüß Gott."
    config = await door().get("/widget/v1/config", params={"workspace": str(acme.id)})
    assert config.json()["greeting"] == "Grüß Gott."

    grace = await owner_db.fetchval("SELECT id FROM teammate WHERE email = 'grace@acme.example'")
    noted = await owner_db.fetch(
        "SELECT actor, actor_id, reason FROM audit_event WHERE kind = 'policy_change'"
    )
    assert [tuple(one) for one in noted] == [("teammate", grace, "greeting")]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("history_from", "everybody", "legacy, mailbox or signed"),
        ("history_from", "legacy", "No old hash is taken here"),
        ("idle", "1", "whole minutes, from 5 to 1440"),
        ("colour", "#000000", "There is no setting called colour"),
        ("audit_days", "31", "There is no setting called audit_days"),
    ],
)
async def test_what_a_setting_does_not_take_changes_nothing_and_is_explained(
    owner: Desk, house: House, acme: Acme, name: str, value: str, told: str
) -> None:
    before = await rules.lines(house, acme.id)

    status, text = await change(owner, name, value)

    assert status == 422
    assert told in text
    assert await rules.lines(house, acme.id) == before


async def test_what_a_setting_does_not_take_is_said_without_the_name_that_it_has_at_the_command_line(
    owner: Desk,
) -> None:
    refused = await owner.call("PATCH", SETTINGS, {"name": "proof_max_age", "value": "an hour"})

    assert refused.json()["code"] == "not_valid"
    assert refused.json()["detail"] == "This takes whole minutes, from 1 to 60."


async def test_who_is_no_owner_neither_reads_nor_changes_a_setting_and_otto_has_his_own(
    grace: Desk, otto: Desk, owner_db: Connection
) -> None:
    for desk in (grace, otto):
        assert (await desk.call("GET", SETTINGS)).status_code == 403
        assert (await change(desk, "greeting", "Hello."))[0] == 403
    await owner_db.execute("UPDATE teammate SET role = 'owner'")
    assert (await change(otto, "greeting", "Elsewhere."))[0] == 200
    assert await value_of(grace, "greeting") != "Elsewhere."
