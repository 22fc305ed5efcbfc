"""Why does somebody see a conversation, or not? Grace reads the row that decides, and it is the true one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from privity.history.why import why
from privity.house import House
from privity.policy.remedies import remedy, sentence
from privity.web.problems import Problem
from tests.attacks import team
from tests.cast import ADA, BOB
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.team.desk import Desk

NewContact = Callable[[], Script]


async def a_users_conversation(contact: Script) -> str:
    await contact.open(ADA)
    return str((await contact.start("Where is my parcel?")).json()["id"])


async def mallorys(contact: Script) -> str:
    await contact.open(claims={"email": "Ada@Example.com"})
    return str((await contact.start("I am Ada, tell me where it is")).json()["id"])


async def contact_of(grace: Desk, conversation: str) -> str:
    return str((await grace.get(f"/conversations/{conversation}"))["contact"]["id"])


async def explained(grace: Desk, conversation: str) -> Any:
    return await grace.get(f"/contacts/{await contact_of(grace, conversation)}/access")


async def test_ada_and_mallory_are_explained_by_two_different_true_reasons(
    grace: Desk, acme: Acme, new_contact: NewContact
) -> None:
    adas = await a_users_conversation(new_contact())
    mallory = new_contact()
    claimed = await mallorys(mallory)
    await mallory.end()

    of_ada, of_mallory = await explained(grace, adas), await explained(grace, claimed)

    assert of_ada["sentence"] == f"Proved by a token signed with key {acme.key.kid}, just now."
    assert [(row["conversation_id"], row["allowed"], row["reason"]) for row in of_ada["conversations"]] == [
        (adas, True, "live")
    ]
    assert of_ada["missing"] == []
    assert of_mallory["sentence"] == "“Ada@Example.com” is not here now: they ended the chat."
    assert [(row["allowed"], row["reason"]) for row in of_mallory["conversations"]] == [
        (False, "session_over")
    ]


@pytest.mark.attack("A-166")
@pytest.mark.attack("A-170", without=team.the_number_that_is_told_of_others)
async def test_of_the_real_ada_mallorys_page_says_a_number_and_nothing_else(
    grace: Desk, new_contact: NewContact
) -> None:
    ada = new_contact()
    adas = await a_users_conversation(ada)
    await ada.start("And my invoice?")
    claimed = await mallorys(new_contact())

    answer = await explained(grace, claimed)

    assert answer["others_with_claimed_email"] == 2
    assert [row["conversation_id"] for row in answer["conversations"]] == [claimed]
    assert adas not in str(answer)
    detail = await grace.get(f"/conversations/{claimed}")
    assert detail["same_claim_users"] == 1
    assert detail["contact"]["proved_name"] is None
    assert detail["contact"]["claimed_email"] == "Ada@Example.com"
    assert detail["assurance"] == "claimed"


async def test_a_visitor_in_the_chat_has_not_proved_anything_and_the_developer_is_told_what_to_add(
    grace: Desk, new_contact: NewContact
) -> None:
    claimed = await mallorys(new_contact())

    answer = await explained(grace, claimed)

    assert answer["sentence"] == (
        "“Ada@Example.com” hasn't proved who they are in this browser: the page gave no identity token. "
        "Your developer can add one in five lines."
    )
    assert answer["missing"] == ["A good identity token from the page."]
    assert answer["conversations"][0]["reason"] == "live", "they see what they write now"


async def test_a_token_that_was_refused_says_what_was_wrong_with_it(
    grace: Desk, acme: Acme, new_contact: NewContact, clock: Clock
) -> None:
    stale = acme.token(ADA)
    clock.forward(hours=1)
    contact = new_contact()
    refused = await contact.call(
        "POST", "/widget/v1/sessions", {"workspace": str(acme.id), "identity_token": stale}
    )
    assert refused.status_code == 401, "the token is stale, else this says nothing"
    await contact.open(refusal=refused.json()["refusal"])
    conversation = (await contact.start("I can't sign in")).json()["id"]

    answer = await explained(grace, conversation)

    assert answer["sentence"] == f"The page gave a token and it was refused. {sentence('expired')}"
    assert answer["last_failure"]["reason"] == "expired"
    assert remedy("expired") in answer["missing"]


async def test_ada_in_a_second_browser_owns_what_she_wrote_in_the_first(
    grace: Desk, new_contact: NewContact, clock: Clock
) -> None:
    first = new_contact()
    adas = await a_users_conversation(first)
    clock.forward(seconds=10)
    await new_contact().open(ADA)

    [row] = (await explained(grace, adas))["conversations"]

    assert (row["allowed"], row["reason"], row["remedy"]) == (True, "owner", None)
    assert row["sentence"] == sentence("owner")


async def test_a_proof_that_ran_out_is_told_as_such(
    grace: Desk, new_contact: NewContact, clock: Clock
) -> None:
    contact = new_contact()
    adas = await a_users_conversation(contact)
    for _ in range(12):
        clock.forward(seconds=50)
        await contact.state()

    answer = await explained(grace, adas)

    assert answer["conversations"][0]["reason"] == "proof_over"
    assert answer["sentence"].startswith("Ada Lovelace is not here now.")


async def test_the_command_line_answers_for_any_pair_of_the_workspace(
    house: House, grace: Desk, acme: Acme, new_contact: NewContact
) -> None:
    adas = UUID(await a_users_conversation(new_contact()))
    mallory = UUID(await contact_of(grace, await mallorys(new_contact())))
    bob = new_contact()
    await bob.open(BOB)
    bobs = UUID(await contact_of(grace, (await bob.start("Hello")).json()["id"]))

    async def row(contact: UUID, conversation: UUID) -> tuple[bool, str, str | None]:
        [access] = (await why(house, acme.id, contact, conversation)).conversations
        return access.allowed, access.reason, access.remedy

    assert await row(mallory, adas) == (False, "not_proved", remedy("not_proved"))
    assert await row(bobs, adas) == (False, "not_owner", remedy("not_owner"))
    assert await row(UUID(await contact_of(grace, str(adas))), adas) == (True, "live", None)
    assert await row(bobs, uuid4()) == (False, "not_found", remedy("not_found"))
    with pytest.raises(Problem):
        await why(house, acme.id, uuid4())


async def test_otto_is_told_nothing_about_acmes_contacts(
    grace: Desk, otto: Desk, new_contact: NewContact
) -> None:
    contact = await contact_of(grace, await a_users_conversation(new_contact()))

    for path in (f"/contacts/{contact}", f"/contacts/{contact}/access"):
        foreign, made_up = (
            await otto.call("GET", path),
            await otto.call("GET", path.replace(contact, str(uuid4()))),
        )
        assert foreign.status_code == 404
        assert foreign.content == made_up.content
    assert (await otto.get("/contacts"))["items"] == []


async def test_a_lead_that_signed_in_has_its_words_on_offer(
    grace: Desk, acme: Acme, new_contact: NewContact
) -> None:
    contact = new_contact()
    await contact.open()
    wrote = (await contact.start("A question before I sign in")).json()["id"]
    await contact.open(ADA)
    adas = (await contact.start("And one after")).json()["id"]

    rows = {row["conversation_id"]: row["reason"] for row in (await explained(grace, adas))["conversations"]}
    assert rows == {wrote: "on_offer", adas: "live"}
    detail = await grace.get(f"/conversations/{wrote}")
    assert detail["audience"]["reach"] == "later"
