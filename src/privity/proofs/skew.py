"""How far the clock of who signs seems to be from ours: counted at the door, read from the counts by the team."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from privity.house import House
from privity.proofs.tokens import Identified, Rejected
from privity.web import wire

# To the second near nought, coarser farther out: a handful of counts for each key and day.
STEPS = ((10, 1), (60, 5), (600, 30), (3_600, 300), (86_400, 3_600))
FARTHEST = 86_400


def note_skew(house: House, workspace: UUID, token: Identified | Rejected, now: datetime) -> None:
    """Of a token whose signature holds, whether it was good or not."""
    if token.key is not None and token.issued_at is not None:
        house.tally.seen(workspace, "skew", str(rounded(token.issued_at - now)), token.key)


def rounded(skew: timedelta) -> int:
    """Whole seconds, the coarser the farther from nought."""
    seconds = round(skew.total_seconds())
    size = min(abs(seconds), FARTHEST)
    step = next(step for until, step in STEPS if size <= until)
    nearest = size // step * step
    return -nearest if seconds < 0 else nearest


def skew_of(counts: Iterable[tuple[int, int]]) -> wire.ClockSkew | None:
    """From (seconds, how often); None where no token was seen."""
    ordered = sorted(counts)
    tokens = sum(count for _, count in ordered)
    if tokens == 0:
        return None
    return wire.ClockSkew(
        lowest=ordered[0][0], median=_median(ordered, tokens), highest=ordered[-1][0], tokens=tokens
    )


def _median(ordered: list[tuple[int, int]], tokens: int) -> int:
    """The lower of the two in the middle, where there are two."""
    passed = 0
    for seconds, count in ordered:
        passed += count
        if passed * 2 >= tokens:
            return seconds
    return ordered[-1][0]
