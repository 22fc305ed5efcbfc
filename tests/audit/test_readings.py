"""Who read what: told to an auditor, and to the person whose conversations they are; to nobody else."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from privity.audit.model import AuditEvent
from privity.audit.reading import readings as told_to_the_operator
from privity.db.pool import Connection
from privity.house import House
from privity.people import actions as people
from privity.people.actions import sign_in_as
from privity.people.door import COOKIE
from privity.people.model import Role, csrf_word
from tests.cast import ADA, BOB, GRACE, MALLORY, VERA, Person
from tests.clock import Clock
from tests.doors import CHAT, Acme, Script
from tests.team.desk import PASSWORD, Desk

pytestmark = pytest.mark.anyio

NewClient = Callable[[], httpx.AsyncClient]


async def seated(house: House, acme: Acme, client: httpx.AsyncClient, person: Person, role: Role) -> Desk:
    account = await people.add_teammate(
        house, acme.id, email=person.email, name=person.name, password=PASSWORD, role=role
    )
    credential = await sign_in_as(house, account)
    client.cookies.set(COOKIE, credential.word(), domain=urlsplit(CHAT).netloc, path="/")
    return Desk(client, csrf=csrf_word(credential))


@pytest.fixture
async def grace(house: House, acme: Acme, door: NewClient) -> Desk:
    return await seated(house, acme, door(), GRACE, "agent")


@pytest.fixture
async def vera(house: House, acme: Acme, door: NewClient) -> Desk:
    """The auditor."""
    return await seated(house, acme, door(), VERA, "auditor")


async def readings(person: Script) -> list[dict[str, Any]]:
    answer = await person.call("GET", "/widget/v1/session/readings")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def times_that_the_team_read(house: House, acme: Acme, conversation: str) -> int:
    rows = await told_to_the_operator(house.pools.auditor, acme.id, [UUID(conversation)])
    return sum(row["times"] for row in rows if row["actor"] == "teammate")


async def test_ada_learns_that_the_team_read_her_conversation_and_not_who_it_was(
    ada: Script, grace: Desk, house: House, clock: Clock
) -> None:
    conversation = (await ada.start("My salary is on the wrong account.")).json()["id"]
    await ada.read(conversation)
    await house.ledger.flush()
    assert await readings(ada) == [], "what she reads here she knows"
    await grace.thread(conversation)
    clock.forward(minutes=20)
    await grace.thread(conversation)

    ada.secret = None
    await ada.open(ADA)

    by_the_team = [one for one in await readings(ada) if one["reader"] != "you"]

    (reading,) = by_the_team
    assert reading == {
        "conversation_id": conversation,
        "reader": "team",
        "times": 2,
        "last_at": clock().isoformat().replace("+00:00", "Z"),
    }


async def test_one_look_at_a_conversation_of_many_pages_is_told_as_one(
    ada: Script, grace: Desk, owner_db: Connection
) -> None:
    conversation = (await ada.start("hello")).json()["id"]
    await ada.send(conversation, "is anybody there?")
    await grace.get(f"/conversations/{conversation}")
    await grace.thread(conversation, limit=1)
    await grace.thread(conversation, limit=2)
    noted = await owner_db.fetchval(
        "SELECT count(*) FROM audit_event WHERE kind = 'read' AND actor = 'teammate' AND conversation_id = $1",
        UUID(conversation),
    )
    assert noted == 3, "the log itself tells each of them"

    assert [one["times"] for one in await readings(ada)] == [1]


async def test_a_line_of_a_list_is_a_reading_and_stays_the_same_one_while_it_is_looked_at(
    ada: Script, grace: Desk, house: House, acme: Acme, clock: Clock
) -> None:
    conversation = (await ada.start("My salary is on the wrong account.")).json()["id"]

    async def times() -> int:
        return await times_that_the_team_read(house, acme, conversation)

    for _ in range(3):
        (line,) = await grace.listed()
        assert "salary" in line["last_message"]["body"], "a list tells what was said"
        assert await times() == 1
        clock.forward(minutes=10)
    ada.secret = None
    await ada.open(ADA)
    await ada.send(conversation, "Is anybody there?")
    clock.forward(minutes=6)
    await grace.listed()
    assert await times() == 2, "there was something new in it"
    clock.forward(minutes=20)
    await grace.listed()
    assert await times() == 3, "another look, later"


@pytest.mark.parametrize("look", ["search", "card"])
async def test_whatever_shows_a_line_of_a_conversation_is_a_reading_of_it_that_tells_ada_nothing_of_others(
    ada: Script, grace: Desk, house: House, acme: Acme, owner_db: Connection, look: str
) -> None:
    conversation = (await ada.start("My salary is on the wrong account.")).json()["id"]
    contact = await owner_db.fetchval("SELECT contact_id FROM conversation WHERE id = $1", UUID(conversation))
    assert await times_that_the_team_read(house, acme, conversation) == 0

    if look == "search":
        assert len(await grace.listed(q="salary")) == 1
    else:
        assert len((await grace.get(f"/contacts/{contact}"))["conversations"]) == 1

    assert await times_that_the_team_read(house, acme, conversation) == 1, (
        "for whoever asks for the installation"
    )
    assert await readings(ada) == [], "whether it stands on a page depends on other people's conversations"


async def test_readings_are_forgotten_one_by_one_where_there_are_too_many_to_keep(
    house: House, owner_db: Connection, acme: Acme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privity.audit.noted.READINGS_KEPT", 3)
    reads = [AuditEvent(acme.id, "read", "teammate", uuid4(), reason="list") for _ in range(5)]
    for read in (*reads, reads[4], reads[0]):
        await house.ledger.team_read(read)

    noted = await owner_db.fetch("SELECT actor_id FROM audit_event WHERE kind = 'read' ORDER BY id")

    told = [row["actor_id"] for row in noted]
    assert told == [read.actor_id for read in (*reads, reads[0])], "the newest is one reading, the oldest two"


async def test_ada_learns_that_somebody_else_reads_as_her(
    ada: Script, acme: Acme, door: NewClient, house: House
) -> None:
    conversation = (await ada.start("hello")).json()["id"]
    other = Script(door(), acme)
    await other.open(ADA)
    await other.read(conversation)
    await house.ledger.flush()

    assert [(one["conversation_id"], one["reader"]) for one in await readings(ada)] == [(conversation, "you")]


async def test_nobody_else_learns_who_read_adas_conversation(
    ada: Script, grace: Desk, acme: Acme, door: NewClient
) -> None:
    conversation = (await ada.start("hello")).json()["id"]
    await grace.thread(conversation)
    assert await readings(ada), "there is something to learn"
    bob, mallory = Script(door(), acme), Script(door(), acme)
    await bob.open(BOB)
    await mallory.open(claims={"email": ADA.email, "name": MALLORY.name})

    assert await readings(bob) == []
    assert await readings(mallory) == []


async def test_vera_reads_the_log_page_by_page_and_that_is_in_it(
    ada: Script, grace: Desk, vera: Desk, clock: Clock
) -> None:
    conversation = (await ada.start("hello")).json()["id"]
    await grace.thread(conversation)
    clock.forward(seconds=1)

    page, seen = await vera.get("/audit", limit=2), []
    while True:
        seen += page["items"]
        if page["next_cursor"] is None:
            break
        page = await vera.get("/audit", limit=2, cursor=page["next_cursor"])

    assert len({event["id"] for event in seen}) == len(seen)
    assert [event["at"] for event in seen] == sorted((event["at"] for event in seen), reverse=True)
    assert (seen[0]["kind"], seen[0]["reason"]) == ("read", "audit_log")
    assert conversation in {event["conversation_id"] for event in seen}
    assert {"proof", "sign_in", "teammate_change", "read"} <= {event["kind"] for event in seen}


async def test_vera_reads_nothing_that_was_said(ada: Script, vera: Desk) -> None:
    conversation = (await ada.start("hello")).json()["id"]

    for path in (
        "/conversations",
        f"/conversations/{conversation}",
        f"/conversations/{conversation}/messages",
    ):
        assert (await vera.call("GET", path)).status_code == 403


async def test_a_cursor_of_one_auditor_is_not_anothers(
    house: House, acme: Acme, door: NewClient, vera: Desk, grace: Desk
) -> None:
    other = await seated(house, acme, door(), BOB, "auditor")
    cursor = (await vera.get("/audit", limit=1))["next_cursor"]
    assert cursor is not None

    assert (await other.call("GET", "/audit", cursor=cursor)).status_code == 400


async def test_what_was_said_who_said_it_and_where_from_is_not_in_the_log(
    ada: Script, grace: Desk, vera: Desk, owner_db: Connection
) -> None:
    await ada.start("order 4711 never arrived")
    log = str(await vera.get("/audit", limit=100))
    assert "proof" in log

    for word in ("never arrived", ADA.email, ADA.name, ADA.subject, GRACE.email, "127.0.0.1"):
        assert word not in log
