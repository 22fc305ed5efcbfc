"""The ticket: what was written here days ago may be asked of the first who proves who they are, and opens nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from privity.db.pool import Connection
from privity.history import team_store
from privity.house import House
from privity.keyring import Keyring
from privity.proofs.carriers import COOKIE, TICKET
from privity.web.credential import Credential
from privity.workspaces import rules
from tests.attacks import doors, locks, tickets
from tests.cast import ADA, BOB, MALLORY, Person
from tests.clock import Clock
from tests.doors import CHAT, Acme, Browser, Script, add_acme
from tests.second_doors import matrix

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]
SHARED = "/widget/v1/session/shared-computer"


@pytest.fixture(autouse=True)
async def kept_for_a_week(house: House, acme: Acme) -> None:
    await rules.change(house, acme.id, "adoption_days", "7")


@pytest.fixture
def browser(door: Door, acme: Acme) -> Browser:
    """A browser in which nobody was yet."""
    return Browser(door(), acme)


@pytest.fixture
def thief(door: Door, acme: Acme) -> Browser:
    """The browser of whoever brings what was never given to it."""
    return Browser(door(), acme)


async def wrote(browser: Browser, words: str = "Is my lamp on its way?") -> str:
    """A lead's conversation, in a session of its own."""
    assert (await browser.open()).status_code in (200, 201)
    started = await browser.start(words)
    assert started.status_code == 201, started.text
    conversation: str = started.json()["id"]
    return conversation


def later(browser: Browser, clock: Clock, **passed: float) -> None:
    """The chat closed by itself, and the session's cookie is gone with the day."""
    clock.forward(**passed)
    browser.new_page()
    browser.http.cookies.delete(COOKIE)


async def offered(browser: Script) -> list[str]:
    answer = await browser.call("GET", "/widget/v1/adoptable")
    assert answer.status_code == 200, answer.text
    return [item["conversation_id"] for item in answer.json()["items"]]


async def asked(browser: Script, person: Person) -> list[str]:
    """A person proves who they are here: the conversations that they are asked about."""
    await browser.open(person)
    return await offered(browser)


def ticket(browser: Browser) -> str | None:
    word = browser.http.cookies.get(TICKET)
    return word or None


# ── What it is for ───────────────────────────────────────────────────────────────────────────────────────────


async def test_ada_comes_back_days_later_is_asked_and_takes_what_she_wrote(
    browser: Browser, clock: Clock
) -> None:
    monday = await wrote(browser)
    later(browser, clock, days=1)
    tuesday = await wrote(browser, "And my kettle?")
    later(browser, clock, days=5)

    assert await asked(browser, ADA) == [monday, tuesday]
    assert await browser.listed() == []
    assert (await browser.read(monday)).status_code == 404, "on offer is not readable"
    taken = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": [monday]})
    assert [item["conversation_id"] for item in taken.json()["items"]] == [monday]
    assert (await browser.read(monday)).status_code == 200
    assert await offered(browser) == [], "what she did not take is left for good"
    assert (await browser.read(tuesday)).status_code == 404


async def test_what_she_took_by_mistake_goes_back_and_all_of_it_is_asked_again(
    browser: Browser, clock: Clock
) -> None:
    both = [await wrote(browser)]
    later(browser, clock, days=1)
    both.append(await wrote(browser, "And my kettle?"))
    later(browser, clock, days=1)
    await browser.open(ADA)
    taken = await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": both[:1]})
    (adopted,) = taken.json()["items"]
    assert (await browser.call("DELETE", f"/widget/v1/adoptions/{adopted['id']}")).status_code == 204
    assert await offered(browser) == both


async def test_the_question_follows_ada_to_her_next_page_for_a_day(browser: Browser, clock: Clock) -> None:
    conversation = await wrote(browser)
    later(browser, clock, days=2)
    await browser.open(ADA)
    later(browser, clock, hours=23)
    assert await asked(browser, ADA) == [conversation]
    later(browser, clock, hours=2)
    assert await asked(browser, ADA) == []


async def test_a_living_chat_and_the_ones_before_it_are_asked_about_together(
    browser: Browser, clock: Clock
) -> None:
    before = await wrote(browser)
    later(browser, clock, days=2)
    now = await wrote(browser, "And my kettle?")
    assert await asked(browser, ADA) == [before, now]


