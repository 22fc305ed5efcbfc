"""Two worlds that stand for all traces, and one event loop in which they live."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from privity.keyring import Keyring
from privity.settings import Settings
from privity.web.static_files import FrontEnd
from tests.database import Server
from tests.doors import CHAT
from tests.noninterference.worlds import Twins, do_nothing_by_the_real_clock, open_twins

Standing = tuple[Twins, Callable[[Any], Any]]
NewTwins = Callable[[bool], AbstractAsyncContextManager[Twins]]


@pytest.fixture
def standing(
    server: Server, keyring: Keyring, front_end: FrontEnd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[bool], Standing]]:
    """`standing(same_chance)`: two worlds, and what runs something in them."""
    do_nothing_by_the_real_clock(monkeypatch)
    open_now: list[Any] = []

    def stand(same_chance: bool) -> Standing:
        context = standing_worlds(
            server, keyring, front_end, Settings(data=tmp_path, base_url=CHAT), same_chance
        )
        open_now.append(context)
        return context.__enter__()

    yield stand
    for context in reversed(open_now):
        context.__exit__(None, None, None)


@contextmanager
def standing_worlds(
    server: Server, keyring: Keyring, front_end: FrontEnd, settings: Settings, same_chance: bool
) -> Iterator[Standing]:
    with asyncio.Runner() as runner:
        databases = runner.run(server.fresh()), runner.run(server.fresh())
        opening = open_twins(databases, keyring, front_end, settings, same_chance)
        try:
            yield runner.run(opening.__aenter__()), runner.run
        finally:
            runner.run(opening.__aexit__(None, None, None))
            for database in databases:
                runner.run(server.take_back(database))
