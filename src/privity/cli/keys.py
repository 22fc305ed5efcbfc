"""`privity keys` and `privity api-key`: what may sign identities, and what may speak for the team."""

from pathlib import Path
from typing import cast

from rich.table import Table

from privity.cli.console import CommandError, give, say, show
from privity.cli.place import the_workspace, visited_house
from privity.people import actions as people
from privity.people.model import SCOPES, Scope
from privity.settings import Settings
from privity.workspaces import keys, store
from privity.workspaces.store import KeyLine


async def list_keys(settings: Settings, *, workspace: str | None, json: bool) -> None:
    """Every key that was ever trusted, and since when it is not."""
    async with visited_house(settings) as house:
        lines = await store.keys(house, await the_workspace(house, workspace))
    if json:
        give(lines)
    else:
        show(_table(lines))


async def add_key(
    settings: Settings,
    *,
    workspace: str | None,
    public_key: Path | None,
    alg: keys.RsaAlgorithm | None,
    json: bool,
) -> None:
    """A new secret, shown once; or the public half of a key that the site keeps."""
    if public_key is None and alg is not None:
        raise CommandError("--alg goes with --public-key: a shared secret signs with HS256.")
    pem = _content(public_key) if public_key is not None else None
    async with visited_house(settings) as house:
        chosen, now = await the_workspace(house, workspace), house.clock()
        key = keys.given(pem, now, alg) if pem is not None else keys.new_secret(now)
        await keys.add(house, chosen, key)
    if json:
        give({"workspace": chosen, "kid": key.kid, "alg": key.alg, "secret": key.secret})
        return
    say(f"[bold green]Trusted from now on.[/] kid: [bold]{key.kid}[/]   alg: {key.alg}")
    if key.secret is not None:
        say(
            "The secret, shown this once. Keep it on the site's server, never in a page:",
            f"[bold]{key.secret}[/]",
        )


async def revoke_key(settings: Settings, *, kid: str, workspace: str | None, json: bool) -> None:
    """The key proves nobody from now on; who is proved by it now is not any more."""
    async with visited_house(settings) as house:
        ended = await keys.revoke(house, await the_workspace(house, workspace), kid)
    if json:
        give({"kid": kid, "sessions_ended": ended})
    else:
        say(f"[bold]{kid}[/] proves nobody from now on. Sessions that rested on it and are over: {ended}.")


async def add_api_key(
    settings: Settings, *, name: str, scopes: list[str], workspace: str | None, json: bool
) -> None:
    """A key for a program, with no more reach than it is given."""
    wanted = _scopes(scopes)
    async with visited_house(settings) as house:
        chosen = await the_workspace(house, workspace)
        key = await people.add_key(house, chosen, name, wanted)
    if json:
        give({"workspace": chosen, "name": name, "scopes": wanted, "api_key": key})
    else:
        say("The key, shown this once. Send it as `Authorization: Bearer …`:", f"[bold]{key}[/]")


async def revoke_api_keys(settings: Settings, *, name: str, workspace: str | None, json: bool) -> None:
    """The keys of this name open nothing from now on."""
    async with visited_house(settings) as house:
        revoked = await people.revoke_keys(house, await the_workspace(house, workspace), name)
    if json:
        give({"name": name, "keys_revoked": revoked})
    else:
        say(f"[bold]{name}[/] opens nothing from now on. Keys of that name: {revoked}.")


def _scopes(asked: list[str]) -> list[Scope]:
    words = [word for part in asked for word in part.replace(",", " ").split()]
    unknown = [word for word in words if word not in SCOPES]
    if unknown or not words:
        raise CommandError(f"--scopes takes one or more of {', '.join(sorted(SCOPES))}.")
    return cast("list[Scope]", sorted(set(words)))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as failure:
        raise CommandError(f"{file} cannot be read: {failure.strerror}.") from None


def _table(lines: list[KeyLine]) -> Table:
    table = Table("kid", "alg", "since", "last used", "revoked", box=None, pad_edge=False)
    for line in lines:
        used = f"{line.last_used_at:%Y-%m-%d %H:%M}" if line.last_used_at else "never"
        revoked = f"{line.revoked_at:%Y-%m-%d %H:%M}" if line.revoked_at else ""
        table.add_row(line.kid, line.alg, f"{line.created_at:%Y-%m-%d}", used, revoked)
    return table
