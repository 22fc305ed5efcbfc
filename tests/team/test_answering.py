"""Grace answers: what she writes, what the contact sees of it, and what only the team does."""

import asyncio
from asyncio import gather
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.people.actions import add_teammate
from tests.attacks import locks, team
from tests.cast import ADA, GRACE, VERA
from tests.clock import Clock
from tests.cut_off import held, somebody_waits
from tests.doors import Acme, Script
from tests.premise import premise
from tests.team.desk import PASSWORD, Desk

NewContact = Callable[[], Script]


async def conversation_of(contact: Script, body: str = "Where is my parcel?") -> str:
    answer = await contact.start(body)
    assert answer.status_code == 201, answer.text
    conversation: str = answer.json()["id"]
    return conversation


async def ada(new_contact: NewContact) -> Script:
    contact = new_contact()
    assert (await contact.open(ADA)).status_code == 201
    return contact


async def messages_of(contact: Script, conversation: str) -> list[Any]:
    items: list[Any] = (await contact.read(conversation)).json()["items"]
    return items


async def test_ada_writes_and_grace_finds_it_unread(grace: Desk, new_contact: NewContact) -> None:
    conversation = await conversation_of(await ada(new_contact))

    [line] = await grace.listed()

    assert line["id"] == conversation
    assert line["unread"] == 1
    assert line["state"] == "open"
    assert line["assurance"] == "signed"
    assert line["contact"]["proved_name"] == ADA.name
    assert line["owner"]["subject"] == ADA.subject
    assert line["last_message"]["body"] == "Where is my parcel?"


async def test_grace_answers_and_ada_reads_it(grace: Desk, new_contact: NewContact) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact)

    answer = await grace.write(conversation, "It left this morning.")

    assert answer.status_code == 201, answer.text
    assert [(message["seq"], message["body"]) for message in await messages_of(contact, conversation)] == [
        (1, "Where is my parcel?"),
        (2, "It left this morning."),
    ]
    [line] = await contact.listed()
    assert line["unread"] == 1
    assert line["last_message"]["author"] == {"kind": "teammate", "name": "Grace Hopper"}


async def test_an_answer_that_comes_while_ada_reads_the_one_before_is_unread(
    grace: Desk, new_contact: NewContact, owner_db: Connection
) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact)

    async with held(owner_db, "SELECT FROM conversation FOR UPDATE"):
        answering = asyncio.create_task(grace.write(conversation, "It left this morning."))
        await somebody_waits(owner_db)
        reading = asyncio.create_task(
            contact.call("POST", f"/widget/v1/conversations/{conversation}/read", {"seq": 1})
        )
        await somebody_waits(owner_db, 2)

    assert ((await answering).status_code, (await reading).status_code) == (201, 204)
    [line] = await contact.listed()
    assert line["unread"] == 1


@pytest.mark.attack("A-97", "A-116", without=locks.the_locks_on_what_the_team_keeps_to_itself)
async def test_a_note_changes_nothing_that_ada_sees(
    grace: Desk, new_contact: NewContact, clock: Clock
) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact)
    before = (await contact.listed(), (await contact.read(conversation)).content)

    clock.forward(seconds=30)
    answer = await grace.write(conversation, "She sounds upset.", "note")
    for act in ("close", "reopen"):
        assert (await grace.call("POST", f"/conversations/{conversation}/{act}")).status_code == 200

    bodies = [message["body"] for message in await grace.thread(conversation)]
    premise(bodies[1] == "She sounds upset.", "Grace sees it, else this says nothing")
    assert (await contact.listed(), (await contact.read(conversation)).content) == before
    assert answer.json()["seq"] is None


@pytest.mark.attack("A-101", without=locks.the_locks_on_what_the_team_keeps_to_itself)
async def test_the_next_public_message_leaves_no_gap_where_a_note_was(
    grace: Desk, new_contact: NewContact
) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact)

    await grace.write(conversation, "A note.", "note")
    await grace.write(conversation, "An answer.")
    await contact.send(conversation, "Thank you")

    assert [message["seq"] for message in await messages_of(contact, conversation)] == [1, 2, 3]
    assert [message["team_seq"] for message in await grace.thread(conversation)] == [1, 2, 3, 4]


