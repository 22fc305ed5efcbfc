"""The hashes that a seal vouches for: a leaf for each event, one root over the leaves. Pure.

Each kind of hash begins with a byte of its own, so that none can pass for another. What could mean a person goes into
a leaf as a salted hash: without its salt it says nothing, and the leaf can be computed all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import msgspec

_LEAF, _NODE, _PERSONAL = b"\x00", b"\x01", b"\x02"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it is stored, with its salt. Where it was erased its ids, its counts and the salt are gone."""

    id: UUID
    at: datetime
    kind: str
    actor: str
    actor_id: UUID | None
    session_id: UUID | None
    conversation_id: UUID | None
    subject_id: UUID | None
    reason: str | None
    from_seq: int | None
    to_seq: int | None
    count: int | None
    seal: int | None
    personal: bytes | None
    erased_by: UUID | None
    salt: bytes | None


def leaf_of(workspace: UUID, entry: Entry) -> bytes:
    """Of an event whose salt was taken without an erasure it is another one than it was."""
    personal = (personal_of(entry) or b"").hex()
    public = [workspace, entry.id, microseconds(entry.at), entry.kind, entry.actor, entry.reason, personal]
    return sha256(_LEAF + msgspec.json.encode(public)).digest()


def personal_of(entry: Entry) -> bytes | None:
    """The salted hash of whatever in an event could mean a person; as it was, where that was erased."""
    if entry.salt is None:
        return entry.personal
    names = [entry.actor_id, entry.session_id, entry.conversation_id, entry.subject_id]
    counts = [entry.from_seq, entry.to_seq, entry.count]
    return sha256(_PERSONAL + entry.salt + msgspec.json.encode([*names, *counts])).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Over leaves in their order: halves are joined, the left one the largest power of two that leaves something."""
    if len(leaves) == 1:
        return leaves[0]
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(_NODE + root_of(leaves[:left]) + root_of(leaves[left:])).digest()


def microseconds(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND
