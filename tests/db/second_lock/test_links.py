"""The second lock knows who is one person from the links themselves, not from the program that asks."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest

from privity.db.pool import Connection, Pools
from tests.cast import ADA
from tests.clock import Clock
from tests.db.second_lock.conftest import CANARY, World, stand_as
from tests.db.worlds import Identity, Seat, add_conversation, add_identity, add_link, add_user


@dataclass(frozen=True)
class OnePerson:
    """Ada, by the shop's word and by another one; and Bob, with whom nobody is linked."""

    here: Seat
    there: Seat
    link: UUID
    elsewhere: UUID
    """What Ada said under the other identity."""


@pytest.fixture
async def one_person(owner_db: Connection, world: World) -> OnePerson:
    other: Identity = await add_identity(owner_db, world.acme, replace(ADA, subject="u-ada-too"))
    there = await add_user(owner_db, other)
    link = await add_link(owner_db, world.adas_identity, other)
    return OnePerson(world.ada, there, link, await add_conversation(owner_db, there, "said elsewhere"))


async def test_each_side_reads_what_both_own_and_bob_reads_none_of_it(
    pools: Pools, world: World, one_person: OnePerson, clock: Clock
) -> None:
    assert (await page(pools, clock, one_person.there, world.adas))[0] == CANARY
    assert await page(pools, clock, one_person.here, one_person.elsewhere) == ["said elsewhere"]
    for seat in (one_person.here, one_person.there):
        assert await listed(pools, clock, seat) == {world.adas, one_person.elsewhere}
    assert await page(pools, clock, world.bob, one_person.elsewhere) == []
    assert await listed(pools, clock, world.bob) == set()


async def test_a_list_that_the_judge_did_not_open_holds_nothing_linked(
    pools: Pools, one_person: OnePerson, clock: Clock
) -> None:
    assert await listed(pools, clock, one_person.there, owned=False) == {one_person.elsewhere}


async def test_a_link_that_fell_opens_nothing_from_the_next_statement_on(
    owner_db: Connection, pools: Pools, world: World, one_person: OnePerson, clock: Clock
) -> None:
    await owner_db.execute("UPDATE identity_link SET ended_at = now(), why = 'renamed'")
    assert await page(pools, clock, one_person.there, world.adas) == []
    assert await listed(pools, clock, one_person.there) == {one_person.elsewhere}


async def test_a_query_without_its_predicates_reaches_no_further_than_the_links(
    pools: Pools, world: World, one_person: OnePerson
) -> None:
    for seat, conversation, seen in (
        (one_person.there, world.adas, True),
        (world.bob, world.adas, False),
        (world.bob, one_person.elsewhere, False),
    ):
        async with pools.contact.connection() as db, db.transaction():
            await stand_as(db, seat, conversation)
            assert bool(await db.fetch("SELECT FROM message")) is seen
            assert bool(await db.fetch("SELECT FROM identity_link")) is (seat is not world.bob)


async def test_who_stands_there_after_a_linked_person_stands_for_themselves(
    pools: Pools, world: World, one_person: OnePerson
) -> None:
    """Sends of many sessions share a transaction, and the variables with it."""
    async with pools.contact.connection() as db, db.transaction():
        await stand_as(db, one_person.there, world.adas)
        assert await db.fetchval("SELECT count(*) FROM conversation") == 2
        for seat in (world.bob, world.mallory, replace(world.bob, id=uuid4())):
            await stand_as(db, seat, world.adas)
            assert await db.fetch("SELECT FROM message") == []


async def page(pools: Pools, clock: Clock, seat: Seat, conversation: UUID) -> list[str]:
    rows = await pools.contact.fetch(
        "SELECT body FROM contact_page($1, $2, $3, $4, $5, NULL, NULL, 50)",
        seat.workspace,
        seat.id,
        seat.identity,
        conversation,
        clock(),
    )
    return [row["body"] for row in rows]


async def listed(pools: Pools, clock: Clock, seat: Seat, owned: bool = True) -> set[UUID]:
    rows = await pools.contact.fetch(
        "SELECT id FROM contact_list($1, $2, $3, $4, $5, NULL, NULL, 50)",
        seat.workspace,
        seat.id,
        seat.identity,
        owned,
        clock(),
    )
    return {row["id"] for row in rows}
