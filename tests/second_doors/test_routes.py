"""Every route, asked by everybody, with ids of their own, of others and of nobody."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest

from privity.app import http_doors
from tests.second_doors.actors import ACTORS, Actor
from tests.second_doors.asking import Asking
from tests.second_doors.belongings import foreign, made_up, own, whosever
from tests.second_doors.callers import Answered, ask
from tests.second_doors.matrix import CONTACTS, OPEN, TEAM, Door, doors
from tests.second_doors.town import PAGE, Sitting, Town

pytestmark = pytest.mark.anyio

SECTIONS = {"open": doors(OPEN), "contact": doors(CONTACTS), "team": doors(TEAM)}
GATED = [(gate, door) for gate in ("contact", "team") for door in SECTIONS[gate]]
SIGN_IN = "POST /api/v1/sign-in"
A_FEW = 6
"""A password is slow to check, on purpose: of so many, one tries."""
MISSING = "add a line to tests/second_doors/matrix.py, and how it is asked to tests/second_doors/asking.py"


def hung_up() -> Iterator[str]:
    """Every route as the router knows it. OPTIONS is its own, and names methods only."""
    for route in http_doors(cast("Any", SimpleNamespace()), cast("Any", SimpleNamespace())).routes:
        for method in getattr(route, "methods", ()):
            if method != "OPTIONS":
                yield f"{method} {route.path_format}"


def _doors_that_say(word: str) -> list[Door]:
    return [door for door in SECTIONS["open"] if door.words["anybody"] == word]


def test_every_route_has_its_line_in_the_matrix() -> None:
    routes, lines = set(hung_up()), {door.route for section in SECTIONS.values() for door in section}
    assert "GET /widget/v1/conversations/{conversation_id}/messages" in routes, "the router was read"
    assert routes - lines == set(), MISSING
    assert lines - routes == set(), "a line of tests/second_doors/matrix.py names a route that is no more"


@pytest.mark.parametrize("door", _doors_that_say("alike"), ids=lambda door: door.what)
async def test_a_door_without_a_gate_does_not_ask_who_is_there(town: Town, door: Door) -> None:
    who = ACTORS[::A_FEW] if door.what == SIGN_IN else ACTORS
    answers = {actor.name: await _ask(town, await actor.sits(town), door, page=True) for actor in who}

    assert {name for name, answer in answers.items() if answer != answers["nobody"]} == set()


@pytest.mark.parametrize("door", _doors_that_say("fresh"), ids=lambda door: door.what)
async def test_a_secret_that_opens_nothing_is_not_made_good_by_a_new_session(town: Town, door: Door) -> None:
    for actor in ACTORS:
        sitting = await actor.sits(town)
        answer = await _ask(town, sitting, door)

        lives = "Authorization" not in sitting.headers or actor.gate == "contact"
        assert _good(answer) if lives else answer.status == 401, f"{actor.name}: {answer}"


@pytest.mark.parametrize(("gate", "door"), GATED, ids=lambda part: getattr(part, "what", ""))
async def test_each_gets_what_the_matrix_says(town: Town, gate: str, door: Door) -> None:
    # What an earlier line signed out everywhere has proofs again.
    town.clock.forward(seconds=1)
    before = await town.fingerprint()
    wrong = [
        f"{actor.name}: {said}"
        for actor in ACTORS
        if (said := await _differs(town, actor, door, word_for(actor, gate, door))) is not None
    ]
    assert wrong == []
    assert await town.fingerprint() == before, "somebody changed what is not theirs"


def word_for(actor: Actor, gate: str, door: Door) -> str:
    if actor.gate != gate:
        return "gate"
    if actor.kind != "key":
        return door.words[actor.kind]
    asked = door.words["key"]
    if asked == "never" or (asked != "any" and not set(asked.split(" + ")) <= actor.scopes):
        return "no"
    return door.words["teammate"]


async def _differs(town: Town, actor: Actor, door: Door, word: str) -> str | None:
    """How the answers differ from what the matrix says; None where they don't."""
    match word:
        case "gate":
            return await _refused_alike(town, actor, door, 401)
        case "no":
            return await _refused_alike(town, actor, door, 403)
        case "yes":
            answer = await _ask(town, await actor.sits(town), door)
            return None if _good(answer) else f"{answer}"
        case "own":
            return await _own_alone(town, actor, door)
        case "nothing":
            return await _others_look_like_none(town, actor, door)
    raise AssertionError(f"tests/second_doors/matrix.py has no word {word!r}")


