"""Workspaces, caches and what lies beneath: nobody is answered with somebody else's."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.people.actions import add_key
from tests.attacks import doors, locks
from tests.attacks.people import HIDDEN, Victim
from tests.cast import ADA, BOB
from tests.doors import Acme, Browser, Script
from tests.premise import premise
from tests.team.desk import Desk

Door = Callable[[], httpx.AsyncClient]
NewContact = Callable[[], Script]


@pytest.mark.attack("A-205", "A-208", without=doors.the_workspace_in_what_is_published)
async def test_what_two_workspaces_publish_and_ask_is_each_ones_own(
    ada: Victim, acme: Acme, elsewhere: Acme, door: Door, owner_db: Connection
) -> None:
    await owner_db.execute("UPDATE workspace SET greeting = 'From Acme' WHERE id = $1", acme.id)
    await owner_db.execute("UPDATE workspace SET least_to_write = 'signed' WHERE id = $1", elsewhere.id)
    names = []
    for workspace in (acme, elsewhere, acme):
        answer = await door().get("/widget/v1/config", params={"workspace": str(workspace.id)})
        names.append((answer.json()["name"], answer.json()["workspace"]))
    assert names == [("Acme", str(acme.id)), ("Elsewhere", str(elsewhere.id)), ("Acme", str(acme.id))]

    namesake = Script(door(), elsewhere)
    await namesake.open(ADA)
    assert await namesake.listed() == [], "the same subject, address and name, in another workspace"
    for host in ("acme.example", "elsewhere.example"):
        named = {"Host": host, "X-Forwarded-Host": host}
        answer = await namesake.call("GET", "/widget/v1/conversations", headers=named)
        assert answer.json()["items"] == []
    lead = Script(door(), elsewhere)
    await lead.open()
    assert (await lead.start("hello")).status_code == 403, "each asks for as much proof as it wants"


@pytest.mark.attack("A-233", "A-205", without=locks.an_answer_for_each_who_asks)
async def test_requests_that_are_broken_off_mix_nobody_up(ada: Victim, new_contact: NewContact) -> None:
    bob = new_contact()
    await bob.open(BOB)
    bobs = (await bob.start("Bob's own words")).json()["id"]

    async def read(script: Script, conversation: str, own: str, stays: bool) -> None:
        asking = asyncio.ensure_future(script.read(conversation))
        if not stays:
            await asyncio.sleep(0)
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
            return
        answer = await asking
        assert [item["body"] for item in answer.json()["items"]] == [own]

    await asyncio.gather(
        *(
            read(script, conversation, own, stays=n % 3 > 0)
            for n in range(45)
            for script, conversation, own in (
                (ada.script, ada.conversation, HIDDEN),
                (bob, bobs, "Bob's own words"),
            )
        )
    )


@pytest.mark.attack("A-227", without=doors.the_word_against_caches)
async def test_a_cache_on_the_way_keeps_nothing_of_adas(ada: Victim, new_contact: NewContact) -> None:
    kept: dict[str, str] = {}
    paths = [
        "/widget/v1/session",
        "/widget/v1/conversations",
        "/widget/v1/adoptable",
        "/widget/v1/conversations/x",
    ]
    paths.append(f"/widget/v1/conversations/{ada.conversation}/messages")
    for path in paths:
        answer = await ada.script.call("GET", path)
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            kept[path] = answer.text

    assert HIDDEN in (await ada.script.read(ada.conversation)).text, "needs something to keep"
    assert kept == {}


@pytest.mark.attack("A-230", without=doors.the_owner_before_a_tag)
async def test_no_tag_is_answered_before_who_asks_and_whose_it_is(
    ada: Victim, new_contact: NewContact
) -> None:
    mallory, gone = new_contact(), Script(ada.script.http, ada.script.acme, ada.script.secret)
    await mallory.open(claims={"email": ADA.email})
    own = await ada.script.read(ada.conversation)
    premise(HIDDEN in own.text, "needs something that a tag could be of")
    assert "etag" not in own.headers
    assert "last-modified" not in own.headers
    await ada.script.end()
    conditions: list[dict[str, str]] = [
        {"If-None-Match": "*"},
        {"If-None-Match": '"1"'},
        {"If-Modified-Since": "Mon, 02 Mar 2099 09:30:00 GMT"},
        {"If-Match": '"1"'},
        {"Range": "bytes=0-1", "If-Range": '"1"'},
    ]
    paths = [f"/widget/v1/conversations/{each}/messages" for each in (ada.conversation, uuid4())]
    for asks, status in ((mallory, 404), (gone, 401)):
        for condition in conditions:
            hers, nobodys = [await asks.call("GET", path, headers=condition) for path in paths]
            assert (hers.status_code, hers.content) == (nobodys.status_code, nobodys.content), condition
            assert hers.headers == nobodys.headers
            assert hers.status_code == status


@pytest.mark.attack("A-232")
async def test_looking_ahead_changes_nothing(ada: Victim, grace: Desk, owner_db: Connection) -> None:
    await grace.write(ada.conversation, "On its way.")
    before = await _marks(owner_db)
    ahead = {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch"}
    for path in ("/widget/v1/conversations", f"/widget/v1/conversations/{ada.conversation}/messages"):
        assert (await ada.script.call("GET", path, headers=ahead)).status_code == 200
    await grace.get(f"/conversations/{ada.conversation}/messages")

    assert await _marks(owner_db) == before


@pytest.mark.attack("A-221")
async def test_there_is_no_door_for_those_who_run_the_house(
    house: House, acme: Acme, door: Door, ada: Victim
) -> None:
    key = await add_key(house, acme.id, "all", ["conversations:read", "contacts:read"])
    as_anybody: list[dict[str, str]] = [{}, {"Authorization": f"Bearer {key}"}]
    for path in (
        "/metrics",
        "/debug",
        "/debug/pprof/",
        "/admin",
        "/install",
        "/queues",
        "/tools",
        "/graphql",
        "/.env",
        "/.git/config",
        "/server-status",
        "/assets/inbox/app.js.map",
        "/assets/../settings.py",
        "/schema",
        "/docs",
    ):
        for headers in as_anybody:
            assert (await door().get(path, headers=headers)).status_code == 404, path
    described = (await door().get("/openapi.json")).text
    for word in (str(acme.id), acme.key.secret, HIDDEN, str(house.settings.data)):
        assert word not in described


async def _marks(db: Connection) -> Any:
    return await db.fetchrow(
        "SELECT unread, contact_read_seq, team_read_seq, next_seq, (SELECT count(*) FROM read_mark) FROM conversation"
    )


@pytest.mark.attack("A-247")
async def test_pages_that_are_only_loaded_fill_nothing(
    acme: Acme, door: Door, grace: Desk, owner_db: Connection
) -> None:
    for path in ("/loader.js", "/widget/frame", "/widget/v1/config"):
        for _ in range(10):
            answer = await door().get(path, params={"workspace": str(acme.id)})
            assert answer.status_code == 200

    assert await owner_db.fetchval("SELECT count(*) FROM contact") == 0
    assert await owner_db.fetchval("SELECT count(*) FROM session") == 0
    visitors = [Browser(door(), acme) for _ in range(5)]
    for visitor in visitors:
        await visitor.open()
    assert await grace.listed() == [], "who only opened the panel is no conversation"


@pytest.mark.attack("A-245")
async def test_a_header_moves_no_count(port: int, acme: Acme) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        answers = [
            await client.post(
                "/api/v1/sign-in",
                json={"email": "grace@acme.example", "password": f"guess {n}"},
                headers={
                    "X-Forwarded-For": f"203.0.113.{n}",
                    "X-Real-IP": f"203.0.113.{n}",
                    "True-Client-IP": f"203.0.113.{n}",
                    "CF-Connecting-IP": f"203.0.113.{n}",
                    "Forwarded": f"for=203.0.113.{n}",
                },
            )
            for n in range(5)
        ]

    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
