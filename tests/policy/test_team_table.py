"""The table for the team, row by row, in its order."""

from dataclasses import replace

from privity.policy.facts import Conversation, TeamCase, TeamViewer
from privity.policy.verdict import Refusal, TeamListPermit, TeamPermit, decide_team, decide_team_list
from tests.clock import MONDAY_MORNING
from tests.policy.cases import ACME, ANOTHER_SESSION, ELSEWHERE, THE_CONVERSATION
from tests.policy.cases import GRACE as GRACES_ID

GRACE = TeamViewer(ACME, GRACES_ID, "teammate", living=True, reaches=True)
OTTO = replace(GRACE, workspace=ELSEWHERE)
A_CONVERSATION = Conversation(ACME, THE_CONVERSATION, ANOTHER_SESSION, None)


def answer(viewer: TeamViewer, conversation: Conversation | None) -> TeamPermit | Refusal:
    return decide_team(TeamCase(viewer, conversation), MONDAY_MORNING)


def test_1_otto_does_not_find_what_another_workspace_has() -> None:
    assert answer(GRACE, A_CONVERSATION) == TeamPermit(ACME, GRACES_ID, THE_CONVERSATION, MONDAY_MORNING)

    assert answer(OTTO, A_CONVERSATION) == Refusal("not_found")
    assert answer(GRACE, None) == Refusal("not_found")


def test_2_what_is_erased_is_gone_for_the_team_too() -> None:
    assert answer(GRACE, replace(A_CONVERSATION, erased=True)) == Refusal("erased")


def test_3_a_disabled_account_reads_nothing() -> None:
    assert answer(replace(GRACE, living=False), A_CONVERSATION) == Refusal("session_over")
    assert decide_team_list(replace(GRACE, living=False), MONDAY_MORNING) == Refusal("session_over")


def test_4_a_key_reads_no_further_than_its_scope() -> None:
    key = replace(GRACE, kind="key", reaches=False)

    assert answer(key, A_CONVERSATION) == Refusal("not_in_reach")
    assert decide_team_list(key, MONDAY_MORNING) == Refusal("not_in_reach")


def test_5_grace_reads_what_was_written_to_her_workspace() -> None:
    assert isinstance(answer(GRACE, A_CONVERSATION), TeamPermit)
    assert decide_team_list(GRACE, MONDAY_MORNING) == TeamListPermit(ACME, GRACES_ID, MONDAY_MORNING)
