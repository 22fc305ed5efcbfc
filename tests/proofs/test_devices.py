"""Where somebody is signed in: they see each of their devices, and end any, and nobody else's."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.cast import ADA, BOB
from tests.clock import Clock
from tests.doors import Acme, Browser, Script

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]
DEVICES = "/widget/v1/session/devices"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def devices_of(script: Script) -> list[dict[str, Any]]:
    answer = await script.call("GET", DEVICES)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def adas(door: Door, acme: Acme, **headers: str) -> Script:
    script = Script(door(), acme)
    script.http.headers.update(headers)
    assert (await script.open(ADA)).status_code == 201
    return script


async def test_ada_sees_where_she_is_signed_in_this_one_first(door: Door, acme: Acme, clock: Clock) -> None:
    await adas(door, acme, **{"User-Agent": FIREFOX})
    clock.forward(seconds=30)
    here = await adas(door, acme)
    bob = Script(door(), acme)
    await bob.open(BOB)
    this_one, other = await devices_of(here)
    assert (this_one["this_one"], other["this_one"]) == (True, False)
    assert "Firefox" in other["client"]
    assert set(other) == {"id", "client", "started_at", "last_seen_at", "this_one"}
    assert len(await devices_of(bob)) == 1


async def test_ada_ends_another_device_and_stays(door: Door, acme: Acme) -> None:
    there, here = await adas(door, acme), await adas(door, acme)
    spent = there.acme.token(ADA)
    await there.call("POST", "/widget/v1/session/proofs", {"kind": "token", "identity_token": spent})
    (other,) = [device["id"] for device in await devices_of(here) if not device["this_one"]]
    assert (await here.call("DELETE", f"{DEVICES}/{other}")).status_code == 204
    assert (await there.state()).status_code == 401
    assert (await here.state()).status_code == 200
    again = await Script(door(), acme).open(identity_token=spent)
    assert (again.status_code, again.json()["detail"]) == (401, "spent")
    assert len(await devices_of(here)) == 1


@pytest.mark.attack("A-107")
async def test_somebody_elses_device_an_ended_and_a_made_up_one_are_alike(door: Door, acme: Acme) -> None:
    here, ended, bob, lead = (
        await adas(door, acme),
        await adas(door, acme),
        Script(door(), acme),
        Script(door(), acme),
    )
    await bob.open(BOB)
    await lead.open()
    ids = [(await devices_of(one))[0]["id"] for one in (bob, lead, ended)]
    await ended.end()
    answers = [await here.call("DELETE", f"{DEVICES}/{one}") for one in (*ids, str(uuid4()))]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert (await bob.state()).status_code == (await lead.state()).status_code == 200


async def test_a_lead_sees_its_own_session_and_nothing_of_whom_it_claims_to_be(
    door: Door, acme: Acme
) -> None:
    await adas(door, acme)
    lead = Script(door(), acme)
    await lead.open(claims={"email": ADA.email})
    (own,) = await devices_of(lead)
    assert own["this_one"]
    assert (await lead.call("DELETE", f"{DEVICES}/{own['id']}")).status_code == 204
    assert (await lead.state()).status_code == 401


async def test_an_id_that_is_none_is_no_device(door: Door, acme: Acme) -> None:
    here = await adas(door, acme)
    assert (await here.call("DELETE", f"{DEVICES}/me")).status_code == 404


async def test_a_browser_that_ends_itself_forgets_its_cookie(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    await browser.open()
    (own,) = await devices_of(browser)
    answer = await browser.call("DELETE", f"{DEVICES}/{own['id']}")
    assert "Max-Age=0" in answer.headers["set-cookie"]
