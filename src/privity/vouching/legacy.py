"""The switches for another product's hashes, which have no end of their own: each is off, or on until a date."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import uuid_utils.compat

from privity.audit.model import OPERATOR, AuditEvent, By
from privity.db.queries import beside
from privity.house import House
from privity.refused import RefusedError
from privity.vouching.ending import tell_of_ends
from privity.vouching.keys import holder_of
from privity.web.wire import LegacyProduct as Product

SQL = beside(__file__, "legacy.sql")

PURPOSE = "legacy secret"
LONGEST = timedelta(days=180)
LEAST_SECRET_CHARACTERS = 20
MOST_SECRET_CHARACTERS = 255
LEAST_DIFFERENT_CHARACTERS = 8


class SwitchRefusedError(RefusedError):
    """The switch cannot be set like that."""


@dataclass(frozen=True, slots=True)
class SwitchLine:
    """A switch as the operator sees it: never its secret."""

    product: Product
    on_at: datetime
    until: datetime
    off_at: datetime | None
    accepted: int
    refused: int

    def is_on(self, at: datetime) -> bool:
        return self.off_at is None and self.until > at


async def turn_on(house: House, workspace: UUID, product: Product, secret: str, until: datetime) -> None:
    """The product's hashes under this secret prove somebody until then. Under the one that it has, the date moves."""
    now = house.clock()
    material = _fit(secret, workspace)
    async with house.pools.operator.within(workspace) as db:
        standing = await db.fetchrow(SQL["on"], workspace, product)
        same = await holder_of(db, house, workspace, material)
        if standing is not None and same == standing["id"]:
            switch = same
            await db.execute(SQL["move"], workspace, switch, _date(until, standing["on_at"], now))
        elif same is not None:
            raise SwitchRefusedError(
                "This workspace has or had this very secret. Take it for one thing, and once."
            )
        elif standing is not None:
            raise SwitchRefusedError(f"{product} is on with another secret. Turn it off first.")
        else:
            switch = uuid_utils.compat.uuid7()
            sealed = house.keyring.seal(PURPOSE, material, switch.bytes)
            date = _date(until, now, now)
            await db.execute(SQL["turn_on"], workspace, switch, product, sealed, now, date)
    # Only now: a session that opens in this moment finds the new date, or is found here.
    async with house.pools.operator.within(workspace) as db:
        await db.execute(SQL["bound_sessions_of"], workspace, switch, until)
    await house.ledger.record(_noted(workspace, switch, "legacy_on"))


async def turn_off(house: House, workspace: UUID, product: Product, by: By = OPERATOR) -> int:
    """The product's hashes prove nobody from now on, and what rests on one is over. Answers how many sessions were."""
    now = house.clock()
    async with house.pools.operator.within(workspace) as db:
        was_on = await db.fetchval(SQL["turn_off"], workspace, product, now)
        switch = was_on or await db.fetchval(SQL["last_off"], workspace, product)
    if switch is None:
        raise SwitchRefusedError(f"{product} is not on.")
    # Only now: a session that opens on a hash in this moment finds the switch off, or is found here.
    async with house.pools.operator.within(workspace) as db:
        ended = await db.fetch(SQL["end_sessions_of"], workspace, product, now)
    if was_on is None and not ended:
        raise SwitchRefusedError(f"{product} is not on.")
    return await tell_of_ends(
        house, workspace, ended, "legacy_off", by, _noted(workspace, switch, "legacy_off", by)
    )


async def switches(house: House, workspace: UUID) -> list[SwitchLine]:
    """Every switch that ever was, oldest first."""
    async with house.pools.operator.within(workspace) as db:
        return [SwitchLine(**row) for row in await db.fetch(SQL["switches"], workspace)]


def _fit(secret: str, workspace: UUID) -> bytes:
    """The secret's bytes, if nobody could guess it."""
    if not secret.isprintable() or any(character.isspace() for character in secret):
        raise SwitchRefusedError("A secret is one word, without spaces or a line's end.")
    if len(secret) < LEAST_SECRET_CHARACTERS:
        raise SwitchRefusedError(
            f"This secret is too short: it has {len(secret)} characters. Give one of {LEAST_SECRET_CHARACTERS} or more."
        )
    if len(secret) > MOST_SECRET_CHARACTERS:
        raise SwitchRefusedError("This is longer than a secret of another product.")
    if len(set(secret)) < LEAST_DIFFERENT_CHARACTERS or secret.lower() in (str(workspace), workspace.hex):
        raise SwitchRefusedError("This is no secret: anybody could guess it.")
    return secret.encode()


def _date(until: datetime, on_at: datetime, now: datetime) -> datetime:
    if until <= now:
        raise SwitchRefusedError("This date is past.")
    if until > on_at + LONGEST:
        raise SwitchRefusedError(
            f"Old hashes are taken for {LONGEST.days} days at most: until {on_at + LONGEST:%Y-%m-%d %H:%M} UTC."
        )
    return until


def _noted(workspace: UUID, switch: UUID, reason: str, by: By = OPERATOR) -> AuditEvent:
    return AuditEvent(workspace, "policy_change", by.actor, by.id, subject=switch, reason=reason)
