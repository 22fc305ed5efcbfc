"""The first set-up: whoever holds the printed link makes everything, once."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest

from privity.app import create_app
from privity.db.pool import Connection
from privity.house import House
from privity.mail.letter import NoPost
from privity.web.static_files import FrontEnd
from privity.workspaces.setup import new_link
from privity_client import SigningKey, sign_identity
from tests.attacks import proving
from tests.canary.listening import overheard
from tests.cast import GRACE, MALLORY
from tests.clock import Clock
from tests.database import Database
from tests.doors import CHAT

NewClient = Callable[[], httpx.AsyncClient]
PASSWORD = "a password that Grace chose"


def answers(token: str, **changed: str) -> dict[str, str]:
    return {
        "token": token,
        "name": GRACE.name,
        "email": GRACE.email,
        "password": PASSWORD,
        "workspace": "Acme",
        "site": "https://shop.example/",
        **changed,
    }


async def use(client: httpx.AsyncClient, body: dict[str, str], origin: str | None = CHAT) -> httpx.Response:
    headers = {"Origin": origin} if origin else {}
    return await client.post("/api/v1/setup", json=body, headers=headers)


async def printed_token(house: House) -> str:
    link = await new_link(house)
    assert link is not None, "nothing is set up yet"
    address, _, token = link.partition("#")
    assert address == f"{CHAT}/setup"
    return token


async def test_grace_sets_everything_up_and_is_signed_in(
    house: House, door: NewClient, owner_db: Connection
) -> None:
    client = door()
    done = await use(client, answers(await printed_token(house)))

    assert done.status_code == 201, done.text
    body = done.json()
    assert body["me"]["teammate"]["email"] == GRACE.email
    assert (await client.get("/api/v1/me")).json()["workspace"]["name"] == "Acme"
    assert await owner_db.fetchval("SELECT origin FROM allowed_site") == "https://shop.example"
    assert await owner_db.fetchval("SELECT role FROM teammate") == "owner"
    assert body["me"]["workspace"]["id"] in body["snippet"]
    assert f"{CHAT}/loader.js" in body["snippet"]


async def test_where_visitors_sign_in_a_code_opens_nothing(
    house: House, door: NewClient, owner_db: Connection
) -> None:
    done = (await use(door(), answers(await printed_token(house)))).json()

    stored = await owner_db.fetchrow("SELECT history_from, codes FROM workspace")
    assert stored is not None
    assert tuple(stored) == ("signed", False)
    assert "data-token-url" in done["snippet"]
    assert done["needs_mail_server"] is False


async def test_where_nobody_signs_in_the_chat_mails_codes_and_they_open_history(
    house: House, door: NewClient, owner_db: Connection
) -> None:
    body = answers(await printed_token(house), history_from="mailbox")
    done = (await use(door(), body)).json()

    stored = await owner_db.fetchrow("SELECT history_from, codes FROM workspace")
    assert stored is not None
    assert tuple(stored) == ("mailbox", True)
    assert "data-token-url" not in done["snippet"], "there is no page that says who is there"
    assert done["needs_mail_server"] is False, "the house of these tests has an outbox"


async def test_without_a_mail_server_the_founder_is_told_that_codes_need_one(
    house: House, front_end: FrontEnd, database: Database
) -> None:
    mute = replace(house, post=NoPost())
    body = answers(await printed_token(mute), history_from="mailbox")
    app = overheard(create_app(mute, front_end), database.ears, mute.clock)
    transport = httpx.ASGITransport(cast("Any", app))
    async with httpx.AsyncClient(transport=transport, base_url=CHAT) as client:
        assert (await use(client, body)).json()["needs_mail_server"] is True


async def test_nobody_founds_a_workspace_that_opens_for_less(house: House, door: NewClient) -> None:
    for less in ("legacy", "claimed", "none"):
        body = answers(await printed_token(house), history_from=less)
        assert (await use(door(), body)).status_code == 422


async def test_the_key_is_shown_once_and_kept_sealed(
    house: House, door: NewClient, owner_db: Connection
) -> None:
    key = (await use(door(), answers(await printed_token(house)))).json()["signing_key"]

    assert key["alg"] == "HS256"
    assert len(key["secret"].encode()) >= 32
    stored = await owner_db.fetchrow("SELECT id, kid, material FROM signing_key")
    assert stored is not None
    assert stored["kid"] == key["kid"]
    assert key["secret"].encode() not in stored["material"]
    opened = house.keyring.open("signing key", stored["material"], stored["id"].bytes)
    assert opened == key["secret"].encode()
    for words in await everything_stored(owner_db):
        assert key["secret"] not in words
        assert PASSWORD not in words


async def test_a_link_is_good_once(house: House, door: NewClient, owner_db: Connection) -> None:
    token = await printed_token(house)
    assert (await use(door(), answers(token))).status_code == 201

    again = await use(door(), answers(token, email=MALLORY.email))

    assert (again.status_code, again.json()["code"]) == (403, "setup_link_over")
    assert await owner_db.fetchval("SELECT count(*) FROM teammate") == 1


@pytest.mark.attack("A-73")
async def test_of_two_who_hold_the_link_one_gets_a_workspace(
    house: House, door: NewClient, owner_db: Connection
) -> None:
    token = await printed_token(house)
    both = await asyncio.gather(
        use(door(), answers(token)), use(door(), answers(token, email=MALLORY.email, workspace="Hers"))
    )

    assert sorted(answer.status_code for answer in both) == [201, 403]
    assert await owner_db.fetchval("SELECT count(*) FROM workspace") == 1
    assert await owner_db.fetchval("SELECT count(*) FROM teammate") == 1


@pytest.mark.attack("A-73", without=proving.the_single_use_of_a_link)
async def test_used_old_replaced_and_invented_links_are_answered_alike(
    house: House, door: NewClient, clock: Clock
) -> None:
    replaced = await printed_token(house)
    old = await printed_token(house)
    replaced_answer = await use(door(), answers(replaced))
    assert replaced_answer.status_code == 403
    clock.forward(minutes=31)
    old_answer = await use(door(), answers(old))
    used = await printed_token(house)
    assert (await use(door(), answers(used))).status_code == 201
    used_answer = await use(door(), answers(used))
    invented_answer = await use(door(), answers("x" * 43))

    said = {
        (answer.status_code, answer.content)
        for answer in (replaced_answer, old_answer, used_answer, invented_answer)
    }
    assert len(said) == 1
    assert used_answer.status_code == 403


@pytest.mark.attack("A-221")
async def test_no_link_is_made_once_a_workspace_stands(house: House, door: NewClient) -> None:
    assert (await use(door(), answers(await printed_token(house)))).status_code == 201

    assert await new_link(house) is None


async def test_another_sites_page_sets_nothing_up(
    house: House, door: NewClient, owner_db: Connection
) -> None:
    token = await printed_token(house)
    for origin in ("https://evil.example", None):
        assert (await use(door(), answers(token), origin)).status_code == 403

    assert await owner_db.fetchval("SELECT count(*) FROM workspace") == 0
    assert (await use(door(), answers(token))).status_code == 201, "the link itself was good"


async def test_what_may_not_be_stored_leaves_the_link_good(
    house: House, door: NewClient, owner_db: Connection
) -> None:
    token = await printed_token(house)
    for wrong in (
        {"site": "www.example.com"},
        {"email": "grace"},
        {"name": "  "},
        {"workspace": "a\x00b"},
        {"password": "too short"},
    ):
        answer = await use(door(), answers(token, **wrong))
        assert answer.status_code == 422, wrong
        assert answer.headers["content-type"] == "application/problem+json"
    assert await owner_db.fetchval("SELECT count(*) FROM teammate") == 0

    assert (await use(door(), answers(token))).status_code == 201


async def test_the_key_that_was_shown_signs_ada_in(house: House, door: NewClient, clock: Clock) -> None:
    done = (await use(door(), answers(await printed_token(house)))).json()
    workspace, key = done["me"]["workspace"]["id"], done["signing_key"]
    token = sign_identity(
        workspace=workspace, subject="u-ada", key=SigningKey(key["kid"], key["secret"]), now=clock()
    )
    opened = await door().post("/widget/v1/sessions", json={"workspace": workspace, "identity_token": token})

    assert opened.status_code == 201, opened.text
    assert opened.json()["history"] == "open"


async def test_grace_waits_for_the_first_visit_and_sees_it(
    house: House, door: NewClient, clock: Clock
) -> None:
    grace, page = door(), "https://shop.example/pricing"
    assert (await grace.get("/api/v1/setup/visit")).status_code == 401, "it is for who is signed in"
    await use(grace, answers(await printed_token(house)))
    assert (await grace.get("/api/v1/setup/visit")).json() == {"first_visit_at": None, "page": None}

    await door().get("/loader.js", headers={"Referer": "https://elsewhere.example/"})
    assert (await grace.get("/api/v1/setup/visit")).json()["page"] is None, "no allowed site was that"
    await door().get("/loader.js", headers={"Referer": page})

    visit = (await grace.get("/api/v1/setup/visit")).json()
    assert visit["page"] == page
    assert visit["first_visit_at"] == clock().isoformat().replace("+00:00", "Z")


async def everything_stored(db: Connection) -> list[str]:
    """Each row of each table, as text."""
    tables = await db.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'privity'")
    rows: list[Any] = []
    for table in tables:
        rows += await db.fetch(f"SELECT t::text AS words FROM {table['tablename']} t")  # noqa: S608
    assert rows, "something was stored"
    return [row["words"] for row in rows]
