"""`privity sites`: where the chat may stand."""

from cyclopts import App

from privity.cli.asked import UNSAID, Asked
from privity.cli.console import CommandError, answer, marked
from privity.cli.place import visited_workspace
from privity.workspaces.sites import clean_site

app = App(name="sites")


@app.command(name="list")
async def list_sites(*, asked: Asked = UNSAID) -> None:
    """The sites on which the chat may stand."""
    from privity.workspaces import store

    async with visited_workspace(asked) as (house, workspace):
        sites = await store.sites(house, workspace)
    answer(sites, *sites or ["None yet: `privity sites add https://www.example.com`."], json=asked.json)


@app.command(name="add")
async def add_site(site: str, *, asked: Asked = UNSAID) -> None:
    """Let the chat stand on a site, such as https://www.example.com."""
    from privity.workspaces import actions

    async with visited_workspace(asked) as (house, workspace):
        origin = await actions.allow_site(house, workspace, site)
    answer(
        {"workspace": workspace, "site": origin},
        marked("The chat may stand on [bold]{}[/].", origin),
        json=asked.json,
    )


@app.command(name="remove")
async def remove_site(site: str, *, asked: Asked = UNSAID) -> None:
    """Let the chat stand there no more."""
    from privity.workspaces import actions

    async with visited_workspace(asked) as (house, workspace):
        was_among = await actions.disallow_site(house, workspace, site)
    origin = clean_site(site)
    if not was_among:
        raise CommandError(f"{origin} was not among the sites: `privity sites list` shows them.")
    answer(
        {"workspace": workspace, "site": origin},
        marked("The chat may not stand on [bold]{}[/] any more.", origin),
        json=asked.json,
    )
