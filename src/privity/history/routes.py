"""A contact reads, over HTTP."""

from collections.abc import Callable
from typing import Annotated, Any

from litestar import get
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler
from litestar.params import FromPath, FromQuery, QueryParameter

from privity.conversations.actions import permitted
from privity.conversations.routes import CONVERSATIONS, ONE
from privity.history import reading
from privity.history.model import Span
from privity.house import House
from privity.policy.verdict import decide_list
from privity.proofs.adoption import previewed
from privity.proofs.door import living_session
from privity.proofs.model import Caller
from privity.web import wire
from privity.web.input import path_id
from privity.web.limits import PAGE_ITEMS
from privity.web.problems import Problem, not_found

MOST = 2_147_483_647

Seq = Annotated[int | None, QueryParameter(ge=0, le=MOST)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ITEMS)]
Asked = ASGIConnection[Any, Any, Any, Any]


def asks_only(*names: str) -> Callable[[Asked, BaseRouteHandler], None]:
    """A guard, after the gate: a query parameter that nobody here reads is a mistake that its sender should know of."""

    def guard(connection: Asked, _: BaseRouteHandler) -> None:
        for name in connection.query_params:
            if name not in names:
                raise Problem(422, "not_valid", "The query has a parameter that this address does not take.")

    return guard


@get(
    CONVERSATIONS,
    guards=[living_session, asks_only("cursor", "limit")],
    summary="The contact's own conversations, newest word first",
)
async def list_conversations(
    caller: NamedDependency[Caller],
    house: NamedDependency[House],
    cursor: FromQuery[str | None] = None,
    limit: Limit = 30,
) -> wire.ConversationList:
    permit = decide_list(caller.viewer, caller.rules.history_from, house.clock())
    return await reading.list_conversations(house, permit, cursor, limit)


@get(
    f"{ONE}/messages",
    guards=[living_session, asks_only("before", "after", "limit")],
    summary="A page of one conversation, oldest first",
)
async def read_messages(
    conversation_id: FromPath[str],
    caller: NamedDependency[Caller],
    house: NamedDependency[House],
    before: Seq = None,
    after: Seq = None,
    limit: Limit = 50,
) -> wire.MessagePage:
    permit, _ = await permitted(house, caller, path_id(conversation_id))
    return await reading.read(house, permit, Span(after, before, limit))


@get(
    "/widget/v1/adoptable/{offered_id:str}/first-line",
    guards=[living_session, asks_only()],
    summary="What its person wrote first, of one conversation that is on offer",
)
async def preview_offer(
    offered_id: FromPath[str], caller: NamedDependency[Caller], house: NamedDependency[House]
) -> wire.FirstLine:
    line = await reading.first_line(house, await previewed(house, caller, path_id(offered_id)))
    if line is None:
        raise not_found()
    return line


handlers = [list_conversations, read_messages, preview_offer]
