"""`privity serve`: the chat and the inbox on one address, until Ctrl-C; and `privity migrate`."""

import socket
from collections.abc import Sequence

from privity.app import create_app
from privity.cli.console import give, say
from privity.cli.place import visited_engines
from privity.cli.serving import listen, serving, stop_asked
from privity.furnishing import bring_forward, open_house, sealing
from privity.house import House
from privity.settings import Settings
from privity.web.static_files import FrontEnd
from privity.workspaces.setup import LINK_LASTS, new_link


async def serve(settings: Settings, listener: socket.socket | None) -> None:
    """Everything on one address. While there is no workspace, each start prints a new set-up link."""
    stop = stop_asked()
    front_end = FrontEnd.load()
    with listener or listen(settings.host, settings.port) as address:
        async with (
            open_house(settings) as house,
            sealing(house),
            serving(create_app(house, front_end), address, settings.trusted_proxies),
        ):
            say(*await _welcome(house))
            await stop.wait()


async def _welcome(house: House) -> Sequence[str]:
    link = await new_link(house)
    if link is None:
        return (f"[bold green]Privity answers.[/] The inbox: [bold]{house.settings.base_url}/inbox[/]",)
    minutes = int(LINK_LASTS.total_seconds() // 60)
    return (
        "[bold green]Privity answers.[/] Nothing is set up yet.",
        f"Open this link within {minutes} minutes. It is good once:",
        f"[bold]{link}[/]",
    )


async def migrate(settings: Settings, *, json: bool) -> None:
    """Bring the database forward to this version, whether a server runs on it or not."""
    async with visited_engines(settings) as (keyring, engines):
        done = await bring_forward(keyring, engines)
    if json:
        give({"migrated": done})
    else:
        say(*[f"Ran {name}." for name in done] or ["The database is up to date."])
