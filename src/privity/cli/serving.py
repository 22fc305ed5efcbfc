"""Applications on sockets of this process, and the one answer to Ctrl-C and SIGTERM: stop it all, keep the data."""

import asyncio
import errno
import signal
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any, cast

import uvicorn

from privity.cli.console import CommandError
from privity.cli.edge import BoundedProtocol, Bounds
from privity.web.limits import FRAME_BYTES

_BOUNDS = Bounds()

GRACE_SECONDS = 1
"""For answers under way when everything is to stop."""


class _Server(uvicorn.Server):
    """Tells when it is up, and leaves signals to the process, which may have several servers to stop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int, option: str = "--port") -> socket.socket:
    """A listening socket, taken before anything else is begun; port 0 takes any that is free.

    `option` is the one by which a person chooses another port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as failure:
        raise CommandError(_why_not(host, port, option, failure)) from None


def port_of(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


def stop_asked() -> asyncio.Event:
    """Set by the first Ctrl-C or SIGTERM from now on."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


@asynccontextmanager
async def serving(
    app: Any, listener: socket.socket, proxies: frozenset[str] = frozenset(), bounds: Bounds = _BOUNDS
) -> AsyncIterator[None]:
    """The application answers on this socket for as long as the context lasts."""
    server = _Server(
        uvicorn.Config(
            app,
            http=cast("Any", partial(BoundedProtocol, bounds=bounds)),
            ws="websockets-sansio",
            ws_max_size=FRAME_BYTES,
            ws_per_message_deflate=False,
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=sorted(proxies),
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _first_of(server.is_up.wait(), running)
        yield
    finally:
        server.should_exit = True
        await running


async def _first_of(up: Coroutine[Any, Any, Any], end: "asyncio.Task[None]") -> None:
    """Wait until the server is up; where it ended instead, raise why."""
    coming = asyncio.create_task(up)
    await asyncio.wait((coming, end), return_when=asyncio.FIRST_COMPLETED)
    if end.done():
        coming.cancel()
        await end


def _why_not(host: str, port: int, option: str, failure: OSError) -> str:
    if failure.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use by another program. Stop that one, or choose another with {option}."
    if failure.errno == errno.EACCES:
        return f"This account may not open port {port}. Choose one above 1023 with {option}."
    return f"The address {host}:{port} cannot be opened: {failure.strerror}."
