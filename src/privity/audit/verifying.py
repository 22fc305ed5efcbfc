"""Is the log what was sealed? Names the first event or seal that is not as it was.

Whoever owns the database can change every row; what they can't do is sign. So each seal is read as it was signed, then
the events that it lists against it, one after the other.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NoReturn
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from privity.audit.seal import NO_SEAL, Seal
from privity.audit.sealing import entry_of, seal_of
from privity.audit.tree import Entry, leaf_of, personal_of, root_of
from privity.db.pool import Connection, Pool, Row
from privity.db.queries import beside

SQL = beside(__file__, "verifying.sql")

LEAST_KEPT = timedelta(days=31)
"""No workspace may keep its log for less."""

What = Literal[
    "altered",
    "missing",
    "reordered",
    "slipped_in",
    "unsalted",
    "seal_altered",
    "seal_missing",
    "seal_replaced",
    "cut",
]


@dataclass(frozen=True, slots=True)
class Root:
    """A seal as it was exported, to be kept elsewhere."""

    workspace: UUID
    seal: int
    hash: str
    last_event: UUID


@dataclass(frozen=True, slots=True)
class Fault:
    """`place` is where the event stands in its seal, from 1."""

    what: What
    sentence: str
    seal: int | None = None
    event: UUID | None = None
    place: int | None = None


@dataclass(slots=True)
class Verified:
    """What was looked at, and the first fault; without one the log is intact. Up to seal `cut` only roots are kept."""

    workspace: UUID
    seals: int = 0
    events: int = 0
    erased: int = 0
    waiting: int = 0
    cut: int = 0
    fault: Fault | None = None


class _FaultFound(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


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
            await _look_at_erasures(db, found)
            await _look_at_cut(db, found)
        except _FaultFound as first:
            found.fault = first.fault
    return found


# ── Seals ────────────────────────────────────────────────────────────────────────────────────────────────────


async def _look_at_seals(
    db: Connection, key: Ed25519PublicKey, found: Verified, now: datetime, known: Root | None
) -> None:
    previous = NO_SEAL
    async for row in _seals(db, found.workspace):
        seal = seal_of(row)
        _look_at_chain(row, seal, found.seals + 1, previous, key)
        if known is not None and known.seal == seal.number and known.hash != seal.hash().hex():
            _fault(
                "seal_replaced", f"Seal {seal.number} is not the one whose root was exported.", seal.number
            )
        found.seals, previous = seal.number, seal.hash()
        if row["events"] is not None:
            await _look_at_events(db, found, seal, row["events"], row["leaves"])
        elif found.cut == seal.number - 1:
            _look_at_age(seal, now)
            found.cut = seal.number
        else:
            _fault("cut", f"Seal {seal.number} was emptied, and the one before it was not.", seal.number)


async def _seals(db: Connection, workspace: UUID) -> AsyncIterator[Row]:
    """One after the other: a year's lists need not be in memory at once."""
    number = 0
    while (row := await db.fetchrow(SQL["next"], workspace, number)) is not None:
        yield row
        number = row["number"]


def _look_at_chain(row: Row, seal: Seal, number: int, previous: bytes, key: Ed25519PublicKey) -> None:
    if seal.number != number:
        _fault(
            "seal_missing", f"Seal {number} is missing: after seal {number - 1} comes {seal.number}.", number
        )
    if not seal.is_signed(row["signature"], key):
        _fault("seal_altered", f"Seal {number} is not as this installation signed it.", number)
    if seal.previous != previous:
        _fault("seal_replaced", f"Seal {number} does not name the seal before it.", number)


def _look_at_age(seal: Seal, now: datetime) -> None:
    """When a seal was made is signed, so a cut that came too early shows, whatever the log itself says of it."""
    if seal.sealed_at > now - LEAST_KEPT:
        said = f"Seal {seal.number} was emptied before it was {LEAST_KEPT.days} days old. No log is cut so early."
        _fault("cut", said, seal.number)


# ── The events of a seal ─────────────────────────────────────────────────────────────────────────────────────


