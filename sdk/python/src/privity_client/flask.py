"""The chat in a Flask site: a blueprint with the token endpoint, and `privity_chat()` for its templates."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from privity_client.chat import Chat, Identity, Snippet


def chat_blueprint(chat: Chat, who_is_there: Callable[[], Identity | None]) -> Blueprint:
    """What a site registers to have the chat; `who_is_there` reads the site's own session, and nothing else.

    The endpoint tells the site's own pages from others by itself: exempt the blueprint from a CSRF extension.
    """
    blueprint = Blueprint("privity", __name__)

    @blueprint.post(chat.token_url)
    def token() -> Response:
        answer = chat.answer(dict(request.headers), who_is_there())
        return Response(answer.body, answer.status, dict(answer.headers))

    @blueprint.app_template_global()
    def privity_chat(nonce: str | None = None) -> Snippet:
        return chat.snippet(nonce)

    return blueprint
