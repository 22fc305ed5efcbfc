"""`privity doctor`: looks the installation over. Each line says what is, and where it is not well, how to mend it."""

import sys
from collections.abc import Iterator

from privity.cli.console import give, say
from privity.cli.doctor_database import of_the_database
from privity.cli.doctor_machine import of_the_machine, of_the_post
from privity.cli.finding import Finding, State
from privity.settings import Settings

MARKS: dict[State, str] = {"well": "[green]✓[/]", "look": "[yellow]![/]", "ill": "[red]✗[/]"}


async def examine(settings: Settings, *, json: bool) -> None:
    """Ends with 1 where something is ill."""
    findings = [
        *of_the_machine(settings),
        await of_the_post(settings),
        *[finding async for finding in of_the_database(settings)],
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
