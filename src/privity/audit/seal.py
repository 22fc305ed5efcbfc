"""A seal: what it says of a batch of events, signed with the installation's own key, and naming the one before it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import msgspec

from privity.audit.signed import Signed
from privity.audit.tree import microseconds

_SEAL = b"\x03"
NO_SEAL = bytes(32)
"""What the first seal names as the one before it."""


@dataclass(frozen=True, slots=True)
class Seal(Signed):
    """`previous` is the hash of the seal before this one; `root` is of the tree over the events' leaves."""

    workspace: UUID
    number: int
    previous: bytes
    root: bytes
    count: int
    first_event: UUID
    last_event: UUID
    sealed_at: datetime

    def hash(self) -> bytes:
        said = [
            self.workspace,
            self.number,
            self.previous.hex(),
            self.root.hex(),
            self.count,
            self.first_event,
            self.last_event,
            microseconds(self.sealed_at),
        ]
        return sha256(_SEAL + msgspec.json.encode(said)).digest()
