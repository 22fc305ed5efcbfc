"""The demo's outbox: a page of every letter that the chat would have mailed. `privity serve` knows nothing of it."""

import secrets
from html import escape

from litestar import Litestar, Response, get
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from privity.mail.letter import Letter
from privity.mail.outbox import Outbox
from privity.web.headers import WORDS

PATH = "/outbox"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Outbox</title><style nonce="{nonce}">{style}</style></head>
<body><main><h1>Outbox</h1>
<p>This is the demo, so no letter leaves this machine. Here is what the chat would have mailed, newest first.</p>
{letters}<p><a href="{path}">Look again</a></p></main></body></html>"""

LETTER = """<article><h2>{subject}</h2><p class="to">To {to}</p><p class="text">{text}</p></article>"""

STYLE = """
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; background: Canvas; color: CanvasText }
main { max-width: 640px; margin: 0 auto; padding: 32px 16px }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px }
h2 { font-size: 17px; line-height: 1.25; margin: 0 }
article { margin: 16px 0; padding: 16px; border: 1px solid color-mix(in oklch, CanvasText 20%, Canvas) }
article { border-radius: 12px }
p { margin: 8px 0 0; overflow-wrap: anywhere }
.to { color: color-mix(in oklch, CanvasText 75%, Canvas) }
.text { white-space: pre-wrap; font-variant-numeric: tabular-nums }
"""


def with_outbox(chat: ASGIApp, outbox: Outbox) -> ASGIApp:
    """The chat's doors, and one more."""

    @get(PATH, sync_to_thread=False)
    def letters() -> Response[str]:
        return _shown(outbox)

    page = Litestar([letters], openapi_config=None, logging_config=None)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        is_for_outbox = scope["type"] == ScopeType.HTTP and scope["path"] == PATH
        await (page if is_for_outbox else chat)(scope, receive, send)

    return app


def _shown(outbox: Outbox) -> Response[str]:
    nonce = secrets.token_urlsafe(16)
    letters = "".join(map(_letter, outbox.letters)) or "<p>Nothing was mailed yet.</p>"
    policy = f"{WORDS['Content-Security-Policy']}; style-src 'nonce-{nonce}'"
    headers = {**WORDS, "Content-Security-Policy": policy}
    page = PAGE.format(nonce=nonce, style=STYLE, letters=letters, path=PATH)
    return Response(page, media_type="text/html", headers=headers)


def _letter(letter: Letter) -> str:
    return LETTER.format(subject=escape(letter.subject), to=escape(letter.to), text=escape(letter.text))
