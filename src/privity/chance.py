"""The house's one source of what nobody may guess: the ids that a contact sees, secrets, nonces and codes."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Chance:
    """All of it is made of what `draw` gives, so many random bytes at a time: by default the system's own.

    A parameter, so that two houses can be given the same chance and compared byte for byte.
    """

    draw: Callable[[int], bytes] = secrets.token_bytes

    def bytes(self, amount: int) -> bytes:
        return self.draw(amount)

    def id(self) -> UUID:
        """A random id. What a contact sees is never numbered by time: that would tell when, and in what order."""
        return UUID(bytes=self.draw(_ID_BYTES), version=4)

    def below(self, limit: int) -> int:
        """From 0 to `limit` - 1. Of so many bits, what is left over favours nothing that anybody could notice."""
        return int.from_bytes(self.draw(_ID_BYTES)) % limit