# ── When there is one ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.attack("A-82", without=doors.the_bounds_of_a_cookie)
async def test_a_browser_gets_it_with_a_leads_first_words_and_as_a_cookie_of_this_host_alone(
    browser: Browser,
) -> None:
    opened = await browser.open()
    assert TICKET not in opened.headers["set-cookie"]
    started = await browser.start("hello")
    (line,) = started.headers.get_list("set-cookie")
    word, *attributes = line.split("; ")
    assert word.startswith(f"{TICKET}=")
    assert attributes == ["Max-Age=604800", "Path=/", "Secure", "HttpOnly", "SameSite=None", "Partitioned"]
    assert Credential.parse(word.partition("=")[2]) is not None
    assert word.partition("=")[2] not in started.text


@pytest.mark.parametrize(("name", "word"), [("adoption_days", "0"), ("adopt", "never")])
async def test_a_workspace_that_asks_of_no_earlier_chat_gives_none(
    browser: Browser, house: House, acme: Acme, name: str, word: str
) -> None:
    await rules.change(house, acme.id, name, word)
    await wrote(browser)
    assert ticket(browser) is None


async def test_a_workspace_keeps_nothing_for_later_unless_it_says_so(
    owner_db: Connection, keyring: Keyring, clock: Clock, door: Door
) -> None:
    browser = Browser(door(), await add_acme(owner_db, keyring, clock, "Otto's"))
    await wrote(browser)
    assert ticket(browser) is None


async def test_who_has_proved_who_they_are_gets_none(browser: Browser) -> None:
    await browser.open(ADA)
    assert (await browser.start("hello")).status_code == 201
    assert ticket(browser) is None


async def test_a_browser_without_cookies_and_an_app_get_none(door: Door, acme: Acme) -> None:
    app, panel = Script(door(), acme), Browser(door(), acme)
    await app.open()
    await panel.open(carrier="storage")
    for one in (app, panel):
        started = await one.start("hello")
        assert started.status_code == 201
        assert "set-cookie" not in started.headers


async def test_no_secret_of_a_ticket_is_stored(browser: Browser, owner_db: Connection) -> None:
    await wrote(browser)
    held = Credential.parse(ticket(browser) or "")
    assert held is not None
    row = await owner_db.fetchrow("SELECT * FROM ticket WHERE id = $1", held.id)
    assert row is not None
    assert row["secret_hash"] == held.hash()
    assert bytes(held.secret) not in [value for value in row.values() if isinstance(value, bytes)]


# ── The first, and nobody after ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.attack("A-79", without=tickets.the_first_alone)
async def test_bob_after_ada_is_asked_nothing(browser: Browser, clock: Clock) -> None:
    conversation = await wrote(browser)
    later(browser, clock, days=2)
    assert await asked(browser, ADA) == [conversation], "there must have been something to ask"
    later(browser, clock, minutes=5)
    assert await asked(browser, BOB) == []
    assert (await browser.read(conversation)).status_code == 404
    later(browser, clock, minutes=5)
    assert await asked(browser, ADA) == [], "another identity was proved there: the offer is void"


async def test_what_was_written_after_ada_is_not_asked_with_hers(browser: Browser, clock: Clock) -> None:
    await wrote(browser)
    later(browser, clock, days=1)
    await browser.open(ADA)
    later(browser, clock, hours=1)
    bobs = await wrote(browser, "Bob is here.")
    later(browser, clock, days=1)
    assert await asked(browser, BOB) == [bobs]


async def test_a_workspace_that_asks_again_after_ada_was_there_asks_nobody_else(
    browser: Browser, house: House, acme: Acme, clock: Clock
) -> None:
    await wrote(browser)
    later(browser, clock, days=1)
    await rules.change(house, acme.id, "adopt", "never")
    assert await asked(browser, ADA) == []
    await rules.change(house, acme.id, "adopt", "ask")
    later(browser, clock, hours=1)
    assert await asked(browser, BOB) == []


# ── How it ends ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("days", "is_asked"), [(6.9, True), (7.1, False)])
async def test_it_lasts_as_long_as_the_workspace_says_after_the_words(
    browser: Browser, clock: Clock, days: float, is_asked: bool
) -> None:
    conversation = await wrote(browser)
    later(browser, clock, days=days)
    assert await asked(browser, ADA) == ([conversation] if is_asked else [])


