"""Who will see an answer: said by the judge, for every session that a conversation may concern."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from privity.history.audience import Listeners, audience
from privity.policy.facts import Assurance, Conversation, Session
from tests.clock import MONDAY_MORNING as NOW

WORKSPACE, ADA, BOB = uuid4(), uuid4(), uuid4()


def session(identity: UUID | None = None, **changes: object) -> Session:
    living = Session(
        workspace=WORKSPACE,
        id=uuid4(),
        assurance=Assurance.SIGNED if identity else Assurance.NONE,
        identity=identity,
        linked=frozenset(),
        offered=frozenset(),
        proof_bound=identity is not None,
        expires_at=NOW + timedelta(minutes=10),
        last_seen_at=NOW,
        idle=timedelta(minutes=30),
        ended_at=None,
    )
    return replace(living, **changes)  # type: ignore[arg-type]


def said(
    owner: UUID | None,
    origin: Session,
    *others: Session,
    proof: Assurance = Assurance.SIGNED,
    has_ticket: bool = False,
) -> tuple[str, str]:
    listeners = Listeners(
        conversation=Conversation(WORKSPACE, uuid4(), origin.id, owner),
        owner_name="Ada Lovelace" if owner else None,
        owner_proof=proof,
        sessions=[origin, *others],
        history_from=Assurance.SIGNED,
        has_ticket=has_ticket,
    )
    answer = audience(listeners, NOW)
    return answer.reach, answer.sentence


def test_ada_is_there_now() -> None:
    assert said(ADA, session(ADA)) == ("now", "Ada Lovelace, now")


def test_ada_is_there_now_in_another_browser_than_the_one_where_it_began() -> None:
    gone = session(ADA, ended_at=NOW)

    assert said(ADA, gone, session(ADA)) == ("now", "Ada Lovelace, now")


def test_ada_has_gone_and_can_come_back() -> None:
    gone = session(ADA, ended_at=NOW)

    assert said(ADA, gone) == ("later", "Ada Lovelace, when they sign in again")


def test_ada_was_named_by_the_site_and_never_came_yet() -> None:
    assert said(ADA, session(ADA, ended_at=NOW), proof=Assurance.NONE) == (
        "later",
        "Ada Lovelace, when they sign in",
    )


def test_who_can_prove_no_more_than_a_mailbox_never_sees_it_where_more_is_asked() -> None:
    assert said(ADA, session(ADA, ended_at=NOW), proof=Assurance.MAILBOX) == (
        "nobody",
        "Nobody: Ada Lovelace proved less than this workspace asks before it shows the past",
    )


def test_a_session_whose_proof_ran_out_sees_nothing_now() -> None:
    assert said(ADA, session(ADA, expires_at=NOW)) == ("later", "Ada Lovelace, when they sign in again")


def test_a_session_that_fell_silent_sees_nothing_now() -> None:
    silent = session(ADA, last_seen_at=NOW - timedelta(minutes=30))

    assert said(ADA, silent) == ("later", "Ada Lovelace, when they sign in again")


def test_somebody_else_at_the_same_computer_is_no_audience() -> None:
    gone = session(ADA, ended_at=NOW)

    assert said(ADA, gone, session(BOB)) == ("later", "Ada Lovelace, when they sign in again")


def test_a_visitor_is_there_now() -> None:
    assert said(None, session()) == ("now", "This visitor, now")


def test_a_visitor_whose_session_is_over_never_reads_the_answer() -> None:
    assert said(None, session(ended_at=NOW)) == ("nobody", "Nobody: this visitor's session is over")


def test_who_signs_in_first_where_it_began_may_read_the_answer_while_the_browser_holds_a_ticket() -> None:
    assert said(None, session(ended_at=NOW), has_ticket=True) == (
        "later",
        (
            "Nobody now: this visitor's session is over. Later whoever signs in first in that browser, if they keep "
            "the conversation"
        ),
    )
    assert said(None, session(), has_ticket=True)[0] == "now"


def test_what_is_on_offer_waits_for_its_person_to_take_it() -> None:
    lead = session(ended_at=NOW)

    assert said(None, lead, session(ADA, offered=frozenset({lead.id}))) == (
        "later",
        "Whoever signed in where this began, if they keep the conversation",
    )
