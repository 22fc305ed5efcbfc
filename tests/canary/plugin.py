"""How the sweep sits in the suite: `tests/conftest.py` takes it from here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO

import pytest

from tests.canary.listening import fetches_overheard
from tests.canary.sweep import sweep
from tests.database import Database, Server

UNHEARD = {
    "tests/cli/running.py": "The program in a process of its own: tests/unsaid.py searches its log, and its doors are"
    " those of other tests.",
    "tests/live/test_kill.py": "A process of its own that is killed; nobody but its twenty clients is there.",
    "tests/db/second_lock/test_two_locks.py": "No door is opened: the judge and the database are asked.",
    "tests/db/test_emptied.py": "No door is opened: databases are filled, emptied and looked at.",
    "tests/noninterference/conftest.py": "What a contact hears is compared byte for byte with a world where others are"
    " different; that finds more than a sweep.",
    "tests/noninterference/worlds.py": "The doors of those worlds.",
    "tests/journeys/story_picture.py": "No test: it paints the picture in the README.",
}
"""What nobody sweeps, and why. `tests/house/test_ears.py` holds that there is nothing else."""


@asynccontextmanager
async def swept(server: Server, log_book: StringIO, *, may_leak: bool = False) -> AsyncIterator[Database]:
    """A database of somebody's own. When they are done, so is what anybody could hear: then it is swept."""
    database = await server.fresh()
    database.ears.log_book, database.ears.begun = log_book, log_book.tell()
    with fetches_overheard(database.ears):
        yield database
    leaks = [] if may_leak else await sweep(database)
    await server.take_back(database)
    assert not leaks, "something private came to somebody else:\n" + "\n".join(leaks)


def leaks_on_purpose(request: pytest.FixtureRequest) -> bool:
    """Where a test takes a defence out, something must leak."""
    callspec = getattr(request.node, "callspec", None)
    return callspec is not None and bool(callspec.params.get("taken_out"))
