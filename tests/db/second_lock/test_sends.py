"""Storing words under the contact's role: numbers without gaps, nothing twice, each send answered for itself."""

import asyncio
import random
from uuid import UUID, uuid4

from privity.db.pool import Connection, Pools, Row
from tests.clock import Clock
from tests.db.second_lock.conftest import World
from tests.db.worlds import Seat, add_conversation

SENDERS = 16
SENDS_OF_EACH = 12


class Sender:
    """One connection's worth of sends: fresh ones, repeats of them, and the same client_id with other words."""

    def __init__(self, pools: Pools, clock: Clock, seat: Seat, conversations: list[UUID]) -> None:
        self._pools, self._clock, self._seat, self._conversations = pools, clock, seat, conversations
        self.answers: list[str] = []
        self.stored: set[UUID] = set()

    async def send_all(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  (which order the sends come in, not a secret)
        sent: list[tuple[UUID, UUID, str]] = []
        for number in range(SENDS_OF_EACH):
            batch = [(chance.choice(self._conversations), uuid4(), f"{seed}: {number}")]
            if sent:
                conversation, client_id, body = chance.choice(sent)
                batch += [(conversation, client_id, body), (conversation, client_id, f"not {body}")]
            chance.shuffle(batch)
            sent += [row for row in batch if row[1] not in {earlier[1] for earlier in sent}][:1]
            for row in await self._call(batch):
                self.answers.append(row["status"])
                if row["status"] == "stored":
                    self.stored.add(row["id"])

    async def _call(self, batch: list[tuple[UUID, UUID, str]]) -> list[Row]:
        many = len(batch)
        return list(
            await self._pools.contact.fetch(
                "SELECT * FROM contact_send($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                self._clock(),
                [self._seat.workspace] * many,
                [self._seat.id] * many,
                [self._seat.identity] * many,
                [conversation for conversation, _, _ in batch],
                [uuid4() for _ in batch],
                ["signed"] * many,
                ["Ada Lovelace"] * many,
                [body for _, _, body in batch],
                [client_id for _, client_id, _ in batch],
            )
        )


async def test_sixteen_senders_with_repeats_and_conflicts_leave_no_gap(
    owner_db: Connection, pools: Pools, world: World, clock: Clock
) -> None:
    conversations = [world.adas, *[await add_conversation(owner_db, world.ada, "hello") for _ in range(2)]]
    senders = [Sender(pools, clock, world.ada, conversations) for _ in range(SENDERS)]

    await asyncio.gather(*(sender.send_all(seed) for seed, sender in enumerate(senders)))

    answers = [answer for sender in senders for answer in sender.answers]
    assert {"stored", "repeated", "conflict"} == set(answers), "all three happened, or this shows little"
    assert answers.count("stored") == SENDERS * SENDS_OF_EACH
    for conversation in conversations:
        rows = await owner_db.fetch(
            "SELECT id, seq, team_seq, client_id FROM message WHERE conversation_id = $1 ORDER BY team_seq",
            conversation,
        )
        numbers = [row["seq"] for row in rows if row["seq"] is not None]
        assert numbers == list(range(1, len(numbers) + 1))
        assert [row["team_seq"] for row in rows] == list(range(1, len(rows) + 1))
        assert len({row["client_id"] for row in rows}) == len(rows)
        head = await owner_db.fetchrow("SELECT * FROM conversation WHERE id = $1", conversation)
        assert head is not None
        assert (head["next_seq"], head["next_team_seq"]) == (len(numbers) + 1, len(rows) + 1)
        assert head["last_id"] == rows[-1]["id"]


async def test_each_answer_names_its_send(pools: Pools, world: World, clock: Clock) -> None:
    """Conversations are taken in one order, so answers may come in another than the sends."""
    bodies = {1: "to Ada's", 2: "to nobody's", 3: "to Ada's again"}

    rows = await pools.contact.fetch(
        "SELECT n, status, body FROM contact_send($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        clock(),
        [world.acme] * 3,
        [world.ada.id] * 3,
        [world.ada.identity] * 3,
        [world.adas, uuid4(), world.adas],
        [uuid4() for _ in range(3)],
        ["signed"] * 3,
        ["Ada Lovelace"] * 3,
        list(bodies.values()),
        [uuid4() for _ in range(3)],
    )

    assert {row["n"]: row["status"] for row in rows} == {1: "stored", 2: "refused", 3: "stored"}
    assert all(row["body"] == bodies[row["n"]] for row in rows)


async def test_the_same_start_twice_is_one_conversation(
    owner_db: Connection, pools: Pools, world: World, clock: Clock
) -> None:
    async def start(client_id: UUID, body: str) -> Row | None:
        return await pools.contact.row(
            "SELECT * FROM contact_start($1, $2, $3, $4, $5, $6, $7, 'signed', 'Ada Lovelace', $8, $9, '/')",
            clock(),
            world.acme,
            world.ada.id,
            world.ada.identity,
            world.ada.contact,
            uuid4(),
            uuid4(),
            body,
            client_id,
        )

    client_id = uuid4()
    answers = await asyncio.gather(*(start(client_id, "Where is it?") for _ in range(8)))
    other = await start(client_id, "Something else")

    assert sorted(row["status"] for row in answers if row) == ["repeated"] * 7 + ["stored"]
    assert len({(row["id"], row["message_id"]) for row in answers if row}) == 1
    assert other is not None
    assert other["status"] == "conflict"
    assert await owner_db.fetchval("SELECT count(*) FROM message WHERE client_id = $1", client_id) == 1