async def test_everybody_writes_at_once_and_every_number_is_taken_once(
    grace: Desk, new_contact: NewContact
) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact)

    await gather(
        *(contact.send(conversation, f"Ada's {n}") for n in range(8)),
        *(grace.write(conversation, f"Grace's {n}") for n in range(8)),
        *(grace.write(conversation, f"a note {n}", "note") for n in range(8)),
        *(grace.call("POST", f"/conversations/{conversation}/close") for _ in range(3)),
    )

    thread = await grace.thread(conversation)
    events = [message for message in thread if message["kind"] == "event"]
    assert events, "somebody closed it, else there is no race to tell"
    assert [message["team_seq"] for message in thread] == list(range(1, 26 + len(events)))
    assert [message["seq"] for message in thread if message["kind"] == "public"] == list(range(1, 18))
    assert (await contact.listed())[0]["unread"] == 8


async def test_the_same_send_again_stores_nothing_twice(grace: Desk, new_contact: NewContact) -> None:
    conversation = await conversation_of(await ada(new_contact))
    client_id = uuid4()

    first = await grace.write(conversation, "Once.", client_id=client_id)
    again = await grace.write(conversation, "Once.", client_id=client_id)
    other_words = await grace.write(conversation, "Twice.", client_id=client_id)
    other_kind = await grace.write(conversation, "Once.", "note", client_id=client_id)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert other_words.status_code == other_kind.status_code == 409
    assert other_words.json()["code"] == "client_id_reused"
    assert len(await grace.thread(conversation)) == 2


async def test_closing_leaves_a_line_and_writing_opens_it_again(grace: Desk, new_contact: NewContact) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact)

    closed = await grace.call("POST", f"/conversations/{conversation}/close")
    again = await grace.call("POST", f"/conversations/{conversation}/close")

    assert (closed.json()["state"], again.json()["state"]) == ("closed", "closed")
    assert await grace.listed(state="open") == []
    [event] = [message for message in await grace.thread(conversation) if message["kind"] == "event"]
    assert event["body"] == "Grace Hopper closed the conversation"
    assert event["author"]["kind"] == "system"

    await contact.send(conversation, "One more thing")
    assert [line["id"] for line in await grace.listed(state="open")] == [conversation]


async def test_grace_takes_a_conversation_and_leaves_it(grace: Desk, new_contact: NewContact) -> None:
    conversation = await conversation_of(await ada(new_contact))
    me = (await grace.get("/me"))["teammate"]

    taken = await grace.call("POST", f"/conversations/{conversation}/assign", {"teammate_id": me["id"]})

    assert taken.json()["assignee"] == me
    assert [line["id"] for line in await grace.listed(assignee="me")] == [conversation]
    assert await grace.listed(assignee="none") == []

    left = await grace.call("POST", f"/conversations/{conversation}/assign", {"teammate_id": None})
    assert left.json()["assignee"] is None
    assert [line["id"] for line in await grace.listed(assignee="none")] == [conversation]


@pytest.mark.attack("A-202", without=team.the_look_at_who_is_named)
async def test_nobody_of_another_workspace_is_asked_to_look_after_it(
    grace: Desk, otto: Desk, new_contact: NewContact
) -> None:
    conversation = await conversation_of(await ada(new_contact))
    ottos = (await otto.get("/me"))["teammate"]["id"]

    answer = await grace.call("POST", f"/conversations/{conversation}/assign", {"teammate_id": ottos})

    assert answer.status_code == 422


async def test_nobody_is_asked_to_look_after_it_who_reads_no_conversation(
    house: House, acme: Acme, grace: Desk, new_contact: NewContact
) -> None:
    conversation = await conversation_of(await ada(new_contact))
    vera = await add_teammate(
        house, acme.id, email=VERA.email, name=VERA.name, password=PASSWORD, role="auditor"
    )

    answer = await grace.call(
        "POST", f"/conversations/{conversation}/assign", {"teammate_id": str(vera.teammate)}
    )

    assert answer.status_code == 422
    assert [one["name"] for one in (await grace.get("/me"))["teammates"]] == [GRACE.name]


async def test_grace_reads_how_far_ada_has_read(grace: Desk, new_contact: NewContact) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact)
    await grace.write(conversation, "On its way.")
    assert (await grace.get(f"/conversations/{conversation}"))["contact_read_seq"] == 0

    await contact.call("POST", f"/widget/v1/conversations/{conversation}/read", {"seq": 2})

    assert (await grace.get(f"/conversations/{conversation}"))["contact_read_seq"] == 2


async def test_what_grace_has_read_is_read_for_her(grace: Desk, new_contact: NewContact) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact)
    await contact.send(conversation, "Hello?")
    assert (await grace.listed())[0]["unread"] == 2

    answer = await grace.call("POST", f"/conversations/{conversation}/read", {"team_seq": 2})

    assert answer.status_code == 204
    assert (await grace.listed())[0]["unread"] == 0
    await contact.send(conversation, "Still there?")
    assert (await grace.listed())[0]["unread"] == 1


