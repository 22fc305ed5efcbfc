"""`privity sign-in`: the providers at which people may sign in to the chat."""

import sys
from uuid import UUID

from rich.markup import escape

from privity.cli.console import CommandError, give, say
from privity.cli.place import the_workspace, visited_house
from privity.settings import Settings
from privity.vouching import sign_ins

SECRET_CHARACTERS = 4096


async def add(
    settings: Settings,
    *,
    name: str,
    issuer: str,
    client_id: str,
    secret_stdin: bool,
    workspace: str | None,
    json: bool,
) -> None:
    """Asks the provider at once what it says of itself: one that cannot be used is not taken."""
    secret = sys.stdin.read(SECRET_CHARACTERS).rstrip("\r\n") if secret_stdin else None
    async with visited_house(settings) as house:
        chosen = await the_workspace(house, workspace)
        provider = await sign_ins.add(house, chosen, name, issuer, client_id, secret)
        back = sign_ins.redirect_uri(house)
    if json:
        give({"workspace": chosen, "provider": provider, "redirect_uri": back})
        return
    say(
        f"[bold green]People may sign in with {escape(name)}.[/]",
        "The provider must know this address to return to, letter by letter:",
        f"[bold]{escape(back)}[/]",
    )


async def show(settings: Settings, *, workspace: str | None, json: bool) -> None:
    async with visited_house(settings) as house:
        lines = await sign_ins.lines(house, await the_workspace(house, workspace))
    if json:
        give(lines)
        return
    for line in lines:
        used = f"last used {line.last_used_at:%Y-%m-%d %H:%M}" if line.last_used_at else "never used"
        say(f"[bold]{escape(line.name)}[/]  {escape(line.issuer)}  {used}  {line.id}")
        if line.fault is not None:
            say(f"    [red]{escape(line.fault)}[/]")
    if not lines:
        say("None yet: `privity sign-in add --name … --issuer https://… --client-id …`.")


async def remove(settings: Settings, *, provider: str, workspace: str | None, json: bool) -> None:
    try:
        wanted = UUID(provider)
    except ValueError:
        raise CommandError("Name the provider by its id: `privity sign-in list` shows it.") from None
    async with visited_house(settings) as house:
        ended = await sign_ins.remove(house, await the_workspace(house, workspace), wanted)
    if json:
        give({"provider": wanted, "sessions_ended": ended})
    else:
        say(f"Nobody signs in there from now on. Sessions that rested on it and are over: {ended}.")
