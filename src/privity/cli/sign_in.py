"""`privity sign-in`: the providers at which people may sign in to the chat."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from cyclopts import App, Parameter
from rich.text import Text

from privity.cli.asked import UNSAID, Asked, BaseUrl
from privity.cli.console import CommandError, answer, marked
from privity.cli.given import secret_given
from privity.cli.place import visited_workspace

if TYPE_CHECKING:
    from privity.vouching.sign_ins import ProviderLine

app = App(name="sign-in")


@app.command(name="add")
async def add_provider(
    *,
    name: Annotated[str, Parameter(help="What people read on the button: Sign in with …")],
    issuer: Annotated[str, Parameter(help="What the provider calls itself, letter by letter.")],
    client_id: Annotated[str, Parameter(help="The chat's id as the provider's client.")],
    secret_stdin: Annotated[
        bool, Parameter(help="Read the client's secret from standard input, if it has one.", negative="")
    ] = False,
    base_url: BaseUrl = None,
    asked: Asked = UNSAID,
) -> None:
    """Let people sign in at a provider. It is asked at once what it says of itself."""
    from privity.vouching import sign_ins

    secret = secret_given() if secret_stdin else None
    async with visited_workspace(asked, base_url) as (house, workspace):
        provider = await sign_ins.add(house, workspace, name, issuer, client_id, secret)
        back = sign_ins.redirect_uri(house)
    answer(
        {"workspace": workspace, "provider": provider, "redirect_uri": back},
        marked("[bold green]People may sign in with {}.[/]", name),
        "The provider must know this address to return to, letter by letter:",
        marked("[bold]{}[/]", back),
        json=asked.json,
    )


@app.command(name="list")
async def list_providers(*, asked: Asked = UNSAID) -> None:
    """The providers, and why the last sign-in failed where one did."""
    from privity.vouching import sign_ins

    async with visited_workspace(asked) as (house, workspace):
        lines = await sign_ins.lines(house, workspace)
    answer(lines, *_told(lines), json=asked.json)


@app.command(name="remove")
async def remove_provider(provider: str, *, asked: Asked = UNSAID) -> None:
    """Let nobody sign in there any more; who did is out."""
    from privity.vouching import sign_ins

    try:
        wanted = UUID(provider)
    except ValueError:
        raise CommandError("Name the provider by its id: `privity sign-in list` shows it.") from None
    async with visited_workspace(asked) as (house, workspace):
        ended = await sign_ins.remove(house, workspace, wanted)
    answer(
        {"provider": wanted, "sessions_ended": ended},
        f"Nobody signs in there from now on. Sessions that rested on it and are over: {ended}.",
        json=asked.json,
    )


def _told(lines: "list[ProviderLine]") -> Iterator[str | Text]:
    for line in lines:
        used = f"last used {line.last_used_at:%Y-%m-%d %H:%M}" if line.last_used_at else "never used"
        yield marked("[bold]{}[/]  {}  {}  {}", line.name, line.issuer, used, line.id)
        if line.fault is not None:
            yield marked("    [red]{}[/]", line.fault)
    if not lines:
        yield "None yet: `privity sign-in add --name … --issuer https://… --client-id …`."
