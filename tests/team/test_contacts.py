"""Grace looks at who is there: what each proved, what each says of itself."""

from collections.abc import Callable

import pytest

from tests.attacks import team
from tests.cast import ADA
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.team.desk import Desk

NewContact = Callable[[], Script]


async def test_a_user_is_shown_with_how_and_when_they_proved_it(
    grace: Desk, acme: Acme, new_contact: NewContact
) -> None:
    await new_contact().open(ADA)
    [line] = (await grace.get("/contacts", kind="user"))["items"]

    card = await grace.get(f"/contacts/{line['id']}")

    [identity] = card["identities"]
    assert card["proved_name"] == ADA.name
    assert (identity["provider"], identity["subject"]) == ("site", ADA.subject)
    assert (identity["assurance"], identity["key"]) == ("signed", acme.key.kid)
    assert identity["proved_at"] is not None
    assert [session["kind"] for session in card["sessions"]] == ["page"]


async def test_a_claim_is_shown_as_one_beside_the_number_of_users_who_proved_it(
    grace: Desk, new_contact: NewContact
) -> None:
    await new_contact().open(ADA)
    await new_contact().open(claims={"email": "ADA@example.com", "name": "Ada Lovelace"})
    [line] = (await grace.get("/contacts", kind="lead"))["items"]
    assert (line["proved_name"], line["claimed_name"]) == (None, "Ada Lovelace")

    card = await grace.get(f"/contacts/{line['id']}")

    assert card["identities"] == []
    said = {claim["kind"]: (claim["value"], claim["proved_users"]) for claim in card["claims"]}
    assert said == {"email": ("ADA@example.com", 1), "name": ("Ada Lovelace", 0)}


async def test_an_address_finds_those_who_claim_it_and_those_who_proved_it(
    grace: Desk, new_contact: NewContact
) -> None:
    await new_contact().open(ADA)
    await new_contact().open(claims={"email": ADA.email})
    await new_contact().open(claims={"email": "somebody@example.org"})

    found = (await grace.get("/contacts", email="Ada@Example.COM"))["items"]

    assert sorted(line["kind"] for line in found) == ["lead", "user"]
    assert len((await grace.get("/contacts"))["items"]) == 3


@pytest.mark.attack("A-110")
async def test_the_list_goes_on_by_a_cursor_that_is_good_for_it_alone(
    grace: Desk, otto: Desk, new_contact: NewContact, clock: Clock
) -> None:
    for _ in range(5):
        clock.forward(seconds=1)
        await new_contact().open(claims={"name": "Somebody"})

    first = await grace.get("/contacts", limit=3)
    rest = await grace.get("/contacts", limit=3, cursor=first["next_cursor"])

    seen = [line["id"] for line in first["items"] + rest["items"]]
    assert len(set(seen)) == 5
    assert rest["next_cursor"] is None
    for answer in (
        await grace.call("GET", "/contacts", limit=3, kind="lead", cursor=first["next_cursor"]),
        await otto.call("GET", "/contacts", limit=3, cursor=first["next_cursor"]),
        await grace.call("GET", "/conversations", cursor=first["next_cursor"]),
    ):
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


async def test_words_find_messages_claims_and_proved_names(grace: Desk, new_contact: NewContact) -> None:
    ada, lead = new_contact(), new_contact()
    await ada.open(ADA)
    adas = (await ada.start("My parcel is 100% lost")).json()["id"]
    await lead.open(claims={"email": "curie@example.org"})
    leads = (await lead.start("What do you sell?")).json()["id"]

    async def found(words: str) -> list[str]:
        return [line["id"] for line in await grace.listed(q=words)]

    assert await found("PARCEL") == [adas]
    assert await found("curie@") == [leads]
    assert await found("lovelace") == [adas]
    assert await found("0% l") == [adas]
    assert await found("1%lost") == [], "nothing in the words stands for anything else"
    assert await found("nobody said this") == []


@pytest.mark.attack("A-109", "A-211", without=team.the_wall_around_a_workspace)
async def test_otto_searches_his_own_workspace_alone(
    grace: Desk, otto: Desk, new_contact: NewContact
) -> None:
    ada = new_contact()
    await ada.open(ADA)
    await ada.start("My parcel is lost")
    assert await grace.listed(q="parcel"), "there is something to find"

    assert await otto.listed(q="parcel") == []


async def test_words_that_no_text_can_hold_are_refused_and_not_looked_for(grace: Desk) -> None:
    for path, query in (("/conversations", {"q": "a\x00b"}), ("/contacts", {"email": "a\x00b@example.com"})):
        answer = await grace.call("GET", path, **query)
        assert (answer.status_code, answer.json()["code"]) == (422, "not_valid")


async def test_a_question_that_this_address_does_not_take_is_refused(grace: Desk) -> None:
    for path, query in (
        ("/conversations", {"limit": 0}),
        ("/conversations", {"limit": 101}),
        ("/conversations", {"state": "lost"}),
        ("/conversations", {"assignee": "somebody"}),
        ("/conversations", {"contact": "nobody"}),
        ("/conversations", {"sort": "name"}),
        ("/conversations", {"q": "x" * 255}),
        ("/contacts", {"kind": "ghost"}),
    ):
        assert (await grace.call("GET", path, **query)).status_code == 422, (path, query)
