"""The table for a contact, row by row, in its order."""

from dataclasses import replace
from uuid import UUID

import pytest

from privity.policy.facts import Assurance, Case, Conversation, Viewer
from privity.policy.verdict import Permit, Refusal, decide
from tests.clock import MONDAY_MORNING
from tests.policy.cases import (
    ACME,
    ADA,
    ADAS_OTHER_NAME,
    ANOTHER_SESSION,
    BEFORE_SIGNING_IN,
    BOB,
    ELSEWHERE,
    HERE,
    THE_CONVERSATION,
)

NOBODY_LINKED: frozenset[UUID] = frozenset()

A_LEAD = Viewer(ACME, HERE, Assurance.NONE, None, NOBODY_LINKED, frozenset())
MALLORY_WHO_SAYS_SHE_IS_ADA = replace(A_LEAD, assurance=Assurance.CLAIMED)
PROVED_ADA = Viewer(ACME, HERE, Assurance.SIGNED, ADA, NOBODY_LINKED, frozenset())

ADAS_OWN = Conversation(ACME, THE_CONVERSATION, ANOTHER_SESSION, ADA)
NOBODYS = Conversation(ACME, THE_CONVERSATION, ANOTHER_SESSION, None)


def reason(
    viewer: Viewer, conversation: Conversation | None, history_from: Assurance = Assurance.SIGNED
) -> str:
    return decide(Case(viewer, conversation, history_from), MONDAY_MORNING).reason


def is_allowed(
    viewer: Viewer, conversation: Conversation | None, history_from: Assurance = Assurance.SIGNED
) -> bool:
    return isinstance(decide(Case(viewer, conversation, history_from), MONDAY_MORNING), Permit)


def test_1_what_does_not_exist_is_not_found() -> None:
    assert reason(PROVED_ADA, None) == "not_found"


def test_1_nor_is_what_another_workspace_has_even_for_its_owner() -> None:
    assert is_allowed(PROVED_ADA, ADAS_OWN), "needs a conversation that would open for this test to mean much"

    assert reason(PROVED_ADA, replace(ADAS_OWN, workspace=ELSEWHERE)) == "not_found"


def test_2_what_is_erased_opens_to_nobody_not_even_where_it_was_written() -> None:
    assert reason(PROVED_ADA, replace(ADAS_OWN, erased=True)) == "erased"
    assert reason(A_LEAD, replace(NOBODYS, origin_session=HERE, erased=True)) == "erased"


def test_3_a_lead_reads_what_this_very_session_started() -> None:
    assert decide(
        Case(A_LEAD, replace(NOBODYS, origin_session=HERE), Assurance.SIGNED), MONDAY_MORNING
    ) == Permit(ACME, HERE, None, THE_CONVERSATION, "live", MONDAY_MORNING)


def test_3_a_user_reads_it_too_however_strong_a_proof_history_would_need() -> None:
    weakly_proved = replace(PROVED_ADA, assurance=Assurance.MAILBOX)

    assert reason(weakly_proved, ADAS_OWN) == "proof_too_weak", "needs a past that stays closed"
    assert reason(weakly_proved, replace(ADAS_OWN, origin_session=HERE)) == "live"


def test_3_but_not_once_it_belongs_to_somebody_else() -> None:
    assert reason(PROVED_ADA, Conversation(ACME, THE_CONVERSATION, HERE, BOB)) == "not_owner"
    assert reason(A_LEAD, Conversation(ACME, THE_CONVERSATION, HERE, ADA)) == "not_proved"


def test_4_what_is_on_offer_is_not_readable_until_it_is_taken() -> None:
    asked = replace(PROVED_ADA, offered=frozenset({BEFORE_SIGNING_IN}))
    offered = replace(NOBODYS, origin_session=BEFORE_SIGNING_IN)

    assert reason(asked, offered) == "on_offer"
    assert reason(asked, replace(offered, owner=ADA)) == "owner", "taken, it opens"


def test_5_what_nobody_proved_opens_to_no_contact_again() -> None:
    assert reason(A_LEAD, NOBODYS) == "never_proved"
    assert reason(PROVED_ADA, NOBODYS) == "never_proved"


def test_6_typing_adas_address_opens_nothing_of_hers() -> None:
    assert is_allowed(PROVED_ADA, ADAS_OWN), "Ada has history, else there is nothing to hide"

    assert reason(MALLORY_WHO_SAYS_SHE_IS_ADA, ADAS_OWN) == "not_proved"


def test_7_bobs_proof_does_not_open_what_is_adas() -> None:
    assert reason(replace(PROVED_ADA, identity=BOB), ADAS_OWN) == "not_owner"


def test_7_a_recorded_link_makes_two_identities_one_person() -> None:
    under_her_other_name = replace(ADAS_OWN, owner=ADAS_OTHER_NAME)

    assert reason(PROVED_ADA, under_her_other_name) == "not_owner"
    assert reason(replace(PROVED_ADA, linked=frozenset({ADAS_OTHER_NAME})), under_her_other_name) == "owner"


@pytest.mark.parametrize(
    ("proved", "asked", "answer"),
    [
        (Assurance.SIGNED, Assurance.SIGNED, "owner"),
        (Assurance.MAILBOX, Assurance.SIGNED, "proof_too_weak"),
        (Assurance.LEGACY, Assurance.SIGNED, "proof_too_weak"),
        (Assurance.MAILBOX, Assurance.MAILBOX, "owner"),
        (Assurance.LEGACY, Assurance.MAILBOX, "proof_too_weak"),
        (Assurance.LEGACY, Assurance.LEGACY, "owner"),
        (Assurance.SIGNED, Assurance.LEGACY, "owner"),
    ],
)
def test_8_a_proof_must_be_as_strong_as_the_workspace_asks(
    proved: Assurance, asked: Assurance, answer: str
) -> None:
    assert reason(replace(PROVED_ADA, assurance=proved), ADAS_OWN, asked) == answer


@pytest.mark.parametrize("asked", [Assurance.NONE, Assurance.CLAIMED])
def test_8_no_setting_opens_history_to_a_claim(asked: Assurance) -> None:
    claimed = replace(PROVED_ADA, assurance=Assurance.CLAIMED)

    assert decide(Case(claimed, ADAS_OWN, asked), MONDAY_MORNING) == Refusal("proof_too_weak")


def test_9_who_proved_that_it_is_theirs_reads_it() -> None:
    assert decide(Case(PROVED_ADA, ADAS_OWN, Assurance.SIGNED), MONDAY_MORNING) == Permit(
        ACME, HERE, ADA, THE_CONVERSATION, "owner", MONDAY_MORNING
    )


def test_9_also_what_the_team_started_for_her() -> None:
    assert reason(PROVED_ADA, replace(ADAS_OWN, origin_session=None)) == "owner"
