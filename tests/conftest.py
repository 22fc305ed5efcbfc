"""What every test may ask for: a clock that it moves, a keyring, a database of its own, the pools."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from privity.db import embedded, engine
from privity.db.pool import SERVER_SETTINGS, Connection, Pools
from privity.keyring import SECRET_BYTES, Keyring
from tests.clock import Clock
from tests.database import SUPERUSER_PASSWORD, Database, Server

# What a test stores need not outlive a power cut.
IN_A_HURRY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring(b"k" * SECRET_BYTES)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, keyring: Keyring) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("postgres")
    cluster = embedded.start(folder, SUPERUSER_PASSWORD, settings=IN_A_HURRY)
    try:
        server = Server(cluster, keyring)
        asyncio.run(server.make_template())
        yield server
    finally:
        cluster.stop()
        embedded.discard(folder)


@pytest.fixture
async def database(server: Server) -> AsyncIterator[Database]:
    database = await server.fresh()
    yield database
    await server.drop(database)


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
