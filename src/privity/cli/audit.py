"""`privity audit`: whether the log is as it was sealed, roots to keep elsewhere, and who read what."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from cyclopts import App, Parameter
from rich.text import Text

from privity.audit.model import AuditEvent
from privity.cli.asked import UNSAID, Asked, id_of
from privity.cli.console import CommandError, answer, give, marked
from privity.cli.place import the_workspace, visited_house, visited_workspace

if TYPE_CHECKING:
    from privity.audit.verifying import Verified
    from privity.house import House

app = App(name="audit")


@app.command(name="verify")
async def verify_log(
    *,
    root: Annotated[
        Path | None, Parameter(help="A file that `privity audit export-roots` wrote, kept elsewhere since.")
    ] = None,
    asked: Asked = UNSAID,
) -> None:
    """Whether the log is as it was sealed; else the first event that was altered, is missing or was put elsewhere."""
    from privity.audit.signed import PURPOSE
    from privity.audit.verifying import gone, verify
    from privity.cli.kept_roots import KeptRoots

    kept = KeptRoots.read(root) if root is not None else None
    async with visited_house(asked.settings()) as house:
        key = kept.key() if kept is not None else house.keyring.signing_key(PURPOSE).public_key()
        known = {one.workspace: one for one in kept.roots} if kept is not None else {}
        there = dict(await _asked_for(house, asked))
        found = [
            (name, await verify(house.pools.auditor, key, one, house.clock(), known.get(one)))
            for one, name in there.items()
        ]
    if asked.workspace is None:
        found += [(str(one), gone(root)) for one, root in known.items() if one not in there]
    if not found:
        raise CommandError("There is no workspace here, and so no log that could be verified.")
    lines = (line for name, log in found for line in _lines(name, log))
    answer([log for _, log in found], *lines, json=asked.json)
    if any(log.fault is not None for _, log in found):
        sys.exit(1)


def _lines(name: str, log: "Verified") -> Iterator[str | Text]:
    if log.fault is not None:
        yield marked("[red]✗[/] [bold]{}[/]: {}", name, log.fault.sentence)
        return
    yield marked("[green]✓[/] [bold]{}[/]: {} events under {} seals, intact.", name, log.events, log.seals)
    if log.erased:
        yield f"    {log.erased} of them erased, intact."
    if log.cut:
        yield f"    Up to seal {log.cut} the log was cut; the roots are kept."
    if log.waiting:
        yield f"    {log.waiting} more wait for their seal, the oldest since {log.waiting_since:%Y-%m-%d %H:%M} UTC."


@app.command(name="export-roots")
async def export_roots(*, asked: Asked = UNSAID) -> None:
    """The newest seal of each workspace, and the key that they are signed with, as JSON: keep it elsewhere."""
    from privity.audit.roots import roots
    from privity.audit.sealing import Sealer
    from privity.audit.signed import PURPOSE
    from privity.cli.kept_roots import KeptRoots

    async with visited_house(asked.settings()) as house:
        # What waits is sealed first, so that the roots vouch for all that happened.
        await Sealer(house.pools.sealer, house.keyring, house.clock).seal_all()
        newest = await roots(house.pools.auditor, [one for one, _ in await _asked_for(house, asked)])
        key = house.keyring.signing_key(PURPOSE).public_key()
    give(KeptRoots.of(key, newest))


@app.command(name="readings")
async def tell_readings(
    *, contact: Annotated[str, Parameter(help="The contact's id.")], asked: Asked = UNSAID
) -> None:
    """Who read a contact's conversations, how often, and when last. That it was asked is recorded."""
    from privity.audit.reading import readings
    from privity.history.why import why

    who = id_of("--contact", contact)
    async with visited_workspace(asked) as (house, workspace):
        conversations = [row.conversation_id for row in (await why(house, workspace, who)).conversations]
        await house.ledger.record(AuditEvent(workspace, "read", "operator", subject=who, reason="readings"))
        rows = [dict(row) for row in await readings(house.pools.auditor, workspace, conversations)]
    answer(
        rows,
        *map(_reading, rows) if rows else ["Nobody has read a conversation of this contact."],
        json=asked.json,
    )


def _reading(row: dict[str, Any]) -> str:
    times = "once" if row["times"] == 1 else f"{row['times']} times"
    return f"{row['conversation_id']}: {row['actor']}, {times}, last {row['last_at']:%Y-%m-%d %H:%M} UTC"


async def _asked_for(house: "House", asked: Asked) -> list[tuple[UUID, str]]:
    """The named one, or all of them."""
    from privity.workspaces import store

    chosen = await the_workspace(house, asked.workspace) if asked.workspace is not None else None
    return [(one.id, one.name) for one in await store.workspaces(house) if chosen in (None, one.id)]
