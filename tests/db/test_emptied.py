"""A test that is given another's database finds nothing of it."""

from dataclasses import replace

import asyncpg
import pytest

from privity.db.pool import SERVER_SETTINGS, Connection
from tests.clock import Clock
from tests.database import Database, Server
from tests.db.worlds import add_workspace


@pytest.fixture
def server(server: Server) -> Server:
    """One that has none in store: what it gives out again is what it was given back."""
    return replace(server, _emptied=[])


async def test_what_a_test_stored_is_gone(server: Server, clock: Clock) -> None:
    database = await server.fresh()
    await _act(database, clock)
    await server.take_back(database)
    again = await server.fresh()
    assert again.name == database.name, "needs to be the same for this test to mean anything"
    assert await _workspaces(again) == 0
    await server.take_back(again)


async def test_a_database_with_a_lock_taken_out_serves_nobody_else(server: Server, clock: Clock) -> None:
    database = await server.fresh()
    await _act(database, clock, "DROP POLICY workspace ON privity.message")
    await server.take_back(database)
    again = await server.fresh()
    assert again.name != database.name
    await server.take_back(again)


async def test_a_changed_function_and_a_changed_right_are_noticed(server: Server, clock: Clock) -> None:
    for change in (
        "GRANT SELECT ON privity.message TO privity_gate",
        "ALTER TABLE privity.message DISABLE ROW LEVEL SECURITY",
        "ALTER FUNCTION privity.accounts_of(text) SECURITY INVOKER",
    ):
        database = await server.fresh()
        assert await database.layout() == database.made
        await _act(database, clock, change)
        assert await database.layout() != database.made, change
        await server.take_back(database)


async def test_who_stayed_connected_is_put_out(server: Server, clock: Clock) -> None:
    database = await server.fresh()
    stayed = await asyncpg.connect(**database.superuser(), server_settings=SERVER_SETTINGS)
    transaction = stayed.transaction()
    await transaction.start()
    await add_workspace(stayed, "Acme", clock())
    await server.take_back(database)
    assert stayed.is_closed() or not await _answers(stayed)
    again = await server.fresh()
    assert await _workspaces(again) == 0
    await server.take_back(again)


async def _act(database: Database, clock: Clock, change: str = "SELECT") -> None:
    connection = await asyncpg.connect(**database.superuser(), server_settings=SERVER_SETTINGS)
    await add_workspace(connection, "Acme", clock())
    await connection.execute(change)
    await connection.close()


async def _workspaces(database: Database) -> int:
    connection = await asyncpg.connect(**database.superuser())
    found: int = await connection.fetchval("SELECT count(*) FROM privity.workspace")
    await connection.close()
    return found


async def _answers(connection: Connection) -> bool:
    try:
        await connection.fetchval("SELECT 1")
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        return False
    return True
