"""Identity health: Grace reads how well the site proves its users, in counts of nobody in particular."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.policy.remedies import sentence
from privity.proofs.skew import rounded, skew_of
from tests.cast import ADA, BOB
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.team.desk import Desk

NewContact = Callable[[], Script]
NewClient = Callable[[], httpx.AsyncClient]


async def health(house: House, grace: Desk, **query: Any) -> Any:
    await house.tally.flush()
    return await grace.get("/identity-health", **query)


async def refuse(contact: Script, acme: Acme, clock: Clock) -> httpx.Response:
    """Ada's page gives a token that has expired."""
    stale = acme.token(ADA)
    clock.forward(minutes=20)
    body = {"workspace": str(acme.id), "identity_token": stale}
    answer = await contact.call("POST", "/widget/v1/sessions", body)
    assert answer.json()["detail"] == "expired", "needs a refusal to count"
    return answer


async def test_grace_reads_what_was_accepted_and_refused_by_reason_and_key(
    house: House, grace: Desk, acme: Acme, new_contact: NewContact, clock: Clock
) -> None:
    await new_contact().open(ADA)
    await new_contact().open(BOB)
    await refuse(new_contact(), acme, clock)
    made_up = {"workspace": str(acme.id), "identity_token": "hello"}
    assert (await new_contact().call("POST", "/widget/v1/sessions", made_up)).status_code == 401

    answer = await health(house, grace)

    assert len(answer["days"]) == 30
    today = {"day": clock().date().isoformat(), "accepted": 2, "refused": 2}
    assert answer["days"][-1] == today
    refusals = {(row["reason"], row["kid"], row["count"]) for row in answer["refusals"]}
    assert refusals == {("expired", acme.key.kid, 1), ("shape", None, 1)}
    assert all(row["sentence"] == sentence(row["reason"]) and row["remedy"] for row in answer["refusals"])
    [key] = answer["keys"]
    assert (key["accepted"], key["refused"], key["never_used"]) == (2, 1, False)
    assert key["skew"] == {"lowest": -1200, "median": 0, "highest": 0, "tokens": 3}


async def test_days_are_told_apart_and_old_ones_left_out(
    house: House, grace: Desk, new_contact: NewContact, clock: Clock, acme: Acme, owner_db: Connection
) -> None:
    await owner_db.execute(
        """INSERT INTO identity_count (workspace_id, day, kind, about, key_id, count)
           SELECT $1, $2::date - passed, 'accepted', '', '00000000-0000-0000-0000-000000000000', 5
             FROM unnest(ARRAY[1, 6, 7]) AS passed""",
        acme.id,
        clock().date(),
    )
    await new_contact().open(ADA)

    answer = await health(house, grace, days=7)

    assert [day["accepted"] for day in answer["days"]] == [5, 0, 0, 0, 0, 5, 1]


async def test_the_share_of_proved_sessions_and_whom_a_stricter_setting_would_meet(
    house: House, grace: Desk, new_contact: NewContact
) -> None:
    ada, mallory, nobody = new_contact(), new_contact(), new_contact()
    await ada.open(ADA)
    await ada.start("Where is my parcel?")
    await mallory.open(claims={"email": ADA.email})
    await mallory.start("I am Ada")
    await nobody.open()

    answer = await health(house, grace)

    assert answer["seen"] == {"sessions": 3, "proved": 1, "contacts": 3, "proved_contacts": 1}
    met = {(one["setting"], one["value"]): (one["sessions"], one["now"]) for one in answer["stricter"]}
    assert met == {
        ("least_to_write", "mailbox"): (1, False),
        ("least_to_write", "signed"): (1, False),
        ("history_from", "legacy"): (0, False),
        ("history_from", "mailbox"): (0, False),
        ("history_from", "signed"): (0, True),
    }


async def test_who_proved_a_mailbox_would_lose_the_past_where_only_a_signature_opens_it(
    house: House, grace: Desk, new_contact: NewContact, owner_db: Connection
) -> None:
    ada = new_contact()
    await ada.open(ADA)
    await ada.start("Where is my parcel?")
    await owner_db.execute("UPDATE session SET kind = 'browser', assurance = 'mailbox'")

    met = {(one["setting"], one["value"]): one for one in (await health(house, grace))["stricter"]}

    assert met["history_from", "signed"]["sessions"] == 1
    assert met["history_from", "mailbox"]["sessions"] == 0
    assert "would not have seen it" in met["history_from", "signed"]["sentence"]


