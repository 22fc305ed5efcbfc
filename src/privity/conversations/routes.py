"""What a contact does with conversations, over HTTP."""

from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from privity.conversations import actions
from privity.conversations.model import Draft
from privity.house import House
from privity.proofs import tickets
from privity.proofs.carriers import set_ticket, ticket_brought
from privity.proofs.door import living_session
from privity.proofs.model import Caller
from privity.web import wire
from privity.web.input import path_id
from privity.web.written_api import again

CONVERSATIONS = "/widget/v1/conversations"
ONE = f"{CONVERSATIONS}/{{conversation_id:str}}"


@post(
    CONVERSATIONS,
    guards=[living_session],
    responses=again(wire.StartedConversation),
    summary="Start a conversation with its first message",
)
async def start_conversation(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    house: NamedDependency[House],
    data: JSONBody[wire.StartConversation],
) -> Response[wire.StartedConversation]:
    page = data.page if isinstance(data.page, str) else None
    started, created = await actions.start(house, caller, Draft(data.body, data.client_id), page)
    return Response(
        started, status_code=201 if created else 200, headers=await _ticket_for(request, house, caller)
    )


@post(f"{ONE}/messages", guards=[living_session], responses=again(wire.Message), summary="Write a message")
async def send_message(
    conversation_id: FromPath[str],
    caller: NamedDependency[Caller],
    house: NamedDependency[House],
    data: JSONBody[wire.SendMessage],
) -> Response[wire.Message]:
    draft = Draft(data.body, data.client_id)
    message, created = await actions.send(house, caller, path_id(conversation_id), draft)
    return Response(message, status_code=201 if created else 200)


@post(f"{ONE}/read", guards=[living_session], status_code=204, summary="Everything up to seq was seen")
async def mark_read(
    conversation_id: FromPath[str],
    caller: NamedDependency[Caller],
    house: NamedDependency[House],
    data: JSONBody[wire.MarkRead],
) -> None:
    await actions.mark_read(house, caller, path_id(conversation_id), data.seq)


@post(f"{ONE}/typing", guards=[living_session], status_code=204, summary="The contact is writing")
async def tell_typing(
    conversation_id: FromPath[str], caller: NamedDependency[Caller], house: NamedDependency[House]
) -> None:
    await actions.tell_typing(house, caller, path_id(conversation_id))


@post(f"{ONE}/rating", guards=[living_session], status_code=204, summary="How it went, from 1 to 5")
async def rate(
    conversation_id: FromPath[str],
    caller: NamedDependency[Caller],
    house: NamedDependency[House],
    data: JSONBody[wire.Rate],
) -> None:
    await actions.rate(house, caller, path_id(conversation_id), data.score)


handlers = [start_conversation, send_message, mark_read, tell_typing, rate]


async def _ticket_for(request: Request[Any, Any, Any], house: House, caller: Caller) -> dict[str, str]:
    """For a browser that keeps cookies. One that keeps none holds nothing once its page is gone, and no ticket."""
    if request.state.carrier != "cookie":
        return {}
    brought = ticket_brought(request.headers, house.settings.origin)
    ticket = await tickets.issue(house, caller, brought)
    return {"Set-Cookie": set_ticket(ticket, caller.rules.ticket_lasts)} if ticket is not None else {}
