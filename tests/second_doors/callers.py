"""A door is asked, in process: the answer with every byte of it; and a socket that hears every byte."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from litestar.types import ASGIApp

from tests.second_doors.asking import Asking
from tests.unhurried import PATIENCE

CREATED = 201

_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_networks = count(1)


@dataclass(frozen=True, slots=True)
class Answered:
    """`headers` in the order in which they were sent."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def but_for(self, named: str) -> "Answered":
        """What was made is told with an id of its own, and by the name that it was given."""
        if self.status != CREATED:
            return self
        return replace(self, body=_ID.sub(b"<id>", self.body.replace(named.encode(), b"<named>")))


async def ask(app: ASGIApp, asking: Asking, headers: Mapping[str, str]) -> Answered:
    """One request, from a network of its own: what is counted by network tells nothing of somebody else here."""
    sent: list[Any] = []
    content = (asking.body or "").encode()
    more = {"content-length": str(len(content)), "content-type": "application/json"} if content else {}

    async def receive() -> Any:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Any = {**_scope("http", asking.path, {**headers, **more}), "method": asking.method}
    scope["query_string"] = asking.query.encode()
    await app(scope, receive, send)
    body = b"".join(part.get("body", b"") for part in sent[1:])
    return Answered(sent[0]["status"], tuple((name, value) for name, value in sent[0]["headers"]), body)


class Ear:
    """An open socket. `heard` are the frames that came, as they came; `closed` and `reason` how it was closed."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.closed: int | None = None
        self.reason = ""
        self._said: asyncio.Queue[Any] = asyncio.Queue()
        self._news = asyncio.Condition()
        self._said.put_nowait({"type": "websocket.connect"})

    def say(self, frame: str) -> None:
        self._said.put_nowait({"type": "websocket.receive", "text": frame})

    def leave(self) -> None:
        self._said.put_nowait({"type": "websocket.disconnect", "code": 1000})

    async def hears(self, word: str) -> list[str]:
        """All that came until a frame with this word in it, that one left out; or until the socket was closed."""
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(
                lambda: self.closed is not None or any(word in frame for frame in self.heard)
            )
        came, self.heard = self.heard, []
        return [frame for frame in came if word not in frame]

    async def receive(self) -> Any:
        return await self._said.get()

    async def send(self, message: Any) -> None:
        async with self._news:
            if message["type"] == "websocket.send":
                self.heard.append(message["text"])
            elif message["type"] == "websocket.close":
                self.closed, self.reason = message["code"], message.get("reason", "")
            self._news.notify_all()


@asynccontextmanager
async def listening(app: ASGIApp, path: str, headers: Mapping[str, str]) -> AsyncIterator[Ear]:
    ear = Ear()
    scope: Any = {**_scope("websocket", path, headers), "query_string": b"", "subprotocols": []}
    serving = asyncio.create_task(_serve(app, scope, ear))
    try:
        yield ear
    finally:
        ear.leave()
        await serving


async def _serve(app: ASGIApp, scope: Any, ear: Ear) -> None:
    await app(scope, ear.receive, ear.send)


def _scope(kind: str, path: str, headers: Mapping[str, str]) -> dict[str, Any]:
    number = next(_networks)
    return {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": (f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", 1),
        "server": ("chat.example", 443),
    }
