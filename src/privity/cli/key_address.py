"""`privity keys address`: where the site publishes its public keys."""

from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter
from rich.text import Text

from privity.cli.asked import UNSAID, Asked
from privity.cli.console import CommandError, answer, give, marked, say
from privity.cli.place import visited_workspace

if TYPE_CHECKING:
    from privity.vouching.key_set import LeftOut
    from privity.vouching.store import KeyAddress

app = App(name="address")


@app.command(name="set")
async def name_address(
    url: str,
    *,
    rsa_alg: Annotated[
        Literal["RS256", "PS256"], Parameter(help="What RSA keys there sign that do not say so themselves.")
    ] = "RS256",
    issuer: Annotated[str | None, Parameter(help="The `iss` that tokens of these keys must have.")] = None,
    asked: Asked = UNSAID,
) -> None:
    """Trust the public keys that are listed at this https address, and each that is listed there later."""
    from privity.vouching import key_address, store

    # It looks there at once: an address at which no key can be read is not taken.
    async with visited_workspace(asked) as (house, workspace):
        await key_address.name(house, workspace, url, rsa_alg, issuer)
        _tell(await store.key_address(house, workspace), json=asked.json)


@app.command(name="show")
async def show_address(*, asked: Asked = UNSAID) -> None:
    """The address, how the last look went, and which of its keys are not trusted."""
    from privity.vouching import store

    async with visited_workspace(asked) as (house, workspace):
        _tell(await store.key_address(house, workspace), json=asked.json)


@app.command(name="forget")
async def forget_address(*, asked: Asked = UNSAID) -> None:
    """Trust none of its keys any more; every session that rests on one is over."""
    from privity.vouching import key_address

    async with visited_workspace(asked) as (house, workspace):
        ended = await key_address.forget(house, workspace)
    answer(
        {"sessions_ended": ended},
        f"Its keys prove nobody from now on. Sessions that rested on one and are over: {ended}.",
        json=asked.json,
    )


def _tell(address: "KeyAddress | None", *, json: bool) -> None:
    if json:
        give(address)
        return
    if address is None:
        raise CommandError("No address of keys is named: `privity keys address set https://…` names one.")
    say(
        marked("[bold]{}[/]", address.url),
        f"Its keys are good until {address.good_until:%Y-%m-%d %H:%M} UTC; `privity keys list` shows them.",
        *([marked("[red]The last look failed:[/] {}", address.fault)] if address.fault else []),
        *map(_left_out, address.left_out),
    )


def _left_out(left: "LeftOut") -> Text:
    return marked("[yellow]Left out:[/] {}. {}", left.kid or "a key without a name", left.why)
