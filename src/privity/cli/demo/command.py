"""What the demo can be told. It runs until Ctrl-C."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from privity.cli.asked import Json
from privity.cli.console import answer


async def demo(
    *,
    port: Annotated[int, Parameter(help="The chat's port; 0 for any that is free.")] = 8080,
    site_port: Annotated[
        int | None, Parameter(help="The customer's site's port: the next one, if nothing is said.")
    ] = None,
    data: Annotated[Path, Parameter(help="The demo's own data folder.")] = Path("privity-demo"),
    fresh: Annotated[
        bool, Parameter(help="Start over, without what was written before.", negative="")
    ] = False,
    json: Json = False,
) -> None:
    """Both sites until Ctrl-C. What was written stays in the folder, and the next start finds it."""
    # Not above: the shop and its people are part of the checkout alone, and everybody may ask for help.
    from privity.cli import logs
    from privity.cli.demo.sites import both_sites, told
    from privity.cli.serving import stop_asked

    logs.configure()
    stop = stop_asked()
    async with both_sites(data, port=port, site_port=site_port, fresh=fresh) as handout:
        answer(handout, *told(handout), json=json)
        await stop.wait()
