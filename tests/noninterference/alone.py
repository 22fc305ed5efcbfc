"""What the others do, and the team about them: in one world alone."""

from collections.abc import Awaitable, Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.cast import ADA, BOB, Person
from tests.noninterference.machine import (
    KNOWN_OR_NOT,
    MADE_UP,
    NOBODY,
    TwoWorlds,
    client_ids,
    few,
    one_of,
    said,
)
from tests.noninterference.seat import A_NOTES_ID


class TwoWorldsOfOthers(TwoWorlds):
    """Nothing of it may reach the contact, not even later."""

    @rule(words=said, client_id=client_ids)
    def ada_writes(self, words: str, client_id: Any) -> None:
        self.alone("Ada signs in and writes", self.others.ada_writes(words, client_id))

    @rule(words=said, client_id=client_ids, takes=st.booleans())
    def ada_writes_before_she_signs_in(self, words: str, client_id: Any, takes: bool) -> None:
        act = self.others.ada_writes_before_she_signs_in(words, client_id, takes)
        self.alone(f"Ada writes, and signs in{', and takes it' if takes else ''}", act)

    @rule(erased=st.booleans())
    def ada_goes(self, erased: bool) -> None:
        act = self.others.ada_is_erased() if erased else self.others.ada_goes()
        self.alone(f"Ada {'is erased' if erased else 'signs out everywhere'}", act)

    @rule(who=st.sampled_from([*KNOWN_OR_NOT, BOB]), words=said, client_id=client_ids)
    def a_stranger_claims(self, who: Person, words: str, client_id: Any) -> None:
        self.alone(f"a stranger claims {who.email}", self.others.a_stranger_claims(who, words, client_id))

    @rule(who=st.sampled_from([ADA, NOBODY]))
    def a_stranger_asks_for_codes(self, who: Person) -> None:
        self.alone(
            f"a stranger asks for codes to {who.email}", self.others.a_stranger_asks_for_codes(who.email)
        )

    @rule()
    def a_crowd_has_written_before(self) -> None:
        self.alone("thirty conversations of others", self.others.a_crowd_has_written_before())

    @precondition(TwoWorlds.others_have_one)
    @rule(n=few, what=st.sampled_from(["public", "note", "close", "take", "read"]), client_id=client_ids)
    def grace_answers_the_others(self, n: int, what: str, client_id: Any) -> None:
        one = one_of(self.others.ids, n)
        if what == "close":
            act = self.others.grace_closes(one)
        elif what == "read":
            act = self.others.grace_reads(one)
        elif what == "take":
            act = self.others.grace_takes(one)
        else:
            act = self.others.grace_writes(one, "not for you", what, client_id)
        self.alone(f"Grace does this in somebody else's: {what}", act)

    @precondition(TwoWorlds.has_one)
    @rule(n=few, takes=st.booleans())
    def grace_notes_in_the_contacts_own(self, n: int, takes: bool) -> None:
        """More than is promised: what the team says among itself reaches the contact nowhere.

        Under an id of its own, since an answer under a note's is refused to Grace and comes to nobody."""
        one = one_of(self.seats[1].ids, n)
        if takes:
            self.alone("Grace takes the contact's own", self.others.grace_takes(one))
        else:
            note = self.others.grace_writes(one, "between us", "note", A_NOTES_ID)
            self.alone("Grace notes something for the team in the contact's own", note)

    @rule(words=said, client_id=client_ids)
    def grace_starts_one_for_ada(self, words: str, client_id: Any) -> None:
        self.alone("Grace starts one for Ada", self.others.grace_starts_one_for_ada(words, client_id))

    @rule(
        what=st.sampled_from(["write", "answer", "claim", "codes", "bad proofs", "sign-out", "crowd"]),
        client_id=client_ids,
    )
    def something_happens_in_another_workspace(self, what: str, client_id: Any) -> None:
        """Of another company. The same people come there, and bring the same ids."""
        there = self.neighbours
        acts: dict[str, Callable[[], Awaitable[Any]]] = {
            "write": lambda: there.ada_writes("about another order", client_id),
            "answer": lambda: there.grace_writes(
                one_of(there.ids, 0) or MADE_UP, "there", "public", client_id
            ),
            "claim": lambda: there.a_stranger_claims(BOB, "it is me", client_id),
            "codes": lambda: there.a_stranger_asks_for_codes(ADA.email),
            "bad proofs": there.strangers_bring_bad_proofs,
            "sign-out": lambda: there.somebody_signs_out_everywhere(BOB),
            "crowd": there.a_crowd_has_written_before,
        }
        self.alone(f"in another company's workspace: {what}", acts[what]())
