"""What would somebody see if one fact were another? The judge that their requests meet is asked again."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.mail.outbox import Outbox
from privity.policy.remedies import sentence
from privity.vouching import keys
from privity.workspaces import rules
from tests.cast import ADA, BOB, VERA
from tests.clock import Clock
from tests.doors import Acme, Browser, Script
from tests.team.conftest import NewClient, give_account, seated
from tests.team.desk import Desk
from tests.team.test_why import a_users_conversation, contact_of, mallorys

NewContact = Callable[[], Script]


async def supposed(grace: Desk, conversation: str) -> dict[str, Any]:
    answer = await grace.get(f"/contacts/{await contact_of(grace, conversation)}/access")
    return {one["suppose"]: one for one in answer["suppositions"]}


def rows(one: dict[str, Any]) -> list[tuple[str, bool, int]]:
    return [(row["reason"], row["allowed"], row["count"]) for row in one["reasons"]]


async def test_a_token_would_put_what_mallory_wrote_on_offer_and_open_nothing_of_adas(
    grace: Desk, new_contact: NewContact
) -> None:
    adas = await a_users_conversation(new_contact())
    claimed = await mallorys(new_contact())

    suppositions = await supposed(grace, claimed)

    assert rows(suppositions["token"]) == [("on_offer", False, 1)]
    assert suppositions["token"]["sees"] == 0
    assert adas not in str(suppositions)
    assert suppositions["still_open"]["possible"] is False, "it is open"


@pytest.mark.parametrize(
    ("days", "said", "title"),
    [
        ("7", ("on_offer", False, 1), "If the page gave a good token in the browser that they wrote in"),
        ("0", ("never_proved", False, 1), "If the page gave a good token"),
    ],
    ids=["a ticket stands", "the workspace gives no tickets"],
)
async def test_a_token_would_put_what_was_written_before_on_offer_where_the_browser_holds_a_ticket(
    house: House,
    acme: Acme,
    grace: Desk,
    door: Callable[[], httpx.AsyncClient],
    clock: Clock,
    days: str,
    said: tuple[str, bool, int],
    title: str,
) -> None:
    await rules.change(house, acme.id, "adoption_days", days)
    browser = Browser(door(), acme)
    await browser.open()
    conversation = (await browser.start("Is my lamp on its way?")).json()["id"]
    clock.forward(hours=1)

    suppositions = await supposed(grace, conversation)

    assert rows(suppositions["token"]) == [said]
    assert suppositions["token"]["title"] == title
    assert rows(suppositions["still_open"]) == [("live", True, 1)], "it is over"


async def test_ada_who_is_away_would_see_her_past_with_a_good_token(
    grace: Desk, new_contact: NewContact, clock: Clock
) -> None:
    ada = new_contact()
    adas = await a_users_conversation(ada)
    await ada.start("And my invoice?")
    clock.forward(hours=1)

    suppositions = await supposed(grace, adas)

    assert rows(suppositions["token"]) == [("owner", True, 2)]
    assert suppositions["token"]["sentence"] == "They would see all 2 of their own."
    assert suppositions["token"]["reasons"][0]["sentence"] == sentence("owner")
    assert rows(suppositions["still_open"]) == [("live", True, 2)]
    assert rows(suppositions["mailbox_opens"]) == [("proof_over", False, 2)], "one fact changes, and no other"


async def test_a_code_is_supposed_only_where_the_workspace_mails_them(
    grace: Desk, acme: Acme, house: House, new_contact: NewContact
) -> None:
    claimed = await mallorys(new_contact())
    assert isinstance(house.post, Outbox), "needs a post for this test to mean anything"
    without = (await supposed(grace, claimed))["code"]
    assert (without["possible"], without["sentence"]) == (False, "This workspace mails no codes.")

    await rules.change(house, acme.id, "codes", "on")
    with_codes = (await supposed(grace, claimed))["code"]

    assert with_codes["title"] == "If they proved ada@example.com by a code"
    assert rows(with_codes) == [("on_offer", False, 1)]
    nameless = new_contact()
    await nameless.open()
    wrote = (await nameless.start("Hello")).json()["id"]
    assert (await supposed(grace, wrote))["code"]["possible"] is False


async def test_where_nothing_is_offered_a_proof_closes_what_was_written_before_it(
    grace: Desk, acme: Acme, house: House, new_contact: NewContact
) -> None:
    claimed = await mallorys(new_contact())
    await rules.change(house, acme.id, "adopt", "never")

    assert rows((await supposed(grace, claimed))["token"]) == [("never_proved", False, 1)]


async def test_a_revoked_key_is_told_apart_from_a_chat_that_was_left(
    grace: Desk, acme: Acme, house: House, new_contact: NewContact
) -> None:
    adas = await a_users_conversation(new_contact())
    await keys.revoke(house, acme.id, acme.key.kid)

    one = (await supposed(grace, adas))["still_open"]

    assert one["title"] == "If the signing key behind their last session still lived"
    assert rows(one) == [("live", True, 1)]


async def test_the_time_line_tells_what_was_proved_and_refused_the_newest_session_first(
    grace: Desk, acme: Acme, new_contact: NewContact, clock: Clock
) -> None:
    ada = new_contact()
    adas = await a_users_conversation(ada)
    stale = acme.token(ADA)
    clock.forward(seconds=50)
    await ada.call("POST", "/widget/v1/session/proofs", {"kind": "token", "identity_token": acme.token(ADA)})
    assert (await ada.end()).status_code == 204
    clock.forward(seconds=50)
    again = new_contact()
    await again.open(ADA)
    clock.forward(minutes=11)
    await again.open(ADA)
    clock.forward(seconds=1)
    refused = await again.call(
        "POST", "/widget/v1/session/proofs", {"kind": "token", "identity_token": stale}
    )
    assert refused.json()["detail"] == "expired", "needs a refusal to tell of"

    contact = await contact_of(grace, adas)
    line = await grace.get(f"/contacts/{contact}/timeline")

    stories = [[moment["kind"] for moment in story["moments"]] for story in line["items"]]
    assert stories == [
        ["refused", "proved", "opened"],
        ["ended", "proved", "opened"],
        ["ended", "proved", "opened"],
    ]
    [refusal, *_] = line["items"][0]["moments"]
    assert (refusal["sentence"], refusal["remedy"] is not None) == (sentence("expired"), True)
    [end, proof, _] = line["items"][2]["moments"]
    assert end["sentence"] == "It is over: they signed out."
    assert proof["sentence"] == f"Proved by a token signed with key {acme.key.kid}, and once more."
    assert proof["count"] == 2


async def test_the_time_line_is_read_page_by_page(grace: Desk, new_contact: NewContact, clock: Clock) -> None:
    first = new_contact()
    adas = await a_users_conversation(first)
    for _ in range(2):
        clock.forward(seconds=5)
        await new_contact().open(ADA)
    path = f"/contacts/{await contact_of(grace, adas)}/timeline"

    seen, page = list[str](), await grace.get(path, limit=1)
    while page["next_cursor"]:
        seen += [story["session_id"] for story in page["items"]]
        page = await grace.get(path, limit=1, cursor=page["next_cursor"])
    seen += [story["session_id"] for story in page["items"]]

    assert len(set(seen)) == 3
    assert seen == [story["session_id"] for story in (await grace.get(path))["items"]]


async def test_a_time_lines_cursor_is_good_for_one_contact_and_one_reader(
    grace: Desk, new_contact: NewContact, house: House, acme: Acme, door: NewClient
) -> None:
    await give_account(house, acme, VERA)
    vera, bob = await seated(house, VERA, door()), new_contact()
    adas = f"/contacts/{await contact_of(grace, await a_users_conversation(new_contact()))}/timeline"
    await new_contact().open(ADA)
    await bob.open(BOB)
    bobs = f"/contacts/{await contact_of(grace, (await bob.start('Is it there?')).json()['id'])}/timeline"
    cursor = (await grace.get(adas, limit=1))["next_cursor"]
    assert (await grace.call("GET", adas, cursor=cursor)).status_code == 200, "needs a cursor that opens"

    for reader, path, brought in ((vera, adas, cursor), (grace, bobs, cursor), (grace, adas, "made-up")):
        answer = await reader.call("GET", path, cursor=brought)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


async def test_otto_reads_no_time_line_of_acmes(grace: Desk, otto: Desk, new_contact: NewContact) -> None:
    contact = await contact_of(grace, await a_users_conversation(new_contact()))
    assert (await grace.call("GET", f"/contacts/{contact}/timeline")).status_code == 200
    assert (await otto.call("GET", f"/contacts/{contact}/timeline")).status_code == 404


@pytest.mark.parametrize(("path", "reason"), [("access", "why"), ("timeline", "timeline")])
async def test_that_grace_asked_is_recorded_and_no_word_of_what_she_read(
    grace: Desk, new_contact: NewContact, owner_db: Connection, path: str, reason: str
) -> None:
    contact = await contact_of(grace, await mallorys(new_contact()))

    await grace.get(f"/contacts/{contact}/{path}")

    row = await owner_db.fetchrow(
        "SELECT actor, subject_id::text, kind FROM audit_event WHERE reason = $1", reason
    )
    assert row is not None
    assert tuple(row) == ("teammate", contact, "read")


async def test_to_suppose_changes_nothing(grace: Desk, new_contact: NewContact, owner_db: Connection) -> None:
    claimed = await mallorys(new_contact())
    tables = ("session", "proof", "contact_identity", "conversation", "offer")

    async def everything() -> list[Any]:
        return [await owner_db.fetch(f"SELECT * FROM {table}") for table in tables]  # noqa: S608

    before = await everything()
    assert any(before), "needs rows for this test to mean anything"
    await supposed(grace, claimed)

    assert await everything() == before
