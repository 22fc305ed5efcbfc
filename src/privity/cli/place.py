"""Where a command does its work: the data folder's house, whether a server runs on it or not; and which workspace.

The house is imported when there is work to do in it: it is most of what a command takes to start, and nobody who
asks for help should wait for it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from privity.cli.asked import Asked
from privity.cli.console import CommandError
from privity.settings import Settings

if TYPE_CHECKING:
    from privity.furnishing import Engines
    from privity.house import House
    from privity.keyring import Keyring


@asynccontextmanager
async def visited_workspace(asked: Asked, base_url: str | None = None) -> AsyncIterator[tuple["House", UUID]]:
    """The house, and the workspace in it that was asked for."""
    async with visited_house(asked.settings(base_url)) as house:
        yield house, await the_workspace(house, asked.workspace)


@asynccontextmanager
async def visited_house(settings: Settings) -> AsyncIterator["House"]:
    """The house, for the length of one command."""
    from privity.db import engine
    from privity.furnishing import furnish

    async with visited_engines(settings) as (keyring, engines):
        if behind := await engine.pending(engines.address("owner")):
            raise CommandError(
                f"The database is behind this version by {len(behind)} migrations. Run `privity migrate` first."
            )
        async with furnish(settings, keyring, engines.address) as house:
            yield house


@asynccontextmanager
async def visited_engines(settings: Settings) -> AsyncIterator[tuple["Keyring", "Engines"]]:
    """The database: the one that a running server keeps, else started for the moment."""
    if not (settings.data / "installation.key").is_file():
        raise CommandError(
            f"There is no Privity in {settings.data}. Name its folder with --data, or start one: `privity serve`."
        )
    from asyncio import to_thread

    from privity.furnishing import open_engines, running_engines
    from privity.keyring import Keyring

    keyring = Keyring.in_folder(settings.data)
    running = await to_thread(running_engines, settings, keyring)
    if running is not None:
        yield keyring, running
        return
    async with open_engines(settings, keyring) as engines:
        yield keyring, engines


async def the_workspace(house: "House", asked: str | None) -> UUID:
    """The one that was named, by id or name; without a word, the only one."""
    from privity.workspaces import store

    known = await store.workspaces(house)
    if not known:
        raise CommandError(
            "There is no workspace yet. Start `privity serve` and open the set-up link that it prints."
        )
    fitting = [one.id for one in known if asked in (None, str(one.id), one.name)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(f"{one.name} ({one.id})" for one in known)
    lacking = (
        "Which workspace? Name it with --workspace" if asked is None else f"No one workspace is {asked!r}"
    )
    raise CommandError(f"{lacking}: {names}.")
