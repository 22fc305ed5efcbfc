"""What a contact writes is stored once, in order, for those who may write it."""

import asyncio
from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import pytest

from privity.db.pool import Connection
from tests.attacks import locks
from tests.cast import ADA, BOB, GRACE
from tests.clock import Clock
from tests.db.worlds import add_teammate, say
from tests.doors import Acme, Script

Door = Callable[[], httpx.AsyncClient]

CONVERSATIONS = "/widget/v1/conversations"


async def test_a_visitor_who_writes_starts_a_conversation_and_is_a_lead(visitor: Script) -> None:
    answer = await visitor.start("Do you ship to Norway?")
    assert answer.status_code == 201
    started = answer.json()
    assert [message["body"] for message in started["messages"]] == ["Do you ship to Norway?"]
    assert started["last_message"] == started["messages"][0]
    assert started["last_message"]["seq"] == 1
    assert (await visitor.state()).json()["contact"]["kind"] == "lead"


async def test_what_was_sent_is_numbered_without_gaps(visitor: Script) -> None:
    conversation = (await visitor.start("one")).json()["id"]
    for word in ("two", "three"):
        assert (await visitor.send(conversation, word)).status_code == 201
    page = (await visitor.read(conversation)).json()
    assert [(item["seq"], item["body"]) for item in page["items"]] == [(1, "one"), (2, "two"), (3, "three")]


async def test_many_at_once_are_each_stored_once(ada: Script) -> None:
    conversation = (await ada.start("first")).json()["id"]
    words = [f"word {n}" for n in range(16)]
    answers = await asyncio.gather(*(ada.send(conversation, word) for word in words))
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(answer.json()["seq"] for answer in answers) == list(range(2, 18))
    page = (await ada.read(conversation)).json()
    assert sorted(item["body"] for item in page["items"][1:]) == sorted(words)


async def test_the_same_send_again_is_answered_with_what_is_stored(visitor: Script) -> None:
    conversation = (await visitor.start("one")).json()["id"]
    client_id = uuid4()
    first = await visitor.send(conversation, "two", client_id)
    again = await visitor.send(conversation, "two", client_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert len((await visitor.read(conversation)).json()["items"]) == 2


async def test_the_same_start_again_is_answered_with_what_is_stored(visitor: Script) -> None:
    client_id = uuid4()
    first = await visitor.start("hello", client_id)
    again = await visitor.start("hello", client_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert len(await visitor.listed()) == 1


async def test_a_client_id_cannot_be_used_for_other_words(visitor: Script) -> None:
    client_id = uuid4()
    conversation = (await visitor.start("hello", client_id)).json()["id"]
    assert (await visitor.start("good-bye", client_id)).status_code == 409
    assert (await visitor.send(conversation, "one", client_id)).status_code == 409
    other = uuid4()
    await visitor.send(conversation, "one", other)
    answer = await visitor.send(conversation, "two", other)
    assert (answer.status_code, answer.json()["code"]) == (409, "client_id_reused")


async def test_another_sessions_client_id_is_unknown(ada: Script, visitor: Script) -> None:
    client_id = uuid4()
    assert (await ada.start("hers", client_id)).status_code == 201
    assert (await visitor.start("not hers", client_id)).status_code == 201


@pytest.mark.attack("A-16", "A-106", without=locks.the_judge_and_the_second_lock)
async def test_nobody_writes_into_a_foreign_conversation(
    ada: Script, visitor: Script, owner_db: Connection
) -> None:
    conversation = (await ada.start("hers")).json()["id"]
    acts = [("messages", {"body": "x", "client_id": str(uuid4())}), ("read", {"seq": 1})]
    acts += [("typing", None), ("rating", {"score": 1})]
    for act, body in acts:
        foreign = await visitor.call("POST", f"{CONVERSATIONS}/{conversation}/{act}", body)
        made_up = await visitor.call("POST", f"{CONVERSATIONS}/{uuid4()}/{act}", body)
        no_id = await visitor.call("POST", f"{CONVERSATIONS}/4711/{act}", body)
        assert foreign.status_code == 404
        assert foreign.content == made_up.content == no_id.content
        assert [*foreign.headers.items()] == [*made_up.headers.items()]
    assert await owner_db.fetchval("SELECT count(*) FROM message") == 1
    assert await owner_db.fetchval("SELECT rating FROM conversation") is None


@pytest.mark.attack("A-112", "A-113", "A-244")
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"body": "", "client_id": str(uuid4())}, 422),
        ({"body": " \n ", "client_id": str(uuid4())}, 422),
        ({"body": "x" * 10_001, "client_id": str(uuid4())}, 422),
        ({"body": "a\x00b", "client_id": str(uuid4())}, 422),
        ({"body": "a\x1bb", "client_id": str(uuid4())}, 422),
        ({"body": "x", "client_id": "4711"}, 422),
        ({"body": "x"}, 422),
        ({"body": 4711, "client_id": str(uuid4())}, 422),
        ({"body": "x", "client_id": str(uuid4()), "kind": "note"}, 422),
        ([], 422),
    ],
)
async def test_what_cannot_be_stored_is_refused_before_any_id_is_looked_at(
    visitor: Script, owner_db: Connection, fields: object, status: int
) -> None:
    own = (await visitor.start("one")).json()["id"]
    answers = [
        await visitor.call("POST", f"{CONVERSATIONS}/{conversation}/messages", fields)
        for conversation in (own, uuid4())
    ]
    assert {answer.status_code for answer in answers} == {status}
    assert answers[0].content == answers[1].content
    assert answers[0].headers["content-type"] == "application/problem+json"
    assert await owner_db.fetchval("SELECT count(*) FROM message") == 1