async def _refused_alike(town: Town, actor: Actor, door: Door, status: int) -> str | None:
    """The refusal does not depend on the id: one's own, or one's workspace's, another's, or one that nobody has."""
    sitting = await actor.sits(town)
    none = await _ask(town, sitting, door)
    if none.status != status:
        return f"{status} was due, not {none}"
    for words in await _that_stand(town, sitting, door):
        some = await _ask(town, sitting, door, words)
        if some != none:
            return f"{some} where {words} stand, and {none} where nobody has them"
    return None


async def _that_stand(town: Town, sitting: Sitting, door: Door) -> list[dict[str, str]]:
    """Fillings, until each id of each kind has come up."""
    found = {name: await whosever(town, sitting, name) for name in Asking.of(door.what).ids()}
    most = max((len(ids) for ids in found.values()), default=0)
    return [{name: ids[turn % len(ids)] for name, ids in found.items()} for turn in range(most)]


async def _own_alone(town: Town, actor: Actor, door: Door) -> str | None:
    sitting = await actor.sits(town)
    answer = await _ask(town, sitting, door, await _all_own(town, sitting, door))
    if not _good(answer):
        return f"its own is refused: {answer}"
    return await _others_look_like_none(town, actor, door)


async def _others_look_like_none(town: Town, actor: Actor, door: Door) -> str | None:
    """For each id that is named: others' are answered as one that nobody has, byte for byte. What is made new where
    any name will do has an id of its own."""
    asking = Asking.of(door.what)
    assert asking.ids(), f"{door.what} names no id: say `yes` in tests/second_doors/matrix.py"
    for name in asking.ids():
        sitting = await actor.sits(town)
        none = await _with(town, sitting, door, name, nobodys := made_up(name))
        if asking.in_path(name) and none.status != 404:
            return f"404 was due for a made-up {name}, not {none}"
        for others in await foreign(town, sitting, name):
            some = await _with(town, sitting, door, name, others)
            if some.but_for(others) != none.but_for(nobodys):
                return f"{some} for a {name} that stands, and {none} for one that nobody has"
    return None


async def _with(town: Town, sitting: Sitting, door: Door, name: str, value: str) -> Answered:
    """Asked with one id that is not theirs; the others are."""
    return await _ask(town, sitting, door, {**await _all_own(town, sitting, door, but=name), name: value})


async def _all_own(town: Town, sitting: Sitting, door: Door, but: str = "") -> dict[str, str]:
    return {name: await own(town, sitting, name) for name in Asking.of(door.what).ids() if name != but}


async def _ask(
    town: Town, sitting: Sitting, door: Door, words: dict[str, str] | None = None, *, page: bool = False
) -> Answered:
    asking = Asking.of(door.what)
    made = {name: made_up(name) for name in asking.ids()}
    plain = {"new": str(uuid4()), "token": town.token(sitting), "workspace": str(sitting.acme.id)}
    plain |= {"path": "nothing.js", "rest": "conversations"}
    if page:
        plain["workspace"] = str(town.acme.id)
    return await ask(
        town.app,
        asking.filled({**made, **plain, **(words or {})}),
        {**sitting.headers, **(PAGE if page else {})},
    )


def _good(answer: Answered) -> bool:
    return answer.status < 400
