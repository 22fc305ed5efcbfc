"""The team reads, over HTTP; and the acts that answer with the conversation as it stands then."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from privity.conversations import team as acts
from privity.conversations.team_case import permitted, permitted_list
from privity.conversations.team_routes import ONE
from privity.history import contact_routes, team
from privity.history.model import Span
from privity.history.routes import Limit, Seq, asks_only
from privity.history.team_store import Wanted
from privity.house import House
from privity.people.door import signed_in
from privity.people.model import Member, Scope
from privity.web import wire
from privity.web.input import clean_text, path_id
from privity.web.limits import CLAIM_CHARACTERS
from privity.web.problems import Problem
from privity.web.written_api import again

CONVERSATIONS = "/api/v1/conversations"
READ: Scope = "conversations:read"
# What answers with the conversation is a read too.
WRITE_AND_READ: list[Scope] = ["conversations:write", READ]

Words = Annotated[str | None, QueryParameter(max_length=CLAIM_CHARACTERS)]
State = Annotated[wire.TeamState | None, QueryParameter(name="state")]


@get(
    CONVERSATIONS,
    guards=[signed_in, asks_only("state", "assignee", "contact", "q", "cursor", "limit")],
    scopes=[READ],
    summary="The workspace's conversations, the newest word first",
)
async def list_conversations(
    member: NamedDependency[Member],
    house: NamedDependency[House],
    standing: State = None,
    assignee: FromQuery[str | None] = None,
    contact: FromQuery[UUID | None] = None,
    q: Words = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> wire.TeamConversationList:
    wanted = Wanted(
        state=standing,
        assignee=_assignee(member, assignee),
        unassigned=assignee == "none",
        contact=contact,
        words=_words(q),
    )
    permit = permitted_list(house, member, READ)
    return await team.list_conversations(house, permit, member, wanted, cursor, limit)


@get(ONE, guards=[signed_in, asks_only()], scopes=[READ], summary="One conversation")
async def read_conversation(
    conversation_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.TeamConversationDetail:
    permit = await permitted(house, member, path_id(conversation_id), READ)
    return await team.team_detail(house, permit, member)


@get(
    f"{ONE}/messages",
    guards=[signed_in, asks_only("before", "after", "limit")],
    scopes=[READ],
    summary="Messages, notes and events, oldest first",
)
async def read_messages(
    conversation_id: FromPath[str],
    member: NamedDependency[Member],
    house: NamedDependency[House],
    before: Seq = None,
    after: Seq = None,
    limit: Limit = 50,
) -> wire.TeamMessagePage:
    permit = await permitted(house, member, path_id(conversation_id), READ)
    return await team.team_messages(house, permit, member, Span(after, before, limit))


@post(
    CONVERSATIONS,
    guards=[signed_in],
    scopes=WRITE_AND_READ,
    responses=again(wire.TeamConversation),
    summary="Start a conversation, for an identity or for a lead's living session",
)
async def start_conversation(
    member: NamedDependency[Member], house: NamedDependency[House], data: JSONBody[wire.TeamStart]
) -> Response[wire.TeamConversation]:
    conversation, created = await acts.start(house, member, data)
    answer = await _as_it_stands(house, member, conversation)
    return Response(answer, status_code=201 if created else 200)


@post(f"{ONE}/close", guards=[signed_in], scopes=WRITE_AND_READ, status_code=200, summary="Close")
async def close(
    conversation_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.TeamConversation:
    conversation = path_id(conversation_id)
    await acts.close(house, member, conversation)
    return await _as_it_stands(house, member, conversation)


@post(f"{ONE}/reopen", guards=[signed_in], scopes=WRITE_AND_READ, status_code=200, summary="Reopen")
async def reopen(
    conversation_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.TeamConversation:
    conversation = path_id(conversation_id)
    await acts.reopen(house, member, conversation)
    return await _as_it_stands(house, member, conversation)


@post(
    f"{ONE}/assign",
    guards=[signed_in],
    scopes=WRITE_AND_READ,
    status_code=200,
    summary="Somebody looks after it from now on, or nobody",
)
async def assign(
    conversation_id: FromPath[str],
    member: NamedDependency[Member],
    house: NamedDependency[House],
    data: JSONBody[wire.Assign],
) -> wire.TeamConversation:
    conversation = path_id(conversation_id)
    await acts.assign(house, member, conversation, data.teammate_id)
    return await _as_it_stands(house, member, conversation)


handlers = [
    list_conversations,
    read_conversation,
    read_messages,
    start_conversation,
    close,
    reopen,
    assign,
    *contact_routes.handlers,
]


def _assignee(member: NamedDependency[Member], word: str | None) -> UUID | None:
    match word:
        case None | "none":
            return None
        case "me":
            return member.id
    raise Problem(422, "not_valid", "`assignee` is `me` or `none`.")


def _words(q: str | None) -> str | None:
    return clean_text(q, "q").strip() if q else None


async def _as_it_stands(house: House, member: Member, conversation: UUID) -> wire.TeamConversation:
    permit = await permitted(house, member, conversation, READ)
    return await team.team_conversation(house, permit, member)
