"""A request that is cut off, at whatever moment, leaves nothing behind for the next one on its connection."""

import asyncio
from contextlib import suppress
from uuid import uuid4

import pytest

from privity.db.pool import Pool
from tests.database import Database

pytestmark = pytest.mark.anyio


async def test_no_transaction_outlives_a_request_that_was_cut_off(database: Database) -> None:
    pool = await Pool.open(database.address("gate"), 1)
    workspace, other = uuid4(), uuid4()

    async def request() -> None:
        async with pool.within(workspace) as db:
            await db.fetch("SELECT pg_sleep(0.002)")

    try:
        cut = 0
        for step in range(40):
            task = asyncio.create_task(request())
            await asyncio.sleep(step / 8000)
            cut += task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            async with pool.connection() as db:
                assert not db.is_in_transaction()
                seen = await db.fetchval("SELECT current_setting('privity.workspace', true)")
                assert seen in (None, "")
        assert cut > 10, "requests must have been cut off for this to mean anything"
        async with pool.within(other) as db:
            assert await db.fetchval("SELECT current_setting('privity.workspace')") == str(other)
    finally:
        await pool.close()
