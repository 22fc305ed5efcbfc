"""Devices: where this person is signed in. They see each by its coarse client, and end any of them."""

from uuid import UUID

from privity.house import House
from privity.proofs.ending import end_one
from privity.proofs.model import Caller
from privity.proofs.store import SQL
from privity.web import wire
from privity.web.problems import not_found


async def those_of(house: House, caller: Caller) -> wire.Devices:
    """The living sessions of whoever this session proved to be; of a lead, this one alone."""
    viewer = caller.viewer
    async with house.pools.gate.within(viewer.workspace) as db:
        rows = await db.fetch(
            SQL["devices"], viewer.workspace, viewer.session, _identities(caller), house.clock()
        )
    return wire.Devices(
        items=[
            wire.Device(
                id=row["id"],
                client=row["client"],
                started_at=row["started_at"],
                last_seen_at=row["last_seen_at"],
                this_one=row["id"] == viewer.session,
            )
            for row in rows
        ]
    )


async def end_device(house: House, caller: Caller, device: UUID) -> None:
    """One of their own. Somebody else's, one that is over and one that never was are alike."""
    viewer = caller.viewer
    async with house.pools.gate.within(viewer.workspace) as db:
        rows = await db.fetch(
            SQL["devices"], viewer.workspace, viewer.session, _identities(caller), house.clock()
        )
    ended = next((row for row in rows if row["id"] == device), None)
    if ended is None:
        raise not_found()
    await end_one(house, viewer.workspace, device, "signed_out", "contact", viewer.identity)


def _identities(caller: Caller) -> list[UUID]:
    proved = caller.viewer.identity
    return [proved, *caller.viewer.linked] if proved is not None else []
