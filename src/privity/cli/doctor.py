"""`privity doctor`: looks the installation over. Each line says what is, and where it is not well, how to mend it."""

import stat
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Literal

import asyncpg
from msgspec import Struct

from privity.cli.console import CommandError, give, say
from privity.cli.faults import sentence_of
from privity.cli.place import visited_engines
from privity.db import engine
from privity.db.embedded import EmbeddedError
from privity.db.pool import SERVER_SETTINGS
from privity.furnishing import Engines, furnish
from privity.house import House
from privity.keyring import Keyring
from privity.mail.letter import NoPost
from privity.mail.smtp import AddressError, Server, UnreachableError
from privity.settings import Settings
from privity.vouching import sign_ins
from privity.vouching import store as vouching
from privity.web.built import NotBuiltError
from privity.web.static_files import FrontEnd
from privity.workspaces import store
from privity.workspaces.sites import is_private

State = Literal["well", "look", "ill"]
MARKS: dict[State, str] = {"well": "[green]✓[/]", "look": "[yellow]![/]", "ill": "[red]✗[/]"}

UNLOCKED_TABLES = """
SELECT relname FROM pg_class
 WHERE relnamespace = to_regnamespace('privity') AND relkind IN ('r', 'p')
   AND NOT (relrowsecurity AND relforcerowsecurity)
 ORDER BY relname
"""


class Finding(Struct):
    """One line. `look` is worth a look, `ill` must be mended."""

    about: str
    state: State
    what: str
    mend: str | None = None


async def examine(settings: Settings, *, json: bool) -> None:
    """Ends with 1 where something is ill."""
    findings = [
        *_of_the_machine(settings),
        await _of_the_post(settings),
        *[finding async for finding in _of_the_database(settings)],
    ]
    if json:
        give(findings)
    else:
        say(*(line for finding in findings for line in _lines(finding)))
    if any(finding.state == "ill" for finding in findings):
        sys.exit(1)


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{MARKS[finding.state]} [bold]{finding.about}[/]: {finding.what}"
    if finding.mend is not None:
        yield f"    {finding.mend}"


# ── The machine ──────────────────────────────────────────────────────────────────────────────────────────────


def _of_the_machine(settings: Settings) -> Iterator[Finding]:
    yield _closed(settings.data, "data folder")
    yield _closed(settings.data / "installation.key", "installation's secret")
    yield _front_end()
    yield _base_url(settings.base_url)
    if settings.local_fetch:
        yield _local_fetches(settings)