@pytest.mark.parametrize(("word", "is_asked"), [("0", False), ("2", False), ("3", True), ("14", True)])
async def test_a_shorter_time_holds_at_once_for_what_is_kept_already(
    browser: Browser, house: House, acme: Acme, clock: Clock, word: str, is_asked: bool
) -> None:
    conversation = await wrote(browser)
    later(browser, clock, days=2, hours=12)
    await rules.change(house, acme.id, "adoption_days", word)
    assert await asked(browser, ADA) == ([conversation] if is_asked else [])


async def test_a_longer_time_holds_for_what_is_written_from_then_on(
    browser: Browser, house: House, acme: Acme, clock: Clock
) -> None:
    await wrote(browser)
    await rules.change(house, acme.id, "adoption_days", "14")
    later(browser, clock, days=8)
    assert await asked(browser, ADA) == []


async def ends_the_chat(browser: Browser) -> httpx.Response:
    return await browser.end()


async def signs_out_everywhere(browser: Browser) -> httpx.Response:
    return await browser.call("POST", "/widget/v1/session/sign-out-everywhere", {})


async def signs_out_this_device(browser: Browser) -> httpx.Response:
    devices = (await browser.call("GET", "/widget/v1/session/devices")).json()["items"]
    (here,) = [one["id"] for one in devices if one["this_one"]]
    return await browser.call("DELETE", f"/widget/v1/session/devices/{here}")


async def says_that_others_use_it(browser: Browser) -> httpx.Response:
    return await browser.call("POST", SHARED, {})


ENDS = [ends_the_chat, signs_out_everywhere, signs_out_this_device, says_that_others_use_it]


@pytest.mark.attack("A-76", without=tickets.the_end_of_a_ticket)
@pytest.mark.parametrize("leaves", ENDS)
async def test_who_leaves_leaves_no_ticket_in_the_browser_nor_one_that_was_copied(
    browser: Browser, clock: Clock, leaves: Callable[[Browser], Any]
) -> None:
    await wrote(browser)
    later(browser, clock, days=1)
    await wrote(browser, "And my kettle?")
    copied = ticket(browser)
    assert copied is not None
    answer = await leaves(browser)
    assert answer.status_code == 204
    assert any(line.startswith(f"{TICKET}=; Max-Age=0;") for line in answer.headers.get_list("set-cookie"))
    assert ticket(browser) is None

    later(browser, clock, hours=2)
    browser.http.cookies.set(TICKET, copied)
    assert await asked(browser, ADA) == []


async def test_ada_signs_out_and_what_she_was_asked_is_asked_of_nobody(
    browser: Browser, clock: Clock
) -> None:
    await wrote(browser)
    later(browser, clock, days=1)
    assert len(await asked(browser, ADA)) == 1
    assert (await browser.end()).status_code == 204
    assert ticket(browser) is None
    for person in (BOB, ADA):
        later(browser, clock, minutes=5)
        assert await asked(browser, person) == []


async def test_who_signs_out_of_the_site_when_the_chat_is_over_already_has_left_as_well(
    browser: Browser, clock: Clock
) -> None:
    await wrote(browser)
    later(browser, clock, days=1)
    assert (await browser.end()).status_code == 401
    assert await asked(browser, ADA) == []


async def test_on_a_shared_computer_the_chat_goes_on_and_nothing_of_it_is_kept(
    browser: Browser, clock: Clock
) -> None:
    conversation = await wrote(browser)
    assert (await says_that_others_use_it(browser)).status_code == 204
    assert (await browser.read(conversation)).status_code == 200
    started = await browser.start("one more thing")
    assert (started.status_code, "set-cookie" in started.headers) == (201, False)
    later(browser, clock, hours=2)
    assert await asked(browser, ADA) == []


async def test_who_says_so_before_they_write_is_heard(browser: Browser) -> None:
    await browser.open()
    assert (await says_that_others_use_it(browser)).status_code == 204
    assert (await browser.start("hello")).status_code == 201
    assert ticket(browser) is None


