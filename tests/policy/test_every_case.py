"""What holds for every combination of facts: all of them are tried, none is drawn."""

from collections import Counter
from dataclasses import fields, replace
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import combinations
from types import UnionType
from typing import Literal, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

from privity.policy import facts
from privity.policy.articles import CONTACT, TEAM
from privity.policy.facts import Assurance, Case
from privity.policy.verdict import Permit, TeamPermit, decide, decide_team
from tests.clock import MONDAY_MORNING
from tests.policy.cases import cases, team_cases

ALL = tuple(cases())


def may_read(case: Case) -> bool:
    return isinstance(decide(case, MONDAY_MORNING), Permit)


def test_every_row_decides_some_case_and_every_case_is_decided_by_one_row() -> None:
    decided = Counter(decide(case, MONDAY_MORNING).reason for case in ALL)

    assert set(decided) == {article.reason for article in CONTACT}
    assert decided.total() == len(ALL)


def test_the_first_row_that_applies_is_the_one_that_decides() -> None:
    for case in ALL:
        first = next(article for article in CONTACT if article.applies(case))
        assert (may_read(case), decide(case, MONDAY_MORNING).reason) == (first.allows, first.reason)


def test_the_last_row_of_each_table_leaves_nothing_undecided() -> None:
    assert all(CONTACT[-1].applies(case) for case in ALL)
    assert all(TEAM[-1].applies(case) for case in team_cases())


def test_only_live_and_owner_open_a_conversation() -> None:
    opened = {answer.reason for case in ALL if isinstance(answer := decide(case, MONDAY_MORNING), Permit)}

    assert opened == {"live", "owner"}


def test_a_permit_names_what_was_asked_about_and_nothing_else() -> None:
    for case in ALL:
        permit = decide(case, MONDAY_MORNING)
        if isinstance(permit, Permit):
            assert case.conversation is not None
            assert permit.conversation == case.conversation.id
            assert permit.workspace == case.viewer.workspace == case.conversation.workspace
            assert (permit.session, permit.identity) == (case.viewer.session, case.viewer.identity)
            assert permit.at == MONDAY_MORNING


def test_who_proved_nobody_owns_nothing() -> None:
    reasons = {decide(case, MONDAY_MORNING).reason for case in ALL if case.viewer.identity is None}

    assert "live" in reasons, "a lead reads something, else this says little"
    assert "owner" not in reasons


def test_a_weaker_proof_never_sees_more() -> None:
    for case in ALL:
        for weaker, stronger in combinations(Assurance, 2):
            if may_read(replace(case, viewer=replace(case.viewer, assurance=weaker))):
                assert may_read(replace(case, viewer=replace(case.viewer, assurance=stronger)))


def test_a_workspace_that_asks_for_more_never_shows_more() -> None:
    for case in ALL:
        for less, more in combinations((Assurance.LEGACY, Assurance.MAILBOX, Assurance.SIGNED), 2):
            if may_read(replace(case, history_from=more)):
                assert may_read(replace(case, history_from=less))


def test_a_claim_changes_nothing() -> None:
    for case in ALL:
        silent = replace(case, viewer=replace(case.viewer, assurance=Assurance.NONE))
        claiming = replace(case, viewer=replace(case.viewer, assurance=Assurance.CLAIMED))
        assert decide(silent, MONDAY_MORNING) == decide(claiming, MONDAY_MORNING)


def test_taking_the_owner_away_opens_nothing_beyond_the_session_where_it_was_written() -> None:
    for case in ALL:
        if case.conversation is not None and may_read(
            replace(case, conversation=replace(case.conversation, owner=None))
        ):
            assert case.conversation.origin_session == case.viewer.session


@pytest.mark.parametrize(
    "fact", [facts.Session, facts.Viewer, facts.Conversation, facts.Case, facts.TeamViewer, facts.TeamCase]
)
def test_an_address_cannot_even_be_told_to_the_judge(fact: type) -> None:
    for field in fields(fact):
        for kind in _kinds(get_type_hints(fact)[field.name]):
            assert _holds_no_text(kind), f"{fact.__name__}.{field.name} could carry an address"


def test_the_team_is_allowed_by_its_last_row_alone() -> None:
    decided = Counter(type(decide_team(case, MONDAY_MORNING)) for case in team_cases())
    assert decided[TeamPermit], "some case is allowed"

    for case in team_cases():
        if isinstance(decide_team(case, MONDAY_MORNING), TeamPermit):
            assert [article.reason for article in TEAM if article.applies(case)] == ["team"]


def _kinds(hint: object) -> list[object]:
    """The plain types in a hint: `frozenset[UUID] | None` holds UUID and None."""
    if get_origin(hint) in (frozenset, UnionType):
        return [kind for part in get_args(hint) for kind in _kinds(part)]
    return [hint]


def _holds_no_text(kind: object) -> bool:
    if get_origin(kind) is Literal:
        return True
    if kind in (UUID, bool, datetime, timedelta, type(None)):
        return True
    return isinstance(kind, type) and (issubclass(kind, IntEnum) or kind.__module__ == facts.__name__)
