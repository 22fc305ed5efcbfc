"""A contact reads: what is theirs, page by page, and nothing of anybody else's."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.keyring import Keyring
from tests.attacks import locks
from tests.cast import ADA, BOB, GRACE
from tests.clock import Clock
from tests.db.worlds import add_teammate, note, say
from tests.doors import Acme, Script, add_acme

Door = Callable[[], httpx.AsyncClient]
CONVERSATIONS = "/widget/v1/conversations"


@pytest.fixture
async def long(ada: Script, owner_db: Connection) -> str:
    """A conversation of Ada's with 250 messages."""
    conversation: str = (await ada.start("1")).json()["id"]
    session = await owner_db.fetchval("SELECT id FROM session")
    for n in range(2, 251):
        await say(owner_db, UUID(conversation), str(n), session=session)
    return conversation


async def page(script: Script, conversation: str, **query: Any) -> Any:
    answer = await script.call("GET", f"{CONVERSATIONS}/{conversation}/messages", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def seqs(of: Any) -> list[int]:
    return [item["seq"] for item in of["items"]]


async def test_the_newest_page_comes_first_and_leads_back_to_the_beginning(ada: Script, long: str) -> None:
    newest = await page(ada, long, limit=100)
    assert seqs(newest) == list(range(151, 251))
    older = await page(ada, long, limit=100, before=newest["next_cursor"])
    assert seqs(older) == list(range(51, 151))
    oldest = await page(ada, long, limit=100, before=older["next_cursor"])
    assert (seqs(oldest), oldest["next_cursor"]) == (list(range(1, 51)), None)


async def test_what_came_after_a_number_is_read_forwards(ada: Script, long: str) -> None:
    first = await page(ada, long, after=100, limit=100)
    assert (seqs(first), first["next_cursor"]) == (list(range(101, 201)), 200)
    rest = await page(ada, long, after=200, limit=100)
    assert (seqs(rest), rest["next_cursor"]) == (list(range(201, 251)), None)
    assert seqs(await page(ada, long, after=100, before=103)) == [101, 102]


async def test_a_page_holds_no_notes_and_says_nothing_of_them(
    ada: Script, acme: Acme, owner_db: Connection
) -> None:
    conversation = (await ada.start("1")).json()["id"]
    before = await page(ada, conversation)
    grace = await add_teammate(owner_db, acme.id, GRACE)
    await note(owner_db, UUID(conversation), "only for us", teammate=grace)
    assert await owner_db.fetchval("SELECT count(*) FROM message") == 2, "needs a note to hide"
    assert await page(ada, conversation) == before


async def test_another_device_that_proves_the_same_person_sees_it_all(
    ada: Script, long: str, door: Door, acme: Acme
) -> None:
    elsewhere = Script(door(), acme)
    await elsewhere.open(ADA)
    assert [item["id"] for item in await elsewhere.listed()] == [long]
    assert await page(elsewhere, long) == await page(ada, long)


@pytest.mark.attack("A-106", "A-244", without=locks.the_judge_and_the_second_lock)
async def test_a_foreign_conversation_and_a_made_up_one_are_the_same_answer(
    long: str, door: Door, acme: Acme
) -> None:
    for person in (None, BOB):
        other = Script(door(), acme)
        await other.open(person)
        foreign = await other.call("GET", f"{CONVERSATIONS}/{long}/messages")
        for nothing in (uuid4(), "4711", "%20"):
            made_up = await other.call("GET", f"{CONVERSATIONS}/{nothing}/messages")
            assert foreign.status_code == made_up.status_code == 404
            assert foreign.content == made_up.content
            assert [*foreign.headers.items()] == [*made_up.headers.items()]


@pytest.mark.attack("A-209")
async def test_somebody_of_another_workspace_finds_nothing(
    ada: Script, long: str, owner_db: Connection, keyring: Keyring, clock: Clock, door: Door
) -> None:
    elsewhere = await add_acme(owner_db, keyring, clock, "Elsewhere")
    namesake = Script(door(), elsewhere)
    await namesake.open(ADA)
    assert await namesake.listed() == []
    assert (await namesake.read(long)).status_code == 404


async def test_a_proof_weaker_than_the_workspace_asks_opens_what_this_session_started(
    ada: Script, long: str, door: Door, acme: Acme, owner_db: Connection
) -> None:
    later = Script(door(), acme)
    await later.open(ADA)
    here = (await later.start("just now")).json()["id"]
    await owner_db.execute(
        """UPDATE session SET kind = 'browser', assurance = 'mailbox'
            WHERE id <> (SELECT origin_session FROM conversation WHERE id = $1)""",
        UUID(long),
    )
    assert [item["id"] for item in await later.listed()] == [here]
    assert (await later.read(here)).status_code == 200
    assert (await later.read(long)).status_code == 404


@pytest.mark.attack("A-252", "A-244")
@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 101},
        {"limit": "all"},
        {"before": -1},
        {"after": "x"},
        {"after": 2**31},
        {"offset": 1},
    ],
)
async def test_a_query_that_makes_no_sense_is_refused_alike_for_every_id(
    ada: Script, query: dict[str, Any]
) -> None:
    own = (await ada.start("1")).json()["id"]
    answers = [
        await ada.call("GET", f"{CONVERSATIONS}/{name}/messages", params=query)
        for name in (own, uuid4(), "4711")
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["code"] == "not_valid"


async def test_the_list_goes_on_where_its_page_ended(ada: Script, clock: Clock) -> None:
    ids = []
    for n in range(5):
        clock.forward(seconds=1)
        ids.append((await ada.start(str(n))).json()["id"])
    listed: list[str] = []
    cursor: str | None = None
    lengths = set()
    while True:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        part = (await ada.call("GET", CONVERSATIONS, params=query)).json()
        listed += [item["id"] for item in part["items"]]
        cursor = part["next_cursor"]
        if cursor is None:
            break
        lengths.add(len(cursor))
    assert listed == ids[::-1]
    assert len(lengths) == 1, "a cursor's length tells nothing"


@pytest.mark.attack("A-110", without=locks.the_binding_of_cursors)
async def test_a_cursor_is_good_for_one_session_alone(
    ada: Script, door: Door, acme: Acme, clock: Clock
) -> None:
    for n in range(3):
        clock.forward(seconds=1)
        await ada.start(str(n))
    cursor = (await ada.call("GET", CONVERSATIONS, params={"limit": 1})).json()["next_cursor"]
    assert cursor, "needs a list that goes on"
    other = Script(door(), acme)
    await other.open(ADA)
    tampered = ("A" if cursor[0] != "A" else "B") + cursor[1:]
    for script, brought in (
        (other, cursor),
        (ada, tampered),
        (ada, "x"),
        (ada, "ü"),
        (ada, ""),
        (ada, "A" * 9999),
    ):
        answer = await script.call("GET", CONVERSATIONS, params={"cursor": brought})
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


async def test_the_list_is_the_conversations_that_open_one_by_one(
    door: Door, acme: Acme, ada: Script, owner_db: Connection
) -> None:
    lead = Script(door(), acme)
    await lead.open()
    bob = Script(door(), acme)
    await bob.open(BOB)
    for script in (ada, lead, bob):
        await script.start("one")
        await script.start("two")
    everything = [str(row["id"]) for row in await owner_db.fetch("SELECT id FROM conversation")]
    assert len(everything) == 6, "needs conversations of several people"
    for script in (ada, lead, bob):
        opened = {each for each in everything if (await script.read(each)).status_code == 200}
        assert opened == {item["id"] for item in await script.listed()}
        assert len(opened) == 2


async def test_each_reading_is_recorded_within_seconds(
    ada: Script, long: str, house: House, owner_db: Connection
) -> None:
    await page(ada, long, limit=10)
    await page(ada, long, limit=10, before=241)
    await asyncio.gather(house.ledger.flush(), house.ledger.flush())
    [row] = await owner_db.fetch("SELECT * FROM audit_event WHERE kind = 'read'")
    assert (row["actor"], row["conversation_id"]) == ("contact", UUID(long))
    assert (row["from_seq"], row["to_seq"], row["count"]) == (231, 250, 20)


async def test_refusals_are_counted_and_their_reason_stays_inside(
    long: str, door: Door, acme: Acme, house: House, owner_db: Connection
) -> None:
    lead = Script(door(), acme)
    await lead.open()
    for _ in range(3):
        await lead.read(long)
    await house.ledger.flush()
    row = await owner_db.fetchrow("SELECT * FROM audit_event WHERE kind = 'refusal'")
    assert row is not None
    assert (row["actor"], row["count"], row["reason"]) == ("contact", 3, "not_found")


@pytest.mark.attack("A-76", without=locks.the_gate)
async def test_an_ended_session_reads_nothing(ada: Script, long: str) -> None:
    await ada.end()
    answers = [await ada.read(long), await ada.read(str(uuid4())), await ada.call("GET", CONVERSATIONS)]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1


async def test_a_proof_that_is_over_closes_the_past_until_there_is_a_fresh_one(
    ada: Script, long: str, clock: Clock
) -> None:
    clock.now += timedelta(minutes=11)
    answer = await ada.read(long)
    assert (answer.status_code, answer.json()["code"]) == (401, "proof_over")
    await ada.open(ADA)
    assert (await ada.read(long)).status_code == 200
