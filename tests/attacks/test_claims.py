"""Lead and visitor claims: what somebody types of themselves opens nothing, and tells nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from privity.db.pool import Connection
from tests.attacks import doors, locks, proving
from tests.attacks.people import HIDDEN, Victim
from tests.cast import ADA, BOB, MALLORY
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.live.clients import listening
from tests.premise import premise
from tests.proofs.test_tokens import b64
from tests.team.desk import Desk

Door = Callable[[], httpx.AsyncClient]
NewContact = Callable[[], Script]

GHOST = "ghost@example.com"
SESSION = "/widget/v1/session"
SESSIONS = "/widget/v1/sessions"

_MADE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9_-]{86}")


def without_names(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], str]:
    """An answer without what is made anew each time: ids and secrets."""
    headers = [(name, value) for name, value in answer.headers.multi_items() if name != "content-length"]
    return answer.status_code, headers, _MADE.sub("·", answer.text)


@pytest.mark.attack("A-02", without=doors.the_worth_of_a_claim)
async def test_an_address_that_is_given_late_brings_nothing_along(
    port: int, ada: Victim, new_contact: NewContact
) -> None:
    mallory = new_contact()
    await mallory.open()
    hers = (await mallory.start("hello")).json()["id"]

    said = await mallory.call("PATCH", SESSION, {"claims": {"email": ADA.email, "name": ADA.name}})

    assert said.status_code == 200
    assert [line["id"] for line in await mallory.listed()] == [hers]
    assert (await mallory.state()).json()["history"] == "locked"
    assert (await mallory.read(ada.conversation)).status_code == 404
    async with listening(port, mallory) as ear:
        assert ear.heard[0]["state"]["contact"] == {"kind": "lead", "assurance": "claimed", "name": None}
        await ear.say("resume", seen={ada.conversation: 0})
        assert await ear.all_that_comes_before_a_pong() == []


@pytest.mark.attack("A-04", without=proving.the_signature)
async def test_half_a_proof_makes_nobody(
    ada: Victim, acme: Acme, new_contact: NewContact, owner_db: Connection
) -> None:
    good = acme.token(ADA)
    half = good.rpartition(".")[0] + "."
    oddities: list[Any] = [
        half,
        None,
        "",
        " ",
        "null",
        "undefined",
        [],
        {},
        0,
        False,
        True,
        [good],
        {"": good},
    ]
    before = await owner_db.fetchval("SELECT count(*) FROM session WHERE identity_id IS NOT NULL")

    for odd in oddities:
        answer = await new_contact().open(identity_token=odd)
        assert answer.status_code in (401, 422), f"{odd!r}: {answer.text}"

    for twice in (("", f"{b64(b'{}')}.x."), (half, ""), ("", half), (half, half)):
        answer = await _with_doubled_token(new_contact(), *twice)
        assert answer.status_code in (401, 422)
    after = await owner_db.fetchval("SELECT count(*) FROM session WHERE identity_id IS NOT NULL")
    assert after == before == 1, "Ada's own, and no other"


@pytest.mark.attack("A-04", without=proving.the_signature)
async def test_a_good_proof_carries_no_bad_one_in(ada: Victim, acme: Acme, new_contact: NewContact) -> None:
    hers, mallorys = acme.token(ADA).rpartition(".")[0] + ".", acme.token(MALLORY)
    for twice in ((mallorys, hers), (hers, mallorys)):
        mallory = new_contact()
        answer = await _with_doubled_token(mallory, *twice)
        if answer.status_code == 201:
            mallory.secret = answer.json()["session"]["token"]
            assert (await mallory.state()).json()["contact"]["name"] == MALLORY.name
            assert HIDDEN not in (await mallory.read(ada.conversation)).text

    for query in ({"identity_token": [mallorys, hers]}, {"workspace": [str(acme.id), str(uuid4())]}):
        opened = await new_contact().call("POST", SESSIONS, {"workspace": str(acme.id)}, params=query)
        assert opened.json()["contact"]["kind"] == "visitor", "what stands in an address is no proof"


async def _with_doubled_token(contact: Script, *tokens: str) -> httpx.Response:
    fields = "".join(f', "identity_token": "{token}"' for token in tokens)
    body = f'{{"workspace": "{contact.acme.id}"{fields}}}'
    return await contact.http.post(SESSIONS, content=body, headers={"Content-Type": "application/json"})


@pytest.mark.attack("A-05")
async def test_a_proof_that_was_junk_looks_like_no_proof_to_grace(
    acme: Acme, new_contact: NewContact, grace: Desk
) -> None:
    mallory, plain = new_contact(), new_contact()
    refused = await mallory.open(identity_token=acme.token(ADA)[:-9] + "AAAAAAAAA")
    assert refused.status_code == 401, "needs a proof that is junk"
    await mallory.open(refusal=refused.json()["refusal"], claims={"email": ADA.email})
    await plain.open(claims={"email": ADA.email})
    seen = []
    for contact in (mallory, plain):
        line = await grace.get(f"/conversations/{(await contact.start('hello')).json()['id']}")
        seen.append(
            (line["assurance"], line["owner"], line["contact"]["proved_name"], line["contact"]["kind"])
        )

    assert seen == [("claimed", None, None, "lead")] * 2


@pytest.mark.attack("A-06")
async def test_who_must_be_proved_to_write_finds_no_other_way_in(
    port: int, acme: Acme, new_contact: NewContact, owner_db: Connection
) -> None:
    await owner_db.execute("UPDATE workspace SET least_to_write = 'signed' WHERE id = $1", acme.id)
    mallory = new_contact()
    await mallory.open(claims={"email": ADA.email})
    made_up = str(uuid4())

    answers = [await mallory.start("let me in"), await mallory.send(made_up, "let me in")]
    path = f"/widget/v1/conversations/{made_up}"
    answers.append(await mallory.call("POST", f"{path}/typing"))
    answers.append(await mallory.call("POST", f"{path}/rating", {"score": 1}))

    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(403, "proof_needed")}
    async with listening(port, mallory) as ear:
        assert (await ear.send(made_up, "let me in"))["code"] == "proof_needed"
    assert await owner_db.fetchval("SELECT count(*) FROM message") == 0


@pytest.mark.attack("A-07", without=doors.the_worth_of_a_claim)
async def test_nothing_that_is_typed_is_a_second_key(
    ada: Victim, new_contact: NewContact, owner_db: Connection
) -> None:
    known = {"email": ADA.email, "name": ADA.subject, "phone": "+15550100", "user_id": ADA.subject}
    known |= {"external_id": "42", "account": "ACME", "contact_id": str(await _contact_of(owner_db, ada))}
    for field, value in known.items():
        mallory = new_contact()
        await mallory.open()
        said = await mallory.call("PATCH", SESSION, {"claims": {field: value}})

        assert said.status_code == (200 if field in ("email", "name") else 422), field
        assert await mallory.listed() == [], field
        assert HIDDEN not in (await mallory.read(ada.conversation)).text


@pytest.mark.attack("A-08", "A-11", "A-12", "A-238", without=doors.the_worth_of_a_claim)
async def test_whoever_claims_to_be_ada_is_greeted_like_whoever_claims_to_be_nobody(
    ada: Victim, new_contact: NewContact
) -> None:
    premise(await ada.script.listed(), "needs a history that a greeting could tell of")
    greeted = []
    for address in (ADA.email, GHOST):
        mallory = new_contact()
        said = [await mallory.open(claims={"email": address, "name": "Somebody"})]
        said.append(await mallory.call("PATCH", SESSION, {"claims": {"email": address}}))
        said.append(await mallory.call("GET", f"/widget/v1/config?workspace={mallory.acme.id}"))
        said.append(await mallory.state())
        said.append(await mallory.start("Do you know me?"))
        said.append(await mallory.call("GET", "/widget/v1/conversations"))
        said.append(await mallory.call("GET", "/widget/v1/adoptable"))
        greeted.append([without_names(answer) for answer in said])

    assert greeted[0] == greeted[1]


@pytest.mark.attack("A-10", without=doors.the_room_in_which_a_claim_is_alone)
async def test_an_address_may_be_claimed_by_anybody_as_often_as_they_like(
    ada: Victim, new_contact: NewContact
) -> None:
    answers = []
    for address in (ADA.email, GHOST):
        first, second = new_contact(), new_contact()
        said = [await first.open(claims={"email": address}), await second.open(claims={"email": address})]
        said += [await second.call("PATCH", SESSION, {"claims": {"email": address}}) for _ in range(2)]
        said.append(await first.call("PATCH", SESSION, {"claims": {"email": MALLORY.email}}))
        said.append(await first.call("PATCH", SESSION, {"claims": {"email": address}}))
        answers.append([without_names(answer) for answer in said])

    assert answers[0] == answers[1]
    assert [status for status, _, _ in answers[0]] == [201, 201, 200, 200, 200, 200]


@pytest.mark.attack("A-13")
async def test_what_mallory_is_told_counts_nobody_elses_past(
    ada: Victim, new_contact: NewContact, clock: Clock
) -> None:
    ids = []
    for _ in range(2):
        mallory = new_contact()
        await mallory.open(claims={"email": ADA.email})
        started = (await mallory.start("hello")).json()
        assert (started["last_message"]["seq"], started["unread"]) == (1, 0)
        ids += [UUID(started["id"]), UUID(started["last_message"]["id"])]
        clock.forward(hours=1)

    assert {(each.version, each.variant) for each in ids} == {(4, "specified in RFC 4122")}, (
        "random throughout"
    )


@pytest.mark.attack("A-166", without=doors.the_worth_of_a_claim)
async def test_what_mallory_writes_as_ada_stands_nowhere_among_adas_words(
    ada: Victim, new_contact: NewContact, grace: Desk
) -> None:
    mallory = new_contact()
    await mallory.open(claims={"email": ADA.email, "name": ADA.name})
    claimed = (await mallory.start("I am Ada, send it to Marlow instead")).json()["id"]

    assert [line["id"] for line in await ada.script.listed()] == [ada.conversation]
    adas = (await grace.get(f"/conversations/{ada.conversation}"))["contact"]["id"]
    assert [line["id"] for line in await grace.listed(contact=adas)] == [ada.conversation]
    detail = await grace.get(f"/conversations/{claimed}")
    assert (detail["owner"], detail["assurance"]) == (None, "claimed")


@pytest.mark.attack("A-167", without=locks.the_judge_and_the_second_lock)
async def test_what_nobody_proved_is_nobodys_and_not_everybodys(
    ada: Victim, new_contact: NewContact, grace: Desk, owner_db: Connection
) -> None:
    lead = new_contact()
    await lead.open(claims={"email": ADA.email})
    unproved = [(await lead.start("mine, and not proved")).json()["id"]]
    session = await owner_db.fetchval(
        "SELECT origin_session FROM conversation WHERE id = $1", UUID(unproved[0])
    )
    written = {"body": "Are you there?", "client_id": str(uuid4()), "session_id": str(session)}
    unproved.append((await grace.call("POST", "/conversations", written)).json()["id"])
    owners = await owner_db.fetch("SELECT owner FROM conversation WHERE id = ANY($1)", [*map(UUID, unproved)])
    premise([row["owner"] for row in owners] == [None, None], "needs conversations without an owner")

    for person, claims in ((None, {"email": ADA.email}), (ADA, {}), (BOB, {}), (None, {})):
        other = new_contact()
        await other.open(person, claims=claims)
        assert not {line["id"] for line in await other.listed()} & {*unproved}
        assert {(await other.read(each)).status_code for each in unproved} == {404}


@pytest.mark.attack("A-168", without=proving.one_identity_for_each_subject)
async def test_who_shares_an_address_is_not_made_one(
    ada: Victim, acme: Acme, new_contact: NewContact, owner_db: Connection
) -> None:
    lead, bob = new_contact(), new_contact()
    await lead.open(claims={"email": BOB.email, "name": ADA.name})
    await lead.start("before anybody proved it")
    await bob.open(BOB)
    twin = new_contact()
    await twin.open(replace(ADA, subject="u-another-ada"))

    for other in (lead, bob, twin):
        assert (await other.read(ada.conversation)).status_code == 404
        assert ada.conversation not in {line["id"] for line in await other.listed()}
    assert await owner_db.fetchval("SELECT count(DISTINCT contact_id) FROM session") == 4


@pytest.mark.attack("A-22", without=proving.one_identity_for_each_subject)
async def test_who_gets_an_address_that_was_adas_starts_empty(
    acme: Acme, new_contact: NewContact, clock: Clock
) -> None:
    ada, bob, ada_again = new_contact(), new_contact(), new_contact()
    await ada.open(replace(ADA, email=BOB.email))
    hers = (await ada.start(HIDDEN)).json()["id"]
    await ada.end()

    clock.forward(days=1)
    await bob.open(BOB)
    assert HIDDEN not in (await bob.read(hers)).text
    assert await bob.listed() == []
    assert (await bob.call("GET", "/widget/v1/links")).json() == {"items": []}
    await bob.start("the address is mine now")

    await ada_again.open(replace(ADA, email="ada.l@example.com"))
    assert [line["id"] for line in await ada_again.listed()] == [hers], "whose it was and is"


async def _contact_of(db: Connection, victim: Victim) -> UUID:
    found: UUID = await db.fetchval(
        "SELECT contact_id FROM conversation WHERE id = $1", UUID(victim.conversation)
    )
    return found
