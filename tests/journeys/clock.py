"""The time of a journey: it runs as people's does, and a test sets it forward."""

from datetime import UTC, datetime, timedelta


class RunningClock:
    """Called, it answers what time it is in the town."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def forward(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        self._ahead += timedelta(seconds=seconds, minutes=minutes, hours=hours)
