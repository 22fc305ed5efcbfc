"""What a contact says and hears on its socket, in both worlds at once."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.cast import BOB
from tests.noninterference.conversations import TwoWorldsOfConversations
from tests.noninterference.machine import MADE_UP, client_ids, few, one_of, said
from tests.noninterference.seat import Seat


class TwoWorldsOfSockets(TwoWorldsOfConversations):
    """Every frame that a contact's socket takes. What names a conversation names its own, or one of somebody else's."""

    def listens(self) -> bool:
        plug = self.seats[0].plug
        return plug is not None and plug.is_open

    @rule()
    def the_contact_opens_a_socket(self) -> None:
        self.both("the contact opens a socket", lambda seat: seat.opens_a_socket())

    @precondition(listens)
    @rule(n=few, foreign=st.booleans())
    def the_contact_resumes(self, n: int, foreign: bool) -> None:
        strange = self._strange(n) if foreign else MADE_UP

        def seen(seat: Seat) -> dict[str, int]:
            return {strange: 0, **({one_of(seat.ids, n): 0} if seat.ids else {})}

        self.both(
            "the contact's socket resumes", lambda seat: seat.says({"type": "resume", "seen": seen(seat)})
        )

    @precondition(listens)
    @rule(n=few, words=said, client_id=client_ids, foreign=st.booleans())
    def the_contact_sends_by_its_socket(self, n: int, words: str, client_id: Any, foreign: bool) -> None:
        fields = {"body": words, "client_id": str(client_id)}
        self._says_of_one("the contact writes by its socket", n, foreign, {"type": "send", **fields})

    @precondition(listens)
    @rule(n=few, foreign=st.booleans(), reads=st.booleans())
    def the_contacts_socket_says_that_it_types_or_has_read(self, n: int, foreign: bool, reads: bool) -> None:
        frame = {"type": "read", "seq": n} if reads else {"type": "typing"}
        sentence = f"the contact's socket says that it {'has read' if reads else 'types'}"
        self._says_of_one(sentence, n, foreign, frame)

    @precondition(listens)
    @rule(fault=st.sampled_from(["", "", "rubbish", "another's signature", "another company's key"]))
    def the_contacts_socket_brings_a_proof(self, fault: str) -> None:
        """Bob's renews where Bob was proved. Whatever else it is, the socket goes."""
        token = self._bad_token(fault) if fault else self.estate.acme.token(BOB)
        frame = {"type": "proof", "identity_token": token}
        whose = f"a token with {fault}" if fault else "Bob's token"
        self.both(f"the contact's socket brings {whose}", lambda seat: seat.says(frame))

    @precondition(listens)
    @rule(what=st.sampled_from(["ping", "auth", "nothing that is known"]))
    def the_contacts_socket_says_a_word(self, what: str) -> None:
        """To say `auth` is too late, except right behind a cookie."""
        frame = {"type": what, **({"token": "not a session's"} if what == "auth" else {})}
        self.both(f"the contact's socket says {what}", lambda seat: seat.says(frame))

    @rule()
    def the_contacts_socket_goes(self) -> None:
        self.both("the contact's socket goes", lambda seat: seat.closes_its_socket())

    def _says_of_one(self, sentence: str, n: int, foreign: bool, frame: dict[str, Any]) -> None:
        strange = self._strange(n)

        def about(seat: Seat) -> str:
            return strange if foreign or not seat.ids else one_of(seat.ids, n)

        self.both(sentence, lambda seat: seat.says({**frame, "conversation_id": about(seat)}))

    def _strange(self, n: int) -> str:
        return one_of(self.theirs(), n) or MADE_UP
