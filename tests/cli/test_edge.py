"""The server's edge: what comes too slowly, too large or as rubbish is answered by the connection, and never waits."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Any

import pytest
import websockets

from privity.cli.edge import Bounds
from privity.cli.serving import listen, port_of, serving

PATIENCE = 30
SOON = 1
NEVER = 3_600
SMALL = 1_000


async def greet(scope: Any, receive: Any, send: Any) -> None:
    """Reads what there is to read, and answers when it likes."""
    if scope["type"] == "lifespan":
        return
    await receive()
    await asyncio.sleep(float(scope["path"][1:] or 0))
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await asyncio.sleep(1.5)
        await send({"type": "websocket.send", "text": "good evening"})
        return
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@asynccontextmanager
async def edge(bounds: Bounds) -> AsyncIterator[int]:
    listener = listen("127.0.0.1", 0)
    async with serving(greet, listener, bounds=bounds):
        yield port_of(listener)


hurried: Callable[[], AbstractAsyncContextManager[int]] = partial(edge, Bounds(SOON, SMALL))
patient: Callable[[], AbstractAsyncContextManager[int]] = partial(edge, Bounds(NEVER, SMALL))


async def said_back(port: int, *pieces: bytes) -> bytes:
    """All that the connection says until the server closes it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(PATIENCE):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        said = await reader.read()
    writer.close()
    return said


def problem_in(said: bytes) -> tuple[int, str]:
    head, _, body = said.partition(b"\r\n\r\n")
    assert b"Content-Type: application/problem+json" in head
    assert b"Cache-Control: no-store" in head
    problem = json.loads(body)
    assert int(head.split()[1]) == problem["status"]
    return problem["status"], problem["code"]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param((b"GET / HTTP/1.1\r\nHost: chat\r\n",), id="a head that does not end"),
        pytest.param((b"\r\n",), id="line ends alone"),
        pytest.param((b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc",), id="a body that does not end"),
        pytest.param((b"GET / HTTP/1.1\r\n\r\n", b"GET / HT"), id="a second request that does not end"),
    ],
)
async def test_a_request_that_does_not_end_is_ended(pieces: tuple[bytes, ...]) -> None:
    async with hurried() as port:
        said = await said_back(port, *pieces)
    assert problem_in(said[said.rindex(b"HTTP/1.1") :]) == (408, "request_too_slow")


async def test_a_connection_on_which_nothing_is_said_is_closed_without_a_word() -> None:
    async with hurried() as port:
        assert await said_back(port) == b""


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"GET / HTTP/1.1\r\nCookie: " + b"a" * SMALL, id="a header that does not end"),
        pytest.param(b"GET /" + b"a" * SMALL, id="an address that does not end"),
        pytest.param(b"GET / HTTP/1.1\r\nCookie: " + b"a" * SMALL + b"\r\n\r\n", id="a whole head"),
        pytest.param(b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * SMALL, id="very many headers"),
    ],
)
async def test_a_large_head_is_refused_before_anybody_reads_it(head: bytes) -> None:
    async with patient() as port:
        assert problem_in(await said_back(port, head)) == (431, "head_too_large")


async def test_a_head_that_is_large_enough_for_everybody_is_served() -> None:
    head = b"GET / HTTP/1.1\r\nConnection: close\r\nCookie: " + b"a" * (SMALL - 100) + b"\r\n\r\n"
    async with patient() as port:
        assert (await said_back(port, head)).startswith(b"HTTP/1.1 204")


async def test_the_next_head_on_a_connection_is_counted_anew() -> None:
    head = b"GET / HTTP/1.1\r\nCookie: " + b"a" * (SMALL - 100) + b"\r\n"
    async with patient() as port:
        said = await said_back(port, head + b"\r\n", head + b"Connection: close\r\n\r\n")
    assert said.count(b"HTTP/1.1 204") == 2


async def test_what_is_no_request_is_told_so() -> None:
    async with patient() as port:
        assert problem_in(await said_back(port, b"\x16\x03\x01 hello\r\n\r\n")) == (400, "bad_request")


async def test_an_answer_may_take_longer_than_a_request() -> None:
    async with edge(Bounds(1, SMALL)) as port:
        said = await said_back(port, b"GET /1.5 HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 204")


async def test_a_socket_stays_open_longer_than_a_request() -> None:
    async with edge(Bounds(1, SMALL)) as port, websockets.connect(f"ws://127.0.0.1:{port}/") as socket:
        assert await asyncio.wait_for(socket.recv(), PATIENCE) == "good evening"
