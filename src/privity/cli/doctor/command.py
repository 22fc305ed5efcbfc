"""What the doctor can be told, and how it tells what it found."""

import sys
from collections.abc import Iterator
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from privity.cli.asked import UNSAID, Asked, BaseUrl
from privity.cli.console import answer, marked
from privity.cli.doctor.finding import Finding, State
from privity.settings import Settings

MARKS: dict[State, str] = {"well": "[green]✓[/]", "look": "[yellow]![/]", "ill": "[red]✗[/]"}


async def doctor(
    *,
    identity: Annotated[
        bool, Parameter(help="How well a workspace's site proves who its users are.", negative="")
    ] = False,
    days: Annotated[
        int, Parameter(help="With --identity: so many days, today among them, 90 at the most.")
    ] = 30,
    base_url: BaseUrl = None,
    asked: Asked = UNSAID,
) -> None:
    """Ends with 1 where something is ill."""
    if identity:
        from privity.cli.doctor.identity import examine_identity

        await examine_identity(asked, days)
        return
    findings = await _examined(asked.settings(base_url))
    answer(findings, *(line for finding in findings for line in _lines(finding)), json=asked.json)
    if any(finding.state == "ill" for finding in findings):
        sys.exit(1)


async def _examined(settings: Settings) -> list[Finding]:
    from privity.cli.doctor.database import of_the_database
    from privity.cli.doctor.machine import of_the_machine, of_the_post

    return [
        *of_the_machine(settings),
        await of_the_post(settings),
        *[finding async for finding in of_the_database(settings)],
    ]


def _lines(finding: Finding) -> Iterator[str | Text]:
    yield marked(MARKS[finding.state] + " [bold]{}[/]: {}", finding.about, finding.what)
    if finding.mend is not None:
        yield f"    {finding.mend}"
