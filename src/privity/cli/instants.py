"""When something is to end: at an instant, or in so long."""

import re
from datetime import UTC, datetime, timedelta

from privity.cli.console import CommandError

SPANS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
LONGEST_SPAN = timedelta(days=3650)


def instant_of(at: str | None, after: str | None, now: datetime, options: tuple[str, str]) -> datetime:
    """The instant that is named, in UTC where it says no zone, or that lies as far ahead as is said.

    `options` are the two by which a command is told: a span, and an instant.
    """
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
