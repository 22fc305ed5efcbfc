"""The doors of a house, hung up: the only file that knows every one of them."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Litestar, Request
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from privity.conversations import routes as conversations
from privity.conversations import team_routes as team_conversations
from privity.db.pool import LOST
from privity.history import audit_routes as audit
from privity.history import routes as history
from privity.history import team_routes as team_history
from privity.house import House
from privity.live.streams import Streams
from privity.people import team_routes as people
from privity.people.door import owner, signed_in
from privity.people.model import Member
from privity.proofs import ending_routes, own_routes
from privity.proofs import routes as proofs
from privity.proofs import team_routes as team_proofs
from privity.proofs.door import living_or_leaving, living_or_risen, living_session
from privity.proofs.model import Caller
from privity.vouching import keys_routes as keys
from privity.vouching import legacy_routes as legacy
from privity.vouching import sign_ins_routes as sign_ins
from privity.web.answers import EXCEPTION_HANDLERS, answer_not_ready
from privity.web.headers import ENCRYPTED, WORDS
from privity.web.limits import REQUEST_BYTES
from privity.web.segments import with_whole_segments, without_preflights
from privity.web.static_files import FrontEnd
from privity.web.written_api import CONTACT, IN_PERSON, TEAM, Document, document, written_door
from privity.workspaces import routes as workspaces
from privity.workspaces import rules_routes as rules
from privity.workspaces import setup_routes as setup
from privity.workspaces import snippets_routes as snippets

DOORS = [
    *workspaces.handlers,
    *setup.handlers,
    *keys.handlers,
    *legacy.handlers,
    *sign_ins.handlers,
    *rules.handlers,
    *snippets.handlers,
    *proofs.handlers,
    *own_routes.handlers,
    *conversations.handlers,
    *history.handlers,
    *people.handlers,
    *team_proofs.handlers,
    *ending_routes.handlers,
    *team_conversations.handlers,
    *team_history.handlers,
    *audit.handlers,
]

LETS_IN = {
    living_session: CONTACT,
    living_or_risen: CONTACT,
    living_or_leaving: CONTACT,
    signed_in: TEAM,
    owner: IN_PERSON,
    audit.auditor: IN_PERSON,
}
"""The guards of the house, and whom each lets in."""


def create_app(house: House, front_end: FrontEnd) -> ASGIApp:
    """Every door of the house, as one ASGI application."""
    http, streams = http_doors(house, front_end), Streams(house)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        stream = streams.doors.get(scope["path"]) if scope["type"] == ScopeType.WEBSOCKET else None
        await (stream or http)(with_whole_segments(without_preflights(scope)), receive, send)

    return app


def http_doors(house: House, front_end: FrontEnd) -> Litestar:
    """The doors that are asked and answer; the live ones are the streams'."""
    return Litestar(
        route_handlers=[*DOORS, written_door(written_api)],
        dependencies=_DEPENDENCIES,
        state=State({"house": house, "front_end": front_end, "noted_sites": set[str]()}),
        exception_handlers={**EXCEPTION_HANDLERS, **dict.fromkeys(LOST, answer_not_ready)},
        request_max_body_size=REQUEST_BYTES,
        before_send=[_with_its_headers(house)],
        # The framework's own page of the API would answer what is not there in its own way; ours is a door like any.
        openapi_config=None,
        logging_config=None,
    )


def written_api() -> Document:
    """The OpenAPI document of all these doors."""
    return document(DOORS, _DEPENDENCIES, LETS_IN)


def _with_its_headers(house: House) -> Callable[[Message, Scope], Awaitable[None]]:
    """An answer that brings no row of the table of headers is words."""

    async def complete(message: Message, _: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = MutableScopeHeaders(message)
        if "Content-Security-Policy" not in headers:
            for name, said in WORDS.items():
                headers.setdefault(name, said)
        if house.settings.base_url.startswith("https:"):
            headers.setdefault(*ENCRYPTED)

    return complete


def _house(state: State) -> House:
    house: House = state.house
    return house


def _front_end(state: State) -> FrontEnd:
    front_end: FrontEnd = state.front_end
    return front_end


def _caller(request: Request[Any, Any, Any]) -> Caller:
    caller: Caller = request.state.caller
    return caller


def _member(request: Request[Any, Any, Any]) -> Member:
    member: Member = request.state.member
    return member


_DEPENDENCIES = {
    "house": Provide(_house, sync_to_thread=False),
    "front_end": Provide(_front_end, sync_to_thread=False),
    "caller": Provide(_caller, sync_to_thread=False),
    "member": Provide(_member, sync_to_thread=False),
}
