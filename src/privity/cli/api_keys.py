"""`privity api-key`: keys for programs that speak for the team."""

from typing import TYPE_CHECKING, Annotated, cast

from cyclopts import App, Parameter
from rich.table import Table

from privity.cli.asked import UNSAID, Asked
from privity.cli.console import CommandError, answer, marked
from privity.cli.place import visited_workspace
from privity.people.model import SCOPES, Scope

if TYPE_CHECKING:
    from privity.people.store import KeyLine

app = App(name="api-key")


@app.command(name="add")
async def add_key(
    *,
    name: str,
    scopes: Annotated[
        list[str],
        Parameter(help=", ".join(sorted(SCOPES)), consume_multiple=True),
    ],
    asked: Asked = UNSAID,
) -> None:
    """Make a key for a program. It is shown once."""
    from privity.people import actions

    wanted = _scopes(scopes)
    async with visited_workspace(asked) as (house, workspace):
        key = await actions.add_key(house, workspace, name, wanted)
    answer(
        {"workspace": workspace, "name": name, "scopes": wanted, "api_key": key},
        "The key, shown this once. Send it as `Authorization: Bearer …`:",
        marked("[bold]{}[/]", key),
        json=asked.json,
    )


@app.command(name="list")
async def list_keys(*, asked: Asked = UNSAID) -> None:
    """The keys by name, what each may do, and when it was used last."""
    from privity.people import actions

    async with visited_workspace(asked) as (house, workspace):
        lines = await actions.keys(house, workspace)
    answer(lines, _table(lines), json=asked.json)


@app.command(name="revoke")
async def revoke_keys(*, name: str, asked: Asked = UNSAID) -> None:
    """Take a program's key away, by the name that it was given."""
    from privity.people import actions

    async with visited_workspace(asked) as (house, workspace):
        revoked = await actions.revoke_keys(house, workspace, name)
    answer(
        {"name": name, "keys_revoked": revoked},
        marked("[bold]{}[/] opens nothing from now on. Keys of that name: {}.", name, revoked),
        json=asked.json,
    )


def _table(lines: "list[KeyLine]") -> Table:
    table = Table("name", "may", "last used", "", box=None, pad_edge=False)
    for line in lines:
        used = f"{line.last_used_at:%Y-%m-%d %H:%M}" if line.last_used_at is not None else "never"
        ended = f"revoked {line.revoked_at:%Y-%m-%d %H:%M}" if line.revoked_at is not None else ""
        table.add_row(line.name, ", ".join(line.scopes), used, ended)
    return table


def _scopes(asked: list[str]) -> list[Scope]:
    words = [word for part in asked for word in part.replace(",", " ").split()]
    unknown = [word for word in words if word not in SCOPES]
    if unknown or not words:
        raise CommandError(f"--scopes takes one or more of {', '.join(sorted(SCOPES))}.")
    return cast("list[Scope]", sorted(set(words)))