async def test_a_lead_that_signed_in_is_one_session_that_proved(
    house: House, grace: Desk, new_contact: NewContact
) -> None:
    contact = new_contact()
    await contact.open()
    await contact.open(ADA)

    assert (await health(house, grace))["seen"]["sessions"] == 1


async def test_what_a_proved_page_says_unsigned_is_counted_and_what_a_visitor_types_is_not(
    house: House, grace: Desk, acme: Acme, new_contact: NewContact
) -> None:
    ada, visitor = new_contact(), new_contact()
    await ada.open(ADA)
    await ada.call("PATCH", "/widget/v1/session", {"claims": {"email": "else@example.com"}})
    await new_contact().open(BOB, claims={"name": "Robert"})
    await visitor.open(claims={"name": "A visitor"})

    answer = await health(house, grace)

    assert {(one["name"], one["count"]) for one in answer["unsigned"]} == {("email", 1), ("name", 1)}
    assert "example.com" not in str(answer)


async def test_a_page_that_turns_to_nobody_without_shutdown_is_counted_once_told(
    house: House, grace: Desk, new_contact: NewContact
) -> None:
    told, untold, visitor = new_contact(), new_contact(), new_contact()
    await told.open(ADA)
    await untold.open(BOB)
    await visitor.open()

    assert (await told.end()).status_code == 204
    for contact in (untold, visitor):
        ended = await contact.call("DELETE", "/widget/v1/session?left=1")
        assert (ended.status_code, ended.content) == (204, b"")

    assert (await health(house, grace))["left_unannounced"] == 1


async def test_the_name_of_a_secret_in_a_page_is_counted_and_nothing_else_of_the_page(
    house: House, grace: Desk, acme: Acme, door: NewClient, front_end: object
) -> None:
    client = door()
    names = "workspace,getToken,signingSecret,api_key,accent,<b>secret,secret value," + "secret" * 20
    frame = {"workspace": str(acme.id), "settings": names}

    shown = await client.get("/widget/frame", params=frame)
    plain = await client.get("/widget/frame", params={"workspace": str(acme.id)})

    assert shown.content == plain.content, "nothing of it reaches the page"
    secrets = (await health(house, grace))["secrets"]
    assert {one["name"] for one in secrets} == {"signingSecret", "api_key"}


async def test_somebody_who_makes_names_up_fills_no_table(
    house: House, acme: Acme, owner_db: Connection
) -> None:
    for number in range(1_000):
        house.tally.seen(acme.id, "secret", f"secret_{number}")
    await house.tally.flush()

    rows = await owner_db.fetch("SELECT about, count FROM identity_count WHERE kind = 'secret'")
    assert len(rows) <= 201
    assert sum(row["count"] for row in rows) == 1_000, "what is not kept by name is counted"


async def test_otto_reads_elsewheres_health_and_nothing_of_acmes(
    house: House, grace: Desk, otto: Desk, new_contact: NewContact
) -> None:
    await new_contact().open(ADA)

    answer = await health(house, otto)

    assert (answer["days"][-1]["accepted"], answer["seen"]["sessions"]) == (0, 0)
    assert (await health(house, grace))["days"][-1]["accepted"] == 1


@pytest.mark.parametrize("days", ["0", "91", "soon"])
async def test_a_span_that_cannot_be_looked_at_is_refused(grace: Desk, days: str) -> None:
    refused = await grace.call("GET", "/identity-health", days=days)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_valid")


def test_a_skew_is_exact_near_nought_and_coarse_far_from_it() -> None:
    from datetime import timedelta

    told = {seconds: rounded(timedelta(seconds=seconds)) for seconds in (0, 7, -7, 59, -61, 3_599, -90_000)}
    assert told == {0: 0, 7: 7, -7: -7, 59: 55, -61: -60, 3_599: 3_300, -90_000: -86_400}
    assert skew_of([]) is None
    middle = skew_of([(0, 3), (-60, 1), (5, 1)])
    assert middle is not None
    assert (middle.lowest, middle.median, middle.highest, middle.tokens) == (-60, 0, 5, 5)
