"""People with an open socket: what they send, and what they hear, in order."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import anyio
import websockets
from websockets.asyncio.client import ClientConnection, connect

from tests import deliveries
from tests.doors import Script
from tests.unhurried import PATIENCE


@dataclass
class Ear:
    """An open socket. `heard` is everything that came, oldest first."""

    socket: ClientConnection
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def say(self, kind: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"type": kind, **fields}, default=str))

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next event of this kind; others before it are kept in `heard`."""
        with anyio.fail_after(PATIENCE):
            while True:
                event: dict[str, Any] = json.loads(await self.socket.recv())
                self.heard.append(event)
                if event["type"] == kind:
                    return event

    async def all_that_comes_before_a_pong(self) -> list[dict[str, Any]]:
        """What was on its way already: a pong comes after it, once the sockets have told what they heard."""
        start = len(self.heard)
        await deliveries.all_made()
        await self.say("ping")
        await self.hear("pong")
        return self.heard[start:-1]

    async def closed(self) -> tuple[int, str]:
        """How the server ends it; what comes before is kept in `heard`."""
        with anyio.fail_after(PATIENCE), suppress(websockets.ConnectionClosedError):
            async for text in self.socket:
                self.heard.append(json.loads(text))
        return self.socket.close_code or 0, self.socket.close_reason or ""

    async def send(self, conversation: str, body: str) -> dict[str, Any]:
        """Send a message and hear what became of it."""
        client_id = str(uuid4())
        await self.say("send", conversation_id=conversation, body=body, client_id=client_id)
        with anyio.fail_after(PATIENCE):
            while True:
                event: dict[str, Any] = json.loads(await self.socket.recv())
                self.heard.append(event)
                if event.get("client_id") == client_id:
                    return event


@asynccontextmanager
async def open_socket(port: int, path: str = "/widget/v1/stream", **headers: str) -> AsyncIterator[Ear]:
    """A socket that has said nothing yet."""
    async with connect(
        f"ws://127.0.0.1:{port}{path}", additional_headers=headers, compression=None, open_timeout=PATIENCE
    ) as socket:
        yield Ear(socket)


@asynccontextmanager
async def listening(port: int, who: Script | str) -> AsyncIterator[Ear]:
    """The socket of somebody's session, or of the one with this secret, ready."""
    async with open_socket(port) as ear:
        await ear.say("auth", token=who.secret if isinstance(who, Script) else who)
        await ear.hear("ready")
        yield ear
