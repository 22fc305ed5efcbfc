"""Is the log what was sealed? Names the first event or seal that is not as it was.

Whoever owns the database can change every row; what they can't do is sign. So each seal is read as it was signed, then
the events that it lists against it, one after the other.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from privity.audit.erasure import Erasure
from privity.audit.faults import Fault, FaultFound, fault
from privity.audit.seal import NO_SEAL, Seal
from privity.audit.sealing import entry_of, seal_of
from privity.audit.tree import Entry, leaf_of, personal_of, root_of
from privity.db.pool import Connection, Pool, Row
from privity.db.queries import beside

SQL = beside(__file__, "verifying.sql")

LEAST_KEPT = timedelta(days=31)
"""No workspace may keep its log for less."""


@dataclass(frozen=True, slots=True)
class Root:
    """A seal as it was exported, to be kept elsewhere."""

    workspace: UUID
    seal: int
    hash: str
    last_event: UUID


@dataclass(slots=True)
class Verified:
    """What was looked at, and the first fault; without one the log is intact. Up to seal `cut` only roots are kept."""

    workspace: UUID
    seals: int = 0
    events: int = 0
    erased: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None
    cut: int = 0
    fault: Fault | None = None


async def verify(
    pool: Pool, key: Ed25519PublicKey, workspace: UUID, now: datetime, known: Root | None = None
) -> Verified:
    """One workspace's log, from its first seal to its newest event; against an exported root where one is given."""
    found = Verified(workspace)
    async with pool.within(workspace) as db:
        await db.execute(SQL["still"], workspace)
        try:
            await _look_at_seals(db, key, found, now, known)
            await _look_beyond(db, found, known)
            await _look_at_erasures(db, key, found)
            await _look_at_cut(db, found)
        except FaultFound as first:
            found.fault = first.fault
    return found


def gone(known: Root) -> Verified:
    """What is to be said of a workspace whose root was exported, and that the database knows nothing of."""
    said = f"Workspace {known.workspace} is missing, with its log up to seal {known.seal}, whose root was exported."
    return Verified(known.workspace, fault=Fault("workspace_missing", said))


# ── Seals ────────────────────────────────────────────────────────────────────────────────────────────────────


async def _look_at_seals(
    db: Connection, key: Ed25519PublicKey, found: Verified, now: datetime, known: Root | None
) -> None:
    previous = NO_SEAL
    async for row in _seals(db, found.workspace):
        seal = seal_of(row)
        _look_at_chain(row, seal, found.seals + 1, previous, key)
        if known is not None and known.seal == seal.number and known.hash != seal.hash().hex():
            fault("seal_replaced", f"Seal {seal.number} is not the one whose root was exported.", seal.number)
        found.seals, previous = seal.number, seal.hash()
        if row["events"] is not None:
            await _look_at_events(db, found, seal, row["events"], row["leaves"])
        elif found.cut == seal.number - 1:
            _look_at_age(seal, now)
            found.cut = seal.number
        else:
            fault("cut", f"Seal {seal.number} was emptied, and the one before it was not.", seal.number)


async def _seals(db: Connection, workspace: UUID) -> AsyncIterator[Row]:
    """One after the other: a year's lists need not be in memory at once."""
    number = 0
    while (row := await db.fetchrow(SQL["next"], workspace, number)) is not None:
        yield row
        number = row["number"]


def _look_at_chain(row: Row, seal: Seal, number: int, previous: bytes, key: Ed25519PublicKey) -> None:
    if seal.number != number:
        fault(
            "seal_missing", f"Seal {number} is missing: after seal {number - 1} comes {seal.number}.", number
        )
    if not seal.is_signed(row["signature"], key):
        fault("seal_altered", f"Seal {number} is not as this installation signed it.", number)
    if seal.previous != previous:
        fault("seal_replaced", f"Seal {number} does not name the seal before it.", number)


def _look_at_age(seal: Seal, now: datetime) -> None:
    """When a seal was made is signed, so a cut that came too early shows, whatever the log itself says of it."""
    if seal.sealed_at > now - LEAST_KEPT:
        said = f"Seal {seal.number} was emptied before it was {LEAST_KEPT.days} days old. No log is cut so early."
        fault("cut", said, seal.number)


# ── The events of a seal ─────────────────────────────────────────────────────────────────────────────────────


async def _look_at_events(
    db: Connection, found: Verified, seal: Seal, events: Sequence[UUID], leaves: Sequence[bytes]
) -> None:
    stored = [entry_of(row) for row in await db.fetch(SQL["held"], seal.workspace, seal.number, events)]
    entries = {entry.id: entry for entry in stored}
    is_whole = _are_lists(events, leaves) and len(events) == seal.count
    if not is_whole or root_of(leaves) != seal.root:
        _name_what_was_changed_in_the_list(seal, events, leaves, entries)
    for place, (event, leaf) in enumerate(zip(events, leaves, strict=True), start=1):
        _look_at_event(seal, place, event, leaf, entries.pop(event, None))
    for entry in sorted(entries.values(), key=_order):
        said = f"Event {entry.id} says that seal {seal.number} holds it, which it does not."
        fault("slipped_in", said, seal.number, entry.id)
    found.events += len(events)
    found.erased += sum(entry.personal is not None for entry in stored)


