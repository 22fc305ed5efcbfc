"""`privity legacy`: for the time of a move, another product's hashes prove its users; until a date."""

import sys
from datetime import datetime

from rich.table import Table

from privity.cli.console import give, say, show
from privity.cli.keys import SECRET_CHARACTERS, instant_of
from privity.cli.place import the_workspace, visited_house
from privity.settings import Settings
from privity.vouching import legacy
from privity.vouching.legacy import SwitchLine
from privity.web.wire import LegacyProduct as Product


async def turn_on(
    settings: Settings,
    *,
    product: Product,
    at: str | None,
    after: str | None,
    workspace: str | None,
    json: bool,
) -> None:
    """Takes the product's own secret from standard input, where no other account and no history can read it."""
    secret = sys.stdin.read(SECRET_CHARACTERS).strip("\r\n")
    async with visited_house(settings) as house:
        until = instant_of(at, after, house.clock(), ("--for", "--until"))
        await legacy.turn_on(house, await the_workspace(house, workspace), product, secret, until)
    if json:
        give({"product": product, "until": until})
    else:
        say(
            f"[bold green]On.[/] Hashes of [bold]{product}[/] prove your users until {until:%Y-%m-%d %H:%M} UTC.",
            "They open past conversations only if history_from is legacy: `privity settings`.",
        )


async def turn_off(settings: Settings, *, product: Product, workspace: str | None, json: bool) -> None:
    """Who is proved by a hash of the product's is signed out of the chat at once."""
    async with visited_house(settings) as house:
        ended = await legacy.turn_off(house, await the_workspace(house, workspace), product)
    if json:
        give({"product": product, "sessions_ended": ended})
    else:
        say(f"[bold]{product}[/] is off. Sessions that rested on its hashes and are over: {ended}.")


async def list_switches(settings: Settings, *, workspace: str | None, json: bool) -> None:
    """Every switch that ever was, and how often it proved somebody."""
    async with visited_house(settings) as house:
        lines, now = await legacy.switches(house, await the_workspace(house, workspace)), house.clock()
    if json:
        give(lines)
    else:
        show(_table(lines, now))


def _table(lines: list[SwitchLine], now: datetime) -> Table:
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
