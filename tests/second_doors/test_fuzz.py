"""Every door of the written API, asked by people of every kind for what fits it and what does not, with ids that are
there: refused in one form, never broken, and never a word of somebody else's."""

import asyncio
from asyncio import AbstractEventLoop
from collections import Counter
from datetime import timedelta
from functools import cache
from typing import Any, cast

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks, openapi
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.case import Case as AnyCase

from privity.app import written_api
from privity.web.answers import PROBLEM_JSON
from tests.cast import ADA
from tests.clock import MONDAY_MORNING
from tests.db.worlds import add_conversation, add_user
from tests.doors import CHAT
from tests.second_doors.actors import ACTORS, Actor
from tests.second_doors.asking import ids_in
from tests.second_doors.belongings import foreign, may_have, own
from tests.second_doors.matrix import Door
from tests.second_doors.test_routes import SECTIONS, word_for
from tests.second_doors.town import Sitting, Town
from tests.unhurried import PATIENCE

Case = AnyCase[Any]

ADAS_SECRET = "kestrel-8c1f7a2e"
DOORS = [
    (gate, door)
    for gate, section in SECTIONS.items()
    for door in section
    if door.what == door.route and door.what.split(" ")[1].startswith(("/widget/v1/", "/api/v1/"))
]
AS_WRITTEN: list[Any] = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
NO_PROVIDER = ("/widget/v1/session/sign-in-starts", 503)
"""Where a provider that is not there, or that nobody knows, is asked for its page: that is no fault of ours."""

READING = next(door for door in SECTIONS["team"] if door.what == "GET /api/v1/conversations")
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
Where = tuple[str, int]
WHERE = st.tuples(st.sampled_from(("own", "foreign", "nowhere")), st.integers(0, 5))
"""An id out of the blue gets no further than to its 404: most of the time it is one that is there."""

pytestmark = pytest.mark.usefixtures("anyio_backend")
each_door = pytest.mark.parametrize(
    ("gate", "door"), DOORS, ids=lambda part: part.what if isinstance(part, Door) else part
)
quickly = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    database=None,
)


def askers(gate: str, door: Door) -> list[Actor]:
    """Two whom the door lets in, one whom it answers that this is out of reach, or else a third, and one who stands
    before its gate: others at each door, so that in the end everybody has asked at many."""
    nth = nth_of(door)
    words = {actor: "yes" if gate == "open" else word_for(actor, gate, door) for actor in ACTORS}
    outside = [actor for actor, word in words.items() if word == "gate"]
    refused = [actor for actor, word in words.items() if word == "no"]
    let_in = [actor for actor in ACTORS if actor not in (*outside, *refused)]
    may = [let_in[(2 * nth + turn) % len(let_in)] for turn in range(2 if refused else 3)]
    return [*may, *(some[nth % len(some)] for some in (refused, outside) if some)]


def nth_of(door: Door) -> int:
    return [one for _, one in DOORS].index(door)


def test_every_door_is_asked_by_who_may_and_who_may_not_and_everybody_asks() -> None:
    written = {
        f"{method.upper()} {path}" for path, methods in written_api()["paths"].items() for method in methods
    }
    assert {door.what for _, door in DOORS} == written
    asked = Counter(actor.name for gate, door in DOORS for actor in askers(gate, door))
    assert {actor.name for actor in ACTORS} == set(asked)
    assert min(asked.values()) > 3, asked


@cache
def operations() -> dict[str, Any]:
    found = [cast("Any", one).ok() for one in openapi.from_dict(written_api()).get_all_operations()]
    return {f"{one.method.upper()} {one.path}": one for one in found}


@cache
def cases(door: str, mode: GenerationMode) -> st.SearchStrategy[Case]:
    """What may be asked at a door: what fits its description, or what does not. What asks for nothing can't be asked
    wrongly."""
    asked = operations()[door]
    can = bool(asked.body or asked.query or asked.path_parameters)
    strategy: st.SearchStrategy[Case] = asked.as_strategy(mode if can else GenerationMode.POSITIVE)
    return strategy


@pytest.fixture(scope="module")
async def secret_town(town: Town) -> Town:
    """Where Ada wrote something: the newest of all, so that each list of it begins with that."""
    seat = await add_user(town.db, town.identities[town.acme.id, ADA])
    late = MONDAY_MORNING + timedelta(hours=1)
    await add_conversation(town.db, seat, f"My order is {ADAS_SECRET}.", at=late)
    return town


@pytest.fixture(scope="module")
async def loop(secret_town: Town) -> AbstractEventLoop:
    """In which the town lives."""
    return asyncio.get_running_loop()


