"""Limits that a person can meet, counted by their own session or network and by nothing of anybody else."""

import hmac
from hashlib import sha256
from math import ceil
from time import time

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from privity.web.limits import Rate
from privity.web.problems import too_many


class Limiter:
    """Counts in this process. Keys are hashed, so that no network address is kept, and go when their window is over."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def take(self, rate: Rate, name: str, *parts: str) -> None:
        """Count one; raises the 429 problem with its Retry-After where there is no room."""
        item, key = self._slot(rate, name, parts)
        if not self._windows.hit(item, key):
            raise too_many(self._wait(item, key))

    def allows(self, rate: Rate, name: str, *parts: str) -> bool:
        """Count one, and say whether there was room: for limits that act in silence."""
        return self._windows.hit(*self._slot(rate, name, parts))

    def check(self, rate: Rate, name: str, *parts: str) -> None:
        """Raise where there is no room, count nothing."""
        item, key = self._slot(rate, name, parts)
        if not self._windows.test(item, key):
            raise too_many(self._wait(item, key))

    def _slot(self, rate: Rate, name: str, parts: tuple[str, ...]) -> tuple[RateLimitItemPerSecond, str]:
        digest = hmac.digest(self._key, "\0".join((name, *parts)).encode(), sha256).hex()
        return RateLimitItemPerSecond(rate.amount, rate.seconds), digest

    def _wait(self, item: RateLimitItemPerSecond, key: str) -> int:
        return max(1, ceil(self._windows.get_window_stats(item, key).reset_time - time()))
