"""A contact's socket: opened with proof, judged at each delivery, over when its session is."""

import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from uuid import UUID, uuid4

import anyio
import asyncpg
import httpx
import pytest
import websockets

from privity.db.pool import Connection
from privity.house import House
from privity.live.contact import ContactSocket
from privity.proofs.door import admit
from privity.proofs.model import Caller
from privity.web import limits
from privity.web.credential import Credential
from tests.attacks import doors
from tests.cast import ADA, BOB, GRACE
from tests.clock import Clock
from tests.database import Database
from tests.db.worlds import add_teammate, say
from tests.doors import CHAT, Acme, Browser, Script
from tests.live.clients import listening, open_socket
from tests.unhurried import PATIENCE

Door = Callable[[], httpx.AsyncClient]
Quiet = Callable[[], Awaitable[None]]


@pytest.fixture
async def other(door: Door, acme: Acme) -> Script:
    """Ada on another of her devices."""
    other = Script(door(), acme)
    await other.open(ADA)
    return other


async def test_the_first_word_is_the_sessions_own_state(port: int, ada: Script) -> None:
    async with open_socket(port) as ear:
        await ear.say("auth", token=ada.secret)
        ready = await ear.hear("ready")
    state = (await ada.state()).json()
    assert ready["state"] == state


async def test_a_cookie_opens_the_socket_of_the_chats_own_page(port: int, door: Door, acme: Acme) -> None:
    visitor = Browser(door(), acme)
    await visitor.open()
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
    assert cookie, "needs a browser session carried by a cookie"
    async with open_socket(port, Origin=CHAT, Cookie=cookie) as ear:
        assert (await ear.hear("ready"))["state"]["contact"]["kind"] == "visitor"


@pytest.mark.attack("A-91", without=doors.the_sockets_look_at_the_origin)
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", f"{CHAT}.evil.example", "http://chat.example"]
)
async def test_a_foreign_page_gets_no_socket(port: int, door: Door, acme: Acme, origin: str) -> None:
    visitor = Browser(door(), acme)
    await visitor.open()
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
    with pytest.raises(websockets.InvalidStatus) as refusal:
        async with open_socket(port, Origin=origin, Cookie=cookie):
            pass
    assert refusal.value.response.status_code == 403


async def test_a_cookie_without_an_origin_opens_nothing(port: int, door: Door, acme: Acme) -> None:
    visitor = Browser(door(), acme)
    await visitor.open()
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
    async with open_socket(port, Cookie=cookie) as ear:
        await ear.say("ping")
        assert await ear.closed() == (4401, "session_over")
    assert ear.heard == []


async def test_a_page_session_sits_in_its_own_socket_beside_the_browsers_cookie(
    port: int, door: Door, acme: Acme, ada: Script
) -> None:
    visitor = Browser(door(), acme)
    await visitor.open()
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
    for path in ("/widget/v1/stream?carrier=token", "/widget/v1/stream"):
        async with open_socket(port, path, Origin=CHAT, Cookie=cookie) as ear:
            await ear.say("auth", token=ada.secret)
            await ear.say("ping")
            await ear.hear("pong")
            states = [event["state"] for event in ear.heard if event["type"] == "ready"]
            assert states[-1]["contact"]["name"] == ADA.name


@pytest.mark.attack("A-114")
@pytest.mark.parametrize(
    "first", ['{"type": "ping"}', "rubbish", '{"type": "auth", "token": "wrong"}', b"\xff"]
)
async def test_who_does_not_say_who_they_are_is_sent_away(port: int, first: str | bytes) -> None:
    async with open_socket(port) as ear:
        await ear.socket.send(first)
        assert await ear.closed() == (4401, "session_over")
    assert ear.heard == []


async def test_an_ended_session_opens_no_socket(port: int, ada: Script) -> None:
    secret = ada.secret
    await ada.end()
    async with open_socket(port) as ear:
        await ear.say("auth", token=secret)
        assert await ear.closed() == (4401, "session_over")
    assert ear.heard == []


