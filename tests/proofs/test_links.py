"""Two identities that are one person: because one signed token names both, or because their person says so."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest

from privity.db.pool import Connection
from privity.mail.outbox import Outbox
from tests.attacks import identities
from tests.cast import ADA, BOB, MALLORY, Person
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.proofs.test_mailbox import ask, coded, give, mailed, proved

__all__ = ["coded"]

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]
LINKS = "/widget/v1/links"
ADAS_MAILBOX = f"mailbox:{ADA.email}"


async def with_history(script: Script, words: str) -> str:
    started = await script.start(words)
    assert started.status_code == 201, started.text
    conversation: str = started.json()["id"]
    return conversation


async def rises(mailed_to: Script, person: Person, *same_as: str) -> httpx.Response:
    """The site names somebody in the very browser in which a mailbox is proved."""
    token = mailed_to.acme.token(person, same_as=same_as)
    return await mailed_to.open(identity_token=token)


async def linked_by_token(door: Door, acme: Acme, outbox: Outbox) -> tuple[Script, str, str]:
    """Ada with what she wrote as a mailbox and as a user of the shop, one person by the shop's word."""
    ada = await proved(door, acme, outbox, ADA.email)
    from_mailbox = await with_history(ada, "from my mailbox")
    assert (await rises(ada, ADA, ADAS_MAILBOX)).status_code == 201
    from_shop = await with_history(ada, "from the shop")
    return ada, from_mailbox, from_shop


async def listed(script: Script) -> set[str]:
    return {item["id"] for item in await script.listed()}


