"""A house with a team: Acme, where Grace answers, and Elsewhere, where Otto does."""

from collections.abc import Callable

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.keyring import Keyring
from privity.people.actions import add_teammate
from tests.cast import GRACE, OTTO
from tests.clock import Clock
from tests.doors import Acme, Script, add_acme
from tests.team.desk import PASSWORD, Desk

NewClient = Callable[[], httpx.AsyncClient]


@pytest.fixture
async def acme(house: House, owner_db: Connection, keyring: Keyring, clock: Clock) -> Acme:
    acme = await add_acme(owner_db, keyring, clock)
    await add_teammate(house, acme.id, email=GRACE.email, name=GRACE.name, password=PASSWORD)
    return acme


@pytest.fixture
async def grace(acme: Acme, door: NewClient) -> Desk:
    desk = Desk(door())
    await desk.sign_in(GRACE)
    return desk


@pytest.fixture
async def otto(house: House, owner_db: Connection, keyring: Keyring, clock: Clock, door: NewClient) -> Desk:
    elsewhere = await add_acme(owner_db, keyring, clock, "Elsewhere")
    await add_teammate(house, elsewhere.id, email=OTTO.email, name=OTTO.name, password=PASSWORD)
    desk = Desk(door())
    await desk.sign_in(OTTO)
    return desk


@pytest.fixture
def new_contact(acme: Acme, door: NewClient) -> Callable[[], Script]:
    """Somebody who opens Acme's chat; each call is another one."""
    return lambda: Script(door(), acme)
