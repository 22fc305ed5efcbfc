"""An explanation is made of facts alone: each has its words, and none is forgotten."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from privity.db.pool import Connection
from privity.history.explanation import ENDS, explain
from privity.history.why_facts import Facts, Proof
from privity.people.contacts import Seat
from privity.policy.facts import Assurance, Conversation, Session
from privity.web import wire
from tests.clock import MONDAY_MORNING as NOW

WORKSPACE, ADA = uuid4(), uuid4()
CARD = wire.ContactRef(
    id=uuid4(), kind="user", proved_name="Ada Lovelace", claimed_name=None, claimed_email=None
)


def facts(
    *, assurance: Assurance = Assurance.SIGNED, asks: Assurance = Assurance.SIGNED, minutes: int = 2
) -> Facts:
    session = Session(
        workspace=WORKSPACE,
        id=uuid4(),
        assurance=assurance,
        identity=ADA,
        linked=frozenset(),
        offered=frozenset(),
        proof_bound=True,
        expires_at=NOW + timedelta(minutes=10),
        last_seen_at=NOW,
        idle=timedelta(minutes=1),
        ended_at=None,
    )
    begun_elsewhere = Conversation(WORKSPACE, uuid4(), uuid4(), ADA)
    return Facts(
        workspace=WORKSPACE,
        contact=CARD,
        seat=Seat(session, CARD.id, NOW, None),
        proof=Proof("token", "acme-1", NOW - timedelta(minutes=minutes)),
        failure=None,
        conversations=[(begun_elsewhere.id, begun_elsewhere)],
        history_from=asks,
        others=0,
        identities={"site": ADA},
        links=(),
        address=None,
        codes=False,
        adopts=True,
        has_ticket=False,
    )


async def test_every_way_in_which_a_session_ends_has_words_for_the_team(owner_db: Connection) -> None:
    written = await owner_db.fetchval(
        """SELECT string_agg(pg_get_constraintdef(oid), ' ') FROM pg_constraint
            WHERE conrelid = 'session'::regclass AND contype = 'c' AND conname LIKE '%end_reason%'"""
    )
    reasons = set(re.findall(r"'(\w+)'::text", written))
    assert reasons, "the database names the ways, else this says nothing"

    assert set(ENDS) - {None} == reasons


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "just now"), (1, "a minute ago"), (2, "2 minutes ago"), (60, "an hour ago"), (150, "2 hours ago")],
)
def test_a_proof_is_told_with_its_key_and_how_long_ago_it_was(minutes: int, words: str) -> None:
    assert (
        explain(facts(minutes=minutes), NOW).sentence == f"Proved by a token signed with key acme-1, {words}."
    )


def test_a_proof_that_is_too_weak_says_what_the_workspace_asks() -> None:
    answer = explain(facts(assurance=Assurance.MAILBOX), NOW)

    assert [(row.allowed, row.reason) for row in answer.conversations] == [(False, "proof_too_weak")]
    assert answer.missing == ["A stronger proof: this workspace asks for `signed`."]


def test_a_proof_that_is_enough_lacks_nothing_and_needs_no_remedy() -> None:
    answer = explain(facts(), NOW)

    assert [(row.allowed, row.reason, row.remedy) for row in answer.conversations] == [(True, "owner", None)]
    assert answer.missing == []


def test_a_proof_by_a_code_is_told_as_one() -> None:
    by_code = replace(facts(), proof=Proof("mailbox", None, NOW))

    assert explain(by_code, NOW).sentence == "Proved by a code sent to the mailbox, just now."


def test_a_proof_by_an_old_hash_is_told_as_one() -> None:
    by_hash = replace(facts(), proof=Proof("legacy", None, NOW))

    assert explain(by_hash, NOW).sentence == "Proved by an old hash, made for another product, just now."


def test_a_sign_in_at_a_provider_is_told_with_the_providers_name() -> None:
    by_sign_in = replace(facts(), proof=Proof("oidc", "Acme ID", NOW))
    assert explain(by_sign_in, NOW).sentence == "Proved by a sign-in at Acme ID, just now."
