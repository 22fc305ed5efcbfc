"""Hosts on loopback that speak TLS under a name of their own, and answer whatever a test wants."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

HOST = "keys.example"

Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Host:
    """A host of the name `keys.example`, and what was asked of it."""

    port: int
    asked: list[str] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)

    def url(self, path: str = "/jwks") -> str:
        return f"https://{HOST}:{self.port}{path}"


@dataclass
class Resolver:
    """Answers each look-up with the next of its answers, and the last one for good."""

    answers: list[list[str]]
    asked: int = 0

    async def __call__(self, _: str, __: int) -> list[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


def saying(body: bytes, head: str = "HTTP/1.1 200 OK\r\nContent-Type: application/json") -> Talk:
    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()

    return talk


@asynccontextmanager
async def hosting(talk: Talk, identity: ssl.SSLContext) -> AsyncIterator[Host]:
    host = Host(0)

    def meet(socket: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
        host.names.append(name)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            host.asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
            await talk(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    identity.sni_callback = meet
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=identity)
    host.port = server.sockets[0].getsockname()[1]
    try:
        yield host
    finally:
        server.close()


def saying_json(told: Any, more: str = "") -> Talk:
    return saying(json.dumps(told).encode(), f"HTTP/1.1 200 OK\r\nContent-Type: application/json{more}")
