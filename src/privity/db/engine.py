"""From a PostgreSQL that answers to pools that may be used: roles, database, migrations, checks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg

from privity.db.pool import SERVER_SETTINGS, Pool, Pools

ROLES = ("owner", "operator", "gate", "contact", "team", "audit", "sealer", "auditor")
SERVING = ("operator", "gate", "contact", "team", "audit", "sealer", "auditor")
POOL_SIZES = {"operator": 2, "gate": 8, "contact": 10, "team": 8, "audit": 2, "sealer": 1, "auditor": 2}
AT_ONCE = frozenset(("operator", "gate", "contact", "team", "audit"))
"""The pools that have a connection from the start; the others are asked now and then."""
MIGRATIONS = Path(__file__).with_name("migrations")
ROLES_SQL = Path(__file__).with_name("roles.sql")

# A migration that cannot have its lock gives up instead of queueing everybody behind it.
MIGRATION_LOCK = 7_715_001
LOCK_TIMEOUT = "10s"
STATEMENT_TIMEOUT = "10min"

Arguments = dict[str, Any]
Address = Callable[[str], Arguments]
"""From a login role to the arguments of asyncpg.connect."""

# Whoever owns a table, a view, a function that reads with its owner's rights or the schema says who gets through.
STRONG = """
SELECT rolname FROM pg_roles r
 WHERE rolname = ANY($1)
   AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication
        OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
        OR EXISTS (SELECT FROM pg_shdepend d
                    WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid AND d.deptype = 'o'
                      AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))))
 ORDER BY rolname
"""


# Roles are of the whole server, and so is the mark of the installation whose passwords they have.
MARKED = "SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = 'privity_owner'"
MARK = "SELECT format('COMMENT ON ROLE privity_owner IS %L', $1::text)"


class EngineError(Exception):
    """The database cannot be used. The message is a sentence for the person who runs it."""


def least_version(version: tuple[int, int]) -> bool:
    """PostgreSQL 15.14, 16.10, 17.6, 18.0 or newer: older ones have known holes in row-level security."""
    return version >= {15: (15, 14), 16: (16, 10), 17: (17, 6)}.get(version[0], (18, 0))


async def prepare(admin: Arguments, passwords: dict[str, str], database: str, installation: str) -> None:
    """Create the login roles (with these passwords) and the database, where they are missing; refuses a server that
    has those of another installation."""
    connection = await asyncpg.connect(**admin)
    try:
        await check_version(connection)
        if await connection.fetchval(MARKED) not in (None, installation):
            raise EngineError(
                "The database belongs to another installation. Start with that one's `installation.key` in the data "
                "folder: wherever this database serves, that file is needed."
            )
        await connection.execute(ROLES_SQL.read_text("utf-8"))
        await connection.execute(await connection.fetchval(MARK, installation))
        for role, password in passwords.items():
            # ALTER ROLE takes no parameters; the server quotes the literal itself.
            statement = await connection.fetchval(
                "SELECT format('ALTER ROLE %I PASSWORD %L', $1::text, $2::text)", f"privity_{role}", password
            )
            await connection.execute(statement)
        made = await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", database)
        # A database that an operator made is theirs; ours is the schema in it.
        needed = (
            "GRANT CREATE ON DATABASE %I TO privity_owner"
            if made
            else "CREATE DATABASE %I OWNER privity_owner"
        )
        await connection.execute(await connection.fetchval("SELECT format($1, $2::text)", needed, database))
    finally:
        await connection.close()


async def migrate(owner: Arguments) -> list[str]:
    """Bring the schema forward; returns the names of the migrations that were run."""
    connection = await asyncpg.connect(**owner, server_settings=SERVER_SETTINGS)
    try:
        async with connection.transaction():
            await connection.execute(
                f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'; SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'"
            )
            await connection.execute("SELECT pg_advisory_xact_lock($1)", MIGRATION_LOCK)
            await connection.execute(
                "CREATE SCHEMA IF NOT EXISTS privity; "
                "CREATE TABLE IF NOT EXISTS privity.migration (name text PRIMARY KEY, at timestamptz NOT NULL)"
            )
            done = {row["name"] for row in await connection.fetch("SELECT name FROM privity.migration")}
            news = [file for file in sorted(MIGRATIONS.glob("*.sql")) if file.name not in done]
            for file in news:
                await connection.execute(file.read_text("utf-8"))
                await connection.execute("INSERT INTO privity.migration VALUES ($1, now())", file.name)
            return [file.name for file in news]
    finally:
        await connection.close()


async def pending(owner: Arguments) -> list[str]:
    """The names of the migrations that were not run yet."""
    connection = await asyncpg.connect(**owner, server_settings=SERVER_SETTINGS)
    try:
        done = set()
        if await connection.fetchval("SELECT to_regclass('privity.migration')"):
            done = {row["name"] for row in await connection.fetch("SELECT name FROM privity.migration")}
    finally:
        await connection.close()
    return [file.name for file in sorted(MIGRATIONS.glob("*.sql")) if file.name not in done]


async def open_pools(address: Address) -> Pools:
    """Pools of the roles that serve; refuses a role that could pass the second lock."""
    await check_roles(address("gate"))
    return Pools(
        **{
            role: await Pool.open(address(role), POOL_SIZES[role], least=int(role in AT_ONCE))
            for role in SERVING
        }
    )


async def check_version(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Refuses a PostgreSQL in which row-level security has known holes."""
    server = connection.get_server_version()
    version = (server.major, server.micro)  # asyncpg calls the 18 of 15.18 "micro"
    if not least_version(version):
        raise EngineError(
            f"PostgreSQL {version[0]}.{version[1]} is too old: use 15.14, 16.10, 17.6, 18 or newer."
        )


async def check_roles(gate: Arguments) -> None:
    """Refuses a serving role that could pass the second lock."""
    connection = await asyncpg.connect(**gate)
    try:
        await check_version(connection)
        strong = await connection.fetch(STRONG, [f"privity_{role}" for role in SERVING])
    finally:
        await connection.close()
    if strong:
        names = ", ".join(row["rolname"] for row in strong)
        raise EngineError(
            f"{names} could pass the second lock: take away what makes it strong (superuser, BYPASSRLS, CREATEROLE, "
            "REPLICATION, being a member of another role, or the owner of anything in the database)."
        )
