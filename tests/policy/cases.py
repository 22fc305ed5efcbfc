"""Every combination of facts that the judge can be asked about, small enough to try them all."""

from collections.abc import Iterator
from itertools import product
from uuid import UUID

from privity.policy.facts import Assurance, Case, Conversation, TeamCase, TeamViewer, Viewer

ACME, ELSEWHERE = UUID(int=1), UUID(int=2)
ADA, ADAS_OTHER_NAME, BOB = UUID(int=11), UUID(int=12), UUID(int=13)
HERE, BEFORE_SIGNING_IN, ANOTHER_SESSION = UUID(int=21), UUID(int=22), UUID(int=23)
THE_CONVERSATION = UUID(int=31)
GRACE = UUID(int=41)

PROOFS = (Assurance.LEGACY, Assurance.MAILBOX, Assurance.SIGNED)


def viewers() -> Iterator[Viewer]:
    """Who may sit in the session HERE of Acme."""
    for assurance, identity, linked, offered in product(
        Assurance,
        (None, ADA),
        (frozenset[UUID](), frozenset({ADAS_OTHER_NAME})),
        (frozenset[UUID](), frozenset({BEFORE_SIGNING_IN})),
    ):
        yield Viewer(ACME, HERE, assurance, identity, linked, offered)


def conversations() -> Iterator[Conversation]:
    """Where a conversation may have begun, and whose it may be."""
    for workspace, origin, owner, erased in product(
        (ACME, ELSEWHERE),
        (None, HERE, BEFORE_SIGNING_IN, ANOTHER_SESSION),
        (None, ADA, ADAS_OTHER_NAME, BOB),
        (False, True),
    ):
        yield Conversation(workspace, THE_CONVERSATION, origin, owner, erased)


def cases() -> Iterator[Case]:
    for viewer, conversation, history_from in product(viewers(), (None, *conversations()), PROOFS):
        yield Case(viewer, conversation, history_from)


def team_cases() -> Iterator[TeamCase]:
    for living, reaches, conversation in product((True, False), (True, False), (None, *conversations())):
        yield TeamCase(TeamViewer(ACME, GRACE, "teammate", living, reaches), conversation)