async def test_what_a_teammate_ended_is_asked_of_nobody(
    browser: Browser, clock: Clock, owner_db: Connection
) -> None:
    conversation = await wrote(browser)
    await owner_db.execute(
        """UPDATE session SET ended_at = $1, end_reason = 'teammate'
            WHERE id = (SELECT origin_session FROM conversation WHERE id::text = $2)""",
        clock(),
        conversation,
    )
    later(browser, clock, days=1)
    assert await asked(browser, ADA) == []


async def test_each_new_chat_brings_a_new_ticket_and_the_one_before_is_worth_nothing(
    browser: Browser, thief: Browser, clock: Clock
) -> None:
    monday = await wrote(browser)
    copied = ticket(browser)
    later(browser, clock, days=1)
    await wrote(browser, "And my kettle?")
    assert ticket(browser) not in (None, copied)
    later(browser, clock, days=1)
    thief.http.cookies.set(TICKET, copied or "")
    assert await asked(thief, MALLORY) == []
    assert monday in await asked(browser, ADA)


# ── What it does not open ────────────────────────────────────────────────────────────────────────────────────


def contact_routes() -> list[tuple[str, str]]:
    lines = [
        line for line in matrix.CONTACTS.splitlines() if line.startswith(("GET", "POST", "PATCH", "DELETE"))
    ]
    return [(line.split()[0], line.split()[1]) for line in lines]


@pytest.mark.attack("A-90", without=tickets.the_door_that_takes_sessions_alone)
async def test_a_ticket_opens_no_door_of_the_contacts_however_it_is_carried(
    browser: Browser, thief: Browser, door: Door, acme: Acme, clock: Clock
) -> None:
    conversation = await wrote(browser)
    word = ticket(browser)
    assert word is not None
    assert (await browser.read(conversation)).status_code == 200, "there is something to read"
    routes = contact_routes()
    assert len(routes) > 15, "the matrix names them all"
    nobody = Browser(door(), acme)
    for method, route in routes:
        path = route.replace("{conversation_id}", conversation).replace("{offered_id}", conversation)
        path = path.replace("{", "").replace("}", "")
        body: dict[str, str] | None = {} if method in ("POST", "PATCH") else None
        refused = await nobody.call(method, path, body)
        assert refused.status_code == 401
        if (method, route) == ("DELETE", "/widget/v1/session"):
            continue  # It opens nothing either, and ends the ticket: told above.
        for carried in ({"Cookie": f"{TICKET}={word}"}, {"Authorization": f"Bearer {word}"}):
            answer = await thief.call(method, path, body, headers=carried)
            assert (answer.status_code, answer.content) == (401, refused.content), (method, path)
    as_session = await thief.call("GET", "/widget/v1/conversations", headers={"Cookie": f"{COOKIE}={word}"})
    assert as_session.status_code == 401


@pytest.mark.attack("A-90", without=locks.the_secrets_comparison)
async def test_an_id_without_its_secret_is_no_ticket(browser: Browser, thief: Browser, clock: Clock) -> None:
    conversation = await wrote(browser)
    held = Credential.parse(ticket(browser) or "")
    assert held is not None
    later(browser, clock, days=1)
    guessed = Credential(held.workspace, held.id, Credential.parse("A" * 86).secret)  # type: ignore[union-attr]
    thief.http.cookies.set(TICKET, guessed.word())
    assert await asked(thief, MALLORY) == []
    assert (await thief.end()).status_code == 204
    assert await asked(browser, ADA) == [conversation], "and it neither used hers up nor ended it"


async def test_a_ticket_ends_no_living_chat_and_asks_nothing_of_it(browser: Browser, thief: Browser) -> None:
    conversation = await wrote(browser)
    thief.http.cookies.set(TICKET, ticket(browser) or "")
    assert await asked(thief, MALLORY) == []
    assert (await browser.read(conversation)).status_code == 200


async def test_another_site_cannot_bring_it(browser: Browser, acme: Acme, clock: Clock) -> None:
    conversation = await wrote(browser)
    later(browser, clock, days=1)
    app = Script(browser.http, acme)
    assert await asked(app, MALLORY) == [], "without an Origin there is no page, and no ticket"
    browser.origin = "https://evil.example"
    assert (await browser.open(MALLORY)).status_code == 403
    browser.origin = CHAT
    assert await asked(browser, ADA) == [conversation]


