"""Raw ASGI: what an answer is made of, byte for byte, before any client has read it in a kinder way."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from litestar.types import ASGIApp

from tests.unhurried import PATIENCE

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """All of it: a header more, one in another order or another case is another answer."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def lines(self) -> list[str]:
        said = [f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in self.headers]
        return [str(self.status), *said, "", self.body.decode("utf-8", "backslashreplace")]

    def header(self, name: bytes) -> str | None:
        return next((value.decode() for key, value in self.headers if key.lower() == name), None)

    def json(self) -> Any:
        return json.loads(self.body) if self.body else {}


def scope_of(kind: str, address: str, headers: dict[str, str], network: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "https" if kind == "http" else "wss",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": (network, 1),
        "server": ("chat.example", 443),
    }


async def ask(
    app: ASGIApp,
    method: str,
    address: str,
    headers: dict[str, str],
    content: bytes = b"",
    network: str = "192.0.2.1",
) -> Answer:
    """One request, from this network address."""
    headers = {**headers, "Content-Length": str(len(content))} if content else headers
    came: list[Any] = [{"type": "http.request", "body": content, "more_body": False}]
    left: list[Any] = []

    async def receive() -> Any:
        return came.pop() if came else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        left.append(message)

    scope: Any = {**scope_of("http", address, headers, network), "method": method}
    async with asyncio.timeout(PATIENCE):
        await app(scope, receive, send)
    start = left[0]
    body = b"".join(message.get("body", b"") for message in left[1:])
    return Answer(start["status"], tuple((bytes(k), bytes(v)) for k, v in start["headers"]), body)


@dataclass
class Plug:
    """One raw WebSocket. `came` is everything that the server did with it, as it did it."""

    app: ASGIApp
    scope: Any
    came: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listens = asyncio.Event()
        self._said.put_nowait({"type": "websocket.connect"})
        self._serving = asyncio.create_task(self._serve())

    @property
    def is_open(self) -> bool:
        return not self._serving.done() and not any(each["type"] == "websocket.close" for each in self.came)

    async def say(self, frame: Any) -> None:
        """Returns when the server has done with it, and listens again or is gone."""
        text = frame if isinstance(frame, str) else json.dumps(frame)
        await self._put({"type": "websocket.receive", "text": text, "bytes": None})

    async def leave(self) -> None:
        if not self._serving.done():
            await self._put({"type": "websocket.disconnect", "code": 1000})

    async def _put(self, message: dict[str, Any]) -> None:
        self._listens.clear()
        self._said.put_nowait(message)
        await self.until_it_listens()

    async def until_it_listens(self) -> None:
        """The server has done with all that was said to it, or is gone. Raises what it broke down with."""
        listens = asyncio.create_task(self._listens.wait())
        waited = (listens, self._serving)
        done, _ = await asyncio.wait(waited, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        listens.cancel()
        if not done:
            raise TimeoutError
        if self._serving.done():
            self._serving.result()

    async def _serve(self) -> None:
        await self.app(self.scope, self._receive, self._send)

    async def _receive(self) -> Any:
        if self._said.empty():
            self._listens.set()
        return await self._said.get()

    async def _send(self, message: Any) -> None:
        self.came.append(dict(message))
