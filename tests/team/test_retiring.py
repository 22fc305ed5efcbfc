"""An id that the site retires: whoever has it next is somebody new."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from privity.db.pool import Connection
from tests.cast import ADA, BOB
from tests.clock import Clock
from tests.doors import Acme, Browser, Script
from tests.team.desk import Desk

NewContact = Callable[[], Script]
Door = Callable[[], httpx.AsyncClient]

HEIR = replace(BOB, subject=ADA.subject)


async def retire(desk: Desk, subject: str = ADA.subject) -> httpx.Response:
    return await desk.call("POST", f"/users/{quote(subject, safe='')}/retire")


@pytest.mark.attack("A-89")
async def test_who_gets_adas_id_next_starts_empty(grace: Desk, new_contact: NewContact, clock: Clock) -> None:
    ada = new_contact()
    await ada.open(ADA)
    adas = (await ada.start("nobody else's business")).json()["id"]
    kept = ada.acme.token(ADA)
    clock.forward(seconds=2)

    assert (await retire(grace)).status_code == 204

    assert (await ada.state()).status_code == 401
    late = await new_contact().open(identity_token=kept)
    assert (late.status_code, late.json()["detail"]) == (401, "spent")
    clock.forward(seconds=2)
    heir = new_contact()
    assert (await heir.open(HEIR)).status_code == 201
    assert await heir.listed() == []
    assert (await heir.read(adas)).status_code == 404
    again = new_contact()
    await again.open(HEIR)
    own = (await heir.start("hello")).json()["id"]
    assert [item["id"] for item in await again.listed()] == [own], "one new identity, on each device"


async def test_a_token_from_a_clock_that_is_ahead_proves_nobody_after_the_retirement(
    grace: Desk, new_contact: NewContact, clock: Clock
) -> None:
    ahead = new_contact()
    token = ahead.acme.token(ADA, now=clock() + timedelta(seconds=50))
    assert (await ahead.open(identity_token=token)).status_code == 201, "skew is forgiven"

    assert (await retire(grace)).status_code == 204

    late = await new_contact().open(identity_token=token)
    assert (late.status_code, late.json()["detail"]) == (401, "spent")


async def test_the_team_still_reads_what_the_old_id_owned_and_writes_to_the_new_one(
    grace: Desk, new_contact: NewContact, clock: Clock
) -> None:
    ada = new_contact()
    await ada.open(ADA)
    adas = (await ada.start("nobody else's business")).json()["id"]
    clock.forward(seconds=2)
    await retire(grace)
    clock.forward(seconds=2)
    heir = new_contact()
    await heir.open(HEIR)

    assert [message["body"] for message in await grace.thread(adas)] == ["nobody else's business"]
    cards = {item["proved_name"] for item in (await grace.get("/contacts"))["items"]}
    assert cards == {ADA.name, HEIR.name}
    asked = {
        "identity": {"subject": ADA.subject},
        "body": "Welcome!",
        "client_id": str(uuid4()),
    }
    started = await grace.call("POST", "/conversations", asked)
    assert started.status_code == 201
    assert [item["id"] for item in await heir.listed()] == [started.json()["id"]]


@pytest.mark.attack("A-54")
async def test_what_was_on_offer_is_void(grace: Desk, acme: Acme, door: Door, clock: Clock) -> None:
    browser = Browser(door(), acme)
    await browser.open()
    await browser.start("before I signed in")
    await browser.open(ADA)
    assert (await browser.call("GET", "/widget/v1/adoptable")).json()["items"], "something was on offer"
    clock.forward(seconds=2)
    await retire(grace)
    clock.forward(seconds=2)
    browser.new_page()
    assert (await browser.open(HEIR)).status_code == 201
    assert (await browser.call("GET", "/widget/v1/adoptable")).json()["items"] == []


async def test_a_retired_id_is_nobodys_until_it_is_proved_again(
    grace: Desk, new_contact: NewContact, owner_db: Connection
) -> None:
    await new_contact().open(ADA)
    assert (await retire(grace)).status_code == 204
    assert (await retire(grace)).status_code == 404
    assert (await grace.call("POST", f"/users/{ADA.subject}/sign-out")).status_code == 404
    noted = await owner_db.fetch("SELECT actor FROM audit_event WHERE kind = 'retire'")
    assert [row["actor"] for row in noted] == ["teammate"]


async def test_another_workspaces_user_is_retired_by_nobody_here(otto: Desk, new_contact: NewContact) -> None:
    ada = new_contact()
    await ada.open(ADA)

    foreign, made_up = await retire(otto), await retire(otto, "u-made-up")

    assert (foreign.status_code, foreign.content) == (404, made_up.content)
    assert (await ada.state()).status_code == 200


async def test_grace_retires_and_signs_out_by_the_identity_on_the_card(
    grace: Desk, otto: Desk, new_contact: NewContact
) -> None:
    ada = new_contact()
    await ada.open(ADA)
    (card,) = [item["id"] for item in (await grace.get("/contacts"))["items"]]
    (identity,) = (await grace.get(f"/contacts/{card}"))["identities"]
    assert identity["retired_at"] is None
    for act in ("sign-out", "retire", "block"):
        assert (await otto.call("POST", f"/identities/{identity['id']}/{act}")).status_code == 404
    assert (await ada.state()).status_code == 200

    assert (await grace.call("POST", f"/identities/{identity['id']}/sign-out")).status_code == 204
    assert (await ada.state()).status_code == 401
    assert (await grace.call("POST", f"/identities/{identity['id']}/retire")).status_code == 204

    (identity,) = (await grace.get(f"/contacts/{card}"))["identities"]
    assert identity["retired_at"] is not None