def _closed(path: Path, about: str) -> Finding:
    """What other accounts of the machine may open is theirs as well."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as failure:
        return Finding(
            about, "ill", f"{path} cannot be seen: {failure.strerror}.", "Name the folder with --data."
        )
    if mode & 0o077:
        return Finding(
            about, "ill", f"Other accounts may open {path} (mode {mode:o}).", f"Run: chmod go= {path}"
        )
    return Finding(about, "well", f"{path}, for this account alone.")


def _front_end() -> Finding:
    try:
        built = FrontEnd.load()
    except NotBuiltError as missing:
        return Finding("front-end", "ill", "It is not built.", str(missing))
    return Finding("front-end", "well", f"Built: {len(built.files)} files.")


def _base_url(base_url: str) -> Finding:
    if is_private(base_url):
        return Finding("base URL", "well", base_url)
    return Finding(
        "base URL",
        "ill",
        f"{base_url} is not encrypted: whoever carries it can read along.",
        "Put a proxy with a certificate before Privity, and set PRIVITY_BASE_URL to its https address.",
    )


def _local_fetches(settings: Settings) -> Finding:
    """Whoever may name an address for a workspace reaches these through the server."""
    return Finding(
        "own network",
        "look",
        f"The server may fetch from {', '.join(sorted(settings.local_fetch))}, wherever in its own network that is.",
        "Are they the hosts that you mean? Else take them out of PRIVITY_ALLOW_LOCAL_FETCH.",
    )


# ── The post ─────────────────────────────────────────────────────────────────────────────────────────────────


async def _of_the_post(settings: Settings) -> Finding:
    """No letter is sent to find out: the mail server is greeted, and left."""
    if settings.smtp_url is None:
        return Finding(
            "mail",
            "look",
            "No mail server is named, so no code can be sent to prove a mailbox.",
            "Does every visitor sign in on the site? Then nothing is missing. Else set PRIVITY_SMTP_URL.",
        )
    try:
        server = Server.parse(settings.smtp_url.reveal())
        await server.greet()
    except AddressError as unusable:
        return Finding("mail", "ill", str(unusable))
    except UnreachableError as failure:
        mend = "See that PRIVITY_SMTP_URL names the right server, port, name and password."
        return Finding("mail", "ill", str(failure), mend)
    return Finding("mail", "well", f"{server.host} takes letters from {server.sender}.")


# ── The database ─────────────────────────────────────────────────────────────────────────────────────────────


async def _of_the_database(settings: Settings) -> AsyncIterator[Finding]:
    try:
        async with visited_engines(settings) as (keyring, engines):
            async for finding in _of_the_engine(settings, keyring, engines):
                yield finding
    except (CommandError, EmbeddedError, engine.EngineError, asyncpg.PostgresError, OSError) as failure:
        yield Finding(
            "database", "ill", sentence_of(failure) or f"It cannot be used: {type(failure).__name__}."
        )


async def _of_the_engine(settings: Settings, keyring: Keyring, engines: Engines) -> AsyncIterator[Finding]:
    yield await _version(engines)
    behind = await engine.pending(engines.address("owner"))
    if behind:
        yield Finding("migrations", "ill", f"Not run yet: {', '.join(behind)}.", "Run: privity migrate")
        return
    yield Finding("migrations", "well", "All were run.")
    yield await of_the_roles(engines.address)
    yield await _locks(engines)
    async with furnish(settings, keyring, engines.address, post=NoPost()) as house:
        async for finding in _of_the_workspaces(house):
            yield finding


async def _version(engines: Engines) -> Finding:
    connection = await asyncpg.connect(**engines.address("gate"))
    try:
        await engine.check_version(connection)
        return Finding("database", "well", f"PostgreSQL {connection.get_settings().server_version}.")
    except engine.EngineError as too_old:
        return Finding("database", "ill", str(too_old))
    finally:
        await connection.close()


async def of_the_roles(address: engine.Address) -> Finding:
    try:
        await engine.check_roles(address("gate"))
    except engine.EngineError as too_strong:
        return Finding("roles", "ill", str(too_strong))
    return Finding("roles", "well", "None that serves can pass the second lock.")


async def _locks(engines: Engines) -> Finding:
    connection = await asyncpg.connect(**engines.address("owner"), server_settings=SERVER_SETTINGS)
    try:
        open_tables = [row["relname"] for row in await connection.fetch(UNLOCKED_TABLES)]
    finally:
        await connection.close()
    if not open_tables:
        return Finding("second lock", "well", "Row-level security is forced on every table.")
    names = ", ".join(open_tables)
    mend = "Restore them: ALTER TABLE privity.… ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY."
    return Finding("second lock", "ill", f"Row-level security is not forced on {names}.", mend)


# ── The workspaces ───────────────────────────────────────────────────────────────────────────────────────────


async def _of_the_workspaces(house: House) -> AsyncIterator[Finding]:
    known = await store.workspaces(house)
    if not known:
        yield Finding(
            "workspace",
            "look",
            "There is none yet.",
            "Start `privity serve` and open the link that it prints.",
        )
    for workspace in known:
        yield await _keys(house, workspace)
        async for finding in _key_address(house, workspace):
            yield finding
        for line in await sign_ins.lines(house, workspace.id):
            yield _sign_in(workspace, line)
        yield await _sites(house, workspace)


async def _keys(house: House, workspace: store.Known) -> Finding:
    about = f"signing keys of {workspace.name}"
    known = await vouching.keys(house, workspace.id)
    living = [key for key in known if key.revoked_at is None and key.listed is not False]
    unused = [key.kid for key in living if key.last_used_at is None]
    if not living:
        return Finding(about, "look", "None: nobody can prove who they are.", "Run: privity keys add")
    if unused:
        mend = "Does the site sign with it, and does each page's snippet have data-token-url or getToken?"
        return Finding(about, "look", f"Never used: {', '.join(unused)}.", mend)
    return Finding(about, "well", f"In use: {', '.join(key.kid for key in living)}.")


async def _key_address(house: House, workspace: store.Known) -> AsyncIterator[Finding]:
    address = await vouching.key_address(house, workspace.id)
    if address is None:
        return
    about, now = f"address of keys of {workspace.name}", house.clock()
    if address.fault is not None:
        is_good = address.good_until is not None and address.good_until > now
        until = f" Its keys are good until {address.good_until:%Y-%m-%d %H:%M} UTC." if is_good else ""
        mend = "Mend it on the site's server, or name another: privity keys address set https://…"
        yield Finding(about, "look" if is_good else "ill", f"{address.url}: {address.fault}{until}", mend)
    elif address.left_out:
        told = " ".join(f"{left.kid or 'A key without a name'}: {left.why}" for left in address.left_out)
        yield Finding(
            about, "look", f"Not every key there is trusted. {told}", "Mend them on the site's server."
        )
    else:
        yield Finding(about, "well", address.url)


def _sign_in(workspace: store.Known, line: sign_ins.ProviderLine) -> Finding:
    about = f"sign-in with {line.name} of {workspace.name}"
    if line.fault is None:
        return Finding(about, "well", line.issuer)
    mend = "Mend it at the provider, or remove it and add it anew: privity sign-in"
    return Finding(about, "look", f"{line.issuer}: {line.fault}", mend)


async def _sites(house: House, workspace: store.Known) -> Finding:
    about = f"sites of {workspace.name}"
    sites = await store.sites(house, workspace.id)
    bare = [site for site in sites if not is_private(site)]
    if not sites:
        return Finding(about, "look", "None: the chat can stand nowhere.", "Run: privity sites add https://…")
    if bare:
        mend = "Serve them with https, then: privity sites add https://… and privity sites remove http://…"
        return Finding(about, "look", f"Not encrypted: {', '.join(bare)}.", mend)
    return Finding(about, "well", ", ".join(sites))
