"""A server with real sockets before the house, and clients that keep one open."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from privity.app import create_app
from privity.cli.serving import listen, port_of, serving
from privity.db.bus import Event
from privity.house import House
from privity.web.static_files import FrontEnd
from tests.canary.listening import overheard
from tests.database import Database
from tests.unhurried import PATIENCE


@pytest.fixture
async def port(house: House, front_end: FrontEnd, database: Database) -> AsyncIterator[int]:
    listener = listen("127.0.0.1", 0)
    async with serving(overheard(create_app(house, front_end), database.ears, house.clock), listener):
        yield port_of(listener)


class Marker:
    """Hears the one event that names this workspace, which has nobody in it."""

    def __init__(self) -> None:
        self.workspace: UUID = uuid4()
        self.heard = asyncio.Event()

    def hear(self, event: Event) -> None:
        if event.workspace == self.workspace:
            self.heard.set()

    def missed(self) -> None:
        """A marker waits for itself alone."""


@pytest.fixture
def all_heard(house: House) -> Callable[[], Awaitable[None]]:
    """Returns when all that was announced before was heard: an event of ours, announced last, comes last."""

    async def wait() -> None:
        marker = Marker()
        house.bus.tell(marker)
        house.bus.announce(Event("sessions", marker.workspace))
        async with asyncio.timeout(PATIENCE):
            await marker.heard.wait()

    return wait
