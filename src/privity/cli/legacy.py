"""`privity legacy`: for the time of a move, another product's hashes prove its users; until a date."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from rich.table import Table

from privity.cli.asked import UNSAID, Asked
from privity.cli.console import answer, marked
from privity.cli.given import secret_given
from privity.cli.instants import instant_of
from privity.cli.place import visited_workspace
from privity.web.wire import LegacyProduct

if TYPE_CHECKING:
    from privity.vouching.legacy import SwitchLine

app = App(name="legacy")

Product = Annotated[
    LegacyProduct, Parameter(help="Whose hashes: customerly, intercom, chatwoot, helpscout or crisp.")
]


@app.command(name="on")
async def turn_on(
    product: Product,
    *,
    at: Annotated[
        str | None, Parameter(name="--until", help="Until when, such as 2027-01-31T12:00 (UTC).")
    ] = None,
    after: Annotated[str | None, Parameter(name="--for", help="For how long: 30d, 180d at most.")] = None,
    asked: Asked = UNSAID,
) -> None:
    """Let a product's hashes prove your users, until a date. Give that product's own secret on standard input.

    Given again with the same secret, the date moves; it stays within 180 days of the first.
    """
    from privity.vouching import legacy

    secret = secret_given()
    async with visited_workspace(asked) as (house, workspace):
        until = instant_of(at, after, house.clock(), ("--for", "--until"))
        await legacy.turn_on(house, workspace, product, secret, until)
    answer(
        {"product": product, "until": until},
        marked(
            "[bold green]On.[/] Hashes of [bold]{}[/] prove your users until {} UTC.",
            product,
            f"{until:%Y-%m-%d %H:%M}",
        ),
        "They open past conversations only if history_from is legacy: `privity settings`.",
        json=asked.json,
    )


@app.command(name="off")
async def turn_off(product: Product, *, asked: Asked = UNSAID) -> None:
    """Take a product's hashes no more. Who is proved by one is signed out of the chat at once."""
    from privity.vouching import legacy

    async with visited_workspace(asked) as (house, workspace):
        ended = await legacy.turn_off(house, workspace, product)
    answer(
        {"product": product, "sessions_ended": ended},
        marked("[bold]{}[/] is off. Sessions that rested on its hashes and are over: {}.", product, ended),
        json=asked.json,
    )


@app.command(name="list")
async def list_switches(*, asked: Asked = UNSAID) -> None:
    """Whose hashes are taken, since when and until when, and how often they proved somebody."""
    from privity.vouching import legacy

    async with visited_workspace(asked) as (house, workspace):
        lines, now = await legacy.switches(house, workspace), house.clock()
    answer(lines, _table(lines, now), json=asked.json)


def _table(lines: "list[SwitchLine]", now: datetime) -> Table:
    table = Table("product", "on since", "until", "now", "accepted", "refused", box=None, pad_edge=False)
    for line in lines:
        table.add_row(
            line.product,
            f"{line.on_at:%Y-%m-%d %H:%M}",
            f"{line.until:%Y-%m-%d %H:%M}",
            "on" if line.is_on(now) else "off",
            str(line.accepted),
            str(line.refused),
        )
    return table
