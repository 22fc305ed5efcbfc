"""A failure ends nothing that goes on beside the requests: the server's log tells it, and it is tried again."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog

from privity.db.pool import LOST

log = structlog.get_logger()


@contextmanager
def outliving(what: str) -> Iterator[None]:
    """Nobody waits for a task of the background. One that ended would end in silence, so no failure ends it."""
    try:
        yield
    except Exception:
        log.exception(what)


async def each(workspaces: Iterable[UUID], act: Callable[[UUID], Awaitable[Any]]) -> None:
    """The act for each of them, whatever comes of another's. The first failure is raised when all had their turn."""
    failures = list[Exception]()
    for workspace in workspaces:
        try:
            await act(workspace)
        except LOST:
            # The database is away, for the next one as well.
            raise
        except Exception as failure:  # noqa: BLE001 - one workspace's fault is not the others'
            failures.append(failure)
    if failures:
        raise failures[0]