async def test_the_secret_is_told_to_those_who_may_know_it(secret_town: Town) -> None:
    """Else the search for it in others' answers would mean nothing."""
    for actor in ACTORS:
        sitting = await actor.sits(secret_town)
        path = "/widget/v1/conversations" if actor.gate == "contact" else "/api/v1/conversations"
        async with before(secret_town) as client:
            answer = await client.get(path, headers=sitting.headers)
        assert (ADAS_SECRET in answer.text) == may_know(secret_town, actor, sitting), actor.name


def may_know(town: Town, actor: Actor, sitting: Sitting) -> bool:
    """Ada, and whoever of her team reaches what was said."""
    if sitting.acme is not town.acme or actor.gate is None:
        return False
    return actor.name == "Ada" or (actor.gate == "team" and word_for(actor, "team", READING) != "no")


@each_door
@quickly
@given(drawn=st.data())
def test_whatever_is_asked_is_answered_as_it_is_written(
    secret_town: Town, loop: AbstractEventLoop, gate: str, door: Door, drawn: st.DataObject
) -> None:
    ask_in_turn(secret_town, loop, gate, door, drawn)


@pytest.mark.long
@each_door
@settings(quickly, max_examples=50, derandomize=False, phases=(Phase.generate, Phase.shrink))
@given(drawn=st.data())
def test_whatever_is_asked_for_long_is_answered_as_it_is_written(
    secret_town: Town, loop: AbstractEventLoop, gate: str, door: Door, drawn: st.DataObject
) -> None:
    ask_in_turn(secret_town, loop, gate, door, drawn)


def ask_in_turn(town: Town, loop: AbstractEventLoop, gate: str, door: Door, drawn: st.DataObject) -> None:
    """Drawn outside the loop, which would not outlive what ends a drawing."""
    for turn, actor in enumerate(askers(gate, door), start=nth_of(door) // 3):
        case = drawn.draw(cases(door.what, MODES[turn % 2]))
        loop.run_until_complete(ask(town, actor, door, case, drawn.draw(WHERE)))


async def ask(town: Town, actor: Actor, door: Door, case: Case, where: Where) -> None:
    sitting = await actor.sits(town)
    await point(town, sitting, door, case, where)
    async with asyncio.timeout(PATIENCE), before(town) as client:
        answer = await client.send(request_of(client, case, sitting))
    hold_to_what_is_written(case, answer)
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == PROBLEM_JSON
        assert answer.json()["status"] == answer.status_code
    assert may_know(town, actor, sitting) or ADAS_SECRET not in answer.text, actor.name


def hold_to_what_is_written(case: Case, answer: httpx.Response) -> None:
    try:
        sound = [] if (case.path, answer.status_code) == NO_PROVIDER else [checks.not_a_server_error]
        case.validate_response(answer, checks=[*sound, *AS_WRITTEN])
    except FailureGroup as failures:
        # Not an Exception, and so it would end the loop on which all tests of this file run.
        raise AssertionError(f"{failures} {failures.exceptions}") from None


async def point(town: Town, sitting: Sitting, door: Door, case: Case, where: Where) -> None:
    """Ids that are there stand in for those that were drawn: in the path, the query and the body."""
    if where[0] == "nowhere":
        return
    for name in case.path_parameters or {}:
        case.path_parameters[name] = await an_id(town, sitting, name, where)
    for field, name in ids_in(door.what).items():
        *way, last = field.split(".")
        for holder in (case.query, inside(case.body, way)):
            if isinstance(holder, dict) and last in holder:
                found = await an_id(town, sitting, name, where)
                holder[last] = [found] if isinstance(holder[last], list) else found


async def an_id(town: Town, sitting: Sitting, name: str, where: Where) -> str:
    whose, which = where
    if name == "workspace":
        return str((sitting.acme if whose == "own" else town.other(sitting.acme)).id)
    if whose == "own" and may_have(sitting, name):
        return await own(town, sitting, name)
    ids = await foreign(town, sitting, name)
    return ids[which % len(ids)]


def inside(body: object, way: list[str]) -> object:
    for step in way:
        body = body.get(step) if isinstance(body, dict) else None
    return body


def request_of(client: httpx.AsyncClient, case: Case, sitting: Sitting) -> httpx.Request:
    """What was drawn, with what the actor brings in place of badges that were made up."""
    drawn = case.as_transport_kwargs(base_url=CHAT)
    body = (
        {"content": drawn["data"]}
        if drawn.get("data")
        else {name: drawn[name] for name in ("json",) if name in drawn}
    )
    kind = {name: said for name, said in drawn["headers"].items() if name.lower() == "content-type"}
    headers = {**sitting.headers, **kind}
    return client.build_request(
        drawn["method"], drawn["url"], headers=headers, params=drawn.get("params"), **body
    )


def before(town: Town) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(cast("Any", town.app)), base_url=CHAT)
