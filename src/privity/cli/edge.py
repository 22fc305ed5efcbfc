"""The server's edge: before a request is anybody's, its head must be small, and all of it must come soon."""

from asyncio import BaseTransport, TimerHandle
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from privity.web.answers import PROBLEM_JSON
from privity.web.headers import WORDS
from privity.web.limits import HEAD_BYTES, REQUEST_SECONDS
from privity.web.problems import Problem


@dataclass(frozen=True, slots=True)
class Bounds:
    seconds: float = REQUEST_SECONDS
    head_bytes: int = HEAD_BYTES


class BoundedProtocol(HttpToolsProtocol):
    """The library waits for ever for a request that does not end, and gathers a head of any size.

    `_head` counts the bytes of the head that is coming; it is None while a body comes. `_clock` runs from the first
    byte of a request, or from the connection, until the request is here.
    """

    def __init__(self, *arguments: Any, bounds: Bounds, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._bounds = bounds
        self._head: int | None = 0
        self._clock: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast("Any", transport))
        self._start_the_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_the_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._start_the_clock()
        # Counted as they come, since the parser tells of a header only when it has the whole of it.
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if (
            self._head is not None
            and self._head > self._bounds.head_bytes
            and not self.transport.is_closing()
        ):
            self._refuse_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        # It may have begun in what came with the request before.
        self._head = self._head or 1
        self._start_the_clock()

    def on_headers_complete(self) -> None:
        head = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if head > self._bounds.head_bytes:
            self._refuse_head()
            return
        self._head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._head = 0
        self._stop_the_clock()
        if not self.transport.is_closing():
            super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._stop_the_clock()
        if not self.transport.is_closing():
            super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # a sentence of the library
        if not self.transport.is_closing():
            self._refuse(Problem(400, "bad_request", "This is not a request that the chat can read."))

    def _refuse_head(self) -> None:
        most = f"{self._bounds.head_bytes:,}"
        detail = f"A request's address and headers may have at most {most} bytes together."
        self._refuse(Problem(431, "head_too_large", detail))

    def _start_the_clock(self) -> None:
        if self._clock is None:
            self._clock = self.loop.call_later(self._bounds.seconds, self._time_is_up)

    def _stop_the_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _time_is_up(self) -> None:
        """A connection on which nothing was said yet is closed in silence: browsers open some in advance."""
        if self._head == 0:
            self.transport.close()
        else:
            detail = f"A request has to come within {self._bounds.seconds:g} s."
            self._refuse(Problem(408, "request_too_slow", detail))

    def _refuse(self, problem: Problem) -> None:
        """Said by the connection itself: no request has come that the house could answer."""
        body = msgspec.json.encode(problem.body())
        headers = {
            **WORDS,
            "Content-Type": PROBLEM_JSON,
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        lines = [
            f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}",
            *(f"{name}: {said}" for name, said in headers.items()),
        ]
        self.transport.write("\r\n".join([*lines, "", ""]).encode() + body)
        self.transport.close()
