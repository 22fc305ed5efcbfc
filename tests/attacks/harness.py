"""A test that tries an attack is run twice: as it is, and with the defence taken out, where it must fail.

`@pytest.mark.attack("A-92", without=the_locks)` makes both of one function. What is taken out is taken out of the
process and the database of that one test; the product has no switch for it.
"""

import asyncio
import re
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from json import JSONDecodeError
from pathlib import Path
from traceback import walk_tb
from typing import Any

import asyncpg
import pytest
from litestar import Request, Response

from privity.db.pool import SERVER_SETTINGS
from privity.db.queries import Queries
from privity.web import answers
from tests.database import Database
from tests.hanging import hung_anew

LEAKS = (AssertionError, pytest.fail.Exception, KeyError, JSONDecodeError)
"""How a test notices: by its own word, or since it asks an answer for the code of a refusal, and there is none."""

TESTS = str(Path(__file__).parents[1])
BROKEN = pytest.StashKey[list[str]]()


@dataclass(frozen=True, slots=True)
class Defence:
    """Something that an attack must not get past."""

    name: str
    take_out: "Callable[[Breach], None]"


Without = Defence | tuple[Defence, ...]


def defence(take_out: "Callable[[Breach], None]") -> Defence:
    """A defence, by the function that takes it out; the function is called as the defence is."""
    return Defence(take_out.__name__, take_out)


class Breach:
    """How a defence is taken out. Everything is put back when the test is over."""

    def __init__(self, patch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
        self._patch = patch
        self._request = request

    def replace(self, where: object, name: str, by: Any) -> None:
        """Another function or value in the product's place."""
        self._patch.setattr(where, name, by)

    def statement(self, queries: Queries, name: str, pattern: str, by: str) -> None:
        """Another text in a named statement, where this regular expression finds it."""
        statements = queries._statements
        self._patch.setitem(statements, name, _changed(statements[name], pattern, by))

    def database(self, *statements: str) -> None:
        """Run these as a superuser in the test's own database."""
        self._with_database(lambda db: db.execute(";".join(statements)))

    def rows(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """What a superuser reads, or changes, in the test's own database while the test runs."""
        found: list[asyncpg.Record] = self._with_database(lambda db: db.fetch(statement, *values))
        return found

    def function(self, name: str, pattern: str, by: str) -> None:
        """Another text in a database function, where this regular expression finds it."""

        async def change(db: "asyncpg.Connection[asyncpg.Record]") -> None:
            text = await db.fetchval(
                "SELECT pg_get_functiondef(oid) FROM pg_proc"
                " WHERE proname = $1 AND pronamespace = 'privity'::regnamespace",
                name,
            )
            await db.execute(_changed(text, pattern, by))

        self._with_database(change)

    def _with_database(self, act: Callable[["asyncpg.Connection[asyncpg.Record]"], Any]) -> Any:
        database: Database = self._request.getfixturevalue("database")

        async def run() -> Any:
            connection = await asyncpg.connect(**database.superuser(), server_settings=SERVER_SETTINGS)
            try:
                return await act(connection)
            finally:
                await connection.close()

        # A thread of its own: this one has a loop already, which a fixture may not run.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, run()).result()


def _changed(text: str, pattern: str, by: str) -> str:
    changed, times = re.subn(pattern, by, text)
    assert times, f"nothing is taken out: {pattern!r} is not in {text!r}"
    return changed


@pytest.fixture(autouse=True)
def taken_out(request: pytest.FixtureRequest) -> Iterator[None]:
    """Around each test; nothing is taken out but where the mark says so."""
    defences: tuple[Defence, ...] = getattr(request, "param", ())
    if not defences:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        hung_anew(patch)
        patch.setitem(answers.EXCEPTION_HANDLERS, Exception, _note_what_breaks(request.node))
        for one in defences:
            one.take_out(Breach(patch, request))
        yield


def _note_what_breaks(test: pytest.Item) -> Callable[..., Response[bytes]]:
    broken = test.stash.setdefault(BROKEN, [])

    def answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
        broken.append(repr(error))
        return answers.answer_unexpected(request, error)

    return answer


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marks = metafunc.definition.iter_markers("attack")
    taken = [_together(mark.kwargs["without"]) for mark in marks if "without" in mark.kwargs]
    if taken:
        metafunc.parametrize("taken_out", [(), *dict.fromkeys(taken)], ids=_label, indirect=True)


def _together(without: Without) -> tuple[Defence, ...]:
    return without if isinstance(without, tuple) else (without,)


def _is_its_own_word(leak: BaseException, test: str) -> bool:
    """What fails on the way, in a fixture or a step that others use as well, is a premise and not the attack."""
    if isinstance(leak, pytest.fail.Exception):
        return True
    ours = [
        frame.f_code for frame, _ in walk_tb(leak.__traceback__) if frame.f_code.co_filename.startswith(TESTS)
    ]
    return ours[-1].co_name.startswith("assert_") or ours[-1].co_qualname.startswith(test)


def _label(defences: tuple[Defence, ...]) -> str:
    return "without " + " and ".join(one.name for one in defences) if defences else "as it is"


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Without its defence an attack must succeed: a test that passes, or only breaks something, proves nothing."""
    callspec = getattr(pyfuncitem, "callspec", None)
    defences = callspec.params.get("taken_out", ()) if callspec is not None else ()
    if not defences:
        return (yield)
    try:
        yield
    except LEAKS as leak:
        broken = pyfuncitem.stash.get(BROKEN, [])
        assert not broken, f"taking the defence out broke the house instead of opening it: {broken}"
        if not _is_its_own_word(leak, pyfuncitem.originalname):
            raise
        pyfuncitem.user_properties.append(("seen", str(leak)))
        return True
    pytest.fail(f"the attack was held {_label(defences)}: so this test can't see it succeed")
