"""The document of the API is what the doors do: who is let in, and what is refused in which form."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

NewClient = Callable[[], httpx.AsyncClient]

Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture
async def document(door: NewClient) -> dict[str, Any]:
    answer = await door().get("/openapi.json")
    assert answer.status_code == 200
    written: dict[str, Any] = answer.json()
    return written


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


async def test_the_document_names_no_host_but_the_one_that_serves_it(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "/"}]
    assert not re.search(r"https?://", json.dumps(document))


async def test_every_reference_in_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/(\w+)/(\w+)"', json.dumps(document)))
    assert len(named) > 30
    assert all(name in document["components"][kind] for kind, name in named)


async def test_a_door_that_is_written_as_closed_is_closed_and_every_other_is_open(
    document: dict[str, Any], door: NewClient
) -> None:
    client, open_doors = door(), set()
    for method, path, operation in operations(document):
        answer = await client.request(method, path)
        assert (answer.status_code == 401) == bool(operation["security"]), f"{method} {path}"
        if not operation["security"]:
            open_doors.add(path)
    assert open_doors == {"/widget/v1/config", "/widget/v1/sessions", "/api/v1/setup", "/api/v1/sign-in"}


async def test_every_refusal_in_the_document_is_a_problem(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        for status, said in operation["responses"].items():
            if not status.startswith("2"):
                assert said == {"$ref": f"#/components/responses/{status}"}, f"{method} {path}"
    for response in document["components"]["responses"].values():
        assert response["content"].keys() == {"application/problem+json"}


async def test_what_a_request_may_hold_is_closed_and_what_an_answer_holds_may_grow(
    document: dict[str, Any],
) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["SendMessage"]["additionalProperties"] is False
    assert schemas["Claims"]["additionalProperties"] is False, "a shape inside a shape"
    assert "additionalProperties" not in schemas["SessionState"]


@pytest.mark.parametrize(
    "path", ["/openapi.json/x", "/openapi.json/openapi.json", "/openapi.jsonx", "/schema"]
)
async def test_beside_the_document_is_nothing_of_a_framework(door: NewClient, path: str) -> None:
    answer = await door().get(path)
    nothing = await door().get("/no-such-place")
    assert (answer.status_code, answer.content, answer.headers) == (404, nothing.content, nothing.headers)