async def test_what_is_sent_is_acknowledged_once_and_told_to_the_other_page(
    port: int, all_heard: Quiet, ada: Script, other: Script
) -> None:
    conversation = (await ada.start("one")).json()["id"]
    await all_heard()
    async with listening(port, ada) as here, listening(port, other) as there:
        sent = await here.send(conversation, "two")
        assert (sent["type"], sent["seq"], sent["message"]["body"]) == ("sent", 2, "two")
        told = await there.hear("message")
        assert (told["conversation_id"], told["message"]) == (conversation, sent["message"])
        await here.send(conversation, "three")
        await there.hear("message")
        rest = await here.all_that_comes_before_a_pong()
    assert [event for event in here.heard + rest if event["type"] == "message"] == []


async def test_messages_that_come_all_at_once_are_told_in_order_and_once(
    port: int, all_heard: Quiet, ada: Script, other: Script
) -> None:
    conversation = (await ada.start("1")).json()["id"]
    await all_heard()
    async with listening(port, ada) as ear:
        async with anyio.create_task_group() as tasks:
            for n in range(15):
                tasks.start_soon(other.send, conversation, str(n))
        told = [(await ear.hear("message"))["seq"] for _ in range(15)]
        assert told == list(range(2, 17))
        await all_heard()
        assert await ear.all_that_comes_before_a_pong() == []


@pytest.mark.attack("A-100")
async def test_a_resume_brings_what_was_missed_in_order(port: int, all_heard: Quiet, ada: Script) -> None:
    conversation = (await ada.start("1")).json()["id"]
    for n in range(2, 6):
        await ada.send(conversation, str(n))
    await all_heard()
    async with listening(port, ada) as ear:
        await ear.say("resume", seen={conversation: 2, str(uuid4()): 0})
        for seq in (3, 4, 5):
            event = await ear.hear("message")
            assert (event["seq"], event["message"]["body"]) == (seq, str(seq))
        assert await ear.all_that_comes_before_a_pong() == []


