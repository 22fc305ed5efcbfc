"""Who is concerned by an id: sockets by their session, by the identity that it proved, or by their workspace."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from privity.live.socket import Socket


class Places:
    def __init__(self) -> None:
        self._sockets: dict[UUID, set[Socket]] = {}
        self._places: dict[Socket, set[UUID]] = {}

    def enter(self, socket: Socket, place: UUID) -> None:
        self._sockets.setdefault(place, set()).add(socket)
        self._places.setdefault(socket, set()).add(place)

    def move(self, socket: Socket, places: Iterable[UUID]) -> None:
        """To these places and no others; who has left meanwhile stays away."""
        if socket in self._places:
            self.leave(socket)
            for place in places:
                self.enter(socket, place)

    def leave(self, socket: Socket) -> None:
        for place in self._places.pop(socket, set()):
            there = self._sockets[place]
            there.discard(socket)
            if not there:
                del self._sockets[place]

    def at(self, *places: UUID | None) -> set[Socket]:
        """Everybody at any of these."""
        return set().union(*(self._sockets.get(place, ()) for place in places if place is not None))

    def __iter__(self) -> Iterator[Socket]:
        return iter(list(self._places))
