"""The chat in a Starlette site: a route for the token endpoint."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from privity_client.chat import Chat, Identity


def chat_route(chat: Chat, who_is_there: Callable[[Request], Awaitable[Identity | None]]) -> Route:
    """What a site adds to its routes; `who_is_there` reads the site's own session, and nothing else."""

    async def token(request: Request) -> Response:
        answer = chat.answer(request.headers, await who_is_there(request))
        return Response(answer.body, answer.status, dict(answer.headers))

    return Route(chat.token_url, token, methods=["POST"], name="privity_token")
