"""The gate: only a living session of this workspace passes, at the very instant it is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from privity.policy.facts import Assurance, Session, Viewer
from privity.policy.verdict import Refusal, decide_write, gate
from tests.clock import MONDAY_MORNING
from tests.policy.cases import ACME, ADA, BEFORE_SIGNING_IN, ELSEWHERE, HERE

AN_INSTANT = timedelta(microseconds=1)

ADAS_SESSION = Session(
    workspace=ACME,
    id=HERE,
    assurance=Assurance.SIGNED,
    identity=ADA,
    linked=frozenset(),
    offered=frozenset({BEFORE_SIGNING_IN}),
    proof_bound=True,
    expires_at=MONDAY_MORNING + timedelta(minutes=10),
    last_seen_at=MONDAY_MORNING,
    idle=timedelta(minutes=30),
    ended_at=None,
)


def test_a_living_session_passes_with_what_it_proved() -> None:
    assert gate(ADAS_SESSION, ACME, MONDAY_MORNING) == Viewer(
        ACME, HERE, Assurance.SIGNED, ADA, frozenset(), frozenset({BEFORE_SIGNING_IN})
    )


def test_nobody_and_a_session_of_another_workspace_are_turned_away_alike() -> None:
    assert gate(None, ACME, MONDAY_MORNING) == Refusal("session_over")
    assert gate(ADAS_SESSION, ELSEWHERE, MONDAY_MORNING) == Refusal("session_over")


def test_a_session_that_was_ended_is_over_also_when_its_proof_would_have_run_out_since() -> None:
    ended = replace(ADAS_SESSION, ended_at=MONDAY_MORNING)

    assert gate(ended, ACME, MONDAY_MORNING) == Refusal("session_over")
    assert gate(ended, ACME, ADAS_SESSION.expires_at) == Refusal("session_over")


def test_a_proof_ends_at_its_instant_and_says_so() -> None:
    end = ADAS_SESSION.expires_at
    assert isinstance(gate(ADAS_SESSION, ACME, end - AN_INSTANT), Viewer)

    assert gate(ADAS_SESSION, ACME, end) == Refusal("proof_over")


def test_a_lead_whose_day_is_over_has_no_proof_that_could_be() -> None:
    lead = replace(ADAS_SESSION, assurance=Assurance.NONE, identity=None, proof_bound=False)

    assert gate(lead, ACME, lead.expires_at) == Refusal("session_over")


def test_silence_ends_a_session_at_its_instant() -> None:
    quiet = replace(ADAS_SESSION, idle=timedelta(minutes=5))
    silence = quiet.last_seen_at + quiet.idle
    assert isinstance(gate(quiet, ACME, silence - AN_INSTANT), Viewer)

    assert gate(quiet, ACME, silence) == Refusal("session_over")


@pytest.mark.parametrize("least", [Assurance.NONE, Assurance.MAILBOX, Assurance.SIGNED])
@pytest.mark.parametrize("assurance", Assurance)
def test_words_are_taken_from_who_proved_as_much_as_the_workspace_asks(
    assurance: Assurance, least: Assurance
) -> None:
    viewer = Viewer(ACME, HERE, assurance, None, frozenset(), frozenset())

    assert decide_write(viewer, least) == (None if assurance >= least else Refusal("proof_needed"))
