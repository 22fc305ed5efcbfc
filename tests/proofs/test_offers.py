"""What somebody wrote before a sign-in, in the same browser: asked about, unread, taken or left."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from privity.db.pool import Connection
from tests.attacks import doors, proving
from tests.cast import ADA, BOB, MALLORY
from tests.clock import Clock
from tests.doors import SHOP, Acme, Browser, Script

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]


async def chatted(browser: Browser, words: str = "I can't log in") -> str:
    """A lead's conversation, begun on the pricing page."""
    assert (await browser.open()).status_code == 201
    body = {"body": words, "client_id": str(uuid4()), "page": f"{SHOP}/pricing?token=secret#top"}
    started = await browser.call("POST", "/widget/v1/conversations", body)
    assert started.status_code == 201, started.text
    conversation: str = started.json()["id"]
    return conversation


async def offered(browser: Script) -> list[dict[str, object]]:
    answer = await browser.call("GET", "/widget/v1/adoptable")
    assert answer.status_code == 200
    items: list[dict[str, object]] = answer.json()["items"]
    return items


async def test_ada_is_asked_when_it_began_and_where_and_reads_no_word(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    conversation = await chatted(browser)
    assert (await browser.open(ADA)).status_code == 201
    answer = (await browser.call("GET", "/widget/v1/adoptable")).json()
    assert answer["account"] == {"name": ADA.name}
    (item,) = answer["items"]
    assert (item["conversation_id"], item["page"], item["messages"]) == (conversation, f"{SHOP}/pricing", 1)
    assert await browser.listed() == []
    assert (await browser.read(conversation)).status_code == 404
    assert (await browser.send(conversation, "may I?")).status_code == 404


@pytest.mark.attack("A-79", "A-80", "A-52", without=doors.the_end_of_a_session)
async def test_the_old_secret_reads_and_writes_nothing_after_the_rise(door: Door, acme: Acme) -> None:
    lead = Script(door(), acme)
    await lead.open()
    conversation = (await lead.start("hello")).json()["id"]
    old = lead.secret
    await lead.open(ADA)
    lead.secret = old
    assert (await lead.read(conversation)).status_code == 401
    assert (await lead.send(conversation, "still me?")).status_code == 401


async def test_ada_takes_what_is_hers_and_has_it_on_every_device(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    conversation = await chatted(browser)
    await browser.open(ADA)
    taken = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": [conversation]})
    assert [item["conversation_id"] for item in taken.json()["items"]] == [conversation]
    assert (await browser.read(conversation)).status_code == 200
    elsewhere = Script(door(), acme)
    await elsewhere.open(ADA)
    assert [item["id"] for item in await elsewhere.listed()] == [conversation]


async def test_what_ada_leaves_is_closed_to_every_contact_for_good(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    conversation = await chatted(browser)
    await browser.open(ADA)
    left = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": []})
    assert left.json() == {"items": []}
    assert await offered(browser) == []
    late = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": [conversation]})
    assert late.json() == {"items": []}
    assert (await browser.read(conversation)).status_code == 404


async def test_the_offer_follows_ada_to_the_next_page_of_the_same_browser(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    await chatted(browser)
    await browser.open(ADA)
    browser.new_page()
    assert (await browser.open(ADA)).status_code == 201
    assert len(await offered(browser)) == 1


async def test_the_offer_does_not_follow_ada_to_another_browser(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    await chatted(browser)
    await browser.open(ADA)
    elsewhere = Browser(door(), acme)
    await elsewhere.open(ADA)
    assert await offered(elsewhere) == []


async def test_bob_after_ada_is_asked_nothing(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    conversation = await chatted(browser)
    await browser.open(ADA)
    assert len(await offered(browser)) == 1, "there must have been something to ask"
    await browser.end()
    browser.new_page()
    assert (await browser.open(BOB)).status_code == 201
    assert await offered(browser) == []
    assert (await browser.read(conversation)).status_code == 404


async def test_bob_is_asked_nothing_when_ada_just_closed_the_page(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    await chatted(browser)
    await browser.open(ADA)
    browser.new_page()
    await browser.open(BOB)
    assert await offered(browser) == []
    browser.new_page()
    await browser.open(ADA)
    assert await offered(browser) == [], "another identity was proved there: the offer is void"


async def test_nothing_is_on_offer_after_a_day(door: Door, acme: Acme, clock: Clock) -> None:
    browser = Browser(door(), acme)
    await chatted(browser)
    await browser.open(ADA)
    clock.forward(hours=23)
    browser.new_page()
    await browser.open(ADA)
    assert len(await offered(browser)) == 1
    clock.forward(hours=2)
    browser.new_page()
    await browser.open(ADA)
    assert await offered(browser) == []


async def test_a_lead_is_offered_nothing(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    await chatted(browser)
    assert (await browser.call("GET", "/widget/v1/adoptable")).json() == {
        "items": [],
        "account": None,
        "adopt": "ask",
    }


@pytest.mark.attack("A-107", "A-108", "A-118", without=proving.the_bounds_of_an_offer)
async def test_what_is_not_on_offer_is_ignored_in_silence(door: Door, acme: Acme) -> None:
    bobs = Script(door(), acme)
    await bobs.open(BOB)
    foreign = (await bobs.start("bob's own")).json()["id"]
    browser = Browser(door(), acme)
    mine = await chatted(browser)
    await browser.open(MALLORY)
    wanted = [foreign, str(uuid4()), mine]
    taken = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": wanted})
    assert [item["conversation_id"] for item in taken.json()["items"]] == [mine]
    assert (await browser.read(foreign)).status_code == 404


async def test_an_adoption_is_undone_until_something_is_written(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    conversation = await chatted(browser)
    await browser.open(ADA)
    taken = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": [conversation]})
    adoption = taken.json()["items"][0]["id"]
    stranger = Script(door(), acme)
    await stranger.open(BOB)
    assert (await stranger.call("DELETE", f"/widget/v1/adoptions/{adoption}")).status_code == 404
    assert (await browser.call("DELETE", f"/widget/v1/adoptions/{adoption}")).status_code == 204
    assert (await browser.read(conversation)).status_code == 404
    assert [item["conversation_id"] for item in await offered(browser)] == [conversation], "asked once more"
    assert (await browser.call("DELETE", f"/widget/v1/adoptions/{adoption}")).status_code == 404


async def test_an_adoption_stays_once_something_was_written(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    conversation = await chatted(browser)
    await browser.open(ADA)
    taken = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": [conversation]})
    adoption = taken.json()["items"][0]["id"]
    assert (await browser.send(conversation, "now it is mine")).status_code == 201
    answer = await browser.call("DELETE", f"/widget/v1/adoptions/{adoption}")
    assert (answer.status_code, answer.json()["code"]) == (409, "written_since")
    assert (await browser.read(conversation)).status_code == 200


async def test_under_always_ada_is_asked_as_well_and_the_page_hears_how(
    door: Door, acme: Acme, owner_db: Connection
) -> None:
    """Nothing is taken over her head: `always` changes how the question is put, and no answer to it."""
    await owner_db.execute("UPDATE workspace SET adopt = 'always' WHERE id = $1", acme.id)
    browser = Browser(door(), acme)
    conversation = await chatted(browser)
    await browser.open(ADA)
    offer = (await browser.call("GET", "/widget/v1/adoptable")).json()
    assert (offer["adopt"], len(offer["items"])) == ("always", 1)
    assert await browser.listed() == []
    assert (await browser.read(conversation)).status_code == 404


async def test_a_workspace_may_offer_nothing(door: Door, acme: Acme, owner_db: Connection) -> None:
    await owner_db.execute("UPDATE workspace SET adopt = 'never' WHERE id = $1", acme.id)
    browser = Browser(door(), acme)
    await chatted(browser)
    await browser.open(ADA)
    assert await offered(browser) == []


async def test_a_rise_whose_answer_was_lost_may_be_repeated_for_half_a_minute(
    door: Door, acme: Acme, clock: Clock
) -> None:
    lead = Script(door(), acme)
    await lead.open()
    await lead.start("hello")
    old = lead.secret
    body = {"kind": "token", "identity_token": acme.token(ADA)}
    assert (await lead.call("POST", "/widget/v1/session/proofs", body)).status_code == 201
    clock.forward(seconds=20)
    again = await lead.call("POST", "/widget/v1/session/proofs", body)
    assert again.status_code == 201
    lead.secret = again.json()["session"]["token"]
    assert len(await offered(lead)) == 1
    lead.secret = old
    clock.forward(seconds=20)
    assert (await lead.call("POST", "/widget/v1/session/proofs", body)).status_code == 401


async def test_the_old_secret_of_a_rise_repeats_no_other_proof_and_leaves_the_offer_alone(
    door: Door, acme: Acme
) -> None:
    lead = Script(door(), acme)
    await lead.open()
    await lead.start("hello")
    adas = {"kind": "token", "identity_token": acme.token(ADA)}
    answer = await lead.call("POST", "/widget/v1/session/proofs", adas)
    assert answer.status_code == 201

    bobs = {"kind": "token", "identity_token": acme.token(BOB)}
    refused = await lead.call("POST", "/widget/v1/session/proofs", bobs)
    assert (refused.status_code, refused.json()["code"]) == (401, "session_over")
    lead.secret = answer.json()["session"]["token"]
    assert len(await offered(lead)) == 1


FIRST_LINE = "/widget/v1/adoptable/{}/first-line"


async def test_ada_may_ask_for_the_first_line_of_what_is_on_offer_and_for_no_more(
    door: Door, acme: Acme
) -> None:
    browser = Browser(door(), acme)
    conversation = await chatted(browser, "Is my lamp on its way?\nMy secret is the second line.")
    assert (await browser.call("GET", FIRST_LINE.format(conversation))).status_code == 404, "not to its lead"
    await browser.open(ADA)
    answer = await browser.call("GET", FIRST_LINE.format(conversation))
    assert (answer.status_code, answer.json()) == (200, {"body": "Is my lamp on its way?"})
    assert (await browser.read(conversation)).status_code == 404


@pytest.mark.attack("A-108")
async def test_a_preview_of_anything_else_is_one_and_the_same_no(door: Door, acme: Acme) -> None:
    browser, elsewhere, bob = Browser(door(), acme), Browser(door(), acme), Script(door(), acme)
    conversation = await chatted(browser)
    await browser.open(ADA)
    own = (await browser.start("mine already")).json()["id"]
    await bob.open(BOB)
    foreign = (await bob.start("bob's own")).json()["id"]
    await elsewhere.open(ADA)
    answers = [
        await elsewhere.call("GET", FIRST_LINE.format(conversation)),
        await bob.call("GET", FIRST_LINE.format(conversation)),
        await browser.call("GET", FIRST_LINE.format(own)),
        await browser.call("GET", FIRST_LINE.format(foreign)),
        await browser.call("GET", FIRST_LINE.format(uuid4())),
    ]
    await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": []})
    answers.append(await browser.call("GET", FIRST_LINE.format(conversation)))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


async def test_one_of_two_is_taken_undone_and_taken_again(door: Door, acme: Acme) -> None:
    browser = Browser(door(), acme)
    first = await chatted(browser)
    second = (await browser.start("and another question")).json()["id"]
    await browser.open(ADA)
    assert {item["conversation_id"] for item in await offered(browser)} == {first, second}
    taken = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": [second]})
    (adopted,) = taken.json()["items"]
    assert [item["id"] for item in await browser.listed()] == [second]
    assert (await browser.read(first)).status_code == 404
    assert (await browser.call("DELETE", f"/widget/v1/adoptions/{adopted['id']}")).status_code == 204
    assert await browser.listed() == []
    assert {item["conversation_id"] for item in await offered(browser)} == {first, second}
