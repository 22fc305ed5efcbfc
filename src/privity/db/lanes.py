"""Lanes: many calls of one function in one round trip, and one commit for all of them.

A lane holds one connection. Whenever it is free it sends all that is queued, 64 rows at most. There is no
timer: a single caller waits for nobody, and under load the queue fills while the call before it is under way.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from privity.db.pool import LOST, SERVER_SETTINGS, Row

LANES = 2
ROWS_A_CALL = 64
WAITING_ROWS = 2_000
CONNECT_SECONDS = 5
CALL_SECONDS = 30

# A plan made for one size of array must not be remade for each.
_SETTINGS = {**SERVER_SETTINGS, "plan_cache_mode": "force_generic_plan"}


class LaneFullError(Exception):
    """More is waiting than may wait. Nothing was stored; try again in a moment."""


class LaneLostError(Exception):
    """The connection broke, twice. Whether the row was stored is not known."""


@dataclass(eq=False, slots=True)
class _Waiting:
    """One row in a lane, and where its caller waits for the answer."""

    row: tuple[Any, ...]
    answer: "asyncio.Future[Row]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Lanes:
    """Rows of one key keep their order and share a lane, so that no two lanes wait for each other's locks."""

    def __init__(self, address: dict[str, Any], statement: str, clock: Callable[[], datetime]) -> None:
        """`statement` takes the time, then one array a column; its rows name in `n` the row they answer."""
        self._lanes = [_Lane(address, statement, clock) for _ in range(LANES)]

    @classmethod
    @asynccontextmanager
    async def open(
        cls, address: dict[str, Any], statement: str, clock: Callable[[], datetime]
    ) -> "AsyncIterator[Lanes]":
        """Lanes that run as long as the context does. A lane connects when its first row comes."""
        lanes = cls(address, statement, clock)
        runs = [asyncio.create_task(lane.run()) for lane in lanes._lanes]
        try:
            yield lanes
        finally:
            for run in runs:
                run.cancel()
            await asyncio.gather(*runs, return_exceptions=True)

    async def put(self, key: UUID, *row: Any) -> Row:
        """The answer to this row. Raises what the database says of it, LaneFullError or LaneLostError."""
        return await self._lanes[key.int % len(self._lanes)].put(row)


class _Lane:
    def __init__(self, address: dict[str, Any], statement: str, clock: Callable[[], datetime]) -> None:
        self._address = address
        self._statement = statement
        self._clock = clock
        self._queue: deque[_Waiting] = deque()
        self._filled = asyncio.Event()
        self._connection: asyncpg.Connection[Row] | None = None

    async def put(self, row: tuple[Any, ...]) -> Row:
        if len(self._queue) >= WAITING_ROWS:
            raise LaneFullError
        waiting = _Waiting(row)
        self._queue.append(waiting)
        self._filled.set()
        return await waiting.answer

    async def run(self) -> None:
        """Carry what is queued, until cancelled; whoever still waits then is told."""
        batch: list[_Waiting] = []
        try:
            while True:
                await self._filled.wait()
                batch = [self._queue.popleft() for _ in range(min(ROWS_A_CALL, len(self._queue)))]
                if not self._queue:
                    self._filled.clear()
                await self._carry(batch)
        finally:
            for waiting in (*batch, *self._queue):
                _fail(waiting, LaneLostError())
            self._hang_up()

    async def _carry(self, batch: list[_Waiting]) -> None:
        """All in one call; where that fails nothing was stored, or it is not known: then each alone, once."""
        try:
            await self._call(batch)
        except Exception:  # noqa: BLE001 - whatever one row meets, the others are carried
            for waiting in batch:
                await self._carry_alone(waiting)

    async def _carry_alone(self, waiting: _Waiting) -> None:
        try:
            await self._call([waiting])
        except LOST:
            _fail(waiting, LaneLostError())
        except Exception as error:  # noqa: BLE001 - its own sender is told, and the lane goes on
            _fail(waiting, error)

    async def _call(self, batch: Sequence[_Waiting]) -> None:
        columns = zip(*(waiting.row for waiting in batch), strict=True)
        try:
            connection = await self._connected()
            rows = await connection.fetch(self._statement, self._clock(), *map(list, columns))
        except LOST:
            self._hang_up()
            raise
        for row in rows:
            _answer(batch[row["n"] - 1], row)

    async def _connected(self) -> "asyncpg.Connection[Row]":
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(
                **self._address,
                server_settings=_SETTINGS,
                timeout=CONNECT_SECONDS,
                command_timeout=CALL_SECONDS,
            )
        return self._connection

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None


def _answer(waiting: _Waiting, row: Row) -> None:
    if not waiting.answer.done():
        waiting.answer.set_result(row)


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(error)
