"""Whatever a door or a socket takes that could be somebody's is tried with somebody else's: nothing is left out."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
from msgspec import inspect

from privity.app import written_api
from privity.web import wire
from tests.cast import BOB
from tests.doors import Acme
from tests.second_doors.actors import user
from tests.second_doors.asking import FRAMES, Asking, ids_in
from tests.second_doors.callers import CREATED, Answered, ask
from tests.second_doors.town import Town

Schema = Mapping[str, Any]

ROOT = Path(__file__).parents[2]

SAID = ("body", "name", "email", "url", "site", "issuer", "iss", "value", "page", "q", "assignee", "state")
SECRET = (
    "password",
    "token",
    "identity_token",
    "hash",
    "user_id",
    "code",
    "verifier",
    "nonce",
    "code_challenge",
)
PUBLIC = ("workspace", "public_key", "client_secret")
NO_IDS = {*SAID, *SECRET, *PUBLIC}
"""What a door takes that is the id of nothing that somebody has. Whose a secret is, `tests/proofs` tries."""

TRIED_ELSEWHERE: Mapping[str, str] = {
    "client_id": "tests/conversations/test_writing.py::test_another_sessions_client_id_is_unknown",
    "refusal": "tests/second_doors/test_naming.py::test_a_refusal_is_taken_up_once_and_where_it_was_said",
    "GET /api/v1/contacts/{contact_id}/timeline cursor": (
        "tests/team/test_what_if.py::test_a_time_lines_cursor_is_good_for_one_contact_and_one_reader"
    ),
}
"""Ids that no line of the matrix tries, and the test that does."""


def test_every_id_that_a_door_takes_is_tried_with_somebody_elses() -> None:
    taken = {f"{method.upper()} {path}": set(_texts_of(door)) for path, method, door in _operations()}
    assert "conversation_ids" in taken["POST /widget/v1/adoptions"], "the document has to be read"

    left_out = {door: fields for door in taken if (fields := taken[door] - _tried(door))}
    assert left_out == {}, (
        "say in tests/second_doors/asking.py how it is asked, or that it is the id of nothing"
    )


def test_every_id_that_a_frame_names_is_tried_with_somebody_elses() -> None:
    for kind in (*get_args(wire.ContactFrame), *get_args(wire.TeamFrame)):
        frame = inspect.type_info(kind)
        assert isinstance(frame, inspect.StructType)
        for field in frame.fields:
            if _holds_ids(field.type):
                said = str(FRAMES[str(frame.tag)].get(field.name))
                assert re.search(r"\{\w+\}", said), f"{frame.tag}: {field.name} is {said}"


def test_what_is_tried_elsewhere_is() -> None:
    for test in TRIED_ELSEWHERE.values():
        file, name = test.split("::")
        told = ast.parse((ROOT / file).read_text("utf-8"))
        assert name in {act.name for act in ast.walk(told) if isinstance(act, ast.AsyncFunctionDef)}, test


@pytest.mark.anyio
async def test_a_refusal_is_taken_up_once_and_where_it_was_said(town: Town) -> None:
    """Whoever goes on without their history names what they were refused: another's stays as it is, and is not told."""
    bobs = (await user(BOB)(town)).seat
    assert bobs is not None
    taken_up = await _refused(town, town.acme, bobs.id)
    of_elsewhere = await _refused(town, town.elsewhere, None)
    answers = {
        name: (await _goes_on_after(town, name)).but_for(name)
        for name in (str(uuid4()), str(taken_up), str(of_elsewhere))
    }

    assert {answer.status for answer in answers.values()} == {CREATED}
    assert len({_without_its_secret(answer) for answer in answers.values()}) == 1
    assert await _in_session(town, taken_up) == bobs.id
    assert await _in_session(town, of_elsewhere) is None
    fresh = await _refused(town, town.acme, None)
    await _goes_on_after(town, str(fresh))
    assert await _in_session(town, fresh) is not None, "needs a refusal that can be taken up"


@cache
def _api() -> Schema:
    return written_api()


def _operations() -> Iterator[tuple[str, str, Schema]]:
    for path, methods in _api()["paths"].items():
        for method, door in methods.items():
            yield path, method, door


def _tried(door: str) -> set[str]:
    return set(ids_in(door)) | {name.removeprefix(f"{door} ") for name in TRIED_ELSEWHERE}


def _texts_of(door: Schema) -> Iterator[str]:
    """The fields of its query and body that take a text that is not one of a few words: an id may be in each."""
    for parameter in door.get("parameters", ()):
        if parameter["in"] == "query":
            yield from _texts(parameter["schema"], parameter["name"])
    for content in door.get("requestBody", {}).get("content", {}).values():
        yield from _texts(content["schema"], "")


def _texts(schema: Schema, name: str) -> Iterator[str]:
    if "$ref" in schema:
        schema = _api()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for one in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from _texts(one, name)
    for field, inner in schema.get("properties", {}).items():
        yield from _texts(inner, f"{name}.{field}".lstrip("."))
    if "items" in schema:
        yield from _texts(schema["items"], name)
    elif _takes_any_text(schema) and name.rpartition(".")[2] not in NO_IDS:
        yield name


def _takes_any_text(schema: Schema) -> bool:
    free = schema.get("format") != "date-time" and not {"enum", "const"} & set(schema)
    return free and "string" in schema.get("type", ())


def _holds_ids(kind: inspect.Type) -> bool:
    inside = [getattr(kind, name, None) for name in ("key_type", "value_type", "item_type")]
    return isinstance(kind, inspect.UUIDType) or any(
        isinstance(one, inspect.Type) and _holds_ids(one) for one in inside
    )


async def _refused(town: Town, acme: Acme, session: UUID | None) -> UUID:
    refusal = uuid4()
    await town.db.execute(
        """INSERT INTO refused_proof (workspace_id, id, session_id, reason, at) VALUES ($1, $2, $3, 'expired', $4)""",
        acme.id,
        refusal,
        session,
        town.clock(),
    )
    return refusal


async def _goes_on_after(town: Town, refusal: str) -> Answered:
    body = json.dumps({"workspace": str(town.acme.id), "refusal": refusal})
    return await ask(town.app, Asking("POST", "/widget/v1/sessions", "", body), {})


async def _in_session(town: Town, refusal: UUID) -> UUID | None:
    session: UUID | None = await town.db.fetchval(
        "SELECT session_id FROM refused_proof WHERE id = $1", refusal
    )
    return session


def _without_its_secret(answer: Answered) -> tuple[Any, ...]:
    told = json.loads(answer.body)
    assert told["session"].pop("token")
    return answer.status, answer.headers, json.dumps(told)
