"""`privity audit`: whether the log is as it was sealed, roots to keep elsewhere, and who read what."""

import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from rich.markup import escape

from privity.audit.model import AuditEvent
from privity.audit.reading import readings
from privity.audit.roots import roots
from privity.audit.seal import PURPOSE
from privity.audit.sealing import Sealer
from privity.audit.verifying import Root, Verified, verify
from privity.cli.console import CommandError, give, say
from privity.cli.place import the_workspace, visited_house
from privity.history.why import why
from privity.house import House
from privity.settings import Settings
from privity.workspaces import store


class Export(msgspec.Struct):
    """`public_key` is the Ed25519 key of the installation's seals, raw and in base64url."""

    public_key: str
    roots: list[Root]

    def key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(self.public_key + "=="))


async def verify_log(settings: Settings, *, root: Path | None, workspace: str | None, json: bool) -> None:
    """Ends with 1 where a log is not what was sealed."""
    kept = _read(root) if root is not None else None
    async with visited_house(settings) as house:
        key = kept.key() if kept is not None else house.keyring.signing_key(PURPOSE).public_key()
        known = {one.workspace: one for one in kept.roots} if kept is not None else {}
        found = [
            (name, await verify(house.pools.auditor, key, one, house.clock(), known.get(one)))
            for one, name in await _asked_for(house, workspace)
        ]
    if json:
        give([log for _, log in found])
    else:
        say(*(line for name, log in found for line in _lines(name, log)))
    if any(log.fault is not None for _, log in found):
        sys.exit(1)


def _lines(name: str, log: Verified) -> Iterator[str]:
    if log.fault is not None:
        yield f"[red]✗[/] [bold]{escape(name)}[/]: {log.fault.sentence}"
        return
    yield f"[green]✓[/] [bold]{escape(name)}[/]: {log.events} events under {log.seals} seals, intact."
    if log.erased:
        yield f"    {log.erased} of them erased, intact."
    if log.cut:
        yield f"    Up to seal {log.cut} the log was cut; the roots are kept."
    if log.waiting:
        yield f"    {log.waiting} more wait for their seal."


async def export_roots(settings: Settings, *, workspace: str | None) -> None:
    """What waits is sealed first, so that the roots vouch for all that happened."""
    async with visited_house(settings) as house:
        await Sealer(house.pools.sealer, house.keyring, house.clock).seal_all()
        newest = await roots(house.pools.auditor, [one for one, _ in await _asked_for(house, workspace)])
        key = house.keyring.signing_key(PURPOSE).public_key().public_bytes_raw()
    give(Export(urlsafe_b64encode(key).decode().rstrip("="), newest))


async def tell_readings(settings: Settings, *, contact: str, workspace: str | None, json: bool) -> None:
    """Who read a contact's conversations."""
    async with visited_house(settings) as house:
        chosen, who = await the_workspace(house, workspace), _id(contact)
        conversations = [row.conversation_id for row in (await why(house, chosen, who)).conversations]
        await house.ledger.record(AuditEvent(chosen, "read", "operator", subject=who, reason="readings"))
        rows = [dict(row) for row in await readings(house.pools.auditor, chosen, conversations)]
    if json:
        give(rows)
        return
    for row in rows:
        times = "once" if row["times"] == 1 else f"{row['times']} times"
        say(f"{row['conversation_id']}: {row['actor']}, {times}, last {row['last_at']:%Y-%m-%d %H:%M} UTC")
    if not rows:
        say("Nobody has read a conversation of this contact.")


async def _asked_for(house: House, workspace: str | None) -> list[tuple[UUID, str]]:
    """The named one, or all of them."""
    chosen = await the_workspace(house, workspace) if workspace is not None else None
    return [(one.id, one.name) for one in await store.workspaces(house) if chosen in (None, one.id)]


def _read(file: Path) -> Export:
    try:
        export = msgspec.json.decode(file.read_bytes(), type=Export)
        export.key()
    except (OSError, ValueError):
        raise CommandError(f"{file} is not what `privity audit export-roots` wrote.") from None
    return export


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError(
            f"--contact takes an id, such as the one in the inbox's address, not {text!r}."
        ) from None
