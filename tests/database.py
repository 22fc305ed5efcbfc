"""One PostgreSQL for a run, a database that is migrated once, and a fresh copy of it for each test."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import asyncpg

from privity.db import engine
from privity.db.embedded import Cluster
from privity.db.engine import ROLES
from privity.keyring import Keyring
from tests.canary.listening import Ears

SUPERUSER_PASSWORD = "the password of a server that lives as long as a test run"
TEMPLATE = "template_of_tests"


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL with the product's roles and one migrated database to copy."""

    cluster: Cluster
    keyring: Keyring
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def make_template(self) -> None:
        passwords = {role: self.keyring.password(role) for role in ROLES}
        await engine.prepare(self.superuser("postgres"), passwords, TEMPLATE)
        await engine.migrate(Database(self, TEMPLATE).address("owner"))

    async def fresh(self) -> "Database":
        """A new database, equal to the template."""
        database = Database(self, f"test_{next(self._numbers)}")
        await self._command(
            f"CREATE DATABASE {database.name} OWNER privity_owner TEMPLATE {TEMPLATE} STRATEGY FILE_COPY"
        )
        return database

    async def drop(self, database: "Database") -> None:
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
    ears: Ears = field(default_factory=Ears, compare=False)

    def address(self, role: str) -> dict[str, Any]:
        server = self.server
        return server.cluster.connect_arguments(f"privity_{role}", server.keyring.password(role), self.name)

    def superuser(self) -> dict[str, Any]:
        return self.server.superuser(self.name)
