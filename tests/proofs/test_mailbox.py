"""A code proves a mailbox: to whoever reads it there, in the browser that asked, and to nobody else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import pytest

from privity.chance import Chance
from privity.db.pool import Connection
from privity.house import House
from privity.mail.outbox import Outbox
from tests.attacks import proving
from tests.cast import ADA, BOB
from tests.clock import Clock
from tests.doors import Acme, Browser, Script
from tests.web.test_limiter import Seconds

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]
PROOFS = "/widget/v1/session/proofs"


@pytest.fixture
async def coded(acme: Acme, owner_db: Connection) -> Acme:
    """A workspace without a login of its own: it mails codes, and a proved mailbox opens history."""
    await owner_db.execute(
        "UPDATE workspace SET codes = true, history_from = 'mailbox' WHERE id = $1", acme.id
    )
    return acme


async def ask(person: Script, email: str) -> httpx.Response:
    return await person.call("POST", PROOFS, {"kind": "code", "email": email})


async def give(person: Script, code: str) -> httpx.Response:
    answer = await person.call("POST", PROOFS, {"kind": "code", "code": code})
    if answer.status_code == 201:
        person.secret = answer.json()["session"].get("token", person.secret)
    return answer


def mailed(outbox: Outbox) -> str:
    """The code in the newest letter."""
    return outbox.letters[0].text.split("\n", 1)[0]


async def proved(door: Door, acme: Acme, outbox: Outbox, email: str) -> Script:
    person = Script(door(), acme)
    await person.open()
    assert (await ask(person, email)).status_code == 202
    assert (await give(person, mailed(outbox))).status_code == 201
    return person


async def test_who_reads_the_code_is_a_user_with_their_history(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    here = await proved(door, coded, outbox, ADA.email)
    state = (await here.state()).json()
    assert state["contact"] == {"kind": "user", "assurance": "mailbox", "name": ADA.email}
    assert state["history"] == "open"
    started = (await here.start("from my mailbox")).json()
    there = await proved(door, coded, outbox, "Ada@Example.com")
    assert [item["id"] for item in await there.listed()] == [started["id"]]


async def test_a_code_opens_nothing_where_the_workspace_asks_for_more(
    door: Door, coded: Acme, outbox: Outbox, owner_db: Connection
) -> None:
    here = await proved(door, coded, outbox, ADA.email)
    started = (await here.start("from my mailbox")).json()
    await owner_db.execute("UPDATE workspace SET history_from = 'signed' WHERE id = $1", coded.id)
    there = await proved(door, coded, outbox, ADA.email)
    assert (await there.state()).json()["history"] == "locked"
    assert await there.listed() == []
    assert (await there.read(started["id"])).status_code == 404


@pytest.mark.attack("A-22", "A-53", without=proving.one_identity_for_each_subject)
async def test_a_proved_mailbox_is_not_the_sites_user_of_the_same_address(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    ada = Script(door(), coded)
    await ada.open(ADA)
    started = (await ada.start("as the site's user")).json()
    by_mail = await proved(door, coded, outbox, ADA.email)
    assert await by_mail.listed() == []
    assert (await by_mail.read(started["id"])).status_code == 404


@pytest.mark.attack("A-14", "A-235", "A-239")
async def test_every_address_gets_the_same_answer(door: Door, coded: Acme, outbox: Outbox) -> None:
    await proved(door, coded, outbox, ADA.email)
    answers = []
    for address in (ADA.email, "nobody@example.org"):
        person = Script(door(), coded)
        await person.open()
        answers.append(await ask(person, address))
    known, unknown = answers
    assert known.status_code == 202
    assert known.content == unknown.content
    assert [*known.headers.items()] == [*unknown.headers.items()]


@pytest.mark.attack("A-66", "A-254")
async def test_the_code_is_good_in_no_other_browser(door: Door, coded: Acme, outbox: Outbox) -> None:
    ada, mallory = Script(door(), coded), Script(door(), coded)
    await ada.open()
    await mallory.open()
    await ask(mallory, "mallory@example.net")
    await ask(ada, ADA.email)
    code = mailed(outbox)
    assert (await give(mallory, code)).status_code == 401
    assert (await give(ada, code)).status_code == 201


@pytest.mark.attack("A-58", without=proving.the_count_of_tries)
async def test_three_tries_and_the_code_is_void(door: Door, coded: Acme, outbox: Outbox) -> None:
    person = Script(door(), coded)
    await person.open()
    await ask(person, ADA.email)
    code = mailed(outbox)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    answers = [await give(person, wrong) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {401}
    assert (await give(person, code)).status_code == 401, "the right one comes too late"


@pytest.mark.attack("A-58", "A-248", without=proving.the_void_of_a_code_that_was_not_mailed)
async def test_many_who_ask_all_day_may_guess_at_twenty_codes_of_a_mailbox_and_no_more(
    door: Door, coded: Acme, outbox: Outbox, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = Seconds()
    monkeypatch.setattr(house.limiter, "_clock", seconds)
    monkeypatch.setattr(Chance, "below", lambda *_: int(proving.ALWAYS_DRAWN))
    let_in, mailed_to_her = 0, []
    for _ in range(24):
        for _ in range(7):
            mallory = Script(door(), coded)
            await mallory.open()
            assert (await ask(mallory, ADA.email)).status_code == 202
            mailed_to_her.append(len(outbox.letters))
            let_in += (await give(mallory, proving.ALWAYS_DRAWN)).status_code == 201
        seconds.now += 3_600

    assert mailed_to_her[:7] == [1, 2, 3, 4, 5, 5, 5], "five an hour"
    assert let_in == len(outbox.letters) == 20, (
        "a right guess lets in where a letter was sent, and nowhere else"
    )


@pytest.mark.attack("A-58", without=proving.the_count_of_wrong_codes)
async def test_one_network_guesses_at_sixty_codes_a_day_whatever_mailbox_they_are_of(
    door: Door, coded: Acme
) -> None:
    statuses = []
    for number in range(21):
        mallory = Script(door(), coded)
        await mallory.open()
        await ask(mallory, f"somebody{number}@example.com")
        statuses += [(await give(mallory, "000000")).status_code for _ in range(3)]

    assert statuses == [401] * 60 + [429] * 3


@pytest.mark.attack("A-60")
async def test_a_code_is_used_once(door: Door, coded: Acme, outbox: Outbox) -> None:
    person = Script(door(), coded)
    await person.open()
    lead = person.secret
    await ask(person, ADA.email)
    code = mailed(outbox)
    assert (await give(person, code)).status_code == 201
    person.secret = lead
    assert (await give(person, code)).status_code == 401


@pytest.mark.attack("A-62")
async def test_a_code_is_void_after_ten_minutes_and_when_a_newer_one_is_sent(
    door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    person = Script(door(), coded)
    await person.open()
    await ask(person, ADA.email)
    old = mailed(outbox)
    await ask(person, ADA.email)
    newer = mailed(outbox)
    assert old != newer, "one in a million: run it again"
    assert (await give(person, old)).status_code == 401
    clock.forward(minutes=10)
    assert (await give(person, newer)).status_code == 401


@pytest.mark.attack("A-74", without=proving.the_code_in_the_body_alone)
async def test_the_code_is_not_in_the_subject_nor_in_any_answer(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    person = Script(door(), coded)
    await person.open()
    answer = await ask(person, ADA.email)
    code = mailed(outbox)
    assert len(code) == 6
    assert code.isdecimal()
    assert code not in outbox.letters[0].subject
    assert code not in answer.text


@pytest.mark.attack("A-240", "A-248")
async def test_one_mailbox_is_not_flooded_and_nobody_learns_of_it(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    answers = []
    for _ in range(8):
        person = Script(door(), coded)
        await person.open()
        answers.append(await ask(person, BOB.email))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert len(outbox.letters) == 5


async def test_a_session_asks_for_five_codes_an_hour(door: Door, coded: Acme, outbox: Outbox) -> None:
    person = Script(door(), coded)
    await person.open()
    statuses = [(await ask(person, f"a{number}@example.com")).status_code for number in range(6)]
    assert statuses == [202] * 5 + [429]


async def test_a_mailboxs_session_lives_twelve_hours_at_most(
    door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    person = await proved(door, coded, outbox, ADA.email)
    for _ in range(35):
        clock.forward(minutes=20)
        assert (await person.state()).status_code == 200
    clock.forward(minutes=20)
    assert (await person.state()).status_code == 401


async def test_a_browser_keeps_a_mailboxs_session_in_its_cookie(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    person = Browser(door(), coded)
    await person.open()
    await ask(person, ADA.email)
    answer = await give(person, mailed(outbox))
    assert "token" not in answer.json()["session"]
    person.new_page()
    assert (await person.state()).json()["contact"]["assurance"] == "mailbox"


async def test_a_browser_that_keeps_no_cookie_gets_a_mailboxs_session_as_it_carried_the_leads(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    person = Browser(door(), coded)
    await person.open(carrier="storage")
    await ask(person, ADA.email)
    answer = await give(person, mailed(outbox))
    assert answer.status_code == 201
    assert answer.json()["session"]["token"]
    assert "set-cookie" not in answer.headers


async def test_what_was_written_before_the_code_is_on_offer(door: Door, coded: Acme, outbox: Outbox) -> None:
    person = Browser(door(), coded)
    await person.open()
    conversation = (await person.start("hello")).json()["id"]
    await ask(person, ADA.email)
    assert (await give(person, mailed(outbox))).status_code == 201
    offer = (await person.call("GET", "/widget/v1/adoptable")).json()
    assert [item["conversation_id"] for item in offer["items"]] == [conversation]


async def test_a_site_that_signs_in_somebody_is_another_identity(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    person = await proved(door, coded, outbox, ADA.email)
    answer = await person.open(ADA)
    assert (answer.status_code, answer.json()["code"]) == (409, "identity_changed")


async def test_a_workspace_that_mails_no_codes_says_so_alike_for_everybody(door: Door, acme: Acme) -> None:
    person = Script(door(), acme)
    await person.open()
    answers = [await ask(person, address) for address in (ADA.email, "nobody@example.org")]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].content == answers[1].content


@pytest.mark.attack("A-04")
@pytest.mark.parametrize(
    "body",
    [
        {"kind": "code"},
        {"kind": "code", "email": ADA.email, "code": "123456"},
        {"kind": "code", "code": "12345"},
        {"kind": "code", "code": "\uff11\uff12\uff13\uff14\uff15\uff16"},
        {"kind": "token", "email": ADA.email},
        {"kind": "token"},
        {"kind": "magic", "code": "123456"},
    ],
)
async def test_half_a_proof_is_refused(door: Door, coded: Acme, body: dict[str, str]) -> None:
    person = Script(door(), coded)
    await person.open()
    answer = await person.call("POST", PROOFS, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_valid")


async def test_codes_renew_a_session_for_no_longer_than_a_day_after_its_start(
    door: Door, coded: Acme, outbox: Outbox, owner_db: Connection, clock: Clock
) -> None:
    await owner_db.execute("UPDATE workspace SET idle = '24 hours'")
    ada = await proved(door, coded, outbox, ADA.email)
    begun = clock()
    for expires_after in (23, 24):
        clock.forward(hours=11)
        await ask(ada, ADA.email)
        renewed = await give(ada, mailed(outbox))
        assert renewed.status_code == 200, renewed.text
        due = begun + timedelta(hours=expires_after)
        assert datetime.fromisoformat(renewed.json()["session"]["expires_at"]) == due
        assert (await ada.state()).json()["session"] == renewed.json()["session"]
    clock.forward(hours=2)
    assert (await ada.state()).status_code == 401
