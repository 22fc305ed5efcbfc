"""A host on loopback that speaks TLS and answers whatever a test wants, and a server that may fetch from it."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest

from privity.outward.fetching import Outward
from tests.authority import Authority

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


NewHost = Callable[..., Awaitable[Host]]
NewOutward = Callable[..., Outward]


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


@pytest.fixture
async def a_host(authority: Authority) -> AsyncIterator[NewHost]:
    async with AsyncExitStack() as closing:

        async def made(talk: Talk, certified: str = HOST) -> Host:
            return await closing.enter_async_context(hosting(talk, authority.identity(certified)))

        yield made


@pytest.fixture
def outward(authority: Authority) -> NewOutward:
    """By the tests' own resolver, as it is told; to that host alone where the installation allows it."""

    def made(host: Host | None = None, *answers: list[str], seconds: float = 10) -> Outward:
        allowed = frozenset({f"{HOST}:{host.port}"}) if host is not None else frozenset[str]()
        return Outward(allowed, authority.trust(), Resolver([*answers] or [["127.0.0.1"]]), seconds)

    return made
