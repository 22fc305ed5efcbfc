"""`privity migrate`: the database, brought forward to this version."""

from privity.cli.asked import Data, Json
from privity.cli.console import answer
from privity.cli.place import visited_engines
from privity.settings import Settings


async def migrate(*, data: Data = None, json: Json = False) -> None:
    """Whether a server runs on it or not."""
    from privity.furnishing import bring_forward

    async with visited_engines(Settings.of(data=data)) as (keyring, engines):
        done = await bring_forward(keyring, engines)
    answer(
        {"migrated": done},
        *[f"Ran {name}." for name in done] or ["The database is up to date."],
        json=json,
    )
