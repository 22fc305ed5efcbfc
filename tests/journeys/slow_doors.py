"""Doors that take their time, for whoever asks: a journey that waits for less than a person sees fails at them."""

import asyncio
import os
from typing import cast

from litestar.types import ASGIApp, Receive, Scope, Send

SECONDS = float(os.environ.get("PRIVITY_SLOW_DOORS", "0"))


def unhurried(app: ASGIApp) -> ASGIApp:
    """The same doors; each does nothing for a while, and then what it always does."""

    async def waiting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            await asyncio.sleep(SECONDS)
        await app(scope, receive, send)

    return cast("ASGIApp", waiting) if SECONDS else app
