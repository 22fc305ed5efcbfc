"""`privity settings`: what a workspace asks of its contacts, and how its chat looks."""

from typing import TYPE_CHECKING

from cyclopts import App
from rich.table import Table

from privity.cli.asked import UNSAID, Asked
from privity.cli.console import answer, marked
from privity.cli.place import visited_workspace

if TYPE_CHECKING:
    from privity.workspaces.rules import RuleLine

app = App(name="settings")


@app.default
async def list_rules(*, asked: Asked = UNSAID) -> None:
    """Every setting: its value, what it is, and what it takes."""
    from privity.workspaces import rules

    async with visited_workspace(asked) as (house, workspace):
        lines = await rules.lines(house, workspace)
    answer(lines, _table(lines), json=asked.json)


@app.command(name="set")
async def set_rule(name: str, value: str, *, asked: Asked = UNSAID) -> None:
    """Change one setting, such as: privity settings set history_from mailbox"""
    from privity.workspaces import rules

    # It holds from the next request on, for sessions that live now as well.
    async with visited_workspace(asked) as (house, workspace):
        stands = await rules.change(house, workspace, name, value)
    answer(
        {"workspace": workspace, "name": name, "value": stands},
        marked("[bold]{}[/] is set. `privity settings` shows them all.", name),
        json=asked.json,
    )


def _table(lines: "list[RuleLine]") -> Table:
    table = Table("setting", "value", "what it is", "it takes", box=None, pad_edge=False)
    for line in lines:
        table.add_row(line.name, line.value, line.means, line.takes)
    return table
