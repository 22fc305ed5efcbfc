"""Every door of the written API, asked by everybody for what fits it and what does not: refused in one form, never
broken, and never a word of somebody else's."""

import asyncio
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
from tests.db.worlds import add_conversation, add_user
from tests.doors import CHAT
from tests.second_doors.actors import ACTORS, Actor
from tests.second_doors.town import Sitting, Town

Case = AnyCase[Any]

ADAS_SECRET = "kestrel-8c1f7a2e"
WHO_MAY_KNOW = {"Ada", "a teammate", "the owner", "a key for everything"}
WHO = [
    actor
    for actor in ACTORS
    if actor.name in WHO_MAY_KNOW
    or actor.name in ("nobody", "a lead who says that she is Ada", "Bob", "another workspace's owner")
]
AS_WRITTEN: list[Any] = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
NO_PROVIDER = ("/widget/v1/session/sign-in-starts", 503)
"""Where a provider that is not there, or that nobody knows, is asked for its page: that is no fault of ours."""
PATIENCE = 30
"""Seconds after which an answer is one that never comes."""

everybody = pytest.mark.parametrize("actor", WHO, ids=lambda actor: actor.name)
quickly = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    database=None,
)


@st.deferred
def anything() -> st.SearchStrategy[Case]:
    """What may be asked at a door: what fits its description, and what does not."""
    doors = [cast("Any", found).ok() for found in openapi.from_dict(written_api()).get_all_operations()]
    assert len(doors) > 30, "the document has to be read for this to mean anything"
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    return st.one_of([door.as_strategy(mode) for door in doors for mode in modes if can(door, mode)])


WHERE = st.tuples(st.sampled_from(("nowhere", "own", "foreign")), st.integers(0, 5))
"""An id out of the blue gets no further than to its 404: most of the time it is one that is there."""

OF_THE_PROVED = ("offered_id", "adoption_id", "link_id")
"""What nobody has of their own who proved nothing."""


@pytest.fixture(scope="module")
async def secret_town(town: Town) -> Town:
    """Where Ada once wrote something."""
    seat = await add_user(town.db, town.identities[town.acme.id, ADA])
    await add_conversation(town.db, seat, f"My order is {ADAS_SECRET}.")
    return town


@everybody
@quickly
@given(case=anything, where=WHERE)
async def test_whatever_is_asked_is_answered_as_it_is_written(
    secret_town: Town, actor: Actor, case: Case, where: tuple[str, int]
) -> None:
    await ask(secret_town, actor, case, where)


@pytest.mark.long
@everybody
@settings(quickly, max_examples=1_500, derandomize=False, phases=(Phase.generate, Phase.shrink))
@given(case=anything, where=WHERE)
async def test_whatever_is_asked_for_long_is_answered_as_it_is_written(
    secret_town: Town, actor: Actor, case: Case, where: tuple[str, int]
) -> None:
    await ask(secret_town, actor, case, where)


async def test_the_secret_is_told_to_those_who_may_know_it(secret_town: Town) -> None:
    """Else the search for it in others' answers would mean nothing."""
    for actor in WHO:
        sitting = await actor.sits(secret_town)
        path = "/widget/v1/conversations" if actor.gate == "contact" else "/api/v1/conversations"
        async with before(secret_town) as client:
            answer = await client.get(path, headers=sitting.headers)
        assert (ADAS_SECRET in answer.text) == (actor.name in WHO_MAY_KNOW), actor.name


async def ask(town: Town, actor: Actor, case: Case, where: tuple[str, int]) -> None:
    sitting = await actor.sits(town)
    await point(town, sitting, case, *where)
    async with asyncio.timeout(PATIENCE), before(town) as client:
        answer = await client.send(request_of(client, case, sitting))
    hold_to_what_is_written(case, answer)
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == PROBLEM_JSON
        assert answer.json()["status"] == answer.status_code
    assert actor.name in WHO_MAY_KNOW or ADAS_SECRET not in answer.text


def hold_to_what_is_written(case: Case, answer: httpx.Response) -> None:
    try:
        sound = [] if (case.path, answer.status_code) == NO_PROVIDER else [checks.not_a_server_error]
        case.validate_response(answer, checks=[*sound, *AS_WRITTEN])
    except FailureGroup as failures:
        # Not an Exception, and so it would end the loop on which all tests of this file run.
        raise AssertionError(f"{failures} {failures.exceptions}") from None


async def point(town: Town, sitting: Sitting, case: Case, where: str, which: int) -> None:
    proved = sitting.seat is not None and sitting.seat.identity is not None
    for name in case.path_parameters or {}:
        if where == "own" and (proved or name not in OF_THE_PROVED):
            case.path_parameters[name] = await town.own(sitting, name)
        elif where == "foreign":
            foreign = await town.foreign(sitting, name)
            case.path_parameters[name] = foreign[which % len(foreign)]


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


def can(door: Any, mode: GenerationMode) -> bool:
    """What asks for nothing can't be asked wrongly."""
    return mode is GenerationMode.POSITIVE or bool(door.body or door.query or door.path_parameters)
