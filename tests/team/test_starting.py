"""Grace writes first: to somebody whom the site knows, or to a visitor who is there."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from privity.house import House
from privity.people.actions import add_key
from tests.cast import ADA, BOB
from tests.doors import Acme, Script
from tests.team.conftest import NewClient
from tests.team.desk import Desk, Program

NewContact = Callable[[], Script]


def to(subject: str, **changes: Any) -> dict[str, Any]:
    words = {"body": "Your parcel is back.", "client_id": str(uuid4())}
    return {**words, "identity": {"subject": subject}, **changes}


async def test_ada_finds_what_grace_wrote_to_her(grace: Desk, new_contact: NewContact) -> None:
    ada = new_contact()
    await ada.open(ADA)

    answer = await grace.call("POST", "/conversations", to(ADA.subject))

    assert answer.status_code == 201, answer.text
    assert answer.json()["owner"]["subject"] == ADA.subject
    [line] = await ada.listed()
    assert line["id"] == answer.json()["id"]
    assert line["unread"] == 1
    assert line["last_message"]["author"]["kind"] == "teammate"


@pytest.mark.attack("A-218")
async def test_bob_is_written_to_before_he_ever_came_and_finds_it_when_he_proves_himself(
    grace: Desk, new_contact: NewContact
) -> None:
    answer = await grace.call("POST", "/conversations", to(BOB.subject))
    conversation = answer.json()["id"]
    detail = await grace.get(f"/conversations/{conversation}")
    assert detail["assurance"] == "none"
    assert detail["contact"]["proved_name"] is None
    assert detail["audience"] == {"reach": "later", "sentence": f"{BOB.subject}, when they sign in"}

    ada, bob = new_contact(), new_contact()
    await ada.open(ADA)
    await bob.open(BOB)

    assert [line["id"] for line in await bob.listed()] == [conversation]
    assert await ada.listed() == []


async def test_a_visitor_who_is_there_is_written_to_as_if_they_had_started_it(
    grace: Desk, new_contact: NewContact
) -> None:
    lead, other = new_contact(), new_contact()
    await lead.open(claims={"name": "Somebody"})
    await other.open(claims={"name": "Somebody"})
    session = await session_of(grace, lead)

    answer = await grace.call("POST", "/conversations", to_session(session))

    assert answer.status_code == 201, answer.text
    theirs = [await lead.listed(), await other.listed()]
    assert sorted(len(lines) for lines in theirs) == [0, 1]
    detail = await grace.get(f"/conversations/{answer.json()['id']}")
    assert detail["audience"] == {"reach": "now", "sentence": "This visitor, now"}
    assert detail["owner"] is None


async def test_a_visitor_who_left_is_not_written_to(grace: Desk, new_contact: NewContact) -> None:
    lead = new_contact()
    await lead.open(claims={"name": "Somebody"})
    session = await session_of(grace, lead)
    await lead.end()

    over = await grace.call("POST", "/conversations", to_session(session))
    made_up = await grace.call("POST", "/conversations", to_session(str(uuid4())))

    assert (over.status_code, over.json()["code"]) == (409, "nobody_there")
    assert made_up.status_code == 404


@pytest.mark.attack("A-202")
async def test_otto_writes_to_nobody_of_acmes(grace: Desk, otto: Desk, new_contact: NewContact) -> None:
    lead, ada = new_contact(), new_contact()
    await lead.open(claims={"name": "Somebody"})
    await ada.open(ADA)
    session = await session_of(grace, lead)

    assert (await otto.call("POST", "/conversations", to_session(session))).status_code == 404
    assert (await otto.call("POST", "/conversations", to(ADA.subject))).status_code == 201, (
        "a subject of his own"
    )
    assert await ada.listed() == []


async def test_the_same_start_again_stores_nothing_twice(grace: Desk, new_contact: NewContact) -> None:
    words = to(ADA.subject)

    first = await grace.call("POST", "/conversations", words)
    again = await grace.call("POST", "/conversations", words)
    other_words = await grace.call("POST", "/conversations", {**words, "body": "Something else"})
    other_person = await grace.call("POST", "/conversations", {**words, "identity": {"subject": BOB.subject}})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert other_words.status_code == other_person.status_code == 409
    assert len(await grace.listed()) == 1


async def test_a_start_names_one_addressee(grace: Desk) -> None:
    nobody = to(ADA.subject)
    del nobody["identity"]

    for words in (nobody, to(ADA.subject, session_id=str(uuid4())), to("   ")):
        assert (await grace.call("POST", "/conversations", words)).status_code == 422


async def test_a_program_writes_under_its_own_name(
    house: House, acme: Acme, door: NewClient, new_contact: NewContact
) -> None:
    key = await add_key(house, acme.id, "Parcel robot", ["conversations:write", "conversations:read"])
    robot = Program(door(), key=key)
    ada = new_contact()
    await ada.open(ADA)

    answer = await robot.call("POST", "/conversations", to(ADA.subject))
    more = await robot.write(answer.json()["id"], "It is on its way again.")

    assert (answer.status_code, more.status_code) == (201, 201)
    [line] = await ada.listed()
    assert line["last_message"]["author"] == {"kind": "teammate", "name": "Parcel robot"}


def to_session(session: str) -> dict[str, Any]:
    return {"body": "Can I help?", "client_id": str(uuid4()), "session_id": session}


async def session_of(grace: Desk, lead: Script) -> str:
    """The session in which this visitor sits, as Grace finds it on their card."""
    [line] = (await grace.get("/contacts", kind="lead", limit=1))["items"]
    [session] = (await grace.get(f"/contacts/{line['id']}"))["sessions"]
    return str(session["id"])
