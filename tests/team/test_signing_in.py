"""A teammate signs in; whoever is not let in learns nothing from how."""

from dataclasses import replace

import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.people.actions import (
    AccountError,
    accounts,
    add_key,
    add_teammate,
    change_password,
    disable_teammate,
    keys,
    revoke_keys,
)
from privity.people.door import COOKIE
from tests.attacks import doors
from tests.cast import ADA, GRACE
from tests.clock import Clock
from tests.doors import Acme
from tests.team.conftest import NewClient
from tests.team.desk import PASSWORD, Desk, Program


async def test_grace_signs_in_and_is_known(grace: Desk, acme: Acme) -> None:
    me = await grace.get("/me")

    assert me["teammate"]["name"] == GRACE.name
    assert me["workspace"] == {"id": str(acme.id), "name": "Acme"}
    assert [teammate["email"] for teammate in me["teammates"]] == [GRACE.email]
    assert me["csrf"] == grace.csrf


@pytest.mark.attack("A-188")
async def test_the_cookie_is_the_chats_own_and_no_script_reads_it(acme: Acme, door: NewClient) -> None:
    answer = await Desk(door()).sign_in(GRACE)

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for attribute in ("Path=/", "Secure", "HttpOnly", "SameSite=Strict"):
        assert attribute in cookie.split("; ")


async def test_of_the_secret_only_a_hash_is_stored(grace: Desk, owner_db: Connection) -> None:
    word = grace.http.cookies[COOKIE]
    rows = await owner_db.fetch("SELECT s::text AS stored FROM teammate_session s")

    assert rows
    assert not [row for row in rows if word[-40:] in row["stored"]]


async def test_a_wrong_password_and_an_unknown_address_are_one_answer(acme: Acme, door: NewClient) -> None:
    wrong = await Desk(door()).sign_in(GRACE, "not her password")
    unknown = await Desk(door()).sign_in(ADA, PASSWORD)

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content
    assert wrong.headers == unknown.headers


async def test_grace_types_her_address_in_capitals(acme: Acme, door: NewClient) -> None:
    answer = await Desk(door()).sign_in(replace(GRACE, email=GRACE.email.upper()))

    assert answer.status_code == 200


@pytest.mark.attack("A-254")
async def test_who_guesses_waits_and_a_colleague_with_another_address_does_not(
    acme: Acme, door: NewClient
) -> None:
    guesser = Desk(door())
    guesses = [await guesser.sign_in(GRACE, f"guess {n}") for n in range(4)]

    assert [guess.status_code for guess in guesses] == [401, 401, 401, 429]
    assert int(guesses[-1].headers["Retry-After"]) > 0
    assert (await guesser.sign_in(GRACE)).status_code == 429, "not even the right one, for now"
    assert (await guesser.sign_in(ADA)).status_code == 401, "another account waits for nobody"


