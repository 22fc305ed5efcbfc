"""Somebody proves a mailbox and nothing more: Grace is told so, and never takes it for the site's word."""

from collections.abc import Callable

import pytest

from privity.db.pool import Connection
from privity.mail.outbox import Outbox
from tests.cast import ADA
from tests.doors import Acme, Script
from tests.team.desk import Desk

NewContact = Callable[[], Script]
PROOFS = "/widget/v1/session/proofs"


@pytest.fixture
async def coded(acme: Acme, owner_db: Connection) -> Acme:
    """Acme mails codes, and opens history to a signature alone."""
    await owner_db.execute("UPDATE workspace SET codes = true WHERE id = $1", acme.id)
    return acme


async def by_code(contact: Script, outbox: Outbox) -> str:
    """A conversation of somebody who typed the code that was mailed to Ada."""
    await contact.open()
    await contact.call("POST", PROOFS, {"kind": "code", "email": ADA.email})
    code = outbox.letters[0].text.split("\n", 1)[0]
    answer = await contact.call("POST", PROOFS, {"kind": "code", "code": code})
    assert answer.status_code == 201, answer.text
    contact.secret = answer.json()["session"].get("token", contact.secret)
    return str((await contact.start("It is me")).json()["id"])


async def test_the_card_says_that_a_code_proved_it_and_names_no_key(
    grace: Desk, coded: Acme, outbox: Outbox, new_contact: NewContact
) -> None:
    conversation = await by_code(new_contact(), outbox)

    detail = await grace.get(f"/conversations/{conversation}")
    card = await grace.get(f"/contacts/{detail['contact']['id']}")

    assert detail["assurance"] == "mailbox"
    assert card["proved_name"] == ADA.email
    [identity] = card["identities"]
    assert (identity["provider"], identity["assurance"], identity["key"]) == ("mailbox", "mailbox", None)


async def test_why_says_that_the_workspace_asks_for_more(
    grace: Desk, coded: Acme, outbox: Outbox, new_contact: NewContact
) -> None:
    first, second = new_contact(), new_contact()
    conversation = await by_code(first, outbox)
    await first.end()
    await by_code(second, outbox)
    contact = (await grace.get(f"/conversations/{conversation}"))["contact"]["id"]

    answer = await grace.get(f"/contacts/{contact}/access")

    assert answer["sentence"] == "Proved by a code sent to the mailbox, just now."
    assert answer["missing"] == ["A stronger proof: this workspace asks for `signed`."]
    reasons = {row["conversation_id"]: row["reason"] for row in answer["conversations"]}
    assert reasons[conversation] == "proof_too_weak"
    assert sorted(reasons.values()) == ["live", "proof_too_weak"]
    audience = (await grace.get(f"/conversations/{conversation}"))["audience"]
    assert audience["reach"] == "nobody"
