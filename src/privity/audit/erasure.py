"""An erasure: which events lost what they meant, and the leaves that they had.

Its event alone would vouch for nothing: whoever owns the database adds an event, and the sealer seals it like any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import msgspec

from privity.audit.signed import Signed

_ERASURE = b"\x04"


@dataclass(frozen=True, slots=True)
class Erasure(Signed):
    """`event` is the one that recorded it; the leaves stand in the order of the events that were erased."""

    workspace: UUID
    event: UUID
    events: Sequence[UUID]
    leaves: Sequence[bytes]

    def hash(self) -> bytes:
        leaves = [leaf.hex() for leaf in self.leaves]
        return sha256(
            _ERASURE + msgspec.json.encode([self.workspace, self.event, self.events, leaves])
        ).digest()
