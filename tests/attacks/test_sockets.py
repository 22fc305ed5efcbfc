"""Sockets: what an open one is told ends with the right to hear it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import pytest
import websockets

from privity.db.pool import Connection
from privity.house import House
from privity.people.actions import disable_teammate
from privity.vouching.keys import revoke
from tests.attacks import doors, locks
from tests.attacks.people import HIDDEN, Victim
from tests.cast import ADA, GRACE
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.live.clients import Ear, listening
from tests.live.test_both_sides import at_the_desk
from tests.team.desk import Desk

Door = Callable[[], httpx.AsyncClient]
Quiet = Callable[[], Awaitable[None]]
NewContact = Callable[[], Script]

TIMES = 12


async def told_after(ear: Ear) -> list[dict[str, Any]]:
    """What still comes, given the time to; nothing where the socket is closed."""
    news: list[dict[str, Any]] = []
    with suppress(websockets.ConnectionClosed):
        for _ in range(TIMES):
            news += await ear.all_that_comes_before_a_pong()
            if news:
                break
            await asyncio.sleep(0.05)
    return news


@pytest.mark.attack(
    "A-78",
    "A-84",
    "A-95",
    without=(locks.the_gate, doors.the_end_of_a_session, doors.the_word_that_a_session_ended),
)
async def test_nothing_is_told_to_a_socket_whose_session_was_ended(
    port: int, all_heard: Quiet, ada: Victim, new_contact: NewContact
) -> None:
    other = new_contact()
    await other.open(ADA)
    await all_heard()
    async with listening(port, ada.script) as ear:
        await ada.script.end()
        assert (await other.send(ada.conversation, "written after she had left")).status_code == 201
        await all_heard()
        assert await told_after(ear) == []


@pytest.mark.attack("A-95")
@pytest.mark.parametrize("ending", ["everywhere", "key", "workspace", "expiry", "contact"])
async def test_whatever_ends_a_right_ends_what_its_socket_hears(
    port: int, all_heard: Quiet, ada: Victim, house: House, acme: Acme, grace: Desk, clock: Clock,
    owner_db: Connection, ending: str,
) -> None:  # fmt: skip
    await all_heard()
    async with listening(port, ada.script) as ear:
        match ending:
            case "everywhere":
                assert (await grace.call("POST", f"/users/{ADA.subject}/sign-out")).status_code == 204
            case "key":
                await revoke(house, acme.id, acme.key.kid)
            case "workspace":
                await owner_db.execute("UPDATE workspace SET suspended_at = now()")
            case "expiry":
                clock.forward(minutes=11)
            case "contact":
                await owner_db.execute("UPDATE conversation SET erased_at = now()")
        await grace.write(ada.conversation, "told too late")
        await all_heard()
        assert [event for event in await told_after(ear) if event["type"] == "message"] == []


@pytest.mark.attack("A-56", "A-95")
async def test_a_teammate_whose_account_was_taken_away_hears_nothing_more(
    port: int, all_heard: Quiet, ada: Victim, house: House, acme: Acme, grace: Desk
) -> None:
    async with at_the_desk(port, grace) as desk:
        await disable_teammate(house, acme.id, GRACE.email)
        await ada.script.send(ada.conversation, "Are you still there?")
        await all_heard()
        assert [event for event in await told_after(desk) if event["type"] == "message"] == []
    assert (await grace.call("GET", f"/conversations/{ada.conversation}/messages")).status_code == 401


@pytest.mark.attack("A-26", "A-102", without=doors.the_strict_shape_of_frames)
async def test_an_operator_in_a_frame_is_no_frame(port: int, ada: Victim, new_contact: NewContact) -> None:
    mallory = new_contact()
    await mallory.open()
    own = (await mallory.start("mine")).json()["id"]
    operators: list[Any] = [
        {"$ne": None},
        {"$gt": ""},
        {"$regex": "^c"},
        ["' OR 1=1 --"],
        "' OR 1=1 --",
        True,
        1e308,
    ]
    frames: list[dict[str, Any]] = [{"type": "typing", "conversation_id": odd} for odd in operators]
    frames += [{"type": "resume", "seen": odd} for odd in operators[:4]]
    frames += [
        {"type": "send", "conversation_id": own, "client_id": str(uuid4()), "body": odd}
        for odd in operators[:3]
    ]
    frames += [
        {"type": "typing", "conversation_id": own, field: "x"} for field in ("__proto__", "owner", "$where")
    ]
    for frame in frames:
        async with listening(port, mallory) as ear:
            await ear.say(**{"kind": frame["type"], **{k: v for k, v in frame.items() if k != "type"}})
            came = await ear.all_that_comes_before_a_pong()
            assert [(event["type"], event.get("code")) for event in came] == [("refused", "bad_frame")], frame
            assert HIDDEN not in str(came)


@pytest.mark.attack("A-104")
async def test_nothing_is_packed_so_that_its_size_tells_nothing(port: int, ada: Victim, door: Door) -> None:
    secret = ada.script.secret
    async with websockets.connect(f"ws://127.0.0.1:{port}/widget/v1/stream", compression="deflate") as socket:
        assert socket.protocol.extensions == []
    page = await ada.script.http.get(
        f"/widget/v1/conversations/{ada.conversation}/messages",
        headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "gzip, br, zstd"},
    )
    assert HIDDEN in page.text
    assert "content-encoding" not in page.headers
