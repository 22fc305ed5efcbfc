"""A workspace's settings, from the command line: each takes what it may be, says so, and is written down."""

from datetime import timedelta

import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.workspaces import actions, rules
from tests.doors import Acme

pytestmark = pytest.mark.anyio


async def stored(db: Connection, acme: Acme, name: str) -> object:
    row = await db.fetchrow("SELECT * FROM workspace WHERE id = $1", acme.id)
    assert row is not None
    return row[name]


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [
        ("history_from", "mailbox", "mailbox"),
        ("least_to_write", "signed", "signed"),
        ("adopt", "never", "never"),
        ("adoption_days", "14", 14),
        ("codes", "on", True),
        ("codes", "off", False),
        ("greeting", "Grüß Gott. Worum geht es?", "Grüß Gott. Worum geht es?"),
        ("accent", "#A01020", "#a01020"),
        ("sign_in_url", "https://shop.example/sign-in", "https://shop.example/sign-in"),
        ("sign_in_url", "none", None),
        ("idle", "1440", timedelta(hours=24)),
        ("proof_max_age", "5", timedelta(minutes=5)),
        ("once_only", "on", True),
    ],
)
async def test_a_setting_takes_what_it_may_be(
    house: House, acme: Acme, owner_db: Connection, name: str, word: str, value: object
) -> None:
    said = await rules.change(house, acme.id, name, word)
    assert await stored(owner_db, acme, name) == value
    listed = {line.name: line.value for line in await rules.lines(house, acme.id)}
    assert listed[name] == said


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("history_from", "none"),
        ("history_from", "claimed"),
        ("history_from", "Signed"),
        ("least_to_write", "legacy"),
        ("adopt", ""),
        ("adoption_days", "15"),
        ("adoption_days", "-1"),
        ("adoption_days", "seven"),
        ("codes", "true"),
        ("greeting", "  "),
        ("greeting", "two\nlines"),
        ("greeting", "a" * 201),
        ("accent", "red"),
        ("accent", "#fff;}"),
        ("sign_in_url", "javascript:alert(1)"),
        ("sign_in_url", "shop.example/sign-in"),
        ("sign_in_url", "https://ada:secret@shop.example"),
        ("sign_in_url", "https://[half"),
        ("idle", "4"),
        ("idle", "1441"),
        ("idle", "30 minutes"),
        ("proof_max_age", "61"),
        ("proof_max_age", "-5"),
        ("proof_max_age", "\u0665"),
    ],
)
async def test_what_it_may_not_be_changes_nothing_and_says_what_it_takes(
    house: House, acme: Acme, owner_db: Connection, name: str, word: str
) -> None:
    before = await stored(owner_db, acme, name)
    takes = rules.RULES[name].takes
    with pytest.raises(rules.RuleError) as refused:
        await rules.change(house, acme.id, name, word)
    assert str(refused.value) == f"{name} takes {takes}, not {word!r}."
    assert refused.value.beside_its_field() == f"This takes {takes}."
    assert await stored(owner_db, acme, name) == before


async def test_a_setting_that_there_is_not_is_answered_with_those_that_there_are(
    house: House, acme: Acme
) -> None:
    with pytest.raises(rules.RuleError, match="history_from, least_to_write"):
        await rules.change(house, acme.id, "history", "signed")


async def test_every_word_that_is_listed_would_set_what_stands(house: House, acme: Acme) -> None:
    listed = await rules.lines(house, acme.id)
    assert {line.name for line in listed} == set(rules.RULES)
    for line in listed:
        assert await rules.change(house, acme.id, line.name, line.value) == line.value


async def test_a_change_is_in_the_audit_log_under_the_settings_name(
    house: House, acme: Acme, owner_db: Connection
) -> None:
    await rules.change(house, acme.id, "history_from", "mailbox")
    events = await owner_db.fetch(
        "SELECT kind, actor, reason FROM audit_event WHERE workspace_id = $1", acme.id
    )
    assert [tuple(event) for event in events] == [("policy_change", "operator", "history_from")]


async def test_where_the_chat_may_stand_and_people_sign_in_is_in_the_audit_log_where_it_changes(
    house: House, acme: Acme, owner_db: Connection
) -> None:
    for _ in range(2):
        await actions.allow_site(house, acme.id, "https://another.example")
        await actions.name_sign_in_page(house, acme.id, "https://another.example/sign-in")
    for was_among in (True, False):
        assert await actions.disallow_site(house, acme.id, "https://another.example") is was_among

    events = await owner_db.fetch(
        "SELECT actor, reason FROM audit_event WHERE kind = 'policy_change' ORDER BY id"
    )

    assert [tuple(event) for event in events] == [
        ("operator", "site_allowed"),
        ("operator", "sign_in_url"),
        ("operator", "site_disallowed"),
    ]


async def test_another_workspace_keeps_its_own(house: House, acme: Acme, owner_db: Connection) -> None:
    other = await owner_db.fetchval(
        "INSERT INTO workspace (id, name, created_at) VALUES (gen_random_uuid(), 'Elsewhere', $1) RETURNING id",
        house.clock(),
    )
    await rules.change(house, acme.id, "greeting", "Welcome to Acme.")
    listed = {line.name: line.value for line in await rules.lines(house, other)}
    assert listed["greeting"] == "Hello. How can we help?"
