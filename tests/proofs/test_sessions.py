"""A session opens, says who it is, proves it, renews, rises and ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.proofs.ending import end_everywhere
from tests.attacks import doors, locks
from tests.cast import ADA, BOB
from tests.clock import Clock
from tests.doors import Acme, Browser, Script

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]


async def test_a_visitor_is_somebody_of_whom_nothing_is_known(door: Door, acme: Acme) -> None:
    visitor = Script(door(), acme)
    answer = await visitor.open()
    assert answer.status_code == 201
    state = answer.json()
    assert state["contact"] == {"kind": "visitor", "assurance": "none", "name": None}
    assert (state["history"], state["write"]) == ("locked", "open")
    assert "proof" not in state


@pytest.mark.attack("A-01", "A-11", without=doors.the_worth_of_a_claim)
async def test_a_typed_address_makes_a_lead_and_opens_nothing(door: Door, acme: Acme) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    assert (await ada.start("my private words")).status_code == 201
    mallory = Script(door(), acme)
    answer = await mallory.open(claims={"email": ADA.email, "name": ADA.name})
    assert answer.json()["contact"] == {"kind": "lead", "assurance": "claimed", "name": None}
    assert answer.json()["history"] == "locked"
    assert await mallory.listed() == []


@pytest.mark.attack("A-02", "A-235")
async def test_an_address_that_exists_and_one_that_nobody_has_get_the_same_bytes(
    door: Door, acme: Acme
) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    assert (await ada.start("something to hide")).status_code == 201, "needs history to hide"
    answers = []
    for address in (ADA.email, "eve@example.com"):
        mallory = Script(door(), acme)
        await mallory.open()
        answers.append(await mallory.call("PATCH", "/widget/v1/session", {"claims": {"email": address}}))
    known, unknown = answers
    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content
    assert [*known.headers.items()] == [*unknown.headers.items()]


async def test_ada_is_a_user_with_her_history_open(door: Door, acme: Acme) -> None:
    ada = Script(door(), acme)
    state = (await ada.open(ADA)).json()
    assert state["contact"] == {"kind": "user", "assurance": "signed", "name": ADA.name}
    assert state["history"] == "open"
    assert state["proof"]["expires_at"] == state["session"]["expires_at"]


async def test_ada_sees_her_conversations_on_another_device(door: Door, acme: Acme) -> None:
    here = Script(door(), acme)
    await here.open(ADA)
    started = (await here.start("written on the laptop")).json()
    there = Script(door(), acme)
    await there.open(ADA)
    assert [item["id"] for item in await there.listed()] == [started["id"]]
    page = (await there.read(started["id"])).json()
    assert [message["body"] for message in page["items"]] == ["written on the laptop"]


@pytest.mark.attack("A-18", without=locks.the_judge_and_the_second_lock)
async def test_bob_gets_the_same_answer_for_adas_conversation_as_for_none(door: Door, acme: Acme) -> None:
    ada, bob = Script(door(), acme), Script(door(), acme)
    await ada.open(ADA)
    await bob.open(BOB)
    started = (await ada.start("for ada alone")).json()
    hers, nobodys = await bob.read(started["id"]), await bob.read(str(uuid4()))
    assert hers.status_code == 404
    assert hers.content == nobodys.content
    assert [*hers.headers.items()] == [*nobodys.headers.items()]


@pytest.mark.attack("A-82", without=doors.the_bounds_of_a_cookie)
async def test_a_browser_carries_a_leads_secret_in_a_cookie_that_no_script_reads(
    door: Door, acme: Acme
) -> None:
    lead = Browser(door(), acme)
    answer = await lead.open()
    assert "token" not in answer.json()["session"]
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-privity=")
    for attribute in ("Secure", "HttpOnly", "Partitioned", "SameSite=None", "Path=/"):
        assert attribute in cookie
    assert "Domain" not in cookie
    assert (await lead.state()).status_code == 200


async def test_a_browser_that_keeps_no_cookie_gets_the_secret_for_its_own_storage(
    door: Door, acme: Acme
) -> None:
    lead = Browser(door(), acme)
    answer = await lead.open(carrier="storage")
    assert answer.json()["session"]["token"]
    assert "set-cookie" not in answer.headers
    assert (await lead.state()).status_code == 200


@pytest.mark.attack("A-173", "A-196")
async def test_a_users_secret_lives_in_one_pages_memory(door: Door, acme: Acme) -> None:
    ada = Browser(door(), acme)
    answer = await ada.open(ADA)
    assert answer.json()["session"]["token"]
    assert "set-cookie" not in answer.headers
    ada.new_page()
    assert (await ada.state()).status_code == 401


@pytest.mark.attack("A-88", without=doors.the_look_at_the_origin)
async def test_a_page_of_another_site_is_refused_with_and_without_the_cookie(door: Door, acme: Acme) -> None:
    lead = Browser(door(), acme)
    await lead.open()
    assert (await lead.state()).status_code == 200, "the cookie must work for the chat's own page"
    for origin in (
        "https://evil.example",
        "null",
        "https://chat.example.evil.example",
        "http://chat.example",
    ):
        lead.origin = origin
        answer = await lead.start("forged")
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


@pytest.mark.attack("A-88", "A-242")
async def test_a_cookie_alone_is_not_enough_for_a_request_that_a_foreign_page_can_make(
    door: Door, acme: Acme
) -> None:
    lead = Browser(door(), acme)
    await lead.open()
    for site in ("cross-site", "same-site", "none"):
        answer = await lead.http.get("/widget/v1/conversations", headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
    answer = await lead.http.get("/widget/v1/conversations")
    assert answer.status_code == 403


async def test_what_is_living_is_answered_again_without_its_secret(door: Door, acme: Acme) -> None:
    lead = Script(door(), acme)
    await lead.open()
    again = await lead.open()
    assert again.status_code == 200
    assert "token" not in again.json()["session"]


async def test_a_lead_is_forgotten_after_half_an_hour_of_silence(
    door: Door, acme: Acme, clock: Clock
) -> None:
    lead = Script(door(), acme)
    await lead.open()
    started = (await lead.start("hello")).json()
    clock.forward(minutes=29)
    assert (await lead.read(started["id"])).status_code == 200, "a sign of life in time keeps the session"
    clock.forward(minutes=31)
    answer = await lead.read(started["id"])
    assert (answer.status_code, answer.json()["code"]) == (401, "session_over")


async def test_a_lead_is_forgotten_after_a_day_however_busy(door: Door, acme: Acme, clock: Clock) -> None:
    lead = Script(door(), acme)
    await lead.open()
    for _ in range(71):
        clock.forward(minutes=20)
        assert (await lead.state()).status_code == 200
    clock.forward(minutes=20)
    assert (await lead.state()).status_code == 401


async def test_a_proof_is_over_when_its_token_is(door: Door, acme: Acme, clock: Clock) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    for _ in range(11):
        clock.forward(seconds=50)
        assert (await ada.state()).status_code == 200, "an open page is a sign of life"
    clock.forward(seconds=50)
    answer = await ada.state()
    assert (answer.status_code, answer.json()["code"]) == (401, "proof_over")


async def test_a_page_that_fell_silent_is_over_after_a_minute(door: Door, acme: Acme, clock: Clock) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    clock.forward(seconds=61)
    assert (await ada.state()).status_code == 401


async def test_ada_renews_and_keeps_her_secret(door: Door, acme: Acme, clock: Clock) -> None:
    ada = Script(door(), acme)
    before = (await ada.open(ADA)).json()
    clock.forward(seconds=40)
    body = {"kind": "token", "identity_token": acme.token(ADA)}
    answer = await ada.call("POST", "/widget/v1/session/proofs", body)
    assert answer.status_code == 200
    assert answer.json()["proof"]["expires_at"] > before["proof"]["expires_at"]
    assert "token" not in answer.json()["session"]
    assert (await ada.state()).status_code == 200


@pytest.mark.attack("A-30", "A-86")
async def test_bobs_token_does_not_turn_adas_session_into_his(door: Door, acme: Acme) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    body = {"kind": "token", "identity_token": acme.token(BOB)}
    answer = await ada.call("POST", "/widget/v1/session/proofs", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "identity_changed")
    answer = await ada.open(BOB)
    assert (answer.status_code, answer.json()["code"]) == (409, "identity_changed")
    assert (await ada.state()).json()["contact"]["name"] == ADA.name


@pytest.mark.attack("A-76")
async def test_signing_out_ends_the_session_and_spends_its_token(door: Door, acme: Acme) -> None:
    ada = Script(door(), acme)
    token = acme.token(ADA)
    opened = await ada.call(
        "POST", "/widget/v1/sessions", {"workspace": str(acme.id), "identity_token": token}
    )
    ada.secret = opened.json()["session"]["token"]
    assert (await ada.end()).status_code == 204
    assert (await ada.state()).status_code == 401
    again = await Script(door(), acme).call(
        "POST", "/widget/v1/sessions", {"workspace": str(acme.id), "identity_token": token}
    )
    assert (again.status_code, again.json()["detail"]) == (401, "spent")


@pytest.mark.attack("A-84")
async def test_signing_out_reaches_the_tab_that_rests_on_the_same_token(door: Door, acme: Acme) -> None:
    token = acme.token(ADA)
    tabs = [Script(door(), acme), Script(door(), acme)]
    for tab in tabs:
        opened = await tab.call(
            "POST", "/widget/v1/sessions", {"workspace": str(acme.id), "identity_token": token}
        )
        tab.secret = opened.json()["session"]["token"]
    assert (await tabs[1].state()).status_code == 200, "the second tab must live first"
    await tabs[0].end()
    assert (await tabs[1].state()).status_code == 401


async def test_every_token_that_renewed_the_session_is_spent_with_it(door: Door, acme: Acme) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    second = acme.token(ADA)
    await ada.call("POST", "/widget/v1/session/proofs", {"kind": "token", "identity_token": second})
    await ada.end()
    body = {"workspace": str(acme.id), "identity_token": second}
    assert (await Script(door(), acme).call("POST", "/widget/v1/sessions", body)).status_code == 401


@pytest.mark.attack("A-38")
async def test_a_bad_token_makes_nobody_and_says_what_is_wrong(
    door: Door, acme: Acme, owner_db: Connection, clock: Clock
) -> None:
    person = Script(door(), acme)
    stale = acme.token(ADA, lifetime=timedelta(minutes=1), now=clock() - timedelta(minutes=5))
    body = {"workspace": str(acme.id), "identity_token": stale}
    answer = await person.call("POST", "/widget/v1/sessions", body)
    assert answer.status_code == 401
    assert (answer.json()["code"], answer.json()["detail"]) == ("invalid_identity", "expired")
    assert await owner_db.fetchval("SELECT count(*) FROM session") == 0
    assert await owner_db.fetchval("SELECT count(*) FROM contact") == 0


async def test_who_goes_on_without_their_history_is_remembered_as_who_was_refused(
    door: Door, acme: Acme, owner_db: Connection, clock: Clock
) -> None:
    person = Script(door(), acme)
    stale = acme.token(ADA, lifetime=timedelta(minutes=1), now=clock() - timedelta(minutes=5))
    body = {"workspace": str(acme.id), "identity_token": stale}
    refused = (await person.call("POST", "/widget/v1/sessions", body)).json()
    assert (await person.open(refusal=refused["refusal"])).status_code == 201
    row = await owner_db.fetchrow(
        "SELECT r.reason, s.id FROM refused_proof r JOIN session s ON s.id = r.session_id"
    )
    assert row is not None
    assert row["reason"] == "expired"


async def test_bad_tokens_are_refused_sixty_times_a_minute_before_they_are_limited(
    door: Door, acme: Acme
) -> None:
    person = Script(door(), acme)
    body = {"workspace": str(acme.id), "identity_token": "a.b.c"}
    answers = [await person.call("POST", "/widget/v1/sessions", body) for _ in range(70)]
    assert [answer.status_code for answer in answers] == [401] * 60 + [429] * 10
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize("workspace", ["acme", "", "5b2f7f0e-0000-4000-8000-00000000cafe"])
async def test_a_workspace_that_is_not_there_and_one_that_is_suspended_are_one_answer(
    door: Door, acme: Acme, owner_db: Connection, workspace: str
) -> None:
    await owner_db.execute("UPDATE workspace SET suspended_at = now() WHERE id = $1", acme.id)
    person = Script(door(), acme)
    suspended = await person.open()
    missing = await person.call("POST", "/widget/v1/sessions", {"workspace": workspace})
    assert suspended.status_code == missing.status_code == 404
    assert suspended.content == missing.content


async def test_suspending_the_workspace_ends_what_is_open_in_it(
    door: Door, acme: Acme, owner_db: Connection
) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    await owner_db.execute("UPDATE workspace SET suspended_at = now() WHERE id = $1", acme.id)
    assert (await ada.state()).status_code == 401


@pytest.mark.attack("A-06")
async def test_a_workspace_may_ask_for_a_proof_before_anything_is_written(
    door: Door, acme: Acme, owner_db: Connection
) -> None:
    await owner_db.execute("UPDATE workspace SET least_to_write = 'signed' WHERE id = $1", acme.id)
    lead, ada = Script(door(), acme), Script(door(), acme)
    assert (await lead.open()).json()["write"] == "proof_needed"
    refused = await lead.start("let me in")
    assert (refused.status_code, refused.json()["code"]) == (403, "proof_needed")
    await ada.open(ADA)
    assert (await ada.start("signed and sealed")).status_code == 201


BROKEN: list[tuple[str, dict[str, object], int, str]] = [
    ("it is no JSON", {"content": b"{", "headers": {"content-type": "application/json"}}, 400, "bad_json"),
    (
        "it is no UTF-8",
        {"content": b'{"workspace": "\xff"}', "headers": {"content-type": "application/json"}},
        400,
        "bad_json",
    ),
    ("it is a form", {"data": {"workspace": "x"}}, 415, "not_json"),
    ("it has a field that nobody knows", {"json": {"workspace": "x", "admin": True}}, 422, "not_valid"),
    ("it names no workspace", {"json": {}}, 422, "not_valid"),
    ("its workspace is a number", {"json": {"workspace": 1}}, 422, "not_valid"),
    ("its token is empty", {"json": {"workspace": "x", "identity_token": ""}}, 422, "not_valid"),
    ("its token is nothing", {"json": {"workspace": "x", "identity_token": None}}, 422, "not_valid"),
    ("it is too long", {"json": {"workspace": "x" * 70_000}}, 413, "too_large"),
]


@pytest.mark.attack("A-253")
@pytest.mark.parametrize(
    ("request_parts", "status", "code"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
async def test_a_request_for_a_session_is_refused_because(
    door: Door, acme: Acme, owner_db: Connection, request_parts: dict[str, object], status: int, code: str
) -> None:
    answer = await door().post("/widget/v1/sessions", **request_parts)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert await owner_db.fetchval("SELECT count(*) FROM session") == 0


@pytest.mark.parametrize(
    "address",
    [
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "ada@@example.com",
        "ädä@example.com",
        "a b@example.com",
        "ada@exa\nmple.com",
    ],
)
async def test_a_typed_address_that_is_none_is_refused_and_nothing_is_noted(
    door: Door, acme: Acme, owner_db: Connection, address: str
) -> None:
    lead = Script(door(), acme)
    await lead.open()
    answer = await lead.call("PATCH", "/widget/v1/session", {"claims": {"email": address}})
    assert (answer.status_code, answer.json()["code"]) == (422, "not_valid")
    assert await owner_db.fetchval("SELECT count(*) FROM claim") == 0


@pytest.mark.attack("A-246")
async def test_after_six_hundred_requests_a_minute_one_session_is_slowed(door: Door, acme: Acme) -> None:
    lead = Script(door(), acme)
    await lead.open()
    answers = [await lead.state() for _ in range(601)]
    assert [answer.status_code for answer in answers] == [200] * 600 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.attack("A-84")
async def test_what_was_signed_before_ada_signed_out_everywhere_is_used_up(
    door: Door, acme: Acme, house: House, owner_db: Connection, clock: Clock
) -> None:
    here, there = Script(door(), acme), Script(door(), acme)
    await here.open(ADA)
    await there.open(ADA)
    kept = acme.token(ADA)
    identity = await owner_db.fetchval("SELECT id FROM contact_identity")
    clock.forward(seconds=2)
    assert await end_everywhere(house, acme.id, identity, "contact", identity) == 2
    assert (await here.state()).status_code == (await there.state()).status_code == 401
    late = await Script(door(), acme).call(
        "POST", "/widget/v1/sessions", {"workspace": str(acme.id), "identity_token": kept}
    )
    assert (late.status_code, late.json()["detail"]) == (401, "spent")
    clock.forward(seconds=2)
    assert (await Script(door(), acme).open(ADA)).status_code == 201, "a new proof is welcome"
    assert (await Script(door(), acme).open(BOB)).status_code == 201, "bob never signed out"


@pytest.mark.attack("A-84")
async def test_ada_signs_out_everywhere_from_one_of_her_devices(door: Door, acme: Acme, clock: Clock) -> None:
    here, there = Script(door(), acme), Script(door(), acme)
    await here.open(ADA)
    await there.open(ADA)
    clock.forward(seconds=2)
    assert (await here.call("POST", "/widget/v1/session/sign-out-everywhere")).status_code == 204
    assert (await there.state()).status_code == 401


@pytest.mark.attack("A-44")
async def test_an_older_token_that_comes_later_takes_nothing_back(
    door: Door, acme: Acme, owner_db: Connection, clock: Clock
) -> None:
    older = acme.token(replace(ADA, name="Ada Byron"))
    clock.forward(seconds=5)
    await Script(door(), acme).open(ADA)
    body = {"workspace": str(acme.id), "identity_token": older}
    assert (await Script(door(), acme).call("POST", "/widget/v1/sessions", body)).status_code == 201
    assert await owner_db.fetchval("SELECT name FROM contact_identity") == ADA.name
