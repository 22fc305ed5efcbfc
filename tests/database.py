"""One PostgreSQL for a run, a database that is migrated once, and for each test one that equals it.

A copy costs more than most tests do. So a database in which a test changed nothing but rows is emptied and serves the
next one; one that was made otherwise, as where a test takes a lock out, is dropped.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import asyncpg

from privity.db import engine
from privity.db.embedded import Cluster
from privity.db.engine import ROLES
from privity.db.pool import Connection
from privity.db.queries import beside
from privity.keyring import Keyring
from tests.canary.listening import Ears

SUPERUSER_PASSWORD = "the password of a server that lives as long as a test run"
TEMPLATE = "template_of_tests"
SQL = beside(__file__, "database.sql")
MOST_BYTES = 1_000_000
"""Deleted rows stay in the files: a database whose tables grew beyond this is not used again."""
PATIENCE_IN_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL with the product's roles and one migrated database to copy."""

    cluster: Cluster
    keyring: Keyring
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _emptied: list["Database"] = field(default_factory=list)

    async def make_template(self) -> None:
        passwords = {role: self.keyring.password(role) for role in ROLES}
        await engine.prepare(self.superuser("postgres"), passwords, TEMPLATE, self.keyring.mark)
        await engine.migrate(Database(self, TEMPLATE).address("owner"))

    async def fresh(self) -> "Database":
        """A database that equals the template: one that was emptied, or a new one."""
        if self._emptied:
            return replace(self._emptied.pop(), ears=Ears())
        database = Database(self, f"test_{next(self._numbers)}")
        await self._command(
            f"CREATE DATABASE {database.name} OWNER privity_owner TEMPLATE {TEMPLATE} STRATEGY FILE_COPY"
        )
        return replace(database, made=await database.layout())

    async def take_back(self, database: "Database") -> None:
        if await database.emptied():
            self._emptied.append(database)
        else:
            await self._command(f"DROP DATABASE {database.name} WITH (FORCE)")

    def superuser(self, database: str) -> dict[str, Any]:
        return self.cluster.connect_arguments("postgres", SUPERUSER_PASSWORD, database)

    async def _command(self, statement: str) -> None:
        connection = await asyncpg.connect(**self.superuser("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@dataclass(frozen=True)
class Database:
    """One test's own database, and all that was heard of what is in it. `address` is what `engine.open_pools` takes."""

    server: Server
    name: str
    made: str = ""
    """Its layout before any test."""
    ears: Ears = field(default_factory=Ears, compare=False)

    def address(self, role: str) -> dict[str, Any]:
        server = self.server
        return server.cluster.connect_arguments(f"privity_{role}", server.keyring.password(role), self.name)

    def superuser(self) -> dict[str, Any]:
        return self.server.superuser(self.name)

    async def layout(self) -> str:
        async with self._connected() as db:
            layout: str = await db.fetchval(SQL["layout"])
            return layout

    async def emptied(self) -> bool:
        """Whether it is again as it was made: nobody is connected, no row is left, and nothing else was changed."""
        async with self._connected() as db:
            await _all_have_gone(db)
            if await db.fetchval(SQL["layout"]) != self.made or await db.fetchval(SQL["bytes"]) > MOST_BYTES:
                return False
            await db.execute(SQL["empty"])
            return True

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Connection]:
        connection = await asyncpg.connect(**self.superuser())
        try:
            yield connection
        finally:
            await connection.close()


async def _all_have_gone(db: Connection) -> None:
    """What somebody has in hand may else be written after the rows were deleted."""
    async with asyncio.timeout(PATIENCE_IN_SECONDS):
        while True:
            if not await db.fetchval(SQL["others"]):
                return
            await asyncio.sleep(0.005)
