"""Where the two locks are held against each other, and how either is taken out to see that this is noticed."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, note, settings

from privity.db.pool import Connection
from privity.house import House
from privity.policy import verdict
from privity.policy.articles import CONTACT
from tests.db.second_lock.asked import Locks
from tests.db.second_lock.laid_out import lay_out
from tests.db.second_lock.plans import Plan, plans


@dataclass(frozen=True)
class Ground:
    """One database for all worlds, each of two new workspaces; and the loop in which it is asked."""

    runner: asyncio.Runner
    owner: Connection
    house: House

    def search(self, how: settings) -> None:
        @how
        @given(plan=plans())
        def look_for_a_difference(plan: Plan) -> None:
            note(repr(plan))
            self.runner.run(self._try(plan))

        look_for_a_difference()

    def answer(self, statement: str, *arguments: object) -> Any:
        return self.runner.run(self.owner.fetchval(statement, *arguments))

    def change(self, statement: str) -> None:
        self.runner.run(self.owner.execute(statement))

    async def _try(self, plan: Plan) -> None:
        await Locks(self.house, await lay_out(self.owner, plan)).hold_against_each_other()


TakenOut = Callable[[Ground], AbstractContextManager[None]]


def the_article(reason: str) -> TakenOut:
    """The judge forgets a row of the table."""

    @contextmanager
    def taken_out(_: Ground) -> Iterator[None]:
        left = tuple(article for article in CONTACT if article.reason != reason)
        assert len(left) == len(CONTACT) - 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(verdict, "CONTACT", left)
            yield

    return taken_out


def the_policy(name: str, table: str, using: str = "false") -> TakenOut:
    """Row-level security asks something else; as it stands here, it shows nothing, as without any policy."""

    @contextmanager
    def taken_out(ground: Ground) -> Iterator[None]:
        was = ground.answer(
            "SELECT qual FROM pg_policies WHERE schemaname = 'privity' AND policyname = $1 AND tablename = $2",
            name,
            table,
        )
        ground.change(f"ALTER POLICY {name} ON {table} USING ({using})")
        yield
        ground.change(f"ALTER POLICY {name} ON {table} USING ({was})")

    return taken_out


def words_of(function: str, words: str, by: str = "") -> TakenOut:
    """A function of the database asks for less."""

    @contextmanager
    def taken_out(ground: Ground) -> Iterator[None]:
        was = ground.answer(
            "SELECT pg_get_functiondef(oid) FROM pg_proc"
            " WHERE proname = $1 AND pronamespace = 'privity'::regnamespace",
            function,
        )
        assert words in was, f"{function} does not say {words!r}"
        ground.change(was.replace(words, by))
        yield
        ground.change(was)

    return taken_out
