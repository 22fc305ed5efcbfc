"""Small worlds with everything in them, made up by Hypothesis, in which the two locks are held against each other."""

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from hypothesis import strategies as st

from privity.people.model import SCOPES, Role, Scope

Town = Literal[0, 1]
"""Which of the two workspaces."""
Word = Literal["public", "note"]


@dataclass(frozen=True, slots=True)
class Named:
    """An identity."""

    town: Town
    erased: bool


@dataclass(frozen=True, slots=True)
class Sits:
    """A session, and which identity it proved, by its place in the plan."""

    town: Town
    who: int | None
    proof: str
    state: Literal["lives", "ended", "expired", "silent"]


@dataclass(frozen=True, slots=True)
class Tied:
    """A link of two identities."""

    one: int
    other: int
    stands: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """What was begun in one session is on offer in another one, to what that one proved; or was."""

    begun: int
    to: int
    state: Literal["open", "over", "settled"]


@dataclass(frozen=True, slots=True)
class Said:
    """A conversation. An owner whom its session did not prove took it later; without a session the team began it."""

    town: Town
    session: int | None
    owner: int | None
    erased: bool
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Works:
    """A teammate of this role, who is signed in or was. Without a role it is a key with these scopes, and one that is
    `disabled` is revoked."""

    town: Town
    role: Role | None
    scopes: frozenset[Scope]
    state: Literal["lives", "ended", "expired", "disabled"]


@dataclass(frozen=True, slots=True)
class Plan:
    history_from: str
    legacy_is_on: bool
    named: tuple[Named, ...]
    sits: tuple[Sits, ...]
    tied: tuple[Tied, ...]
    offered: tuple[Offered, ...]
    said: tuple[Said, ...]
    works: tuple[Works, ...]


TOWNS: st.SearchStrategy[Town] = st.sampled_from((0, 0, 0, 1))
STATES: st.SearchStrategy[Literal["lives", "ended", "expired", "silent"]] = st.sampled_from(
    ("lives", "lives", "lives", "ended", "expired", "silent")
)
ERASED = st.sampled_from((False, False, False, True))
WORDS: st.SearchStrategy[list[Word]] = st.lists(
    st.sampled_from(("public", "public", "note")), min_size=1, max_size=3
)
LEADS = st.builds(Sits, TOWNS, st.none(), st.sampled_from(("none", "claimed")), STATES)
TEAMMATES = st.builds(
    Works,
    TOWNS,
    st.sampled_from(("owner", "agent", "auditor")),
    st.just(frozenset()),
    st.sampled_from(("lives", "lives", "lives", "ended", "expired", "disabled")),
)
KEYS = st.builds(
    Works,
    TOWNS,
    st.none(),
    st.frozensets(st.sampled_from(sorted(SCOPES))),
    st.sampled_from(("lives", "lives", "lives", "disabled")),
)
PROOFS = ("signed", "mailbox", "legacy")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Everybody named sits somewhere and owns something, and what is on offer was said: little is beside the point."""
    named = tuple(
        draw(
            st.lists(
                st.builds(Named, TOWNS, st.sampled_from((False, False, False, True))), min_size=2, max_size=3
            )
        )
    )
    sits = (
        *(Sits(one.town, who, draw(st.sampled_from(PROOFS)), draw(STATES)) for who, one in enumerate(named)),
        *draw(st.lists(LEADS, min_size=1, max_size=2)),
    )
    pairs = [(a, b) for a, b in combinations(range(len(named)), 2) if named[a].town == named[b].town]
    tied = tuple(Tied(a, b, draw(st.booleans())) for a, b in pairs)
    offered = _offers(draw, sits)
    said = (
        *(_owned(draw, named, sits, who) for who in range(len(named))),
        *(Said(sits[one.begun].town, one.begun, None, draw(ERASED), tuple(draw(WORDS))) for one in offered),
        *(_begun(draw, named, sits) for _ in range(draw(st.integers(0, 2)))),
    )
    history_from = draw(st.sampled_from(("signed", "mailbox", "legacy")))
    works = draw(TEAMMATES), draw(KEYS)
    return Plan(history_from, draw(st.booleans()), named, sits, tied, offered, said, works)


def _offers(draw: st.DrawFn, sits: tuple[Sits, ...]) -> tuple[Offered, ...]:
    """At most one of a session, and one to a session."""
    free = [place for place, one in enumerate(sits) if one.who is not None]
    offers = []
    for begun, lead in enumerate(sits):
        known = [place for place in free if sits[place].town == lead.town]
        if lead.who is None and known and draw(st.booleans()):
            to = draw(st.sampled_from(known))
            free.remove(to)
            offers.append(Offered(begun, to, draw(st.sampled_from(("open", "over", "settled")))))
    return tuple(offers)


def _owned(draw: st.DrawFn, named: tuple[Named, ...], sits: tuple[Sits, ...], owner: int) -> Said:
    """Begun in any session of the workspace: its own, or one in which somebody else sat; or by the team."""
    town = named[owner].town
    sessions = [place for place, one in enumerate(sits) if one.town == town]
    return Said(town, draw(st.sampled_from((*sessions, None))), owner, draw(ERASED), tuple(draw(WORDS)))


def _begun(draw: st.DrawFn, named: tuple[Named, ...], sits: tuple[Sits, ...]) -> Said:
    """In any session, owned by anybody of its workspace or by nobody."""
    session = draw(st.sampled_from(range(len(sits))))
    known = [who for who, one in enumerate(named) if one.town == sits[session].town]
    owner = draw(st.sampled_from((None, *known)))
    return Said(sits[session].town, session, owner, draw(ERASED), tuple(draw(WORDS)))
