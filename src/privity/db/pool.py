"""One pool for each login role. Nothing switches roles; the second lock's variables live in one transaction."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

Row: TypeAlias = asyncpg.Record
Connection: TypeAlias = "asyncpg.Connection[Row] | asyncpg.pool.PoolConnectionProxy[Row]"

SEARCH_PATH = "privity, pg_temp"
# JIT costs more than it gives on statements that touch a page of rows.
SERVER_SETTINGS = {"search_path": SEARCH_PATH, "jit": "off", "application_name": "privity"}


LOST = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
)
"""What is raised where a connection is gone or did not answer in time: another one may do."""


async def _keep_as_it_is(_: Connection) -> None:
    """Variables end with their transaction, so a connection has nothing to reset. (asyncpg itself rolls back one that a
    request, cut off in the middle of BEGIN, left open.)"""


class Pool:
    """Connections of one role, handed out in the order in which they were asked for."""

    def __init__(self, connections: "asyncpg.Pool[Row]", size: int) -> None:
        self._connections = connections
        # asyncpg wakes waiters last in, first out; a queue before it keeps the slowest answer short.
        self._turn = asyncio.Semaphore(size)

    @classmethod
    async def open(cls, arguments: dict[str, Any], size: int, least: int = 1) -> "Pool":
        connections = await asyncpg.create_pool(
            **arguments,
            min_size=least,
            max_size=size,
            reset=_keep_as_it_is,
            server_settings=SERVER_SETTINGS,
            command_timeout=30,
        )
        return cls(connections, size)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        async with self._turn, self._connections.acquire() as connection:
            yield connection

    async def fetch(self, statement: str, *arguments: Any) -> Sequence[Row]:
        async with self.connection() as connection:
            return await connection.fetch(statement, *arguments)

    async def row(self, statement: str, *arguments: Any) -> Row | None:
        async with self.connection() as connection:
            return await connection.fetchrow(statement, *arguments)

    @asynccontextmanager
    async def within(self, workspace: UUID) -> AsyncIterator[Connection]:
        """A transaction that sees one workspace. The variable is set by a statement before those that read."""
        async with self.connection() as connection:
            # str(UUID) holds hexadecimal digits and dashes alone; one round trip instead of two.
            await connection.execute(
                f"BEGIN; SELECT set_config('privity.workspace', '{UUID(str(workspace))}', true)"
            )
            try:
                yield connection
            except BaseException:
                await connection.execute("ROLLBACK")
                raise
            await connection.execute("COMMIT")

    async def close(self) -> None:
        await self._connections.close()


@dataclass(frozen=True, slots=True)
class Pools:
    """The roles that serve requests, and the operator's for set-up."""

    gate: Pool
    contact: Pool
    team: Pool
    operator: Pool
    audit: Pool
    sealer: Pool
    auditor: Pool

    async def close(self) -> None:
        for pool in (
            self.gate,
            self.contact,
            self.team,
            self.operator,
            self.audit,
            self.sealer,
            self.auditor,
        ):
            await pool.close()
