"""What the team writes, over HTTP."""

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from privity.conversations import team
from privity.house import House
from privity.people.door import signed_in
from privity.people.model import Member
from privity.web import wire
from privity.web.input import path_id
from privity.web.written_api import again

ONE = "/api/v1/conversations/{conversation_id:str}"


@post(
    f"{ONE}/messages",
    guards=[signed_in],
    scopes=["conversations:write"],
    responses=again(wire.TeamMessage),
    summary="Write an answer or a note",
)
async def write_message(
    conversation_id: FromPath[str],
    member: NamedDependency[Member],
    house: NamedDependency[House],
    data: JSONBody[wire.WriteMessage],
) -> Response[wire.TeamMessage]:
    message, created = await team.write(house, member, path_id(conversation_id), data)
    return Response(message, status_code=201 if created else 200)


@post(
    f"{ONE}/read",
    guards=[signed_in],
    scopes=["conversations:write"],
    status_code=204,
    summary="Everything up to team_seq was read",
)
async def mark_read(
    conversation_id: FromPath[str],
    member: NamedDependency[Member],
    house: NamedDependency[House],
    data: JSONBody[wire.TeamMarkRead],
) -> None:
    await team.mark_read(house, member, path_id(conversation_id), data.team_seq)


handlers = [write_message, mark_read]
