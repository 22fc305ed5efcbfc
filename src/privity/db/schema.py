"""The schema as the migrations leave it, in one file to read: `schema.sql`.

python -m privity.db.schema --write
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from secrets import token_hex

import asyncpg

from privity.db import embedded, engine
from privity.db.embedded import Cluster
from privity.db.pool import SERVER_SETTINGS, Connection
from privity.db.queries import Queries

FILE = Path(__file__).with_name("schema.sql")
CATALOG = Queries(Path(__file__).with_name("catalog.sql"))
HEAD = (
    "-- What the migrations make, read from the database by `python -m privity.db.schema --write`. Never run."
)


async def describe(db: Connection) -> str:
    """Every table, index, view, function, policy and grant of the schema, each kind by name."""
    statements = [row[0] for name in CATALOG for row in await db.fetch(CATALOG[name])]
    return "\n\n".join([HEAD, *(statement.rstrip() for statement in statements)]) + "\n"


def write() -> None:
    """Migrate a database that lives for a moment, and write down what it looks like."""
    with tempfile.TemporaryDirectory() as folder:
        password = token_hex()
        cluster = embedded.start(Path(folder), password)
        try:
            FILE.write_text(asyncio.run(_migrated(cluster, password)), "utf-8")
        finally:
            cluster.stop()
            embedded.discard(Path(folder))


async def _migrated(cluster: Cluster, password: str) -> str:
    admin = cluster.connect_arguments(cluster.superuser, password, "postgres")
    await engine.prepare(admin, dict.fromkeys(engine.ROLES, password), "privity", "schema")
    owner = cluster.connect_arguments("privity_owner", password, "privity")
    await engine.migrate(owner)
    connection = await asyncpg.connect(**owner, server_settings=SERVER_SETTINGS)
    try:
        return await describe(connection)
    finally:
        await connection.close()


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("python -m privity.db.schema --write")
    write()