@pytest.mark.attack("A-106")
async def test_otto_reads_and_writes_nothing_of_acmes(
    grace: Desk, otto: Desk, new_contact: NewContact
) -> None:
    conversation = await conversation_of(await ada(new_contact))
    assert await grace.listed(), "there is something to hide"

    foreign = await otto.call("GET", f"/conversations/{conversation}")
    made_up = await otto.call("GET", f"/conversations/{uuid4()}")

    assert foreign.status_code == made_up.status_code == 404
    assert foreign.content == made_up.content
    assert await otto.listed() == []
    for answer in (
        await otto.call("GET", f"/conversations/{conversation}/messages"),
        await otto.write(conversation, "Hello from elsewhere"),
        await otto.call("POST", f"/conversations/{conversation}/close"),
        await otto.call("POST", f"/conversations/{conversation}/read", {"team_seq": 1}),
    ):
        assert answer.status_code == 404
    assert len(await grace.thread(conversation)) == 1


async def test_words_that_cannot_be_stored_are_refused(grace: Desk, new_contact: NewContact) -> None:
    conversation = await conversation_of(await ada(new_contact))

    for body in ("", "   \n", "a\x00b", "x" * 10_001):
        assert (await grace.write(conversation, body)).status_code == 422
    assert (await grace.write(conversation, "x" * 10_000)).status_code == 201


async def test_the_shape_is_judged_before_the_conversation(grace: Desk, new_contact: NewContact) -> None:
    conversation = await conversation_of(await ada(new_contact))
    wrong = {"body": "a", "client_id": str(uuid4()), "kind": "shout"}

    known = await grace.call("POST", f"/conversations/{conversation}/messages", wrong)
    made_up = await grace.call("POST", f"/conversations/{uuid4()}/messages", wrong)

    assert known.status_code == made_up.status_code == 422
    assert known.content == made_up.content


async def test_grace_pages_through_a_long_thread_both_ways(grace: Desk, new_contact: NewContact) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact, "1")
    for number in range(2, 8):
        await grace.write(conversation, str(number))
    path = f"/conversations/{conversation}/messages"

    newest = await grace.get(path, limit=3)
    older = await grace.get(path, limit=3, before=newest["next_cursor"])
    oldest = await grace.get(path, limit=3, before=older["next_cursor"])
    pages = [[message["body"] for message in page["items"]] for page in (newest, older, oldest)]
    assert pages == [["5", "6", "7"], ["2", "3", "4"], ["1"]]
    assert oldest["next_cursor"] is None

    onwards = await grace.get(path, limit=4, after=2)
    rest = await grace.get(path, limit=4, after=onwards["next_cursor"])
    pages = [[message["body"] for message in page["items"]] for page in (onwards, rest)]
    assert pages == [["3", "4", "5", "6"], ["7"]]
    assert rest["next_cursor"] is None


async def test_every_read_stands_in_the_log_before_the_answer(
    grace: Desk, new_contact: NewContact, owner_db: Connection
) -> None:
    conversation = await conversation_of(await ada(new_contact), "a secret of Ada's")
    me = (await grace.get("/me"))["teammate"]["id"]

    await grace.thread(conversation)

    [event] = await owner_db.fetch(
        "SELECT * FROM audit_event WHERE kind = 'read' AND actor = 'teammate' AND from_seq IS NOT NULL"
    )
    assert str(event["actor_id"]) == me
    assert str(event["conversation_id"]) == conversation
    assert (event["from_seq"], event["to_seq"], event["count"]) == (1, 1, 1)
    assert "secret" not in str(event)


async def test_an_inbox_that_asks_again_and_again_reads_once_in_a_quarter_of_an_hour(
    grace: Desk, new_contact: NewContact, owner_db: Connection, clock: Clock
) -> None:
    contact = await ada(new_contact)
    conversation = await conversation_of(contact)
    reads = (
        "SELECT count(*) FROM audit_event WHERE kind = 'read' AND actor = 'teammate' AND from_seq IS NOT NULL"
    )

    for _ in range(3):
        await grace.thread(conversation)
        clock.forward(seconds=30)
    assert await owner_db.fetchval(reads) == 1

    await grace.write(conversation, "Something new to read")
    await grace.thread(conversation)
    assert await owner_db.fetchval(reads) == 2, "what is new is another reading"

    clock.forward(minutes=15)
    await grace.thread(conversation)
    assert await owner_db.fetchval(reads) == 3
