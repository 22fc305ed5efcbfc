"""The API, written: an OpenAPI document made of the doors themselves. It names no host but the one that serves it."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from litestar import Litestar, Response, get
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec

from privity.web.answers import PROBLEM_JSON

PATH = "/openapi.json"

Document = dict[str, Any]
Badges = Sequence[Mapping[str, list[str]]]
"""The ways to be let in: one of them, and of that all that it names."""

_BADGES = {
    "session": {
        "type": "http",
        "scheme": "bearer",
        "description": "The secret of a contact's session, for a client without a page or a page's own session.",
    },
    "session_cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-privity",
        "description": "The same in a browser, for the chat's own pages alone.",
    },
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key, which reaches what its scopes name.",
    },
    "inbox_cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-privity-team",
        "description": "A teammate's session, for the inbox's own pages alone.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Privity-CSRF",
        "description": "The word of the teammate's session, with everything that changes something.",
    },
}

CONTACT: Badges = ({"session": []}, {"session_cookie": []})
TEAM: Badges = ({"key": []}, {"inbox_cookie": []})
IN_PERSON: Badges = ({"inbox_cookie": []},)

_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `code` is stable; `detail` is a sentence for the person who meets it.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
}

_PROBLEMS = {
    "400": "The body is not JSON, or the cursor is not one of this list.",
    "401": "The session is over, or there is none.",
    "403": "Another site's page asks, or the badge does not reach that.",
    "404": "There is nothing here for you, whether it exists or not.",
    "413": "The request is too large.",
    "415": "The body is not said to be JSON.",
    "422": "The request has not the shape that it must have, or asks what cannot be. Nothing of it was carried out.",
    "429": "That was too much at once. `Retry-After` says when to come again.",
    "default": "Anything else that is refused.",
}


def written_door(write: Callable[[], Document]) -> HTTPRouteHandler:
    """The door where the document is read; it is written when somebody first asks."""
    once = cache(lambda: json.dumps(write()).encode())

    @get(PATH, include_in_schema=False, sync_to_thread=False)
    def written() -> Response[bytes]:
        return Response(once(), media_type="application/vnd.oai.openapi+json")

    return written


def document(
    doors: Sequence[HTTPRouteHandler], dependencies: Mapping[str, Provide], let_in: Mapping[Any, Badges]
) -> Document:
    """What is asked and answered at these doors. `let_in` says of a guard whom it lets in."""
    config = OpenAPIConfig(title="Privity", version="1")
    # An application for this alone: where one serves too, the framework answers beside its document in its own way.
    house = Litestar(doors, dependencies=dependencies, openapi_config=config, logging_config=None)
    written = house.openapi_schema.to_schema()
    for route in house.routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in handler.http_methods & {name.upper() for name in _operations(written, route)}:
                operation = _operations(written, route)[method.lower()]
                _complete(operation, method, _badges(handler, let_in))
    _close_what_is_asked(written)
    written["components"] |= {
        "securitySchemes": _BADGES,
        "responses": {status: _problem(words) for status, words in _PROBLEMS.items()},
    }
    written["components"]["schemas"]["Problem"] = _PROBLEM
    return written


def again(shape: Any) -> dict[int, ResponseSpec]:
    """For a door that makes something once: a repeat is answered with what was made."""
    return {200: ResponseSpec(shape, description="It was there already", generate_examples=False)}


def _operations(written: Document, route: Any) -> Document:
    operations: Document = written["paths"].get(route.path_format, {})
    return operations


def _badges(handler: HTTPRouteHandler, let_in: Mapping[Any, Badges]) -> Badges:
    return next((let_in[guard] for guard in handler.resolve_guards() if guard in let_in), ())


def _complete(operation: Document, method: str, badges: Badges) -> None:
    good = {status: said for status, said in operation["responses"].items() if status.startswith("2")}
    if "204" in good:
        good["204"] = {"description": good["204"]["description"]}
    problems = sorted(_problems_of(operation, badges))
    operation["responses"] = good | {
        status: {"$ref": f"#/components/responses/{status}"} for status in problems
    }
    operation["security"] = [_with_csrf(badge) if method != "GET" else dict(badge) for badge in badges]


def _problems_of(operation: Document, badges: Badges) -> set[str]:
    where = {parameter["in"] for parameter in operation.get("parameters", ())}
    return {
        "default",
        *(("401", "403", "429") if badges else ()),
        *(("400", "413", "415", "422") if "requestBody" in operation else ()),
        *(("400", "422") if "query" in where else ()),
        *(("404",) if "path" in where else ()),
    }


def _with_csrf(badge: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {**badge, "csrf": []} if "inbox_cookie" in badge else dict(badge)


def _problem(words: str) -> Document:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {PROBLEM_JSON: {"schema": schema}}}


def _close_what_is_asked(written: Document) -> None:
    """A field that a request does not know is refused, so the document says so."""
    schemas = written["components"]["schemas"]
    asked = json.dumps(
        [operation.get("requestBody") for path in written["paths"].values() for operation in path.values()]
    )
    for name in _named_in(asked, schemas):
        if schemas[name].get("type") == "object":
            schemas[name]["additionalProperties"] = False


def _named_in(text: str, schemas: Document) -> set[str]:
    """The schemas to which a text refers, and those to which they do."""
    named: set[str] = set()
    waiting = [text]
    while waiting:
        found = {name for name in schemas if f'"#/components/schemas/{name}"' in waiting[-1]} - named
        waiting.pop()
        named |= found
        waiting += [json.dumps(schemas[name]) for name in found]
    return named
