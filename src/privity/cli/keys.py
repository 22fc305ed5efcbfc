"""`privity keys` and `privity api-key`: what may sign identities, and what may speak for the team."""

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from rich.markup import escape
from rich.table import Column, Table

from privity.cli.console import CommandError, give, say, show
from privity.cli.place import the_workspace, visited_house
from privity.people import actions as people
from privity.people.model import SCOPES, Scope
from privity.settings import Settings
from privity.vouching import keys, store
from privity.vouching.store import KeyLine

SECRET_CHARACTERS = 4096
KID_CHARACTERS = len("key-2026-11-22-a1b2")
SPANS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
LONGEST_SPAN = timedelta(days=3650)


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
    secret_stdin: bool,
    alg: keys.HmacAlgorithm | keys.RsaAlgorithm | None,
    name: str | None,
    issuer: str | None,
    json: bool,
) -> None:
    """A new secret, shown once; one that the site has already; or the public half of a key that the site keeps."""
    material = _material(public_key, secret_stdin)
    async with visited_house(settings) as house:
        chosen, now = await the_workspace(house, workspace), house.clock()
        key = _key_of(material, alg, now).called(name, issuer)
        await keys.add(house, chosen, key)
    secret = key.secret if material is None else None
    if json:
        give({"workspace": chosen, "kid": key.kid, "alg": key.alg, "secret": secret})
        return
    say(f"[bold green]Trusted from now on.[/] kid: [bold]{key.kid}[/]   alg: {key.alg}")
    if secret is not None:
        say(
            "The secret, shown this once. Keep it on the site's server, never in a page:",
            f"[bold]{secret}[/]",
        )


async def stop_key(
    settings: Settings, *, kid: str, at: str | None, after: str | None, workspace: str | None, json: bool
) -> None:
    """The key proves nobody from an instant on, and until then as before: time to change over."""
    async with visited_house(settings) as house:
        instant = instant_of(at, after, house.clock())
        bounded = await keys.stop(house, await the_workspace(house, workspace), kid, instant)
    if json:
        give({"kid": kid, "stops_at": instant, "sessions_bounded": bounded})
    else:
        say(
            f"[bold]{kid}[/] proves nobody from {instant:%Y-%m-%d %H:%M} UTC on. Sessions cut to that: {bounded}."
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


def _material(public_key: Path | None, secret_stdin: bool) -> bytes | str | None:
    """What was given: a public key's file, a secret on standard input, or nothing."""
    if public_key is not None and secret_stdin:
        raise CommandError("Give either --public-key or --secret-stdin.")
    if public_key is not None:
        return _content(public_key)
    return sys.stdin.read(SECRET_CHARACTERS).rstrip("\r\n") if secret_stdin else None


def _key_of(
    material: bytes | str | None, alg: keys.HmacAlgorithm | keys.RsaAlgorithm | None, now: datetime
) -> keys.NewKey:
    match material, alg:
        case bytes(), None | "RS256" | "PS256":
            return keys.given(material, now, alg)
        case str(), None | "HS256" | "HS384" | "HS512":
            return keys.shared(material, now, alg or "HS256")
        case None, None:
            return keys.new_secret(now)
    raise CommandError(
        "--alg goes with --public-key (RS256, PS256) or --secret-stdin (HS256, HS384, HS512); a secret that is made "
        "here signs with HS256."
    )


def instant_of(
    at: str | None, after: str | None, now: datetime, options: tuple[str, str] = ("--in", "--at")
) -> datetime:
    """The instant that is named, in UTC where it says no zone, or that lies as far ahead as is said."""
    if (at is None) == (after is None):
        span, instant = options
        raise CommandError(
            f"Say when: either {span}, such as {span} 7d, or {instant}, such as {instant} 2027-01-31T12:00."
        )
    if after is not None:
        return now + _span(after)
    try:
        named = datetime.fromisoformat(at or "")
    except ValueError:
        raise CommandError(f"{at} is no instant such as 2027-01-31T12:00.") from None
    return named.astimezone(UTC) if named.tzinfo is not None else named.replace(tzinfo=UTC)


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"([0-9]{1,6})([mhd])", text)
    span = int(found[1]) * SPANS[found[2]] if found is not None else None
    if span is None or span > LONGEST_SPAN:
        raise CommandError(f"{text} is no span such as 30m, 12h or 7d.")
    return span


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
    table = Table(Column("kid", min_width=KID_CHARACTERS), box=None, pad_edge=False)
    for head in ("alg", "last used", "accepted", "refused", "ends"):
        table.add_column(head)
    for line in lines:
        used = f"{line.last_used_at:%Y-%m-%d %H:%M}" if line.last_used_at else "never"
        table.add_row(_words(line), line.alg, used, str(line.accepted), str(line.refused), _end(line))
    return table


def _words(line: KeyLine) -> str:
    """A key's kid, and below it what people call it and whom its tokens must name."""
    issuer = f"issuer {line.issuer}" if line.issuer is not None else None
    return escape("\n".join(word for word in (line.kid, line.name, issuer) if word is not None))


def _end(line: KeyLine) -> str:
    if line.revoked_at is not None:
        return f"revoked {line.revoked_at:%Y-%m-%d %H:%M}"
    if line.listed is False:
        return "not at the address any more"
    return f"stops {line.stops_at:%Y-%m-%d %H:%M}" if line.stops_at is not None else ""
