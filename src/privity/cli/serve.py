"""`privity serve`: the chat and the inbox on one address, until Ctrl-C."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from privity.cli.asked import BaseUrl, Data
from privity.cli.console import marked, say
from privity.settings import Settings

if TYPE_CHECKING:
    from rich.text import Text

    from privity.house import House


async def serve(
    *,
    host: Annotated[str | None, Parameter(help="The address to listen on (PRIVITY_HOST, 127.0.0.1).")] = None,
    port: Annotated[
        int | None, Parameter(help="The port (PRIVITY_PORT, 8080); 0 for any that is free.")
    ] = None,
    data: Data = None,
    base_url: BaseUrl = None,
) -> None:
    """Everything on one address. While there is no workspace, each start prints a new set-up link."""
    from privity.app import create_app
    from privity.cli import logs
    from privity.cli.serving import listen, port_of, serving, stop_asked
    from privity.furnishing import open_house, sealing
    from privity.web.static_files import FrontEnd

    logs.configure()
    free = listen(host or "127.0.0.1", 0) if port == 0 else None
    settings = Settings.of(host=host, port=port_of(free) if free else port, data=data, base_url=base_url)
    stop = stop_asked()
    front_end = FrontEnd.load()
    with free or listen(settings.host, settings.port) as address:
        async with (
            open_house(settings) as house,
            sealing(house),
            serving(create_app(house, front_end), address, settings.trusted_proxies),
        ):
            say(*await _welcome(house))
            await stop.wait()


async def _welcome(house: "House") -> "Sequence[str | Text]":
    from privity.workspaces.setup import LINK_LASTS, new_link

    link = await new_link(house)
    if link is None:
        return (
            marked("[bold green]Privity answers.[/] The inbox: [bold]{}/inbox[/]", house.settings.base_url),
        )
    minutes = int(LINK_LASTS.total_seconds() // 60)
    return (
        marked("[bold green]Privity answers.[/] Nothing is set up yet."),
        f"Open this link within {minutes} minutes. It is good once:",
        marked("[bold]{}[/]", link),
    )