async def test_the_session_ends_after_two_hours_of_silence(grace: Desk, clock: Clock) -> None:
    clock.forward(hours=1, minutes=59)
    assert (await grace.call("GET", "/me")).status_code == 200
    clock.forward(hours=1, minutes=59)
    assert (await grace.call("GET", "/me")).status_code == 200, "a request is a sign of life"

    clock.forward(hours=2)
    answer = await grace.call("GET", "/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "session_over")


async def test_the_session_ends_after_twelve_hours_whatever_happens(grace: Desk, clock: Clock) -> None:
    for _ in range(11):
        clock.forward(hours=1)
        assert (await grace.call("GET", "/me")).status_code == 200
    clock.forward(hours=1)

    assert (await grace.call("GET", "/me")).status_code == 401


async def test_after_the_sign_out_the_old_cookie_opens_nothing(grace: Desk) -> None:
    word = grace.http.cookies[COOKIE]
    assert (await grace.call("POST", "/sign-out")).status_code == 204
    assert COOKIE not in grace.http.cookies

    answer = await grace.http.get("/api/v1/me", headers={"Cookie": f"{COOKIE}={word}"})

    assert answer.status_code == 401


async def test_a_disabled_account_is_out_at_once_and_cannot_come_back(
    house: House, acme: Acme, grace: Desk
) -> None:
    await disable_teammate(house, acme.id, GRACE.email)

    assert (await grace.call("GET", "/me")).status_code == 401
    assert (await grace.sign_in(GRACE)).json()["code"] == "sign_in_refused"


@pytest.mark.attack("A-114", "A-56")
async def test_another_password_signs_grace_out_and_is_the_only_one_that_lets_her_in(
    grace: Desk, house: House, acme: Acme, door: NewClient
) -> None:
    assert (await grace.call("GET", "/me")).status_code == 200
    await change_password(house, acme.id, GRACE.email, "a password of this spring")

    assert (await grace.call("GET", "/me")).status_code == 401
    assert (await Desk(door()).sign_in(GRACE)).status_code == 401
    assert (await Desk(door()).sign_in(GRACE, "a password of this spring")).status_code == 200


async def test_an_address_whose_account_was_disabled_may_have_another(
    grace: Desk, house: House, acme: Acme, door: NewClient
) -> None:
    await disable_teammate(house, acme.id, GRACE.email)
    with pytest.raises(AccountError, match="no living account"):
        await change_password(house, acme.id, GRACE.email, PASSWORD)
    await add_teammate(house, acme.id, email=GRACE.email, name=GRACE.name, password=PASSWORD)

    assert (await Desk(door()).sign_in(GRACE)).status_code == 200
    assert (await grace.call("GET", "/me")).status_code == 401, "the old account's session stays over"
    known = await accounts(house, acme.id)
    assert [(line.email, line.disabled_at is None) for line in known] == [
        (GRACE.email, True),
        (GRACE.email, False),
    ]


async def test_missing_ended_disabled_and_revoked_are_one_answer(
    house: House, acme: Acme, grace: Desk, door: NewClient
) -> None:
    program = Program(door(), key=await add_key(house, acme.id, "reports", ["conversations:read"]))
    assert (await program.call("GET", "/conversations")).status_code == 200
    await revoke_keys(house, acme.id, "reports")
    await disable_teammate(house, acme.id, GRACE.email)

    answers = [
        await Desk(door()).call("GET", "/conversations"),
        await grace.call("GET", "/conversations"),
        await program.call("GET", "/conversations"),
        await Program(door(), key="privity-key-nonsense").call("GET", "/conversations"),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.attack("A-184", without=doors.the_look_at_the_desks_page)
async def test_a_page_of_another_site_cannot_write_with_graces_cookie(grace: Desk) -> None:
    forged = replace(grace, origin="https://evil.example")
    assert (await forged.call("POST", "/sign-out")).json()["code"] == "foreign_origin"

    without_word = replace(grace, csrf="")
    assert (await without_word.call("POST", "/sign-out")).json()["code"] == "csrf"
    wrong_word = replace(grace, csrf="x" * len(grace.csrf))
    assert (await wrong_word.call("POST", "/sign-out")).json()["code"] == "csrf"

    assert (await grace.call("GET", "/me")).status_code == 200, "she is still signed in"


@pytest.mark.attack("A-184")
async def test_a_page_of_another_site_cannot_sign_anybody_in(acme: Acme, door: NewClient) -> None:
    forged = Desk(door(), origin="https://evil.example")

    assert (await forged.sign_in(GRACE)).json()["code"] == "foreign_origin"


@pytest.mark.attack("A-184")
async def test_a_form_of_another_site_cannot_pass_for_json(acme: Acme, door: NewClient) -> None:
    answer = await door().post(
        "/api/v1/sign-in", content=b'{"email": "a", "password": "b"}', headers={"Content-Type": "text/plain"}
    )

    assert answer.status_code == 415


@pytest.mark.attack("A-40")
async def test_a_key_is_no_cookie_and_a_cookie_no_key(
    house: House, acme: Acme, grace: Desk, door: NewClient
) -> None:
    key = await add_key(house, acme.id, "reports", ["conversations:read"])
    as_cookie = {"Cookie": f"{COOKIE}={key.removeprefix('privity-key-')}"}
    as_key = {"Authorization": f"Bearer privity-key-{grace.http.cookies[COOKIE]}"}

    assert (await door().get("/api/v1/conversations", headers=as_cookie)).status_code == 401
    assert (await door().get("/api/v1/conversations", headers=as_key)).status_code == 401


async def test_a_bad_key_beside_a_good_cookie_is_a_bad_key(grace: Desk) -> None:
    answer = await grace.http.get("/api/v1/me", headers={"Authorization": "Bearer nonsense"})

    assert answer.status_code == 401


@pytest.mark.attack("A-212", without=doors.the_scopes_of_a_key)
async def test_a_key_reaches_its_scopes_and_nothing_else(house: House, acme: Acme, door: NewClient) -> None:
    reader = Program(door(), key=await add_key(house, acme.id, "reports", ["conversations:read"]))
    made_up = "00000000-0000-4000-8000-000000000000"

    assert (await reader.call("GET", "/conversations")).status_code == 200
    refused = [
        await reader.call("GET", "/contacts"),
        await reader.write(made_up, "hello"),
        await reader.call("POST", f"/conversations/{made_up}/close"),
    ]

    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert {answer.json()["code"] for answer in refused} == {"not_in_reach"}


async def test_the_operator_sees_which_keys_there_are_and_never_a_keys_word(house: House, acme: Acme) -> None:
    word = await add_key(house, acme.id, "reports", ["conversations:read"])
    await add_key(house, acme.id, "old", ["contacts:read"])
    await revoke_keys(house, acme.id, "old")

    lines = await keys(house, acme.id)
    assert [(line.name, line.scopes, line.revoked_at is None) for line in lines] == [
        ("reports", ["conversations:read"], True),
        ("old", ["contacts:read"], False),
    ]
    assert word[-40:] not in str(lines)


async def test_a_key_is_nobody_who_signs_in_or_out_or_has_eyes(
    house: House, acme: Acme, door: NewClient
) -> None:
    robot = Program(door(), key=await add_key(house, acme.id, "robot", ["conversations:write"]))
    made_up = "00000000-0000-4000-8000-000000000000"

    for answer in (
        await robot.call("GET", "/me"),
        await robot.call("POST", "/sign-out"),
        await robot.call("POST", f"/conversations/{made_up}/read", {"team_seq": 1}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "people_only")


async def test_signing_in_and_out_is_recorded(grace: Desk, owner_db: Connection) -> None:
    await grace.call("POST", "/sign-out")

    kinds = [row["kind"] for row in await owner_db.fetch("SELECT kind FROM audit_event ORDER BY at, id")]
    assert [kind for kind in kinds if kind in ("sign_in", "session_end")] == ["sign_in", "session_end"]


async def test_a_cookie_of_somebody_else_on_the_same_domain_does_not_sign_grace_out(grace: Desk) -> None:
    word = grace.http.cookies[COOKIE]
    grace.http.cookies.clear()

    strange = {"Cookie": f'seen={{"page": [1, 2]}}; =; {COOKIE}={word}; odd'}
    answer = await grace.http.get("/api/v1/me", headers=strange)

    assert answer.status_code == 200