async def test_who_resumes_what_is_not_theirs_is_counted_for_each_and_leaves_nothing_behind(
    port: int, visitor: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REQUESTS", limits.Rate(100, 60, "session"))
    sockets, begin = list[ContactSocket](), ContactSocket._open

    async def noted(socket: ContactSocket) -> None:
        sockets.append(socket)
        await begin(socket)

    monkeypatch.setattr(ContactSocket, "_open", noted)
    own = (await visitor.start("mine")).json()["id"]
    async with listening(port, visitor) as ear:
        await ear.say("resume", seen={own: 0, **{str(uuid4()): 0 for _ in range(50)}})
        await ear.hear("message")
        assert await ear.all_that_comes_before_a_pong() == []
        [socket] = sockets
        assert list(socket._told) == [UUID(own)]

        await ear.say("resume", seen={str(uuid4()): 0 for _ in range(50)})
        refused = await ear.hear("refused")
        assert (refused["status"], refused["retry_after"] > 0) == (429, True)
        assert list(socket._told) == [UUID(own)]


@pytest.mark.attack("A-92", "A-94")
async def test_nobody_hears_of_anothers_conversation(
    port: int, all_heard: Quiet, door: Door, acme: Acme, ada: Script, visitor: Script
) -> None:
    conversation = (await ada.start("hers")).json()["id"]
    bob = Script(door(), acme)
    await bob.open(BOB)
    await all_heard()
    async with (
        listening(port, ada) as at_ada,
        listening(port, bob) as at_bob,
        listening(port, visitor) as at_visitor,
    ):
        for ear in (at_bob, at_visitor):
            await ear.say("resume", seen={conversation: 0})
            await ear.say("typing", conversation_id=conversation)
            await ear.say("typing", conversation_id=uuid4())
            foreign, made_up = await ear.hear("refused"), await ear.hear("refused")
            assert foreign == made_up
            assert foreign["status"] == 404
            assert (await ear.send(conversation, "mine now"))["status"] == 404
        await ada.send(conversation, "still hers")
        await at_ada.hear("message")
        for ear in (at_bob, at_visitor):
            await ear.all_that_comes_before_a_pong()
            assert {event["type"] for event in ear.heard} == {"ready", "refused", "pong"}
    assert len((await ada.read(conversation)).json()["items"]) == 2


@pytest.mark.attack("A-78", "A-95")
async def test_a_sign_out_closes_the_socket_and_nothing_comes_after(
    port: int, all_heard: Quiet, ada: Script, other: Script
) -> None:
    conversation = (await ada.start("one")).json()["id"]
    await all_heard()
    async with listening(port, ada) as ear:
        await ada.end()
        assert (await other.send(conversation, "after the end")).status_code == 201
        assert await ear.closed() == (4401, "session_over")
    assert [event["type"] for event in ear.heard] == ["ready"]


@pytest.mark.attack("A-95")
async def test_a_session_that_ended_behind_the_bus_gets_nothing_delivered(
    port: int, all_heard: Quiet, door: Door, acme: Acme, ada: Script, owner_db: Connection, clock: Clock
) -> None:
    conversation = (await ada.start("one")).json()["id"]
    await all_heard()
    async with listening(port, ada) as ear:
        await owner_db.execute("UPDATE session SET ended_at = $1, end_reason = 'teammate'", clock())
        other = Script(door(), acme)
        await other.open(ADA)
        assert (await other.send(conversation, "after the end")).status_code == 201
        assert await ear.closed() == (4401, "session_over")
    assert [event["type"] for event in ear.heard] == ["ready"]


@pytest.mark.attack("A-96")
async def test_facts_that_a_socket_knows_open_nothing_that_has_changed_hands(
    port: int, all_heard: Quiet, door: Door, acme: Acme, ada: Script, owner_db: Connection
) -> None:
    conversation = (await ada.start("one")).json()["id"]
    bob = Script(door(), acme)
    await bob.open(BOB)
    async with listening(port, ada) as ear:
        assert (await ear.send(conversation, "two"))["type"] == "sent", "needs a conversation that it knows"
        await all_heard()
        heard = len(ear.heard) + len(await ear.all_that_comes_before_a_pong()) + 1
        await owner_db.execute(
            "UPDATE conversation SET owner = (SELECT id FROM contact_identity WHERE subject = $1)",
            BOB.subject,
        )
        assert (await bob.send(conversation, "mine now")).status_code == 201
        refused = await ear.send(conversation, "three")
        assert (refused["type"], refused["status"]) == ("refused", 404)
        await all_heard()
        assert await ear.all_that_comes_before_a_pong() == []
        assert [event["type"] for event in ear.heard[heard:]] == ["refused", "pong"]


async def test_a_proof_that_expires_closes_the_socket(port: int, ada: Script, clock: Clock) -> None:
    async with listening(port, ada) as ear:
        clock.forward(minutes=11)
        assert await ear.closed() == (4401, "proof_over")


async def test_an_open_socket_is_a_sign_of_life(
    port: int, ada: Script, clock: Clock, owner_db: Connection
) -> None:
    async with listening(port, ada) as ear:
        for _ in range(4):
            clock.forward(seconds=25)
            await last_sign_of_life(owner_db, clock())
        assert await ear.all_that_comes_before_a_pong() == []
    assert (await ada.state()).status_code == 200


async def test_a_session_that_ran_out_while_the_gate_was_asked_closes_the_socket(
    port: int, ada: Script, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def admit_late(house: House, credential: Credential | None) -> Caller:
        caller = await admit(house, credential)
        clock.forward(seconds=61)
        return caller

    monkeypatch.setattr("privity.live.contact.admit", admit_late)
    async with listening(port, ada) as ear:
        assert await ear.closed() == (4401, "session_over")


async def test_the_same_identity_renews_over_the_socket(
    port: int, ada: Script, acme: Acme, clock: Clock
) -> None:
    async with listening(port, ada) as ear:
        clock.forward(seconds=30)
        await ear.say("proof", identity_token=acme.token(ADA))
        renewed = await ear.hear("renewed")
        assert renewed["proof"] == (await ada.state()).json()["proof"]


async def test_another_identity_ends_the_socket(port: int, ada: Script, acme: Acme) -> None:
    async with listening(port, ada) as ear:
        await ear.say("proof", identity_token=acme.token(BOB))
        assert await ear.closed() == (4409, "identity_changed")
    assert [event["type"] for event in ear.heard] == ["ready"]


@pytest.mark.attack("A-80")
async def test_a_rise_closes_the_leads_socket(port: int, visitor: Script, acme: Acme) -> None:
    async with listening(port, visitor) as ear:
        await visitor.open(ADA)
        assert await ear.closed() == (4401, "session_over")


async def test_rubbish_is_refused_and_then_ends_the_socket(port: int, visitor: Script) -> None:
    async with listening(port, visitor) as ear:
        for rubbish in ("{", "[]", '{"type": "sned"}', '{"type": "ping", "x": 1}', b"\xff\xfe"):
            await ear.socket.send(rubbish)
            refused = await ear.hear("refused")
            assert (refused["status"], refused["code"]) == (400, "bad_frame")
        await ear.say("ping")
        await ear.hear("pong")
        await ear.socket.send("{")
        assert (await ear.closed())[0] == 4400


@pytest.mark.attack("A-251")
async def test_a_frame_that_is_too_large_ends_the_socket(port: int, visitor: Script) -> None:
    async with listening(port, visitor) as ear:
        await ear.socket.send(json.dumps({"type": "ping", "x": "y" * 70_000}))
        assert (await ear.closed())[0] == 1009


async def test_too_many_messages_are_refused_with_the_time_to_wait(
    port: int, all_heard: Quiet, visitor: Script
) -> None:
    conversation = (await visitor.start("1")).json()["id"]
    await all_heard()
    async with listening(port, visitor) as ear:
        outcomes = [await ear.send(conversation, str(n)) for n in range(2, 22)]
    assert [outcome["type"] for outcome in outcomes] == ["sent"] * 19 + ["refused"]
    assert outcomes[-1]["status"] == 429
    assert 1 <= outcomes[-1]["retry_after"] <= 10


@pytest.mark.attack("A-251", "A-246")
async def test_too_many_frames_end_the_socket(port: int, visitor: Script) -> None:
    async with listening(port, visitor) as ear:
        for _ in range(601):
            await ear.say("ping")
        assert (await ear.closed())[0] == 4429


async def test_a_node_that_was_deaf_catches_up_and_ends_what_ended(
    port: int,
    all_heard: Quiet,
    ada: Script,
    visitor: Script,
    owner_db: Connection,
    database: Database,
    clock: Clock,
) -> None:
    conversation = (await ada.start("one")).json()["id"]
    await all_heard()
    async with listening(port, ada) as ear, listening(port, visitor) as at_visitor:
        await ear.say("resume", seen={conversation: 1})
        assert await ear.all_that_comes_before_a_pong() == []
        # Neither is announced: as if it was, while nobody here listened.
        grace = await add_teammate(owner_db, ada.acme.id, GRACE)
        await say(owner_db, UUID(conversation), "said into deaf ears", teammate=grace)
        await owner_db.execute(
            "UPDATE session SET ended_at = $1, end_reason = 'teammate' WHERE kind = 'browser'", clock()
        )
        await cut_the_bus(database)
        assert (await ear.hear("message"))["message"]["body"] == "said into deaf ears"
        assert await at_visitor.closed() == (4401, "session_over")


async def last_sign_of_life(owner_db: Connection, expected: datetime) -> None:
    """Returns when the one session was seen at that time."""
    with anyio.fail_after(PATIENCE):
        while True:
            if await owner_db.fetchval("SELECT last_seen_at FROM session") == expected:
                return
            await anyio.sleep(0.05)


async def cut_the_bus(database: Database) -> None:
    """Kill the server's side of whoever listens."""
    admin = await asyncpg.connect(**database.superuser())
    try:
        cut = await admin.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND query LIKE 'LISTEN%'",
            database.name,
        )
        assert cut, "needs somebody who listens"
    finally:
        await admin.close()


async def test_a_session_holds_no_more_than_so_many_sockets_at_once(port: int, visitor: Script) -> None:
    assert visitor.secret is not None
    async with AsyncExitStack() as held:
        ears = [await held.enter_async_context(listening(port, visitor)) for _ in range(20)]
        async with open_socket(port) as one_more:
            await one_more.say("auth", token=visitor.secret)
            assert await one_more.closed() == (4429, "too_many")
        await ears[0].say("ping")
        await ears[0].hear("pong")
    with anyio.fail_after(PATIENCE):
        await until_there_is_room(port, visitor.secret)


async def until_there_is_room(port: int, secret: str) -> None:
    """The server hears of an end a moment after the one who ended it."""
    while True:
        with suppress(websockets.ConnectionClosedError):
            async with listening(port, secret):
                return


async def test_a_network_holds_no_more_than_so_many_sockets_at_once(
    port: int, visitor: Script, ada: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OPEN_SOCKETS_BY_NETWORK", limits.AtOnce(1, "network"))
    async with listening(port, visitor), open_socket(port) as hers:
        assert await hers.closed() == (4429, "too_many")