async def _look_at_events(
    db: Connection, found: Verified, seal: Seal, events: Sequence[UUID], leaves: Sequence[bytes]
) -> None:
    stored = [entry_of(row) for row in await db.fetch(SQL["held"], seal.workspace, seal.number, events)]
    entries = {entry.id: entry for entry in stored}
    if len(events) != seal.count or len(leaves) != seal.count or root_of(leaves) != seal.root:
        _name_what_was_changed_in_the_list(seal, events, leaves, entries)
    for place, (event, leaf) in enumerate(zip(events, leaves, strict=True), start=1):
        _look_at_event(seal, place, event, leaf, entries.pop(event, None))
    for entry in sorted(entries.values(), key=_order):
        said = f"Event {entry.id} says that seal {seal.number} holds it, which it does not."
        _fault("slipped_in", said, seal.number, entry.id)
    found.events += len(events)
    found.erased += sum(entry.personal is not None for entry in stored)


def _look_at_event(seal: Seal, place: int, event: UUID, leaf: bytes, entry: Entry | None) -> None:
    where = f"{_th(place)} of {seal.count} in seal {seal.number}"
    if entry is None:
        _fault("missing", f"Event {event}, the {where}, is missing.", seal.number, event, place)
    if personal_of(entry) is None:
        said = f"The salt of event {event}, the {where}, was taken away, and no erasure was recorded."
        _fault("unsalted", said, seal.number, event, place)
    if leaf_of(seal.workspace, entry) != leaf:
        _fault("altered", f"Event {event}, the {where}, was altered.", seal.number, event, place)


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
                _fault("reordered", said, seal.number, entry.id, place)
    for place, (event, leaf) in enumerate(zip(events, leaves, strict=False), start=1):
        _look_at_event(seal, place, event, leaf, entries.get(event))
    _fault(
        "seal_altered", f"The list of seal {seal.number} was changed: it does not fit its root.", seal.number
    )


def _order(entry: Entry) -> tuple[object, UUID]:
    return entry.at, entry.id


# ── What no seal lists ───────────────────────────────────────────────────────────────────────────────────────


async def _look_beyond(db: Connection, found: Verified, known: Root | None) -> None:
    if known is not None and known.seal > found.seals:
        said = f"Seal {found.seals + 1} is missing: the log ends before seal {known.seal}, whose root was exported."
        _fault("seal_missing", said, found.seals + 1)
    beyond = await db.fetchrow(SQL["beyond"], found.workspace, found.seals)
    if beyond is not None:
        said = f"Seal {beyond['seal']} is missing: event {beyond['id']} was sealed by it."
        _fault("seal_missing", said, beyond["seal"], beyond["id"])
    for row in await db.fetch(SQL["waiting"], found.workspace):
        entry = entry_of(row)
        if personal_of(entry) is None:
            said = f"The salt of event {entry.id}, which waits for its seal, was taken away."
            _fault("unsalted", said, None, entry.id)
        found.waiting += 1


async def _look_at_erasures(db: Connection, found: Verified) -> None:
    """Each erased event names the erasure that was recorded for it, and no erasure took more than it says."""
    for row in await db.fetch(SQL["erasures"], found.workspace):
        if row["recorded"] is None or row["named"] > row["recorded"]:
            said = f"Event {row['first']} is erased, and no erasure was recorded that fits."
            _fault("unsalted", said, None, row["first"])


async def _look_at_cut(db: Connection, found: Verified) -> None:
    recorded = await db.fetchval(SQL["cut"], found.workspace) or 0
    if found.cut != recorded:
        said = f"The log is cut up to seal {found.cut}, and was recorded to be cut up to {recorded}."
        _fault("cut", said, max(found.cut, recorded))


def _fault(
    what: What, sentence: str, seal: int | None = None, event: UUID | None = None, place: int | None = None
) -> NoReturn:
    raise _FaultFound(Fault(what, sentence, seal, event, place))


def _th(place: int) -> str:
    ending = "th" if 10 < place % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"
