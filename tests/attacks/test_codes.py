"""One-time codes: they go to one mailbox, are good in one browser, and can't be guessed."""

import asyncio
import re
from collections.abc import Callable

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.mail.outbox import Outbox
from tests.attacks import proving
from tests.cast import ADA
from tests.doors import Acme, Script
from tests.proofs.test_mailbox import PROOFS, ask, give, mailed
from tests.web.test_limiter import Seconds

Door = Callable[[], httpx.AsyncClient]
GHOST = "ghost@example.com"


async def asked(door: Door, acme: Acme, address: str = ADA.email) -> Script:
    """Somebody who asked for a code to this address."""
    person = Script(door(), acme)
    await person.open()
    assert (await ask(person, address)).status_code == 202
    return person


@pytest.mark.attack("A-59", without=proving.the_count_of_tries)
async def test_guesses_at_the_same_instant_are_each_counted(
    door: Door, coded: Acme, outbox: Outbox, owner_db: Connection
) -> None:
    mallory = await asked(door, coded)
    code = mailed(outbox)
    guesses = [f"{(int(code) + n) % 1_000_000:06}" for n in range(1, 25)]

    answers = await asyncio.gather(*(give(mallory, guess) for guess in guesses))

    assert {answer.status_code for answer in answers} == {401}
    assert (await give(mallory, code)).status_code == 401, "the right one comes too late"
    assert await owner_db.fetchval("SELECT tries FROM mailbox_code") == 3


@pytest.mark.attack("A-60")
async def test_a_code_that_is_given_many_times_at_once_opens_one_session(
    door: Door, coded: Acme, outbox: Outbox, owner_db: Connection
) -> None:
    person = await asked(door, coded)
    code, lead = mailed(outbox), person.secret
    tabs = [Script(person.http, coded, lead) for _ in range(12)]

    answers = await asyncio.gather(*(give(tab, code) for tab in tabs))

    assert sorted(answer.status_code for answer in answers)[:2] == [201, 401]
    assert await owner_db.fetchval("SELECT count(*) FROM session WHERE identity_id IS NOT NULL") == 1


@pytest.mark.attack("A-61", "A-62")
async def test_only_the_newest_code_of_who_asked_is_ever_tried(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    stranger = Script(door(), coded)
    await stranger.open()
    assert {(await give(stranger, f"{n:06}")).status_code for n in range(8)} == {401}, "who never asked"

    person = await asked(door, coded)
    for _ in range(4):
        await ask(person, ADA.email.upper())
    newest = mailed(outbox)
    old = {letter.text[:6] for letter in outbox.letters} - {newest}
    assert {(await give(person, code)).status_code for code in [*old][:2]} == {401}
    assert (await give(person, newest)).status_code == 201


NOT_ONE_ADDRESS = (
    f"{ADA.email}, mallory@example.net",
    f"{ADA.email}\nBcc: mallory@example.net",
    f"{ADA.email}\r\nBcc: mallory@example.net",
    "\u0430da@example.com",
    "ada@ex\u0430mple.com",
    "ad\uff41@example.com",
    "=?utf-8?q?ada=40example.com?=",
    '"mallory@example.net"@example.com',
    "ada(mallory@example.net)@example.com",
    "Ada <mallory@example.net>",
    "friends: ada@example.com, mallory@example.net;",
)


@pytest.mark.attack("A-64", without=proving.the_one_address_of_a_letter)
async def test_what_is_not_one_address_gets_no_letter(door: Door, coded: Acme, outbox: Outbox) -> None:
    for typed in NOT_ONE_ADDRESS:
        mallory = Script(door(), coded)
        await mallory.open()

        assert (await ask(mallory, typed)).status_code == 422, typed
        assert not outbox.letters, typed


@pytest.mark.attack("A-64")
async def test_a_letter_goes_to_the_very_address_that_it_proves(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    person = await asked(door, coded, " ADA@Example.com ")

    assert [letter.to for letter in outbox.letters] == [ADA.email]
    assert (await give(person, mailed(outbox))).json()["contact"]["name"] == ADA.email


@pytest.mark.attack("A-65", "A-67", without=proving.the_fixed_words_of_a_letter)
async def test_a_letter_says_the_same_whoever_asks_for_it_from_wherever(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    await asked(door, coded)
    evil = "evil.example"
    headers = {
        "Host": evil,
        "X-Forwarded-Host": evil,
        "Forwarded": f"host={evil}",
        "Referer": f"https://{evil}/",
    }
    mallory = Script(door(), coded)
    await mallory.open(page=f"https://{evil}/sign-in", claims={"name": f"https://{evil}"})
    await mallory.call("POST", PROOFS, {"kind": "code", "email": ADA.email}, headers=headers)

    forged, plain = outbox.letters
    assert (forged.to, forged.subject) == (plain.to, plain.subject)
    assert forged.text.partition("\n")[2] == plain.text.partition("\n")[2]
    assert "://" not in forged.text, "nothing in it can be clicked, by a person or by a scanner"
    assert evil not in forged.text


@pytest.mark.attack("A-66", "A-71", without=proving.the_comparison_of_codes)
async def test_a_code_that_ada_asked_for_proves_nobody_in_another_browser_or_workspace(
    door: Door, coded: Acme, elsewhere: Acme, outbox: Outbox, owner_db: Connection
) -> None:
    await owner_db.execute("UPDATE workspace SET codes = true, history_from = 'mailbox'")
    mallory, ottos = await asked(door, coded), await asked(door, elsewhere)
    ada = await asked(door, coded)
    code = mailed(outbox)

    assert (await give(mallory, code)).status_code == 401
    assert (await give(ottos, code)).status_code == 401
    assert (await give(ada, code)).status_code == 201
    assert (await mallory.state()).json()["contact"]["assurance"] == "claimed", "Ada's click proved Ada alone"


@pytest.mark.attack("A-70", "A-240", without=proving.the_silence_of_a_mailboxs_limit)
async def test_the_limit_of_letters_to_ada_shows_to_nobody(
    door: Door, coded: Acme, outbox: Outbox, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The same wait is told to the second: no second may pass here.
    monkeypatch.setattr(house.limiter, "_clock", Seconds())
    for _ in range(5):
        await asked(door, coded)
    assert len(outbox.letters) == 5, "needs an address that gets no more letters"
    answers = []
    for address in (ADA.email, GHOST):
        mallory = Script(door(), coded)
        await mallory.open()
        tries = [await ask(mallory, address) for _ in range(6)]
        answers.append([(each.status_code, [*each.headers.items()], each.content) for each in tries])

    assert answers[0] == answers[1]
    assert [status for status, _, _ in answers[0]] == [202] * 5 + [429]


@pytest.mark.attack("A-68")
async def test_the_page_of_the_set_up_link_tells_its_word_to_nobody(door: Door) -> None:
    page = await door().get("/setup")

    assert page.headers["referrer-policy"] == "no-referrer"
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    assert not re.search(r'(?:src|href)="(?!/|data:)', page.text), "everything that it loads is its own"