@pytest.mark.attack("A-89")
async def test_a_token_that_names_the_mailbox_proved_in_this_browser_makes_them_one_person(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    ada, from_mailbox, from_shop = await linked_by_token(door, coded, outbox)
    assert await listed(ada) == {from_mailbox, from_shop}
    assert (await ada.read(from_mailbox)).status_code == 200
    assert (await ada.send(from_mailbox, "and one more thing")).status_code == 201
    by_mailbox = await proved(door, coded, outbox, ADA.email)
    assert await listed(by_mailbox) == {from_mailbox, from_shop}
    (link,) = (await ada.call("GET", LINKS)).json()["items"]
    assert (link["account"], link["how"]) == (ADA.email, "token")


async def test_the_session_that_proved_the_mailbox_is_closed_by_the_token(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    ada = await proved(door, coded, outbox, ADA.email)
    before = ada.secret
    await rises(ada, ADA, ADAS_MAILBOX)
    ada.secret = before
    assert (await ada.state()).status_code == 401


@pytest.mark.attack("A-46", without=identities.the_proof_of_each_who_is_named)
async def test_a_token_that_names_a_mailbox_nobody_has_proved_here_links_nothing(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    elsewhere = await proved(door, coded, outbox, ADA.email)
    from_mailbox = await with_history(elsewhere, "from my mailbox")
    assert (await elsewhere.state()).status_code == 200, "proved and living, in another browser"
    for carried in (None, Script(door(), coded)):
        mallory = carried or Script(door(), coded)
        if carried is not None:
            await mallory.open(claims={"email": ADA.email})
        await mallory.open(identity_token=coded.token(MALLORY, same_as=[ADAS_MAILBOX]))
        assert await mallory.listed() == []
        assert (await mallory.read(from_mailbox)).status_code == 404
        assert (await mallory.call("GET", LINKS)).json() == {"items": []}


async def test_a_token_that_names_somebody_elses_mailbox_is_another_identity(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    bob = await proved(door, coded, outbox, BOB.email)
    for same_as in ((), (ADAS_MAILBOX,), (BOB.email,), (f"site:{BOB.email}",)):
        answer = await rises(bob, ADA, *same_as)
        assert (answer.status_code, answer.json()["code"]) == (409, "identity_changed")
    assert (await bob.state()).json()["contact"]["name"] == BOB.email


async def test_who_only_tries_out_is_linked_with_nobody(door: Door, coded: Acme, outbox: Outbox) -> None:
    ada = await proved(door, coded, outbox, ADA.email)
    answer = await rises(ada, replace(ADA, subject="test:ada"), ADAS_MAILBOX)
    assert (answer.status_code, answer.json()["code"]) == (409, "identity_changed")


async def test_a_mailbox_opens_through_a_link_no_more_than_the_workspace_lets_it(
    door: Door, coded: Acme, outbox: Outbox, owner_db: Connection
) -> None:
    ada, from_mailbox, from_shop = await linked_by_token(door, coded, outbox)
    await owner_db.execute("UPDATE workspace SET history_from = 'signed' WHERE id = $1", coded.id)
    assert await listed(ada) == {from_mailbox, from_shop}
    by_mailbox = await proved(door, coded, outbox, ADA.email)
    assert await by_mailbox.listed() == []
    assert (await by_mailbox.read(from_shop)).status_code == 404


async def test_a_link_reaches_no_further_than_the_two(door: Door, coded: Acme, outbox: Outbox) -> None:
    ada, from_mailbox, _ = await linked_by_token(door, coded, outbox)
    work = Person("Ada at work", ADA.email, "u-ada-at-work")
    assert (
        await ada.open(identity_token=coded.token(work, same_as=[f"site:{ADA.subject}"]))
    ).status_code == 201
    assert (await ada.call("GET", LINKS)).json()["items"][0]["account"] == ADA.name, (
        "linked with the shop's Ada"
    )
    assert (await ada.read(from_mailbox)).status_code == 404


@pytest.mark.attack("A-22")
async def test_a_link_falls_when_the_site_names_another_address(
    door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    ada, from_mailbox, from_shop = await linked_by_token(door, coded, outbox)
    by_mailbox = await proved(door, coded, outbox, ADA.email)
    clock.forward(seconds=5)
    moved = replace(ADA, email="ada@elsewhere.example")
    assert (await Script(door(), coded).open(moved)).status_code == 201
    assert await listed(ada) == {from_shop}
    assert (await ada.read(from_mailbox)).status_code == 404
    assert await listed(by_mailbox) == {from_mailbox}
    assert (await by_mailbox.send(from_shop, "still mine?")).status_code == 404


async def test_an_older_token_that_comes_later_ends_no_link(
    door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    older = coded.token(replace(ADA, email="ada@elsewhere.example"))
    clock.forward(seconds=5)
    ada, from_mailbox, _ = await linked_by_token(door, coded, outbox)
    assert (await Script(door(), coded).open(identity_token=older)).status_code == 201
    assert (await ada.read(from_mailbox)).status_code == 200


@pytest.mark.attack("A-22")
async def test_a_link_falls_when_the_site_says_that_the_address_is_somebody_elses(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    ada, from_mailbox, _ = await linked_by_token(door, coded, outbox)
    heir = Person("Ada the younger", ADA.email, "u-heir")
    unsure = Script(door(), coded)
    await unsure.open(identity_token=coded.token(heir, email_verified=False))
    assert (await ada.read(from_mailbox)).status_code == 200, (
        "an address that nobody checked takes nothing away"
    )
    assert (await Script(door(), coded).open(heir)).status_code == 201
    assert (await ada.read(from_mailbox)).status_code == 404


# ── By the person ──────────────────────────────────────────────────────────────────────────────────────────────


async def asked_to_link(door: Door, acme: Acme, outbox: Outbox) -> tuple[Script, str, httpx.Response]:
    """Ada, signed in at the shop, proves the mailbox in which she wrote before there was a login."""
    from_mailbox = await with_history(await proved(door, acme, outbox, ADA.email), "before the login")
    ada = Script(door(), acme)
    await ada.open(ADA)
    assert (await ask(ada, ADA.email)).status_code == 202
    return ada, from_mailbox, await give(ada, mailed(outbox))


async def test_ada_is_asked_what_becomes_readable_and_until_she_says_yes_nothing_is(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    ada, from_mailbox, question = await asked_to_link(door, coded, outbox)
    assert question.status_code == 200
    assert question.json() == {"account": ADA.email, "into": ADA.name, "conversations": 1}
    assert await ada.listed() == []
    assert (await ada.read(from_mailbox)).status_code == 404
    yes = await ada.call("POST", LINKS, {"account": ADA.email})
    assert yes.status_code == 200, yes.text
    assert [link["how"] for link in yes.json()["items"]] == ["person"]
    assert await listed(ada) == {from_mailbox}
    again = await ada.call("POST", LINKS, {"account": ADA.email})
    assert again.json() == yes.json()


async def test_ada_takes_her_yes_back(door: Door, coded: Acme, outbox: Outbox) -> None:
    ada, from_mailbox, _ = await asked_to_link(door, coded, outbox)
    (link,) = (await ada.call("POST", LINKS, {"account": ADA.email})).json()["items"]
    bob = Script(door(), coded)
    await bob.open(BOB)
    foreign = await bob.call("DELETE", f"{LINKS}/{link['id']}")
    made_up = await bob.call("DELETE", f"{LINKS}/{uuid4()}")
    assert (foreign.status_code, foreign.content) == (404, made_up.content)
    assert (await ada.call("DELETE", f"{LINKS}/{link['id']}")).status_code == 204
    assert (await ada.read(from_mailbox)).status_code == 404
    assert (await ada.call("DELETE", f"{LINKS}/{link['id']}")).status_code == 404


@pytest.mark.parametrize("account", [BOB.email, "nobody@example.com", ADA.email.upper()])
async def test_a_yes_to_what_was_not_proved_here_links_nothing(
    door: Door, coded: Acme, outbox: Outbox, account: str
) -> None:
    ada, _, _ = await asked_to_link(door, coded, outbox)
    answer = await ada.call("POST", LINKS, {"account": account})
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_asked")


async def test_a_yes_comes_within_ten_minutes_or_not_at_all(
    door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    ada, _, _ = await asked_to_link(door, coded, outbox)
    for _ in range(12):
        clock.forward(seconds=51)
        renewed = {"kind": "token", "identity_token": coded.token(ADA)}
        assert (await ada.call("POST", "/widget/v1/session/proofs", renewed)).status_code == 200
    assert (await ada.call("POST", LINKS, {"account": ADA.email})).status_code == 409


async def test_a_code_that_was_only_mailed_proves_nothing_to_say_yes_to(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    from_mailbox = await with_history(await proved(door, coded, outbox, ADA.email), "before the login")
    mallory = Script(door(), coded)
    await mallory.open(MALLORY)
    await ask(mallory, ADA.email)
    assert (await give(mallory, "000000")).status_code == 401
    assert (await mallory.call("POST", LINKS, {"account": ADA.email})).status_code == 409
    assert (await mallory.read(from_mailbox)).status_code == 404


async def test_where_a_mailbox_opens_no_history_by_itself_a_yes_does_not_open_it_either(
    door: Door, coded: Acme, outbox: Outbox, owner_db: Connection
) -> None:
    await owner_db.execute("UPDATE workspace SET history_from = 'signed' WHERE id = $1", coded.id)
    ada, from_mailbox, answer = await asked_to_link(door, coded, outbox)
    assert (answer.status_code, answer.json()["code"]) == (409, "identity_changed")
    assert (await ada.call("POST", LINKS, {"account": ADA.email})).status_code == 409
    assert (await ada.read(from_mailbox)).status_code == 404


async def test_nobody_is_linked_with_a_mailbox_against_the_sites_word(
    door: Door, coded: Acme, outbox: Outbox
) -> None:
    """A link that the very next token would end is not made."""
    mallory = Script(door(), coded)
    await mallory.open(MALLORY)
    await ask(mallory, ADA.email)
    assert (await give(mallory, mailed(outbox))).status_code == 200
    answer = await mallory.call("POST", LINKS, {"account": ADA.email})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_linked")


async def test_a_lead_has_nothing_to_link(door: Door, coded: Acme) -> None:
    lead = Script(door(), coded)
    await lead.open(claims={"email": ADA.email})
    assert (await lead.call("GET", LINKS)).json() == {"items": []}
    assert (await lead.call("POST", LINKS, {"account": ADA.email})).status_code == 409


async def test_signing_out_everywhere_reaches_whoever_is_the_same_person(
    door: Door, coded: Acme, outbox: Outbox, clock: Clock
) -> None:
    ada, _, _ = await linked_by_token(door, coded, outbox)
    by_mailbox, bob = await proved(door, coded, outbox, ADA.email), Script(door(), coded)
    await bob.open(BOB)
    clock.forward(seconds=2)
    assert (await ada.call("POST", "/widget/v1/session/sign-out-everywhere")).status_code == 204
    assert [(await one.state()).status_code for one in (ada, by_mailbox, bob)] == [401, 401, 200]


async def test_every_link_and_its_end_is_recorded(
    door: Door, coded: Acme, outbox: Outbox, owner_db: Connection, clock: Clock
) -> None:
    await linked_by_token(door, coded, outbox)
    clock.forward(seconds=5)
    await Script(door(), coded).open(replace(ADA, email="ada@elsewhere.example"))
    rows = await owner_db.fetch(
        "SELECT kind, reason FROM audit_event WHERE kind IN ('link', 'link_end') ORDER BY id"
    )
    assert [tuple(row) for row in rows] == [("link", None), ("link_end", "renamed")]
