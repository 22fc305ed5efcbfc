"""A house with a team: Acme, where Grace answers, and Elsewhere, where Otto does."""

from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.keyring import Keyring
from privity.people import passwords, store
from privity.people.actions import sign_in_as
from privity.people.door import COOKIE
from privity.people.model import csrf_word
from tests.cast import GRACE, OTTO, Person
from tests.clock import Clock
from tests.doors import CHAT, Acme, Script, add_acme
from tests.team.desk import PASSWORD, Desk

NewClient = Callable[[], httpx.AsyncClient]


@pytest.fixture
async def acme(house: House, owner_db: Connection, keyring: Keyring, clock: Clock) -> Acme:
    acme = await add_acme(owner_db, keyring, clock)
    await give_account(house, acme, GRACE)
    return acme


@pytest.fixture
async def grace(house: House, acme: Acme, door: NewClient) -> Desk:
    return await seated(house, GRACE, door())


@pytest.fixture
async def otto(house: House, owner_db: Connection, keyring: Keyring, clock: Clock, door: NewClient) -> Desk:
    elsewhere = await add_acme(owner_db, keyring, clock, "Elsewhere")
    await give_account(house, elsewhere, OTTO)
    return await seated(house, OTTO, door())


@pytest.fixture
def new_contact(acme: Acme, door: NewClient) -> Callable[[], Script]:
    """Somebody who opens Acme's chat; each call is another one."""
    return lambda: Script(door(), acme)


async def give_account(house: House, acme: Acme, person: Person) -> None:
    password_hash = await passwords.hashed(PASSWORD)
    async with house.pools.operator.within(acme.id) as db:
        await store.add_teammate(
            db, acme.id, person.email, person.name, "agent", password_hash, house.clock()
        )


async def seated(house: House, person: Person, client: httpx.AsyncClient) -> Desk:
    """At a desk where they have signed in already."""
    account = await store.account(house, person.email)
    assert account is not None
    credential = await sign_in_as(house, account)
    client.cookies.set(COOKIE, credential.word(), domain=urlsplit(CHAT).netloc, path="/")
    return Desk(client, csrf=csrf_word(credential))
