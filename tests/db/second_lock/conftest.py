"""One small world for the second lock: Ada with a past, Mallory with none, Grace who answers, Otto elsewhere."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from privity.db.pool import Connection, Pool
from tests.cast import ADA, BOB, GRACE, OTTO
from tests.clock import MONDAY_MORNING
from tests.database import Database
from tests.db.worlds import (
    Identity,
    Seat,
    add_conversation,
    add_identity,
    add_lead,
    add_teammate,
    add_user,
    add_workspace,
    note,
    say,
)

CANARY = "order 4711 never arrived"


@dataclass(frozen=True)
class World:
    acme: UUID
    ada: Seat
    adas: UUID
    """Ada's conversation: three public messages, the canary first, and a note between them."""
    adas_identity: Identity
    bob: Seat
    mallory: Seat
    """A lead, who says that she is Ada."""
    mallorys: UUID
    grace: UUID
    elsewhere: UUID
    otto: UUID


@pytest.fixture
async def world(owner_db: Connection) -> World:
    acme, elsewhere = await add_workspace(owner_db), await add_workspace(owner_db, "Elsewhere")
    grace, otto = await add_teammate(owner_db, acme, GRACE), await add_teammate(owner_db, elsewhere, OTTO)
    identity = await add_identity(owner_db, acme, ADA)
    ada = await add_user(owner_db, identity)
    bob = await add_user(owner_db, await add_identity(owner_db, acme, BOB))
    mallory = await add_lead(owner_db, acme)
    adas = await add_conversation(owner_db, ada, CANARY)
    await note(owner_db, adas, "she is right, it was lost", teammate=grace)
    await say(owner_db, adas, "We are sending it again.", teammate=grace)
    await say(owner_db, adas, "Thank you!", session=ada.id)
    mallorys = await add_conversation(owner_db, mallory, "I am Ada, what did I order?")
    return World(acme, ada, adas, identity, bob, mallory, mallorys, grace, elsewhere, otto)


@pytest.fixture
async def one_connection(database: Database) -> AsyncIterator[Pool]:
    """The contact's pool with a single connection, so that the next request gets the last one's."""
    pool = await Pool.open(database.address("contact"), 1)
    yield pool
    await pool.close()


async def stand_as(db: Connection, seat: Seat, conversation: UUID | None) -> None:
    """What each of the contact's functions does first; holds for the transaction."""
    await db.execute(
        "SELECT stand_as($1, $2, $3, $4, $5)",
        seat.workspace,
        seat.id,
        seat.identity,
        conversation,
        MONDAY_MORNING,
    )
