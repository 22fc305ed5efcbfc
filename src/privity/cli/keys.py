"""`privity keys`: what may sign who the users are."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter
from rich.table import Column, Table

from privity.cli.asked import UNSAID, Asked
from privity.cli.console import CommandError, answer, give, marked, say
from privity.cli.given import secret_given
from privity.cli.instants import instant_of
from privity.cli.place import visited_workspace

if TYPE_CHECKING:
    from privity.vouching.keys import NewKey
    from privity.vouching.store import KeyLine

KID_CHARACTERS = len("key-2026-11-22-a1b2")

Algorithm = Literal["HS256", "HS384", "HS512", "RS256", "PS256"]

app = App(name="keys")
app.command(
    "privity.cli.key_address:app",
    name="address",
    help="Where your site publishes its public keys (JWKS).",
)


@app.command(name="list")
async def list_keys(*, asked: Asked = UNSAID) -> None:
    """The signing keys: since when, when last used, whether revoked."""
    from privity.vouching import store

    async with visited_workspace(asked) as (house, workspace):
        lines = await store.keys(house, workspace)
    answer(lines, _table(lines), json=asked.json)


@app.command(name="add")
async def add_key(
    *,
    public_key: Annotated[
        Path | None,
        Parameter(help="A file with a public key in PEM (Ed25519, P-256, RSA), instead of a shared secret."),
    ] = None,
    secret_stdin: Annotated[
        bool,
        Parameter(help="Read a secret that the site has already from standard input.", negative=""),
    ] = False,
    alg: Annotated[
        Algorithm | None,
        Parameter(
            help="What a given key signs with: RS256 of an RSA key and HS256 of a secret, if not said."
        ),
    ] = None,
    name: Annotated[str | None, Parameter(help="What people call it, such as the new shop.")] = None,
    issuer: Annotated[str | None, Parameter(help="What its tokens must name as their issuer (iss).")] = None,
    asked: Asked = UNSAID,
) -> None:
    """Trust a new key. A secret that is made here is shown once."""
    from privity.vouching import keys

    material = _material(public_key, secret_stdin)
    async with visited_workspace(asked) as (house, workspace):
        key = _key_of(material, alg, house.clock()).called(name, issuer)
        await keys.add(house, workspace, key)
    secret = key.secret if material is None else None
    if asked.json:
        give({"workspace": workspace, "kid": key.kid, "alg": key.alg, "secret": secret})
        return
    say(marked("[bold green]Trusted from now on.[/] kid: [bold]{}[/]   alg: {}", key.kid, key.alg))
    if secret is not None:
        say(
            "The secret, shown this once. Keep it on the site's server, never in a page:",
            marked("[bold]{}[/]", secret),
        )


@app.command(name="stop")
async def stop_key(
    kid: str,
    *,
    at: Annotated[str | None, Parameter(help="From when on, such as 2027-01-31T12:00 (UTC).")] = None,
    after: Annotated[str | None, Parameter(name="--in", help="In how long: 30m, 12h or 7d.")] = None,
    asked: Asked = UNSAID,
) -> None:
    """Let a key end at an instant ahead, so that the site can change over to another until then."""
    from privity.vouching import keys

    async with visited_workspace(asked) as (house, workspace):
        instant = instant_of(at, after, house.clock(), ("--in", "--at"))
        bounded = await keys.stop(house, workspace, kid, instant)
    answer(
        {"kid": kid, "stops_at": instant, "sessions_bounded": bounded},
        marked(
            "[bold]{}[/] proves nobody from {} UTC on. Sessions cut to that: {}.",
            kid,
            f"{instant:%Y-%m-%d %H:%M}",
            bounded,
        ),
        json=asked.json,
    )


@app.command(name="revoke")
async def revoke_key(kid: str, *, asked: Asked = UNSAID) -> None:
    """Trust a key no more. Who is proved by it is signed out of the chat at once."""
    from privity.vouching import keys

    async with visited_workspace(asked) as (house, workspace):
        ended = await keys.revoke(house, workspace, kid)
    answer(
        {"kid": kid, "sessions_ended": ended},
        marked(
            "[bold]{}[/] proves nobody from now on. Sessions that rested on it and are over: {}.", kid, ended
        ),
        json=asked.json,
    )


def _material(public_key: Path | None, secret_stdin: bool) -> bytes | str | None:
    """What was given: a public key's file, a secret on standard input, or nothing."""
    if public_key is not None and secret_stdin:
        raise CommandError("Give either --public-key or --secret-stdin.")
    if public_key is not None:
        return _content(public_key)
    return secret_given() if secret_stdin else None


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as failure:
        raise CommandError(f"{file} cannot be read: {failure.strerror}.") from None


def _key_of(material: bytes | str | None, alg: Algorithm | None, now: datetime) -> "NewKey":
    from privity.vouching import keys

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


def _table(lines: "list[KeyLine]") -> Table:
    table = Table(Column("kid", min_width=KID_CHARACTERS), box=None, pad_edge=False)
    for head in ("alg", "last used", "accepted", "refused", "ends"):
        table.add_column(head)
    for line in lines:
        used = f"{line.last_used_at:%Y-%m-%d %H:%M}" if line.last_used_at else "never"
        table.add_row(_words(line), line.alg, used, str(line.accepted), str(line.refused), _end(line))
    return table


def _words(line: "KeyLine") -> str:
    """A key's kid, and below it what people call it and whom its tokens must name."""
    issuer = f"issuer {line.issuer}" if line.issuer is not None else None
    return "\n".join(word for word in (line.kid, line.name, issuer) if word is not None)


def _end(line: "KeyLine") -> str:
    if line.revoked_at is not None:
        return f"revoked {line.revoked_at:%Y-%m-%d %H:%M}"
    if line.listed is False:
        return "not at the address any more"
    return f"stops {line.stops_at:%Y-%m-%d %H:%M}" if line.stops_at is not None else ""
