"""A wire between browsers and the chat: what the chat says can be kept back and let go later, and frames
said again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

PIECE = 65_536
PATIENCE_IN_SECONDS = 30
BECOMES_A_SOCKET = b"HTTP/1.1 101"


@dataclass
class SlowWire:
    """`kept`: the bytes that wait on it, oldest first. `frames`: what was said on sockets since `record`."""

    chat_port: int
    kept: bytearray = field(default_factory=bytearray)
    frames: list[bytes] = field(default_factory=list)
    _words: tuple[bytes, ...] = ()
    _flows: asyncio.Event = field(default_factory=asyncio.Event)
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)
    _waiting: set[asyncio.StreamWriter] = field(default_factory=set)
    _sockets: set[asyncio.StreamWriter] = field(default_factory=set)

    def keep_back(self, *words: str) -> None:
        """Each line stands still from the first of these words on; where none is named, at whatever comes."""
        self._words = tuple(word.encode() for word in words) or (b"",)
        self.kept.clear()
        self._flows.clear()

    def let_go(self) -> None:
        self._flows.set()

    async def holds(self, word: str) -> None:
        """Returns once this word waits on the wire."""
        async with asyncio.timeout(PATIENCE_IN_SECONDS):
            # Bytes come when they come; nothing tells of them but they themselves.
            while word.encode() not in self.kept:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def has_said_all(self) -> None:
        """Returns once what waited was handed to the browsers, those that have hung up included."""
        async with asyncio.timeout(PATIENCE_IN_SECONDS):
            while self._waiting:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    def record(self) -> None:
        self.frames.clear()

    async def frames_with(self, word: str) -> list[bytes]:
        """Returns once there is one."""
        async with asyncio.timeout(PATIENCE_IN_SECONDS):
            while not (found := [frame for frame in self.frames if word.encode() in frame]):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return found

    async def say_again(self, frames: list[bytes]) -> None:
        """On every socket that is open now."""
        for browser in tuple(self._sockets):
            with suppress(OSError):
                browser.write(b"".join(frames))
                await browser.drain()

    async def carry(self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        chat, to_chat = await asyncio.open_connection("127.0.0.1", self.chat_port)
        self._ends |= {to_browser, to_chat}
        await asyncio.gather(self._said(browser, to_chat), self._answered(chat, to_browser))

    async def _said(self, browser: asyncio.StreamReader, to_chat: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await browser.read(PIECE):
                to_chat.write(piece)
                await to_chat.drain()
        to_chat.close()

    async def _answered(self, chat: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await chat.read(PIECE):
                self._note(to_browser, piece)
                if not self._flows.is_set() and any(word in piece for word in self._words):
                    self.kept += piece
                    self._waiting.add(to_browser)
                    await self._flows.wait()
                to_browser.write(piece)
                await to_browser.drain()
                self._waiting.discard(to_browser)
        self._waiting.discard(to_browser)
        self._sockets.discard(to_browser)
        to_browser.close()

    def _note(self, to_browser: asyncio.StreamWriter, piece: bytes) -> None:
        if piece.startswith(BECOMES_A_SOCKET):
            self._sockets.add(to_browser)
        elif to_browser in self._sockets:
            self.frames.append(piece)

    def hang_up(self) -> None:
        self.let_go()
        for end in self._ends:
            end.close()


@asynccontextmanager
async def slow_wire(chat_port: int) -> AsyncIterator[tuple[SlowWire, int]]:
    """The wire, and the port at which browsers find it."""
    wire = SlowWire(chat_port)
    wire.let_go()
    async with await asyncio.start_server(wire.carry, "127.0.0.1", 0) as server:
        yield wire, server.sockets[0].getsockname()[1]
        wire.hang_up()
