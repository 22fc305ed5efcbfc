"""No door of a contact's is left out: each line of the access matrix is asked by a rule of the machine's.

One trace is led through them on purpose, past states in which there is something to ask for. What the machine finds
with the same rules is in test_noninterference.py.
"""

import re
from collections.abc import Callable
from typing import Any

from hypothesis.stateful import RULE_MARKER

from tests.cast import BOB, MALLORY
from tests.noninterference.conftest import Standing
from tests.noninterference.conversations import NO_CURSOR
from tests.noninterference.identities import TwoWorldsOfIdentities
from tests.noninterference.seat import CLIENT_IDS, Asked
from tests.second_doors.matrix import CONTACTS, CONTACTS_FRAMES, Door, doors

Follow = Callable[..., None]

LEFT_OUT: dict[str, str] = {}
"""Lines of the matrix that no rule asks, each with the reason why it need not."""

MISSING = "give the machine a rule that asks this, and follow it in tests/noninterference/test_doors.py"


def test_every_door_and_frame_of_a_contacts_is_asked(standing: Callable[[bool], Standing]) -> None:
    trace = TwoWorldsOfIdentities(*standing(True))
    trace.somebody_comes(
        in_a_browser=True, history_from="mailbox", adopt="ask", proved=False, busy=False, peopled=True
    )
    try:
        lead_through_everything(trace)
    finally:
        trace.teardown()

    asked, strange = trace.seats[0].asked, those_of_others(trace)
    lines = [*doors(CONTACTS), *doors(CONTACTS_FRAMES)]
    assert set(LEFT_OUT) <= {line.what for line in lines}, "what is left out is a line of the matrix"
    for line in lines:
        if line.what not in LEFT_OUT:
            door, _, besides = line.what.partition(" + ")
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", door))
            these = [each for each in asked if pattern.fullmatch(each.what) and besides in each.said]
            it_was_asked(line, these, strange)


def those_of_others(trace: TwoWorldsOfIdentities) -> list[str]:
    """Ids of what is there in one world alone, and a cursor that nobody was given."""
    others, neighbours = trace.others, trace.neighbours
    ids = [*trace.theirs(), *others.sessions, *neighbours.sessions, *others.links, *others.adoptions]
    return [*ids, str(trace.elsewhere.provider), NO_CURSOR]


def it_was_asked(line: Door, asked: list[Asked], strange: list[str]) -> None:
    """With what is the contact's own, and with what is somebody else's, where the matrix tells the two apart."""
    words = set(line.words.values())
    assert asked, f"{line.what}: {MISSING}"
    own = [each for each in asked if not any(one in each.what + each.said for one in strange)]
    if words & {"own", "yes"}:
        assert any(each.status is None or each.status < 300 for each in own), f"{line.what}, own: {MISSING}"
    if "own" in words:
        assert len(own) < len(asked), f"{line.what}, somebody else's: {MISSING}"


def lead_through_everything(trace: TwoWorldsOfIdentities) -> None:
    def follow(name: str, **choices: Any) -> None:
        rule = getattr(getattr(TwoWorldsOfIdentities, name), RULE_MARKER)
        assert all(holds(trace) for holds in rule.preconditions), f"{name} can't be followed here"
        rule.function(trace, **choices)

    for led in (a_visitor_writes, it_signs_in, it_joins_a_mailbox, it_listens, it_goes):
        led(follow)


def a_visitor_writes(follow: Follow) -> None:
    follow("the_contact_asks_who_it_is")
    follow("the_contact_claims_an_address", who=MALLORY)
    follow("the_contact_starts_a_conversation", words="hello", client_id=CLIENT_IDS[0])
    follow("the_contact_writes", n=0, words="hello?", client_id=CLIENT_IDS[1], times=1)
    follow("the_contact_reads", n=0, where="")
    for what in ("read", "typing", "rating"):
        follow("the_contact_tells_of_one_of_its_own", n=0, number=1, what=what)
    for what in ("read it", "write", "mark", "type", "rate", "first line"):
        follow("the_contact_tries_somebody_elses", n=0, what=what, client_id=CLIENT_IDS[1])
    for there in (False, True):
        follow("the_contact_begins_to_sign_in", there=there)
    follow("the_contact_brings_what_no_sign_in_gave", there=True)


def it_signs_in(follow: Follow) -> None:
    """And takes with it what it wrote before."""
    follow("the_contact_signs_in_as_bob")
    follow("the_contact_asks_what_is_on_offer")
    follow("the_contact_reads_a_first_line", n=0)
    follow("the_contact_takes_what_is_on_offer", foreign=True)
    follow("ada_writes_before_she_signs_in", words="before", client_id=CLIENT_IDS[0], takes=True)
    for foreign in (True, False):
        follow("the_contact_gives_back", n=0, foreign=foreign)
    follow("the_contact_takes_what_is_on_offer", foreign=False)
    follow("the_contact_starts_a_conversation", words="and", client_id=CLIENT_IDS[1])
    follow("the_contact_lists", limit=1)
    for bad in (False, True):
        follow("the_contact_turns_a_page_of_the_list", n=0, bad=bad)
    follow("the_contact_asks_who_read")


def it_joins_a_mailbox(follow: Follow) -> None:
    follow("the_contact_says_that_a_mailbox_is_its_own", account=MALLORY.email)
    follow("ada_is_linked")
    follow("the_contact_links_a_mailbox", account=BOB.email, undoes=True)
    for undoes in (False, True):
        follow("the_contact_looks_at_its_links", n=0, foreign=True, undoes=undoes)


def it_listens(follow: Follow) -> None:
    follow("the_contact_opens_a_socket")
    for foreign in (False, True):
        follow("the_contact_resumes", n=0, foreign=foreign)
        follow("the_contact_sends_by_its_socket", n=0, words="hi", client_id=CLIENT_IDS[2], foreign=foreign)
        for reads in (False, True):
            follow("the_contacts_socket_says_that_it_types_or_has_read", n=0, foreign=foreign, reads=reads)
    follow("the_contacts_socket_says_a_word", what="ping")
    follow("the_contacts_socket_brings_a_proof", fault="")


def it_goes(follow: Follow) -> None:
    follow("the_contact_lists_its_devices")
    for whose in ("somebody else's", "its own"):
        follow("the_contact_ends_a_device", n=0, whose=whose)
    follow("the_contact_forgets_its_secret_and_comes_anew")
    follow("the_contact_says_that_others_use_this_computer")
    for everywhere in (False, True):
        follow("the_contact_goes", everywhere=everywhere)
        follow("the_contact_forgets_its_secret_and_comes_anew")
