"""What the doctor finds in the database: its version, its migrations, its roles and its second lock."""

from collections.abc import AsyncIterator

import asyncpg

from privity.cli.console import CommandError
from privity.cli.doctor.finding import Finding
from privity.cli.doctor.workspaces import of_the_workspaces
from privity.cli.faults import sentence_of
from privity.cli.place import visited_engines
from privity.db import engine
from privity.db.embedded import EmbeddedError
from privity.db.pool import SERVER_SETTINGS
from privity.furnishing import Engines, furnish
from privity.keyring import Keyring
from privity.mail.letter import NoPost
from privity.settings import Settings

UNLOCKED_TABLES = """
SELECT relname FROM pg_class
 WHERE relnamespace = to_regnamespace('privity') AND relkind IN ('r', 'p')
   AND NOT (relrowsecurity AND relforcerowsecurity)
 ORDER BY relname
"""


async def of_the_database(settings: Settings) -> AsyncIterator[Finding]:
    try:
        async with visited_engines(settings) as (keyring, engines):
            async for finding in _of_the_engine(settings, keyring, engines):
                yield finding
    except (CommandError, EmbeddedError, engine.EngineError, asyncpg.PostgresError, OSError) as failure:
        yield Finding(
            "database", "ill", sentence_of(failure) or f"It cannot be used: {type(failure).__name__}."
        )


async def _of_the_engine(settings: Settings, keyring: Keyring, engines: Engines) -> AsyncIterator[Finding]:
    yield await _version(engines)
    behind = await engine.pending(engines.address("owner"))
    if behind:
        yield Finding("migrations", "ill", f"Not run yet: {', '.join(behind)}.", "Run: privity migrate")
        return
    yield Finding("migrations", "well", "All were run.")
    yield await of_the_roles(engines.address)
    yield await _locks(engines)
    async with furnish(settings, keyring, engines.address, post=NoPost()) as house:
        async for finding in of_the_workspaces(house):
            yield finding


async def _version(engines: Engines) -> Finding:
    connection = await asyncpg.connect(**engines.address("gate"))
    try:
        await engine.check_version(connection)
        return Finding("database", "well", f"PostgreSQL {connection.get_settings().server_version}.")
    except engine.EngineError as too_old:
        return Finding("database", "ill", str(too_old))
    finally:
        await connection.close()


async def of_the_roles(address: engine.Address) -> Finding:
    try:
        await engine.check_roles(address("gate"))
    except engine.EngineError as too_strong:
        return Finding("roles", "ill", str(too_strong))
    return Finding("roles", "well", "None that serves can pass the second lock.")


async def _locks(engines: Engines) -> Finding:
    connection = await asyncpg.connect(**engines.address("owner"), server_settings=SERVER_SETTINGS)
    try:
        open_tables = [row["relname"] for row in await connection.fetch(UNLOCKED_TABLES)]
    finally:
        await connection.close()
    if not open_tables:
        return Finding("second lock", "well", "Row-level security is forced on every table.")
    names = ", ".join(open_tables)
    mend = "Restore them: ALTER TABLE privity.… ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY."
    return Finding("second lock", "ill", f"Row-level security is not forced on {names}.", mend)
