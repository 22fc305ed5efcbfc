"""Limits that a person can meet, counted by their own session or network and by nothing of anybody else."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from math import ceil
from time import monotonic

from privity.web.limits import AtOnce, Rate
from privity.web.problems import too_many

SWEPT_ABOVE = 10_000


@dataclass(slots=True)
class _Window:
    """When something was counted, no longer ago than the rate looks back."""

    rate: Rate
    counted: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until there is room; 0 where there is some."""
        while self.counted and self.counted[0] <= now - self.rate.seconds:
            self.counted.popleft()
        return 0 if len(self.counted) < self.rate.amount else self.counted[0] + self.rate.seconds - now


class Limiter:
    """Counts in this process. Keys are hashed, so that no network address is kept, and go when their window is over.

    Our own, because the library's memory looks through every window a hundred times a second, in a thread of its own:
    at 1,000 sessions that was a quarter of the server's time.
    """

    def __init__(self, key: bytes, clock: Callable[[], float] = monotonic) -> None:
        self._key = key
        self._clock = clock
        self._windows: dict[bytes, _Window] = {}
        self._held: Counter[bytes] = Counter()
        self._swept_above = SWEPT_ABOVE

    def take(self, rate: Rate, name: str, *parts: str) -> None:
        """Count one; raises the 429 problem with its Retry-After where there is no room."""
        self.check(rate, name, *parts)
        self._window(rate, name, parts).counted.append(self._clock())

    def allows(self, rate: Rate, name: str, *parts: str) -> bool:
        """Count one, and say whether there was room: for limits that act in silence."""
        window, now = self._window(rate, name, parts), self._clock()
        if window.wait(now):
            return False
        window.counted.append(now)
        return True

    def check(self, rate: Rate, name: str, *parts: str) -> None:
        """Raise where there is no room, count nothing."""
        wait = self._window(rate, name, parts).wait(self._clock())
        if wait:
            raise too_many(max(1, ceil(wait)))

    @contextmanager
    def one_of(self, limit: AtOnce, name: str, *parts: str) -> Iterator[None]:
        """Hold one of as many as there may be; raises the 429 problem where all are held."""
        key = self._hash(name, *parts)
        if self._held[key] >= limit.amount:
            raise too_many(1)
        self._held[key] += 1
        try:
            yield
        finally:
            self._held[key] -= 1
            if not self._held[key]:
                del self._held[key]

    def _window(self, rate: Rate, name: str, parts: tuple[str, ...]) -> _Window:
        key = self._hash(name, str(rate.seconds), *parts)
        window = self._windows.get(key)
        if window is None:
            self._sweep_if_many()
            window = self._windows[key] = _Window(rate)
        return window

    def _hash(self, *parts: str) -> bytes:
        return blake2b("\0".join(parts).encode(), key=self._key, digest_size=16).digest()

    def _sweep_if_many(self) -> None:
        """Forget what is over, whenever twice as much has gathered as was left the last time."""
        if len(self._windows) < self._swept_above:
            return
        now = self._clock()
        for key, window in list(self._windows.items()):
            window.wait(now)
            if not window.counted:
                del self._windows[key]
        self._swept_above = max(SWEPT_ABOVE, 2 * len(self._windows))
