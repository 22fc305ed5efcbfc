"""An act that is cut off in the middle, as where its process dies or its connection breaks."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

from privity.db.pool import Connection

LONGEST = 30.0
PAUSE = 0.01


async def cut_off_before_sessions_end(act: Coroutine[Any, Any, Any], owner_db: Connection) -> None:
    """What the act did before it came to the sessions stands; nothing after it was done."""
    async with held(owner_db, "LOCK TABLE session IN EXCLUSIVE MODE"):
        task = asyncio.create_task(act)
        await somebody_waits(owner_db)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert task.cancelled(), "it came to its end"


@asynccontextmanager
async def held(owner_db: Connection, statement: str, *arguments: Any) -> AsyncIterator[None]:
    """A transaction that stays open, with what this statement locks. What it changed stands afterwards."""
    transaction = owner_db.transaction()
    await transaction.start()
    try:
        await owner_db.execute(statement, *arguments)
        yield
    except BaseException:
        await transaction.rollback()
        raise
    await transaction.commit()


async def somebody_waits(owner_db: Connection, how_many: int = 1) -> None:
    """Until so many others wait for what an open transaction holds."""
    async with asyncio.timeout(LONGEST):
        # PostgreSQL tells nobody that somebody waits.
        while await _waiting(owner_db) < how_many:  # noqa: ASYNC110
            await asyncio.sleep(PAUSE)


async def _waiting(owner_db: Connection) -> int:
    waiting: int = await owner_db.fetchval(
        "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"
        " AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
    )
    return waiting
