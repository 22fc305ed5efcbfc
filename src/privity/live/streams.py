"""The live doors: each open socket, the bus that hints at news, and the clock that ends proofs."""

import asyncio

from litestar.types import ASGIApp, Receive, Scope, Send

from privity.db.bus import Event, Kind
from privity.house import House
from privity.live.contact import ContactSocket
from privity.live.line import Line
from privity.live.places import Places
from privity.live.socket import SIGNED_OUT, Socket
from privity.live.team import TeamSocket

CLOCK_SECONDS = 0.5

FOR_CONTACTS: frozenset[Kind] = frozenset(("message", "state", "seen", "team_typing"))
FOR_THE_TEAM: frozenset[Kind] = frozenset(
    ("message", "note", "state", "assigned", "read", "typing", "sessions", "adopted", "blocked")
)


class Streams:
    """`doors`: the ASGI application behind each live path."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._places = Places()
        self._open: set[Socket] = set()
        self._clock: asyncio.Task[None] | None = None
        self.doors: dict[str, ASGIApp] = {"/widget/v1/stream": self._contact, "/api/v1/stream": self._team}
        house.bus.tell(self)

    async def _contact(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._serve(ContactSocket(self._house, Line(scope, receive, send), self._places))

    async def _team(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._serve(TeamSocket(self._house, Line(scope, receive, send), self._places))

    async def _serve(self, socket: Socket) -> None:
        self._open.add(socket)
        if self._clock is None:
            self._clock = asyncio.create_task(self._watch_the_clock())
        try:
            await socket.serve()
        finally:
            self._places.leave(socket)
            self._open.discard(socket)
            if not self._open and self._clock is not None:
                self._clock.cancel()
                self._clock = None

    async def _watch_the_clock(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_SECONDS)
            now = self._house.clock()
            for socket in self._places:
                socket.look_at_the_clock(now)

    # ── The bus ──────────────────────────────────────────────────────────────────────────────────────────────

    def hear(self, event: Event) -> None:
        if event.kind == "end":
            self._end(event)
            return
        if event.kind == "links":
            for socket in self._places.at(event.owner):
                socket.doubt()
            return
        if event.kind in FOR_CONTACTS:
            for socket in self._places.at(event.origin, event.owner):
                socket.hint(event)
        if event.kind in FOR_THE_TEAM:
            for socket in self._places.at(event.workspace):
                socket.hint(event)

    def missed(self) -> None:
        for socket in self._places:
            socket.missed()

    def _end(self, event: Event) -> None:
        for socket in self._places.at(event.session):
            socket.end(SIGNED_OUT, event.reason or "session_over")
