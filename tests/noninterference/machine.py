"""What is done, in sentences: one contact in both worlds at once, the others in one of them alone.

The right world is one in which other people do things. The left one is one in which they do not. Here is how a step is
taken, and how the contact comes, proves who it is and goes.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.cast import ADA, BOB, MALLORY, Person
from tests.clock import MONDAY_MORNING
from tests.noninterference.others import Others
from tests.noninterference.seat import CLIENT_IDS, Seat
from tests.noninterference.story import Namer, Story
from tests.noninterference.worlds import Estate, Twins

MADE_UP = "7d1ab4e8-52f3-4c0e-9b0a-3f6f1c2d9e10"
NOBODY = Person("Nobody Known", "nobody@example.org", "u-nobody")
KNOWN_OR_NOT = (ADA, MALLORY, NOBODY)

few = st.integers(0, 3)
people = st.sampled_from(KNOWN_OR_NOT)
client_ids = st.sampled_from(CLIENT_IDS)
said = st.sampled_from(["hello", "is anybody there?", "a" * 300, "*bold* <b>\u00e9</b>"])

Act = Callable[[Seat], Awaitable[Any]]


class TwoWorlds(RuleBasedStateMachine):
    """`run` is the event loop in which both houses live. Their databases are shared by all traces, each in a
    workspace of its own."""

    def __init__(self, twins: Twins, run: Callable[[Any], Any]) -> None:
        super().__init__()
        self.twins, self.run = twins, run
        self.story = Story()
        self.steps = 0
        self.parted = False

    @initialize(
        in_a_browser=st.booleans(),
        history_from=st.sampled_from(["signed", "mailbox", "legacy"]),
        adopt=st.sampled_from(["ask", "never"]),
        proved=st.booleans(),
        busy=st.booleans(),
        peopled=st.booleans(),
    )
    def somebody_comes(
        self, in_a_browser: bool, history_from: str, adopt: str, proved: bool, busy: bool, peopled: bool
    ) -> None:
        clock = self.twins.clock
        # Each trace begins on the same morning, so that one that failed can be led through the same again.
        clock.now = MONDAY_MORNING
        self.estate = Estate.new(clock, history_from, adopt)
        self.elsewhere = Estate.new(clock, kid="key-of-elsewhere")
        mailboxes = frozenset({MALLORY.email, BOB.email})
        self.seats = [Seat(world, self.estate, in_a_browser, mailboxes) for world in self.twins.both]
        self.others = Others(self.twins.right, self.estate)
        self.neighbours = Others(self.twins.right, self.elsewhere)
        self.run(self._found())
        if peopled:
            self.ada_has_been_here()
        token = self.estate.acme.token(BOB)
        if proved and not busy:
            self.both("Bob opens the chat, proved by the site", lambda seat: seat.opens(identity_token=token))
        else:
            self.both("somebody opens the chat", lambda seat: seat.opens())
        if busy:
            self.it_has_begun(proved)

    def it_has_begun(self, proved: bool) -> None:
        """So that there is something of its own to ask about, and a socket; and, where it is proved, an offer."""
        self.both("it writes", lambda seat: seat.starts("before", CLIENT_IDS[0]))
        if proved:
            self.the_contact_signs_in_as_bob()
            self.both("it writes again", lambda seat: seat.starts("since", CLIENT_IDS[1]))
        self.both("it opens a socket", lambda seat: seat.opens_a_socket())

    def ada_has_been_here(self) -> None:
        """Most of what could leak is there from the beginning, so that a trace need not come upon it by luck."""
        self.alone("Ada has written, to another company, too", self._ada_writes_here_and_elsewhere())
        answer = self.others.grace_writes(self.others.ids[0], "not for you", "public", CLIENT_IDS[1])
        self.alone("Grace has answered her", answer)
        self.alone("Grace has read that", self.others.grace_reads(self.others.ids[0]))
        codes = self.others.a_stranger_asks_for_codes(ADA.email)
        self.alone("a stranger has asked for codes to her", codes)

    async def _ada_writes_here_and_elsewhere(self) -> None:
        await self.others.ada_writes("about my order", CLIENT_IDS[0])
        await self.neighbours.ada_writes("about another order", CLIENT_IDS[0])

    async def _found(self) -> None:
        for world in self.twins.both:
            world.forget()
        # Before the workspace of this trace, which is the one that a world was founded with last.
        await self.twins.right.found(self.elsewhere)
        for world in self.twins.both:
            await world.found(self.estate)

    def teardown(self) -> None:
        try:
            if not self.parted:
                self.the_contact_looks_at_everything_once_more()
        finally:
            self.run(self._leave())

    def the_contact_looks_at_everything_once_more(self) -> None:
        """So every trace ends with questions, whatever it was about."""
        self.story.sum_up("at last the contact starts two conversations, writes, reads, lists and asks")
        self.both("it goes on, or comes anew", _goes_on)
        self.both("it starts a conversation", lambda seat: seat.starts("at last", CLIENT_IDS[0]))
        self.both("it starts another one", lambda seat: seat.starts("and last", CLIENT_IDS[2]))
        if self.has_one():
            body = {"body": "once more", "client_id": str(CLIENT_IDS[1])}
            last = "/conversations/{}/messages"
            self.both("it writes", lambda seat: seat.call("POST", last.format(seat.ids[-1]), body))
            self.both("it reads", lambda seat: seat.call("GET", last.format(seat.ids[-1])))
        self.both("it lists", lambda seat: seat.lists(30))
        if self.has_one():
            self.both("Grace reads it, too", self._grace_reads_the_last)
        self.both("it asks who read", lambda seat: seat.asks_who_read())
        for one in (*self.theirs()[:2], MADE_UP):
            self.both("it tries one that is not its own", partial(_reads, one=one))
        self.both(
            f"it asks for a code to {ADA.email}", lambda seat: seat.proves(kind="code", email=ADA.email)
        )

    async def _grace_reads_the_last(self, seat: Seat) -> None:
        await Others(seat.world, self.estate).grace_reads(seat.ids[-1])

    async def _leave(self) -> None:
        for seat in self.seats:
            await seat.closes_its_socket()

    # ── How a step is taken ──────────────────────────────────────────────────────────────────────────────────

    def both(self, sentence: str, act: Act) -> None:
        """The contact does the same in both worlds, and what it is sent is compared."""
        self.story.tell(sentence)
        self.steps += 1
        if not self.twins.same_chance:
            # What fell on one instant would be ordered by ids of chance.
            self.twins.clock.forward(seconds=0.001)
        received = [self.run(self._step(seat, act)) for seat in self.seats]
        if not self.twins.same_chance:
            received = [self.namer[n].without_chance(each) for n, each in enumerate(received)]
        self.parted = received[0] != received[1]
        self.story.compare(*received)

    async def _step(self, seat: Seat, act: Act) -> list[list[str]]:
        seat.world.begin(f"step {self.steps}")
        await act(seat)
        return await seat.gather()

    def alone(self, sentence: str, act: Awaitable[Any]) -> None:
        """Something that happens in one world alone. Nothing of it may reach the contact, not even later."""
        self.steps += 1
        self.twins.right.begin(f"alone {self.steps}")
        self.run(act)
        self.both(f"(in one world alone: {sentence})", _nothing)

    @property
    def namer(self) -> list[Namer]:
        if not hasattr(self, "_namer"):
            self._namer = [Namer(), Namer()]
        return self._namer

    def has_one(self) -> bool:
        return bool(self.seats[0].ids)

    def others_have_one(self) -> bool:
        return bool(self.others.ids)

    def somebody_has_one(self) -> bool:
        return bool(self.theirs())

    def theirs(self) -> list[str]:
        """Conversations that are there in one world alone, the newest first; one of another workspace comes second."""
        return newest_of(self.others.ids, self.neighbours.ids)

    # ── The contact comes, says who it is, proves it, goes ───────────────────────────────────────────────────

    @rule()
    def the_contact_opens_the_chat_again(self) -> None:
        self.both("the contact opens the chat again", lambda seat: seat.opens())

    @rule(who=people)
    def the_contact_opens_the_chat_and_claims_an_address(self, who: Person) -> None:
        claims = {"email": who.email, "name": who.name}
        self.both(
            f"the contact opens the chat and claims {who.email}", lambda seat: seat.opens(claims=claims)
        )

    @rule(who=people)
    def the_contact_claims_an_address(self, who: Person) -> None:
        body = {"claims": {"email": who.email}}
        self.both(f"the contact claims {who.email}", lambda seat: seat.call("PATCH", "/session", body))

    @rule(who=people, times=st.sampled_from([1, 1, 1, 6]))
    def the_contact_asks_for_a_code(self, who: Person, times: int) -> None:
        async def act(seat: Seat) -> None:
            for _ in range(times):
                await seat.proves(kind="code", email=who.email)

        self.both(f"the contact asks for a code to {who.email} ({times} times)", act)

    @rule(right=st.booleans())
    def the_contact_types_a_code(self, right: bool) -> None:
        self.both(
            f"the contact types {'the code from its mailbox' if right else 'a wrong code'}",
            lambda seat: seat.proves(kind="code", code=seat.code if right else "999999"),
        )

    @rule()
    def the_contact_signs_in_as_bob(self) -> None:
        token = self.estate.acme.token(BOB)
        self.both(
            "the site says that it is Bob", lambda seat: seat.proves(kind="token", identity_token=token)
        )

    @rule(
        fault=st.sampled_from(["rubbish", "another's signature", "an unknown key", "another company's key"])
    )
    def the_contact_brings_a_bad_token(self, fault: str) -> None:
        token = self._bad_token(fault)
        self.both(f"the contact brings a token with {fault}", lambda seat: seat.opens(identity_token=token))

    def _bad_token(self, fault: str) -> str:
        good = self.estate.acme.token(ADA)
        head, claims, signature = good.split(".")
        if fault == "rubbish":
            return "a.b.c"
        if fault == "another company's key":
            return replace(self.estate.acme, key=self.elsewhere.acme.key).token(ADA)
        return (
            f"{head}.{claims}.{signature[::-1]}"
            if fault == "another's signature"
            else f"e30.{claims}.{signature}"
        )

    @rule()
    def the_contact_asks_who_it_is(self) -> None:
        self.both("the contact asks for its state", lambda seat: seat.call("GET", "/session"))

    @rule(everywhere=st.booleans())
    def the_contact_goes(self, everywhere: bool) -> None:
        async def act(seat: Seat) -> None:
            if everywhere:
                await seat.call("POST", "/session/sign-out-everywhere")
            else:
                await seat.call("DELETE", "/session")

        self.both(f"the contact goes{', everywhere' if everywhere else ''}", act)

    @rule()
    def the_contact_says_that_others_use_this_computer(self) -> None:
        self.both(
            "the contact says that others use this computer",
            lambda seat: seat.call("POST", "/session/shared-computer"),
        )

    @rule(there=st.booleans())
    def the_contact_begins_to_sign_in(self, there: bool) -> None:
        asked = {
            "provider": str((self.estate if there else self.elsewhere).provider),
            "state": "a" * 43,
            "nonce": "b" * 43,
            "code_challenge": "c" * 43,
        }
        self.both(
            f"the contact begins to sign in{'' if there else ' where nobody can'}",
            lambda seat: seat.call("POST", "/session/sign-in-starts", asked),
        )

    @rule(there=st.booleans())
    def the_contact_brings_what_no_sign_in_gave(self, there: bool) -> None:
        """With another verifier than the start was made for, so that nobody asks the provider."""
        provider = str((self.estate if there else self.elsewhere).provider)
        told = {"provider": provider, "code": "a-code", "verifier": "d" * 43, "nonce": "b" * 43}
        self.both("the contact brings a sign-in", lambda seat: seat.proves(kind="oidc", sign_in=told))

    @rule()
    def the_contact_forgets_its_secret_and_comes_anew(self) -> None:
        async def act(seat: Seat) -> None:
            seat.secret = seat.cookie = None
            await seat.opens()

        self.both("the contact comes anew, with nothing", act)

    # ── What is the same in both: the time, and Grace where the contact may read ─────────────────────────────

    @rule(seconds=st.sampled_from([1, 11, 61, 1000]))
    def time_passes(self, seconds: int) -> None:
        self.twins.clock.forward(seconds=seconds)

        async def look(seat: Seat) -> None:
            seat.world.look_at_the_clock()

        self.both(f"{seconds} seconds pass", look)

    @precondition(has_one)
    @rule(n=few, what=st.sampled_from(["public", "public", "note", "close", "read"]), client_id=client_ids)
    def grace_answers_the_contact(self, n: int, what: str, client_id: Any) -> None:
        async def act(seat: Seat) -> None:
            desk, one = Others(seat.world, self.estate), one_of(seat.ids, n)
            if what == "close":
                await desk.grace_closes(one)
            elif what == "read":
                await desk.grace_reads(one)
            else:
                await desk.grace_writes(one, "Grace's words", what, client_id)

        self.both(f"Grace does this in the contact's own: {what}", act)


def newest_of(these: list[str], those: list[str]) -> list[str]:
    """All of these, and the newest of those in the second place."""
    newest = these[::-1]
    return [*newest[:1], *those[-1:], *newest[1:]]


def one_of(these: list[str], n: int) -> str:
    """One of these, or nothing where there is none."""
    return these[n % len(these)] if these else ""


async def _reads(seat: Seat, one: str) -> None:
    await seat.call("GET", f"/conversations/{one}/messages")


async def _goes_on(seat: Seat) -> None:
    await seat.opens()
    if seat.received[-1][0] == "401":
        seat.secret = seat.cookie = None
        await seat.opens()


async def _nothing(_: Seat) -> None:
    """The contact does nothing."""
