"""What a contact does in conversations, its own and those that are not, in both worlds at once."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.noninterference.alone import TwoWorldsOfOthers
from tests.noninterference.machine import MADE_UP, TwoWorlds, client_ids, few, one_of, said
from tests.noninterference.seat import Seat

NO_CURSOR = "A" * 70

attempts = st.sampled_from(["read it", "write", "mark", "type", "rate", "first line"])


class TwoWorldsOfConversations(TwoWorldsOfOthers):
    """It writes and reads, and tries what it may not."""

    @rule(words=said, client_id=client_ids)
    def the_contact_starts_a_conversation(self, words: str, client_id: Any) -> None:
        self.both("the contact starts a conversation", lambda seat: seat.starts(words, client_id))

    @precondition(TwoWorlds.has_one)
    @rule(n=few, words=said, client_id=client_ids, times=st.sampled_from([1] * 9 + [21]))
    def the_contact_writes(self, n: int, words: str, client_id: Any, times: int) -> None:
        async def act(seat: Seat) -> None:
            for _ in range(times):
                body = {"body": words, "client_id": str(client_id)}
                await seat.call("POST", f"/conversations/{one_of(seat.ids, n)}/messages", body)

        self.both(f"the contact writes in one of its own ({times} times)", act)

    @rule(limit=st.sampled_from([1, 2, 30]))
    def the_contact_lists(self, limit: int) -> None:
        self.both(f"the contact lists, {limit} at most", lambda seat: seat.lists(limit))

    @rule(n=few, bad=st.booleans())
    def the_contact_turns_a_page_of_the_list(self, n: int, bad: bool) -> None:
        self.both(
            "the contact lists on from a cursor",
            lambda seat: seat.lists(1, NO_CURSOR if bad or not seat.cursors else one_of(seat.cursors, n)),
        )

    @precondition(TwoWorlds.has_one)
    @rule(n=few, where=st.sampled_from(["", "?limit=1", "?after=1", "?before=3&limit=1"]))
    def the_contact_reads(self, n: int, where: str) -> None:
        self.both(
            f"the contact reads one of its own {where}",
            lambda seat: seat.call("GET", f"/conversations/{one_of(seat.ids, n)}/messages{where}"),
        )

    @precondition(TwoWorlds.has_one)
    @rule(n=few, number=st.integers(0, 5), what=st.sampled_from(["read", "read", "typing", "rating"]))
    def the_contact_tells_of_one_of_its_own(self, n: int, number: int, what: str) -> None:
        body = {"read": {"seq": number}, "rating": {"score": number}}.get(what)
        self.both(
            f"the contact tells something of one of its own: {what}",
            lambda seat: seat.call("POST", f"/conversations/{one_of(seat.ids, n)}/{what}", body),
        )

    @rule()
    def the_contact_asks_what_is_on_offer(self) -> None:
        self.both("the contact asks what is on offer", lambda seat: seat.asks_what_is_on_offer())

    @rule(n=few)
    def the_contact_reads_a_first_line(self, n: int) -> None:
        async def act(seat: Seat) -> None:
            await seat.asks_what_is_on_offer()
            await seat.call("GET", f"/adoptable/{one_of(seat.offered, n) or MADE_UP}/first-line")

        self.both("the contact reads the first line of what is on offer", act)

    @rule(foreign=st.booleans())
    def the_contact_takes_what_is_on_offer(self, foreign: bool) -> None:
        foreigners = self.theirs()[:3] if foreign else []

        async def act(seat: Seat) -> None:
            await seat.asks_what_is_on_offer()
            await seat.adopts(seat.offered + foreigners)

        self.both("the contact takes what is on offer", act)

    @rule(n=few, foreign=st.booleans())
    def the_contact_gives_back(self, n: int, foreign: bool) -> None:
        others = one_of(self.others.adoptions[::-1], n) or MADE_UP

        def adoption(seat: Seat) -> str:
            return others if foreign else one_of(seat.adoptions, n) or MADE_UP

        self.both(
            f"the contact gives back what {'somebody else' if foreign else 'it'} took",
            lambda seat: seat.call("DELETE", f"/adoptions/{adoption(seat)}"),
        )

    # ── It tries what is not its own ─────────────────────────────────────────────────────────────────────────

    @precondition(TwoWorlds.somebody_has_one)
    @rule(n=few, what=attempts, client_id=client_ids)
    def the_contact_tries_somebody_elses(self, n: int, what: str, client_id: Any) -> None:
        self._try(one_of(self.theirs(), n), what, client_id, "a conversation of somebody else's")

    @rule(what=attempts, client_id=client_ids)
    def the_contact_tries_one_that_it_made_up(self, what: str, client_id: Any) -> None:
        self._try(MADE_UP, what, client_id, "a conversation that it made up")

    def _try(self, conversation: str, what: str, client_id: Any, which: str) -> None:
        one = f"/conversations/{conversation}"
        asked: dict[str, tuple[str, str, Any]] = {
            "read it": ("GET", f"{one}/messages", None),
            "write": ("POST", f"{one}/messages", {"body": "let me in", "client_id": str(client_id)}),
            "mark": ("POST", f"{one}/read", {"seq": 1}),
            "type": ("POST", f"{one}/typing", None),
            "rate": ("POST", f"{one}/rating", {"score": 5}),
            "first line": ("GET", f"/adoptable/{conversation}/first-line", None),
        }
        self.both(f"the contact tries {which}: {what}", lambda seat: seat.call(*asked[what]))

    @rule(body=st.sampled_from([b"{", b'{"claims": 7}', b'{"body": ""}', b"[]", b"\xff"]))
    def the_contact_sends_rubbish(self, body: bytes) -> None:
        self.both(f"the contact sends {body!r}", lambda seat: seat.call("PATCH", "/session", body))
