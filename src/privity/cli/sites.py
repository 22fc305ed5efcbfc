"""`privity sites`: where the chat may stand."""

from privity.cli.console import CommandError, give, say
from privity.cli.place import the_workspace, visited_house
from privity.settings import Settings
from privity.workspaces import actions, store
from privity.workspaces.sites import clean_site


async def list_sites(settings: Settings, *, workspace: str | None, json: bool) -> None:
    async with visited_house(settings) as house:
        sites = await store.sites(house, await the_workspace(house, workspace))
    if json:
        give(sites)
    else:
        say(*sites or ["None yet: `privity sites add https://www.example.com`."])


async def add_site(settings: Settings, *, site: str, workspace: str | None) -> None:
    async with visited_house(settings) as house:
        origin = await actions.allow_site(house, await the_workspace(house, workspace), site)
    say(f"The chat may stand on [bold]{origin}[/].")


async def remove_site(settings: Settings, *, site: str, workspace: str | None) -> None:
    async with visited_house(settings) as house:
        if not await actions.disallow_site(house, await the_workspace(house, workspace), site):
            raise CommandError(
                f"{clean_site(site)} was not among the sites: `privity sites list` shows them."
            )
    say(f"The chat may not stand on [bold]{clean_site(site)}[/] any more.")