async def test_it_is_worth_nothing_in_another_workspace(
    browser: Browser, clock: Clock, owner_db: Connection, keyring: Keyring, house: House
) -> None:
    ottos = await add_acme(owner_db, keyring, clock, "Otto's")
    await rules.change(house, ottos.id, "adoption_days", "7")
    conversation = await wrote(browser)
    later(browser, clock, days=1)
    at_ottos = Browser(browser.http, ottos)
    assert await asked(at_ottos, ADA) == []
    at_ottos.new_page()
    assert await asked(browser, ADA) == [conversation]


async def test_a_retired_identity_takes_the_ticket_with_it(
    browser: Browser, clock: Clock, owner_db: Connection
) -> None:
    await wrote(browser)
    later(browser, clock, days=1)
    assert len(await asked(browser, ADA)) == 1
    await owner_db.execute(
        "UPDATE contact_identity SET retired_at = $1 WHERE subject = $2", clock(), ADA.subject
    )
    later(browser, clock, minutes=5)
    assert await asked(browser, ADA) == [], "whoever has this id now is somebody else"


@pytest.mark.attack("A-14", without=tickets.the_new_one_each_time)
async def test_the_locked_screen_is_the_same_with_a_ticket_without_one_and_with_a_made_up_one(
    door: Door, acme: Acme, clock: Clock
) -> None:
    used = Browser(door(), acme)
    await wrote(used)
    later(used, clock, days=1)
    held = ticket(used)
    assert held is not None
    made_up = Credential(acme.id, uuid4(), Credential.parse(held).secret).word()  # type: ignore[union-attr]
    seen = []
    for word in (None, held, made_up):
        visitor = Browser(door(), acme)
        if word is not None:
            visitor.http.cookies.set(TICKET, word)
        answers = [
            await visitor.call("GET", "/widget/v1/session"),
            await visitor.open(),
            await visitor.call("GET", "/widget/v1/session"),
            await visitor.call("GET", "/widget/v1/conversations"),
            await visitor.call("GET", "/widget/v1/adoptable"),
        ]
        started = await visitor.start("hello")
        assert len(started.headers.get_list("set-cookie")) == 1, "a new one, whatever was brought"
        seen.append([(answer.status_code, len(answer.content), answer.json()) for answer in answers])
        assert all(answer["items"] == [] for *_, answer in seen[-1][3:])
    assert seen[0] == seen[1] == seen[2]


# ── What is written down ─────────────────────────────────────────────────────────────────────────────────────


async def test_what_becomes_of_it_is_in_the_audit_log(
    browser: Browser, clock: Clock, owner_db: Connection
) -> None:
    await wrote(browser)
    later(browser, clock, days=1)
    await browser.open(ADA)
    later(browser, clock, minutes=5)
    await browser.open(BOB)
    rows = await owner_db.fetch("SELECT actor, reason FROM audit_event WHERE kind = 'ticket' ORDER BY at, id")
    assert [(row["actor"], row["reason"]) for row in rows] == [
        ("contact", "issued"),
        ("contact", "used"),
        ("contact", "another"),
    ]


async def test_no_promise_in_the_database_is_longer_than_two_weeks(
    browser: Browser, owner_db: Connection, clock: Clock
) -> None:
    await wrote(browser)
    row = await owner_db.fetchrow("SELECT until - written_at AS lasts FROM ticket_session")
    assert row is not None
    assert row["lasts"] == timedelta(days=7)


async def test_grace_is_told_that_her_answer_may_still_be_read_there(
    browser: Browser, house: House, acme: Acme, clock: Clock, owner_db: Connection
) -> None:
    conversation = UUID(await wrote(browser))
    session = await owner_db.fetchval("SELECT origin_session FROM conversation WHERE id = $1", conversation)
    later(browser, clock, days=1)

    async def may_be_read() -> bool:
        async with house.pools.team.within(acme.id) as db:
            return await team_store.has_ticket(db, acme.id, session, clock())

    assert await may_be_read()
    await rules.change(house, acme.id, "adoption_days", "1")
    assert not await may_be_read(), "a day has passed"
    await rules.change(house, acme.id, "adoption_days", "7")
    assert await may_be_read()
    await browser.open(ADA)
    await browser.call("POST", "/widget/v1/adoptions", {"conversation_ids": []})
    assert not await may_be_read()
