"""What anybody may do, in sentences: one contact in both worlds at once, the others in one of them alone.

The right world is one in which other people do things. The left one is one in which they do not.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.cast import ADA, BOB, MALLORY, Person
from tests.clock import MONDAY_MORNING
from tests.noninterference.others import Others
from tests.noninterference.seat import A_NOTES_ID, CLIENT_IDS, Seat
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
        peopled=st.booleans(),
    )
    def somebody_comes(
        self, in_a_browser: bool, history_from: str, adopt: str, proved: bool, peopled: bool
    ) -> None:
        clock = self.twins.clock
        # Each trace begins on the same morning, so that one that failed can be led through the same again.
        clock.now = MONDAY_MORNING
        self.estate = Estate.new(clock, history_from, adopt)
        mailboxes = frozenset({MALLORY.email, BOB.email})
        self.seats = [Seat(world, self.estate, in_a_browser, mailboxes) for world in self.twins.both]
        self.others = Others(self.twins.right, self.estate)
        self.run(self._found())
        token = self.estate.acme.token(BOB)
        if proved:
            self.both("Bob opens the chat, proved by the site", lambda seat: seat.opens(identity_token=token))
        else:
            self.both("somebody opens the chat", lambda seat: seat.opens())
        if peopled:
            self.ada_has_been_here()

    def ada_has_been_here(self) -> None:
        """Most of what could leak is there from the beginning, so that a trace need not come upon it by luck."""
        self.alone("Ada has written", self.others.ada_writes("about my order", CLIENT_IDS[0]))
        answer = self.others.grace_writes(self.others.ids[0], "not for you", "public", CLIENT_IDS[1])
        self.alone("Grace has answered her", answer)
        self.alone("Grace has read that", self.others.grace_reads(self.others.ids[0]))
        codes = self.others.a_stranger_asks_for_codes(ADA.email)
        self.alone("a stranger has asked for codes to her", codes)

    async def _found(self) -> None:
        for world in self.twins.both:
            world.forget()
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
        for one in (*self.others.ids[-1:], MADE_UP):
            self._try(one, "read it", CLIENT_IDS[0], "one that is not its own")
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

    def listens(self) -> bool:
        plug = self.seats[0].plug
        return plug is not None and plug.is_open

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

    @rule(fault=st.sampled_from(["rubbish", "another's signature", "an unknown key"]))
    def the_contact_brings_a_bad_token(self, fault: str) -> None:
        token = self._bad_token(fault)
        self.both(f"the contact brings a token with {fault}", lambda seat: seat.opens(identity_token=token))

    def _bad_token(self, fault: str) -> str:
        good = self.estate.acme.token(ADA)
        head, claims, signature = good.split(".")
        if fault == "rubbish":
            return "a.b.c"
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
    def the_contact_forgets_its_secret_and_comes_anew(self) -> None:
        async def act(seat: Seat) -> None:
            seat.secret = seat.cookie = None
            await seat.opens()

        self.both("the contact comes anew, with nothing", act)

    # ── It writes and reads ──────────────────────────────────────────────────────────────────────────────────

    @rule(words=said, client_id=client_ids)
    def the_contact_starts_a_conversation(self, words: str, client_id: Any) -> None:
        self.both("the contact starts a conversation", lambda seat: seat.starts(words, client_id))

    @precondition(has_one)
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
            lambda seat: seat.lists(1, "A" * 70 if bad or not seat.cursors else one_of(seat.cursors, n)),
        )

    @precondition(has_one)
    @rule(n=few, where=st.sampled_from(["", "?limit=1", "?after=1", "?before=3&limit=1"]))
    def the_contact_reads(self, n: int, where: str) -> None:
        self.both(
            f"the contact reads one of its own {where}",
            lambda seat: seat.call("GET", f"/conversations/{one_of(seat.ids, n)}/messages{where}"),
        )

    @precondition(has_one)
    @rule(n=few, seq=st.integers(0, 5))
    def the_contact_marks_one_as_read(self, n: int, seq: int) -> None:
        self.both(
            "the contact marks one of its own as read",
            lambda seat: seat.call("POST", f"/conversations/{one_of(seat.ids, n)}/read", {"seq": seq}),
        )

    @rule()
    def the_contact_asks_what_is_on_offer(self) -> None:
        self.both("the contact asks what is on offer", lambda seat: seat.asks_what_is_on_offer())

    @rule(foreign=st.booleans())
    def the_contact_takes_what_is_on_offer(self, foreign: bool) -> None:
        foreigners = self.others.ids[:2] if foreign else []
        self.both("the contact takes what is on offer", lambda seat: seat.adopts(seat.offered + foreigners))

    @rule(n=few)
    def the_contact_gives_back(self, n: int) -> None:
        self.both(
            "the contact gives back what it took",
            lambda seat: seat.call("DELETE", f"/adoptions/{one_of(seat.adoptions, n) or MADE_UP}"),
        )

    # ── It tries what is not its own ─────────────────────────────────────────────────────────────────────────

    @precondition(others_have_one)
    @rule(
        n=few,
        what=st.sampled_from(["read it", "write", "mark", "type", "rate", "adoption"]),
        client_id=client_ids,
    )
    def the_contact_tries_somebody_elses(self, n: int, what: str, client_id: Any) -> None:
        self._try(one_of(self.others.ids[::-1], n), what, client_id, "a conversation of somebody else's")

    @rule(
        what=st.sampled_from(["read it", "write", "mark", "type", "rate", "adoption"]), client_id=client_ids
    )
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
            "adoption": ("DELETE", f"/adoptions/{conversation}", None),
        }
        self.both(f"the contact tries {which}: {what}", lambda seat: seat.call(*asked[what]))

    @rule(body=st.sampled_from([b"{", b'{"claims": 7}', b'{"body": ""}', b"[]", b"\xff"]))
    def the_contact_sends_rubbish(self, body: bytes) -> None:
        self.both(f"the contact sends {body!r}", lambda seat: seat.call("PATCH", "/session", body))

    # ── Its socket ───────────────────────────────────────────────────────────────────────────────────────────

    @rule()
    def the_contact_opens_a_socket(self) -> None:
        self.both("the contact opens a socket", lambda seat: seat.opens_a_socket())

    @precondition(listens)
    @rule(n=few, foreign=st.booleans())
    def the_contact_resumes(self, n: int, foreign: bool) -> None:
        strange = self.others.ids[-1] if foreign and self.others.ids else MADE_UP

        def seen(seat: Seat) -> dict[str, int]:
            return {strange: 0, **({one_of(seat.ids, n): 0} if seat.ids else {})}

        self.both(
            "the contact's socket resumes", lambda seat: seat.says({"type": "resume", "seen": seen(seat)})
        )

    @precondition(listens)
    @rule(n=few, words=said, client_id=client_ids, foreign=st.booleans())
    def the_contact_sends_by_its_socket(self, n: int, words: str, client_id: Any, foreign: bool) -> None:
        strange = self.others.ids[-1] if foreign and self.others.ids else MADE_UP

        def frame(seat: Seat) -> dict[str, str]:
            to = strange if foreign or not seat.ids else one_of(seat.ids, n)
            return {"type": "send", "conversation_id": to, "body": words, "client_id": str(client_id)}

        self.both("the contact writes by its socket", lambda seat: seat.says(frame(seat)))

    @precondition(listens)
    @rule(foreign=st.booleans())
    def the_contacts_socket_says_that_it_types(self, foreign: bool) -> None:
        strange = self.others.ids[-1] if foreign and self.others.ids else MADE_UP
        frame = {"type": "typing", "conversation_id": strange}
        self.both("the contact's socket says that it types", lambda seat: seat.says(frame))

    @rule()
    def the_contacts_socket_goes(self) -> None:
        self.both("the contact's socket goes", lambda seat: seat.closes_its_socket())

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

    # ── What is in one world alone ───────────────────────────────────────────────────────────────────────────

    @rule(words=said, client_id=client_ids)
    def ada_writes(self, words: str, client_id: Any) -> None:
        self.alone("Ada signs in and writes", self.others.ada_writes(words, client_id))

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

    @precondition(others_have_one)
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

    @precondition(has_one)
    @rule(n=few, takes=st.booleans())
    def grace_notes_in_the_contacts_own(self, n: int, takes: bool) -> None:
        """More than is promised: what the team says among itself reaches the contact nowhere.

        Under an id of its own, since an answer under a note's is refused to Grace and comes to nobody."""
        if takes:
            self.both(
                "Grace looks at the contact's own, and takes it in one world alone",
                lambda seat: self._grace_looks(seat, n),
            )
        else:
            note = self.others.grace_writes(one_of(self.seats[1].ids, n), "between us", "note", A_NOTES_ID)
            self.alone("Grace notes something for the team in the contact's own", note)

    async def _grace_looks(self, seat: Seat, n: int) -> None:
        """Whoever takes a conversation is shown it, and that the team has read it is told to the contact."""
        desk, one = Others(seat.world, self.estate), one_of(seat.ids, n)
        if seat.world is self.twins.right:
            await desk.grace_takes(one)
        else:
            await desk.grace_reads(one)

    @rule(words=said, client_id=client_ids)
    def grace_starts_one_for_ada(self, words: str, client_id: Any) -> None:
        self.alone("Grace starts one for Ada", self.others.grace_starts_one_for_ada(words, client_id))


def one_of(these: list[str], n: int) -> str:
    """One of these, or nothing where there is none."""
    return these[n % len(these)] if these else ""


async def _goes_on(seat: Seat) -> None:
    await seat.opens()
    if seat.received[-1][0] == "401":
        seat.secret = seat.cookie = None
        await seat.opens()


async def _nothing(_: Seat) -> None:
    """The contact does nothing."""
