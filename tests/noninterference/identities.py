"""What a contact sees, ends and proves of who it is, and what the team does to who the others are."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.cast import ADA, BOB, MALLORY, Person
from tests.noninterference.machine import MADE_UP, few, newest_of, one_of
from tests.noninterference.seat import Seat
from tests.noninterference.sockets import TwoWorldsOfSockets

DEVICES = "/session/devices"
LINKS = "/links"


class TwoWorldsOfIdentities(TwoWorldsOfSockets):
    """Devices, links, old hashes; retirement, blocks, ends by the team, and how well the site proves its users."""

    def others_have_a_session(self) -> bool:
        return bool(self.others.sessions)

    # ── The contact ──────────────────────────────────────────────────────────────────────────────────────────

    @rule()
    def the_contact_lists_its_devices(self) -> None:
        self.both("the contact asks where it is signed in", lambda seat: seat.lists_its_devices())

    @rule()
    def the_contact_asks_who_read(self) -> None:
        self.both("the contact asks who read its conversations", lambda seat: seat.asks_who_read())

    @rule(n=few, whose=st.sampled_from(["its own", "somebody else's", "one that it made up"]))
    def the_contact_ends_a_device(self, n: int, whose: str) -> None:
        """Somebody else's is one that lives in one world alone."""
        others = one_of(newest_of(self.others.sessions, self.neighbours.sessions), n) or MADE_UP

        def device(seat: Seat) -> str:
            own = one_of(seat.devices, n) or MADE_UP
            return {"its own": own, "somebody else's": others}.get(whose, MADE_UP)

        self.both(
            f"the contact ends a device: {whose}",
            lambda seat: seat.call("DELETE", f"{DEVICES}/{device(seat)}"),
        )

    @rule(account=st.sampled_from([MALLORY.email, BOB.email]), undoes=st.booleans())
    def the_contact_links_a_mailbox(self, account: str, undoes: bool) -> None:
        """Of its own. Where it has proved nothing, it rises by the code, and says yes to what nobody asked."""

        async def act(seat: Seat) -> None:
            await seat.links_a_mailbox(account)
            if undoes:
                await seat.call("DELETE", f"{LINKS}/{one_of(seat.links, 0) or MADE_UP}")

        self.both(f"the contact links {account}{', and undoes it' if undoes else ''}", act)

    @rule(n=few, foreign=st.booleans(), undoes=st.booleans())
    def the_contact_looks_at_its_links(self, n: int, foreign: bool, undoes: bool) -> None:
        one = (foreign and one_of(self.others.links, n)) or MADE_UP
        if undoes:
            self.both("the contact undoes a link", lambda seat: seat.call("DELETE", f"{LINKS}/{one}"))
        else:
            self.both("the contact asks for its links", lambda seat: seat.call("GET", LINKS))

    @rule(account=st.sampled_from([ADA.email, MALLORY.email, BOB.email]))
    def the_contact_says_that_a_mailbox_is_its_own(self, account: str) -> None:
        self.both(
            f"the contact says that {account} is its own",
            lambda seat: seat.call("POST", LINKS, {"account": account}),
        )

    @rule(who=st.sampled_from([ADA, BOB]), good=st.booleans(), anew=st.booleans())
    def the_contact_brings_an_old_hash(self, who: Person, good: bool, anew: bool) -> None:
        """Its own is Bob's. A wrong one names somebody who is known in one world alone, or in both."""
        told = self.estate.old_hash(BOB) if good else {**self.estate.old_hash(who), "hash": "0" * 64}

        async def act(seat: Seat) -> None:
            if anew:
                await seat.opens(legacy=told)
            else:
                await seat.proves(kind="token", legacy=told)

        self.both(f"the contact brings {'its' if good else 'a wrong'} old hash", act)

    # ── In one world alone ───────────────────────────────────────────────────────────────────────────────────

    @rule()
    def ada_comes_by_an_old_hash(self) -> None:
        self.alone("Ada comes with her old hash", self.others.ada_comes_by_an_old_hash())

    @rule()
    def ada_is_linked(self) -> None:
        self.alone("Ada is one person with another account", self.others.ada_is_linked())

    @rule(what=st.sampled_from(["retire", "block", "unblock", "sign-out"]))
    def grace_acts_on_ada(self, what: str) -> None:
        self.alone(f"Grace does this to Ada: {what}", self.others.grace_acts_on_ada(what))

    @precondition(others_have_a_session)
    @rule(n=few, what=st.sampled_from(["block", "unblock", "end"]))
    def grace_acts_on_a_session(self, n: int, what: str) -> None:
        session = one_of(self.others.sessions, n)
        self.alone(
            f"Grace does this to somebody's session: {what}",
            self.others.grace("POST", f"/sessions/{session}/{what}"),
        )

    @rule(what=st.sampled_from(["block", "block", "block", "unblock"]))
    def grace_blocks_the_contact(self, what: str) -> None:
        """More than is promised to others: who is blocked is answered as before."""
        act = self.others.grace_blocks(self.seats[1].secret or self.seats[1].cookie, what)
        self.alone(f"Grace does this to the contact: {what}", act)

    @rule()
    def strangers_bring_bad_proofs(self) -> None:
        self.alone("strangers bring bad proofs, and Grace looks", self.others.strangers_bring_bad_proofs())
