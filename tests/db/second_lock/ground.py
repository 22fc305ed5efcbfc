"""Where the two locks are held against each other, and how either is taken out to see that this is noticed."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from hypothesis import given, note, settings

from privity.db.pool import Connection
from privity.db.queries import Queries
from privity.house import House
from privity.policy import verdict
from tests.db.second_lock.asked import Locks
from tests.db.second_lock.asked_by_team import TeamLocks
from tests.db.second_lock.laid_out import lay_out
from tests.db.second_lock.plans import Plan, plans


@dataclass(frozen=True)
class Ground:
    """One database for all worlds, each of two new workspaces; and the loop in which it is asked."""

    runner: asyncio.Runner
    owner: Connection
    house: House

    def search(self, how: settings, locks: Sequence[type[Locks | TeamLocks]] = (Locks, TeamLocks)) -> None:
        @how
        @given(plan=plans())
        def look_for_a_difference(plan: Plan) -> None:
            note(repr(plan))
            self.runner.run(self._try(plan, locks))

        look_for_a_difference()

    def answer(self, statement: str, *arguments: object) -> Any:
        return self.runner.run(self.owner.fetchval(statement, *arguments))

    def change(self, statement: str) -> None:
        self.runner.run(self.owner.execute(statement))

    async def _try(self, plan: Plan, locks: Sequence[type[Locks | TeamLocks]]) -> None:
        world = await lay_out(self.owner, plan)
        for each in locks:
            await each(self.house, world).hold_against_each_other()


TakenOut = Callable[[Ground], AbstractContextManager[None]]


def the_article(reason: str, table: Literal["CONTACT", "TEAM"] = "CONTACT") -> TakenOut:
    """The judge forgets a row of the table."""

    @contextmanager
    def taken_out(_: Ground) -> Iterator[None]:
        articles: tuple[Any, ...] = getattr(verdict, table)
        left = tuple(article for article in articles if article.reason != reason)
        assert len(left) == len(articles) - 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(verdict, table, left)
            yield

    return taken_out


def the_statement(statements: Queries, name: str, words: str, by: str = "") -> TakenOut:
    """A statement of a room's asks for less."""

    @contextmanager
    def taken_out(_: Ground) -> Iterator[None]:
        assert words in statements[name], f"{name} does not say {words!r}"
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(statements._statements, name, statements[name].replace(words, by))
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
