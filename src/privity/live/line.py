"""One WebSocket, raw: frames in, frames out, one close. A client that is too slow loses it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from litestar.types import Receive, Scope, Send

from privity.web.clients import network_at
from privity.web.limits import FRAME_BYTES
from privity.web.wire import FrameOut

SLOW_SECONDS = 10.0
CLOSE_SECONDS = 1.0

FAILED = 1011
TOO_BIG = 1009
TOO_SLOW = 1013

_encode = msgspec.json.Encoder().encode


class LineOverError(Exception):
    """The other side is gone, or was sent away."""


class Line:
    __slots__ = ("_closed", "_receive", "_send", "_serving", "headers", "network", "query")

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.headers: Mapping[str, str] = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        self.network = network_at(scope["client"][0] if scope["client"] else "unknown")
        self.query: bytes = scope["query_string"]
        self._receive = receive
        self._send = send
        self._serving = asyncio.current_task()
        self._closed = False

    async def turn_away(self) -> None:
        """Before the socket opens: the browser sees a 403."""
        await self._receive()
        self._closed = True
        await self._send({"type": "websocket.close", "code": 4403, "reason": "foreign_origin"})
        raise LineOverError

    async def accept(self) -> None:
        await self._receive()
        await self._say({"type": "websocket.accept", "subprotocol": None, "headers": []})

    async def frames(self) -> AsyncIterator[str | bytes]:
        """What the client sends, until it goes or is sent away."""
        while True:
            event: Any = await self._receive()
            if event["type"] != "websocket.receive":
                self._closed = True
                return
            frame: str | bytes = event.get("text") or event.get("bytes") or ""
            if len(frame) > FRAME_BYTES:
                await self.close(TOO_BIG, "too_large")
                return
            yield frame

    async def tell(self, frame: FrameOut) -> None:
        """Returns when the frame is on its way; nothing piles up here for a client that does not read."""
        try:
            async with asyncio.timeout(SLOW_SECONDS):
                await self._say({"type": "websocket.send", "text": _encode(frame).decode(), "bytes": None})
        except TimeoutError:
            await self.close(TOO_SLOW, "too_slow")
            raise LineOverError from None

    async def close(self, code: int, reason: str) -> None:
        """The last frame. A client that does not even take that is cut off."""
        if self._closed:
            return
        self._closed = True
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                with suppress(OSError):
                    await self._send({"type": "websocket.close", "code": code, "reason": reason})
        except TimeoutError:
            if self._serving is not None:
                self._serving.cancel()

    async def _say(self, message: Any) -> None:
        if self._closed:
            raise LineOverError
        try:
            await self._send(message)
        except OSError:
            self._closed = True
            raise LineOverError from None
