"""`privity doctor --identity`: how well a workspace's site proves its users; the same counts as in the inbox."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from privity.cli.asked import Asked
from privity.cli.console import answer, marked
from privity.cli.place import visited_workspace
from privity.proofs.health import identity_health
from privity.web import wire
from privity.web.limits import HEALTH_DAYS

WELL, LOOK = "[green]✓[/]", "[yellow]![/]"


async def examine_identity(asked: Asked, days: int) -> None:
    async with visited_workspace(asked) as (house, workspace):
        health = await identity_health(house, workspace, min(max(days, 1), HEALTH_DAYS))
    answer(health, *_lines(health), json=asked.json)


def _lines(health: wire.IdentityHealth) -> Iterator[str | Text]:
    yield from _proofs(health)
    yield from (line for key in health.keys for line in _key(key))
    yield from _share(health.seen)
    yield from (f"  {one.setting} {one.value}: {one.sentence}" for one in health.stricter)
    yield from _sightings(
        health.unsigned, "Said unsigned in a proved session", "Sign it with the token: only then it counts."
    )
    yield from _sightings(
        health.secrets, "Named like a secret, in a page", "Take it out of the page, and change the secret."
    )
    if health.left_unannounced:
        yield marked(LOOK + " Sign-outs that the page did not announce: {}", health.left_unannounced)
        yield "    Call privity('shutdown') where people sign out."


def _proofs(health: wire.IdentityHealth) -> Iterator[str | Text]:
    accepted, refused = sum(day.accepted for day in health.days), sum(day.refused for day in health.days)
    mark = LOOK if refused else WELL
    yield marked(
        mark + " [bold]proofs[/] in {} days: {} accepted, {} refused", len(health.days), accepted, refused
    )
    for row in health.refusals:
        by = f" by {row.kid}" if row.kid is not None else ""
        yield marked("    {} x {}{}, last on {}: {}", row.count, row.reason, by, row.last_day, row.sentence)
        if row.remedy is not None:
            yield f"      {row.remedy}"


def _key(key: wire.KeyHealth) -> Iterator[str | Text]:
    if key.never_used:
        yield marked(LOOK + " [bold]{}[/]: never used", key.kid)
        return
    yield marked(WELL + " [bold]{}[/]: {} accepted, {} refused", key.kid, key.accepted, key.refused)
    if key.skew is not None:
        skew = key.skew
        yield f"    The site's clock against ours: {skew.lowest} to {skew.highest} s, {skew.median} s in the middle"


def _share(seen: wire.SessionsSeen) -> Iterator[str | Text]:
    share = f"{100 * seen.proved // seen.sessions} %" if seen.sessions else "none"
    yield marked("[bold]sessions[/] with a proof: {} of {} ({})", seen.proved, seen.sessions, share)
    yield marked("[bold]contacts[/] with a proof: {} of {}", seen.proved_contacts, seen.contacts)


def _sightings(sightings: Iterable[wire.Sighting], what: str, mend: str) -> Iterator[str | Text]:
    for one in sightings:
        yield marked(LOOK + " {}: {}, {} times, last on {}", what, one.name, one.count, one.last_day)
        yield f"    {mend}"
