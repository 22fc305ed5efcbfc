"""The chat in a FastAPI site: a router with the token endpoint."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from privity_client.chat import Chat, Identity


def chat_router(chat: Chat, who_is_there: Callable[..., Any]) -> APIRouter:
    """What a site includes to have the chat.

    `who_is_there` is a dependency like any other of the site, with dependencies of its own, `async` or not. It
    answers an `Identity`, or None for nobody, from the site's own session and from nothing else.
    """
    router = APIRouter()

    @router.post(chat.token_url, include_in_schema=False, name="privity_token")
    async def token(
        request: Request, identity: Annotated[Identity | None, Depends(who_is_there)]
    ) -> Response:
        answer = chat.answer(request.headers, identity)
        return Response(answer.body, answer.status, dict(answer.headers))

    return router