def _look_at_event(seal: Seal, place: int, event: UUID, leaf: bytes, entry: Entry | None) -> None:
    where = f"{_th(place)} of {seal.count} in seal {seal.number}"
    if entry is None:
        fault("missing", f"Event {event}, the {where}, is missing.", seal.number, event, place)
    if personal_of(entry) is None:
        said = f"The salt of event {event}, the {where}, was taken away, and no erasure was recorded."
        fault("unsalted", said, seal.number, event, place)
    if leaf_of(seal.workspace, entry) != leaf:
        fault("altered", f"Event {event}, the {where}, was altered.", seal.number, event, place)
    if entry.seal != seal.number:
        said = f"Event {event}, the {where}, says that {_holder(entry)} holds it."
        fault("altered", said, seal.number, event, place)


def _holder(entry: Entry) -> str:
    return "no seal" if entry.seal is None else f"seal {entry.seal}"


def _name_what_was_changed_in_the_list(
    seal: Seal, events: Sequence[UUID], leaves: Sequence[bytes], entries: dict[UUID, Entry]
) -> NoReturn:
    """The list does not fit the signed root. Events are sealed in the order of their time: put back, they may."""
    rightly = sorted(entries.values(), key=_order)
    fitting = [leaf_of(seal.workspace, entry) for entry in rightly]
    if rightly and root_of(fitting) == seal.root:
        for place, entry in enumerate(rightly, start=1):
            if events[place - 1 : place] != [entry.id]:
                said = f"Event {entry.id}, the {_th(place)} in seal {seal.number}, was put elsewhere in its list."
                fault("reordered", said, seal.number, entry.id, place)
    elif _are_lists(events, leaves):
        for place, (event, leaf) in enumerate(zip(events, leaves, strict=True), start=1):
            _look_at_event(seal, place, event, leaf, entries.get(event))
    fault(
        "seal_altered", f"The list of seal {seal.number} was changed: it does not fit its root.", seal.number
    )


def _are_lists(events: Sequence[UUID], leaves: Sequence[bytes]) -> bool:
    """Of one length, with an id and a hash at each place: a column of the database may hold NULL at any."""
    return (
        len(events) == len(leaves)
        and all(isinstance(event, UUID) for event in events)
        and all(isinstance(leaf, bytes) for leaf in leaves)
    )


def _order(entry: Entry) -> tuple[object, UUID]:
    return entry.at, entry.id


# ── What no seal lists ───────────────────────────────────────────────────────────────────────────────────────


async def _look_beyond(db: Connection, found: Verified, known: Root | None) -> None:
    if known is not None and known.seal > found.seals:
        said = f"Seal {found.seals + 1} is missing: the log ends before seal {known.seal}, whose root was exported."
        fault("seal_missing", said, found.seals + 1)
    beyond = await db.fetchrow(SQL["beyond"], found.workspace, found.seals)
    if beyond is not None:
        said = f"Seal {beyond['seal']} is missing: event {beyond['id']} was sealed by it."
        fault("seal_missing", said, beyond["seal"], beyond["id"])
    for row in await db.fetch(SQL["waiting"], found.workspace):
        entry = entry_of(row)
        if personal_of(entry) is None:
            said = f"The salt of event {entry.id}, which waits for its seal, was taken away."
            fault("unsalted", said, None, entry.id)
        found.waiting += 1
        found.waiting_since = found.waiting_since or entry.at


async def _look_at_erasures(db: Connection, key: Ed25519PublicKey, found: Verified) -> None:
    """Each erased event stands, with the leaf that it had, in an erasure that was recorded and signed."""
    for row in await db.fetch(SQL["erasures"], found.workspace):
        taken = _taken(found.workspace, row, key)
        for erased in await db.fetch(SQL["erased"], found.workspace, row["event"]):
            entry = entry_of(erased)
            if taken.get(entry.id) != leaf_of(found.workspace, entry):
                said = f"Event {entry.id} is erased, and no erasure that this installation signed took it."
                fault("unsalted", said, entry.seal, entry.id)


def _taken(workspace: UUID, row: Row, key: Ed25519PublicKey) -> Mapping[UUID, bytes]:
    """The events that an erasure took, and their leaves; none where it is not as this installation signed it."""
    if row["signature"] is None or not _are_lists(row["events"], row["leaves"]):
        return {}
    erasure = Erasure(workspace, row["event"], row["events"], row["leaves"])
    if not erasure.is_signed(row["signature"], key):
        return {}
    return dict(zip(erasure.events, erasure.leaves, strict=True))


async def _look_at_cut(db: Connection, found: Verified) -> None:
    recorded = await db.fetchval(SQL["cut"], found.workspace) or 0
    if found.cut != recorded:
        said = f"The log is cut up to seal {found.cut}, and was recorded to be cut up to {recorded}."
        fault("cut", said, max(found.cut, recorded))


def _th(place: int) -> str:
    ending = "th" if 10 < place % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"
