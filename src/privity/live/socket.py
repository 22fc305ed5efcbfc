"""What a contact's and a teammate's socket have in common: hints that wait, one worker, one end."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Hashable
from contextlib import ExitStack
from datetime import datetime

from privity.db.bus import BROKEN, Event
from privity.house import House
from privity.live.line import FAILED, TOO_SLOW, Line, LineOverError
from privity.web import limits
from privity.web.problems import Problem
from privity.web.wire import FrameOut

SIGNED_OUT = 4401
CHANGED = 4409
TOO_MANY = 4429
RUBBISH = 4400

WAITING_HINTS = 1_000
RUBBISH_FRAMES = 5

_CODES = {401: SIGNED_OUT, 409: CHANGED, 429: TOO_MANY}


class Socket(ABC):
    """Hints wait here until the worker has judged and delivered them. The worker lives only while some wait."""

    __slots__ = (
        "_admitted_at",
        "_ending",
        "_hints",
        "_network_room",
        "_over",
        "_rubbish",
        "_session_room",
        "_turn",
        "_unsure",
        "_worker",
        "house",
        "line",
    )

    def __init__(self, house: House, line: Line) -> None:
        self.house = house
        self.line = line
        self._hints: dict[Hashable, Event] = {}
        self._admitted_at: datetime | None = None
        self._unsure = False
        self._over = False
        self._rubbish = 0
        # A send's acknowledgement and deliveries take turns, so that no message is told twice or out of order.
        self._turn = asyncio.Lock()
        self._network_room = ExitStack()
        self._session_room = ExitStack()
        self._worker: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        """From the first frame to the last."""
        try:
            await self._open()
            await self._listen()
        except Problem as problem:
            await self._close(*_closing(problem))
        except LineOverError:
            self._over = True
        except BROKEN:
            await self._close(FAILED, "try_again")
        except asyncio.CancelledError:
            if not self._over:
                raise
        finally:
            self._session_room.close()
            self._network_room.close()

    def hint(self, event: Event) -> None:
        """Something happened that this socket may have to be told."""
        if self._admitted_at is None:
            return
        key = self._key(event)
        earlier = self._hints.get(key)
        if earlier is None or event.seq >= earlier.seq:
            self._hints[key] = event
        if len(self._hints) > WAITING_HINTS:
            self.end(TOO_SLOW, "too_slow")
        self._wake()

    def doubt(self) -> None:
        """Read again who sits here, before anything more is delivered."""
        self._unsure = True
        self._wake()

    def end(self, code: int, reason: str) -> None:
        """Close at once; what still waits is never delivered."""
        self._over = True
        self._hints.clear()
        if self._ending is None:
            self._ending = asyncio.create_task(self.line.close(code, reason))

    def look_at_the_clock(self, now: datetime) -> None:
        """Called twice a second: a proof's end and a sign of life that is due are noticed here."""
        if self._admitted_at is not None and self._is_due(now, self._admitted_at):
            self.doubt()

    @abstractmethod
    def missed(self) -> None:
        """Some events were not heard: be unsure, and ask anew for what they may have been about."""

    @abstractmethod
    async def _open(self) -> None:
        """Accept, find out who sits here, and say that all is ready."""

    @abstractmethod
    async def _listen(self) -> None:
        """Take frames until the client goes."""

    @abstractmethod
    async def _admit(self) -> None:
        """Read who sits here; raises the gate's 401."""

    @abstractmethod
    def _is_due(self, now: datetime, admitted_at: datetime) -> bool: ...

    @abstractmethod
    def _key(self, event: Event) -> Hashable:
        """Of hints with one key, the furthest is delivered."""

    @abstractmethod
    async def _deliver(self, event: Event) -> None: ...

    async def _accept(self) -> None:
        """Opened first, and closed again where there is no room: a browser tells its page nothing of a refusal."""
        await self.line.accept()
        limit = limits.OPEN_SOCKETS_BY_NETWORK
        room = self.house.limiter.one_of(limit, "open sockets by network", self.line.network)
        self._network_room.enter_context(room)

    def _take_room(self, who: str) -> None:
        """Of whoever sits here. It is given back when they stand up, or the socket ends."""
        room = self.house.limiter.one_of(limits.OPEN_SOCKETS, "open sockets", who)
        self._session_room.enter_context(room)

    async def _tell(self, frame: FrameOut) -> None:
        if self._over:
            raise LineOverError
        await self.line.tell(frame)

    async def _count_rubbish(self) -> None:
        self._rubbish += 1
        if self._rubbish > RUBBISH_FRAMES:
            await self._close(RUBBISH, "rubbish")
            raise LineOverError

    async def _close(self, code: int, reason: str) -> None:
        self._over = True
        await self.line.close(code, reason)

    def _wake(self) -> None:
        if not self._over and (self._worker is None or self._worker.done()):
            self._worker = asyncio.create_task(self._work())

    async def _work(self) -> None:
        try:
            while not self._over and (self._unsure or self._hints):
                async with self._turn:
                    await self._do_next()
        except Problem as problem:
            self.end(*_closing(problem))
        except LineOverError:
            self._over = True
        except BROKEN:
            self.end(FAILED, "try_again")

    async def _do_next(self) -> None:
        if self._unsure:
            self._unsure = False
            await self._admit()
        elif self._hints:
            await self._deliver(self._hints.pop(next(iter(self._hints))))


def _closing(problem: Problem) -> tuple[int, str]:
    """How a socket ends that meets this problem."""
    return _CODES.get(problem.status, FAILED), problem.code
