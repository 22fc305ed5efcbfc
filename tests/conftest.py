"""What every test may ask for: a clock that it moves, a keyring, a database of its own, the pools."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, cast

import asyncpg
import httpx
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from privity.app import create_app
from privity.cli import logs
from privity.db import embedded, engine
from privity.db.pool import SERVER_SETTINGS, Connection, Pools
from privity.furnishing import furnish
from privity.house import House
from privity.keyring import SECRET_BYTES, Keyring
from privity.mail.outbox import Outbox
from privity.outward.fetching import Outward
from privity.people import passwords
from privity.settings import Settings
from privity.web.limiter import Limiter
from privity.web.static_files import FrontEnd
from tests.attacks.harness import pytest_generate_tests, pytest_pyfunc_call, taken_out
from tests.authority import Authority
from tests.canary.listening import OverheardOutbox, overheard
from tests.canary.plugin import leaks_on_purpose, swept
from tests.cast import ADA
from tests.clock import Clock
from tests.database import SUPERUSER_PASSWORD, Database, Server
from tests.doors import CHAT, Acme, Script, add_acme
from tests.hanging import hung_once
from tests.provider import Provider, providing
from tests.unhurried import (
    conclude_nothing_from_a_silence,
    let_answers_take_their_time,
    write_down_when_asked,
)
from tests.unsaid import secrets_in

__all__ = ["pytest_generate_tests", "pytest_pyfunc_call", "taken_out"]

# What a test stores need not outlive a power cut, and nobody guesses its passwords: each connection spends 4,096 rounds
# on one else.
IN_A_HURRY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "scram_iterations": "1",
}
# After each test it is asked whether a session had ended when somebody showed its secret.
TELLS_WHEN = {"track_commit_timestamp": "on"}


def pytest_configure(config: pytest.Config) -> None:
    """What Hypothesis makes up is the same with every change, so that what fails is of that change; `--long` tries
    others. And how long it takes on this machine is no failure."""
    settings.register_profile(
        "here",
        derandomize=config.option.markexpr == "not long",
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("here")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def log_book() -> StringIO:
    """The log of every house that this process opens, as a serving process writes it."""
    book = StringIO()
    logs.configure(book)
    return book


@pytest.fixture(autouse=True)
def no_secret_is_logged(log_book: StringIO) -> Iterator[None]:
    begun = log_book.tell()
    yield
    assert secrets_in(log_book.getvalue()[begun:]) == []


@pytest.fixture(scope="session", autouse=True)
def passwords_in_a_hurry() -> Iterator[None]:
    """Nobody guesses these passwords either: the same rule hashes them, with the least work that it takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_ARGON2ID", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def doors_hung_once() -> Iterator[None]:
    with hung_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_from_a_silence() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        conclude_nothing_from_a_silence(patch)
        let_answers_take_their_time(patch)
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring(b"k" * SECRET_BYTES)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, keyring: Keyring) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("postgres")
    cluster = embedded.start(folder, SUPERUSER_PASSWORD, settings=IN_A_HURRY | TELLS_WHEN)
    try:
        server = Server(cluster, keyring)
        asyncio.run(server.make_template())
        yield server
    finally:
        cluster.stop()
        embedded.discard(folder)


@pytest.fixture
async def database(
    server: Server, log_book: StringIO, request: pytest.FixtureRequest
) -> AsyncIterator[Database]:
    """A database of the test's own, from which nothing private may have come to anybody else when it is over."""
    async with swept(server, log_book, may_leak=leaks_on_purpose(request)) as database:
        yield database


@pytest.fixture
async def pools(database: Database) -> AsyncIterator[Pools]:
    pools = await engine.open_pools(database.address)
    yield pools
    await pools.close()


@pytest.fixture
async def owner_db(database: Database) -> AsyncIterator[Connection]:
    """A connection of the schema's owner, who sees every row: to lay out a world and to look behind it."""
    connection = await asyncpg.connect(**database.address("owner"), server_settings=SERVER_SETTINGS)
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return OverheardOutbox(database.ears)


@pytest.fixture
async def provider(authority: Authority, clock: Clock) -> AsyncIterator[Provider]:
    async with providing(clock, authority.certify("localhost")) as provider:
        yield provider


@pytest.fixture
def way_out() -> Outward:
    """What the house fetches goes this way. Tests that let it fetch have one that leads to their own hosts."""
    return Outward()


@pytest.fixture
async def house(
    database: Database,
    keyring: Keyring,
    clock: Clock,
    outbox: Outbox,
    tmp_path: Path,
    way_out: Outward,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[House]:
    """Nothing in it goes by the real clock that a test would see: its limits, too, count by the test's."""
    write_down_when_asked(monkeypatch)
    here = Settings(data=tmp_path, base_url=CHAT)
    async with furnish(here, keyring, database.address, clock, outbox, way_out) as house:
        yield replace(house, limiter=Limiter(keyring.key("limits"), lambda: clock().timestamp()))


@pytest.fixture(scope="session")
def front_end() -> FrontEnd:
    return FrontEnd.load()


@pytest.fixture
async def acme(owner_db: Connection, keyring: Keyring, clock: Clock) -> Acme:
    return await add_acme(owner_db, keyring, clock)


@pytest.fixture
async def door(
    house: House, front_end: FrontEnd, database: Database
) -> AsyncIterator[Callable[[], httpx.AsyncClient]]:
    """From nothing to a client before the doors, each with a cookie jar of its own."""
    app = overheard(create_app(house, front_end), database.ears, house.clock)
    async with AsyncExitStack() as closing:

        def client() -> httpx.AsyncClient:
            made = httpx.AsyncClient(transport=httpx.ASGITransport(cast("Any", app)), base_url=CHAT)
            closing.push_async_callback(made.aclose)
            return made

        yield client


@pytest.fixture
async def ada(door: Callable[[], httpx.AsyncClient], acme: Acme) -> Script:
    """Ada, proved, in a session of her own."""
    ada = Script(door(), acme)
    await ada.open(ADA)
    return ada


@pytest.fixture
async def visitor(door: Callable[[], httpx.AsyncClient], acme: Acme) -> Script:
    """Somebody who proved and wrote nothing."""
    visitor = Script(door(), acme)
    await visitor.open()
    return visitor
