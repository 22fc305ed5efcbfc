"""`privity settings`: what a workspace asks of its contacts, and how its chat looks."""

from rich.table import Table
from rich.text import Text

from privity.cli.console import give, say, show
from privity.cli.place import the_workspace, visited_house
from privity.settings import Settings
from privity.workspaces import rules
from privity.workspaces.rules import RuleLine


async def list_rules(settings: Settings, *, workspace: str | None, json: bool) -> None:
    """Each setting with its value, and what both mean."""
    async with visited_house(settings) as house:
        lines = await rules.lines(house, await the_workspace(house, workspace))
    if json:
        give(lines)
    else:
        show(_table(lines))


async def set_rule(settings: Settings, *, name: str, value: str, workspace: str | None, json: bool) -> None:
    """Holds from the next request on, for sessions that live now as well."""
    async with visited_house(settings) as house:
        chosen = await the_workspace(house, workspace)
        stands = await rules.change(house, chosen, name, value)
    if json:
        give({"workspace": chosen, "name": name, "value": stands})
    else:
        say(f"[bold]{name}[/] is set. `privity settings` shows them all.")


def _table(lines: list[RuleLine]) -> Table:
    table = Table("setting", "value", "what it is", "it takes", box=None, pad_edge=False)
    for line in lines:
        table.add_row(line.name, Text(line.value), line.means, line.takes)
    return table
