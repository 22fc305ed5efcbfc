"""`privity keys address`: where the site publishes its public keys."""

from rich.markup import escape

from privity.cli.console import CommandError, give, say
from privity.cli.place import the_workspace, visited_house
from privity.settings import Settings
from privity.vouching import key_address, store
from privity.vouching.key_set import LeftOut
from privity.vouching.public_keys import RsaAlgorithm
from privity.vouching.store import KeyAddress


async def name(
    settings: Settings,
    *,
    url: str,
    rsa_alg: RsaAlgorithm,
    issuer: str | None,
    workspace: str | None,
    json: bool,
) -> None:
    """Looks there at once: an address at which no key can be read is not taken."""
    async with visited_house(settings) as house:
        chosen = await the_workspace(house, workspace)
        await key_address.name(house, chosen, url, rsa_alg, issuer)
        _tell(await store.key_address(house, chosen), json=json)


async def show(settings: Settings, *, workspace: str | None, json: bool) -> None:
    async with visited_house(settings) as house:
        _tell(await store.key_address(house, await the_workspace(house, workspace)), json=json)


async def forget(settings: Settings, *, workspace: str | None, json: bool) -> None:
    async with visited_house(settings) as house:
        ended = await key_address.forget(house, await the_workspace(house, workspace))
    if json:
        give({"sessions_ended": ended})
    else:
        say(f"Its keys prove nobody from now on. Sessions that rested on one and are over: {ended}.")


def _tell(address: KeyAddress | None, *, json: bool) -> None:
    if json:
        give(address)
        return
    if address is None:
        raise CommandError("No address of keys is named: `privity keys address set https://…` names one.")
    say(
        f"[bold]{escape(address.url)}[/]",
        f"Its keys are good until {address.good_until:%Y-%m-%d %H:%M} UTC; `privity keys list` shows them.",
        *([f"[red]The last look failed:[/] {address.fault}"] if address.fault else []),
        *map(_left_out, address.left_out),
    )


def _left_out(left: LeftOut) -> str:
    return f"[yellow]Left out:[/] {escape(left.kid or 'a key without a name')}. {escape(left.why)}"