@pytest.mark.parametrize("raw", [b"{", b'{"body": "\xff", "client_id": "x"}', b"", b'{"body": "\\ud800"}'])
async def test_broken_json_stores_nothing(visitor: Script, owner_db: Connection, raw: bytes) -> None:
    answer = await visitor.call(
        "POST", CONVERSATIONS, content=raw, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert await owner_db.fetchval("SELECT count(*) FROM conversation") == 0


async def test_10_000_characters_are_taken_as_they_are(visitor: Script) -> None:
    body = "🐢" * 10_000
    started = (await visitor.start(body)).json()
    assert started["messages"][0]["body"] == body
    assert (await visitor.listed())[0]["last_message"]["body"] == body[:280]


async def test_the_twenty_first_message_in_ten_seconds_waits(visitor: Script, ada: Script) -> None:
    conversation = (await visitor.start("1")).json()["id"]
    for n in range(2, 21):
        assert (await visitor.send(conversation, str(n))).status_code == 201
    own = await visitor.send(conversation, "21")
    made_up = await visitor.send(str(uuid4()), "21")
    assert own.status_code == made_up.status_code == 429
    assert 1 <= int(own.headers["retry-after"]) <= 10
    assert (await ada.start("somebody else")).status_code == 201


async def test_who_proved_too_little_to_write_is_told_so(
    visitor: Script, ada: Script, acme: Acme, owner_db: Connection
) -> None:
    await owner_db.execute("UPDATE workspace SET least_to_write = 'signed'")
    answer = await visitor.start("let me in")
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_needed")
    assert (await ada.start("hello")).status_code == 201


async def test_a_message_keeps_the_assurance_under_which_it_was_written(
    visitor: Script, ada: Script, owner_db: Connection
) -> None:
    await visitor.start("nobody says this")
    await ada.start("Ada says this")
    rows = await owner_db.fetch("SELECT body, assurance, author_name FROM message ORDER BY body")
    assert [tuple(row) for row in rows] == [
        ("Ada says this", "signed", ADA.name),
        ("nobody says this", "none", None),
    ]


async def test_writing_into_a_closed_conversation_opens_it(
    visitor: Script, owner_db: Connection, clock: Clock
) -> None:
    conversation = (await visitor.start("one")).json()["id"]
    await owner_db.execute("UPDATE conversation SET closed_at = $1", clock())
    assert (await visitor.listed())[0]["state"] == "closed"
    await visitor.send(conversation, "one more thing")
    assert (await visitor.listed())[0]["state"] == "open"


async def test_a_rating_is_kept_and_must_be_one_of_five(visitor: Script, owner_db: Connection) -> None:
    path = f"{CONVERSATIONS}/{(await visitor.start('one')).json()['id']}/rating"
    assert (await visitor.call("POST", path, {"score": 6})).status_code == 422
    assert (await visitor.call("POST", path, {"score": 4})).status_code == 204
    assert await owner_db.fetchval("SELECT rating FROM conversation") == 4


async def test_reading_marks_the_teams_words_as_seen(
    visitor: Script, owner_db: Connection, clock: Clock
) -> None:
    conversation = (await visitor.start("one")).json()["id"]
    grace = await add_teammate(owner_db, visitor.acme.id, GRACE)
    await say(owner_db, UUID(conversation), "We do.", teammate=grace)
    assert (await visitor.listed())[0]["unread"] == 1, "needs something unread"
    answer = await visitor.call("POST", f"{CONVERSATIONS}/{conversation}/read", {"seq": 2})
    assert answer.status_code == 204
    assert (await visitor.listed())[0]["unread"] == 0


async def test_an_ended_session_writes_nothing(visitor: Script, owner_db: Connection) -> None:
    conversation = (await visitor.start("one")).json()["id"]
    await visitor.end()
    answers = [
        await visitor.start("two"),
        await visitor.send(conversation, "two"),
        await visitor.send(str(uuid4()), "two"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert await owner_db.fetchval("SELECT count(*) FROM message") == 1


async def test_ada_and_bob_write_each_in_their_own(door: Door, acme: Acme, ada: Script) -> None:
    bob = Script(door(), acme)
    await bob.open(BOB)
    hers, his = (await ada.start("hers")).json()["id"], (await bob.start("his")).json()["id"]
    assert (await ada.send(his, "x")).status_code == (await bob.send(hers, "x")).status_code == 404
    assert [item["id"] for item in await ada.listed()] == [hers]
    assert [item["id"] for item in await bob.listed()] == [his]
