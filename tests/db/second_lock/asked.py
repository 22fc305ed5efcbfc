"""Both locks are asked the same of a world that was laid out: everybody, about everything in it."""

from dataclasses import dataclass, replace
from itertools import product
from uuid import UUID, uuid4

from privity.db.pool import Row
from privity.house import House
from privity.policy import verdict
from privity.policy.facts import Assurance, Case, Conversation, Viewer
from privity.policy.verdict import ListPermit, Permit, PreviewPermit
from privity.proofs import door
from tests.db.second_lock.conftest import stand_as
from tests.db.second_lock.laid_out import Sitting, World

AT_ONCE = """
SELECT asked.id, found.lives, found.id AS shown,
       ARRAY(SELECT page.id FROM contact_page($1, $2, $3, asked.id, $4, NULL, NULL, 50) AS page) AS page
  FROM unnest($5::uuid[]) AS asked (id) CROSS JOIN LATERAL contact_case($1, $2, $3, asked.id, $4) AS found
"""
LISTED = "SELECT id FROM contact_list($1, $2, $3, $4, $5, NULL, NULL, 1000)"
SENT = """
SELECT n, status FROM contact_send($1, $2, $3, $4, $5, $6, $7, $7, $7, $6)
"""
LINES = "SELECT asked.id, offered_line($1, $2, asked.id, $3) AS line FROM unnest($4::uuid[]) AS asked (id)"
IN_ANOTHERS_NAME = """
SELECT found.lives OR found.id IS NOT NULL AS opens
  FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS asked (workspace, session, identity)
 CROSS JOIN unnest($5::uuid[]) AS about (id)
 CROSS JOIN LATERAL contact_case(asked.workspace, asked.session, asked.identity, about.id, $1) AS found
"""


@dataclass(frozen=True, slots=True)
class Locks:
    house: House
    world: World

    async def hold_against_each_other(self) -> None:
        for sitting in self.world.sittings:
            await self.agree_on_who_it_is(sitting)
            if sitting.viewer is None:
                await self.nothing_is_left_for(sitting)
                continue
            await self.agree_one_by_one(sitting.viewer)
            await self.agree_without_a_where(sitting.viewer)
            await self.agree_on_lists(sitting.viewer)
            await self.agree_on_sends(sitting.viewer)
            await self.agree_on_offers(sitting.viewer)
        await self.nobody_stands_in_anothers_name()

    async def agree_on_who_it_is(self, sitting: Sitting) -> None:
        """The gate makes of the rows what was laid out: else the judge would be asked about somebody else."""
        known = await door.recognise(self.house, sitting.credential)
        if sitting.viewer is None:
            assert known is None or known.living is None
        else:
            assert known is not None, "the session is there"
            assert known.living is not None
            assert known.living.viewer == sitting.viewer
            assert known.living.rules.history_from == self.world.history_from

    async def agree_one_by_one(self, viewer: Viewer) -> None:
        structure = self._opened(_as_proved_as_can_be(viewer), Assurance.LEGACY)
        rows = await self._asked_at_once(viewer.workspace, viewer.session, viewer.identity)
        assert all(row["lives"] for row in rows)
        assert {row["shown"] for row in rows} - {None} == structure, (
            "the structure is what the database holds"
        )
        pages = {row["id"]: tuple(row["page"]) for row in rows}
        for conversation, page in pages.items():
            heard = self.world.heard.get(conversation)
            assert page == (heard.public if heard is not None and conversation in structure else ())
        granted = self._opened(viewer, self.world.history_from)
        assert granted <= structure, "the judge grants nothing that the database hides"

    async def agree_without_a_where(self, viewer: Viewer) -> None:
        """What row-level security alone shows of everything in the database, earlier worlds included."""
        structure = self._opened(_as_proved_as_can_be(viewer), Assurance.LEGACY)
        seat = next(each.seat for each in self.world.sittings if each.viewer == viewer)
        async with self.house.pools.contact.connection() as db, db.transaction():
            for conversation in self._questions():
                await stand_as(db, seat, conversation)
                seen = {row["id"] for row in await db.fetch("SELECT id FROM message")}
                heard = self.world.heard.get(conversation)
                assert seen == (
                    set(heard.public) if heard is not None and conversation in structure else set()
                )
            assert {row["id"] for row in await db.fetch("SELECT id FROM conversation")} == structure

    async def agree_on_lists(self, viewer: Viewer) -> None:
        """As the session proved, and as if it had proved less."""
        for proved in {viewer.assurance, Assurance.CLAIMED}:
            asks = replace(viewer, assurance=proved)
            permit = verdict.decide_list(asks, self.world.history_from, self.house.clock())
            opened = self._opened(asks, self.world.history_from)
            assert await self._listed(permit) == opened, "a list is what opens one by one"

    async def agree_on_sends(self, viewer: Viewer) -> None:
        structure = self._opened(_as_proved_as_can_be(viewer), Assurance.LEGACY)
        stored = await self._stored(viewer.workspace, viewer.session, viewer.identity)
        assert stored == structure, "who may not read may not write"

    async def agree_on_offers(self, viewer: Viewer) -> None:
        rows = await self.house.pools.gate.fetch(
            LINES, viewer.workspace, viewer.session, self.house.clock(), self._questions()
        )
        told = {row["id"] for row in rows if row["line"] is not None}
        assert told == {each.id for each in self.world.conversations if self._previews(viewer, each)}

    async def nothing_is_left_for(self, sitting: Sitting) -> None:
        """Its session is over: the functions say so themselves, whatever the gate says."""
        seat, questions = sitting.seat, self._questions()
        rows = await self._asked_at_once(seat.workspace, seat.id, seat.identity)
        assert not any(row["lives"] or row["shown"] or row["page"] for row in rows)
        assert not await self._stored(seat.workspace, seat.id, seat.identity)
        lines = await self.house.pools.gate.fetch(
            LINES, seat.workspace, seat.id, self.house.clock(), questions
        )
        assert not any(row["line"] for row in lines)
        permit = ListPermit(
            seat.workspace, seat.id, seat.identity, frozenset(), "live and owned", self.house.clock()
        )
        assert not await self._listed(permit)

    async def nobody_stands_in_anothers_name(self) -> None:
        """A session that says it had proved what it did not, or were of the other workspace."""
        asked = [
            (town, each.seat.id, identity)
            for each, town, identity in product(
                self.world.sittings, self.world.towns, (*self.world.identities, None)
            )
            if (town, identity) != (each.seat.workspace, each.seat.identity)
        ]
        rows = await self.house.pools.contact.fetch(
            IN_ANOTHERS_NAME, self.house.clock(), *zip(*asked, strict=True), self._questions()
        )
        assert rows
        assert not any(row["opens"] for row in rows)

    # ── What is asked ────────────────────────────────────────────────────────────────────────────────────────

    def _questions(self) -> list[UUID]:
        """Every conversation of both workspaces, and one that nobody has."""
        return [*(each.id for each in self.world.conversations), UUID(int=0)]

    def _opened(self, viewer: Viewer, history_from: Assurance) -> set[UUID]:
        """What the judge opens one by one. The one that nobody has it is asked about as well."""
        asked: list[Conversation | None] = [*self.world.conversations, None]
        verdicts = [verdict.decide(Case(viewer, each, history_from), self.house.clock()) for each in asked]
        return {each.conversation for each in verdicts if isinstance(each, Permit)}

    def _previews(self, viewer: Viewer, conversation: Conversation) -> bool:
        case = Case(viewer, conversation, self.world.history_from)
        permit = verdict.decide_preview(case, self.house.clock())
        return isinstance(permit, PreviewPermit) and self.world.heard[conversation.id].own_word

    async def _asked_at_once(self, *names: UUID | None) -> list[Row]:
        return list(
            await self.house.pools.contact.fetch(AT_ONCE, *names, self.house.clock(), self._questions())
        )

    async def _listed(self, permit: ListPermit) -> set[UUID]:
        rows = await self.house.pools.contact.fetch(
            LISTED,
            permit.workspace,
            permit.session,
            permit.identity,
            permit.covers == "live and owned",
            permit.at,
        )
        return {row["id"] for row in rows}

    async def _stored(self, workspace: UUID, session: UUID, identity: UUID | None) -> set[UUID]:
        """Where a message of this session's would be stored. Taken back at once."""
        questions = self._questions()
        many = len(questions)
        async with self.house.pools.contact.connection() as db:
            taken_back = db.transaction()
            await taken_back.start()
            rows = await db.fetch(
                SENT,
                self.house.clock(),
                [workspace] * many,
                [session] * many,
                [identity] * many,
                questions,
                [uuid4() for _ in questions],
                ["signed"] * many,
            )
            await taken_back.rollback()
        return {questions[row["n"] - 1] for row in rows if row["status"] == "stored"}


def _as_proved_as_can_be(viewer: Viewer) -> Viewer:
    """The same, as far as the second lock knows: it holds whose rows they are, and no levels."""
    return replace(viewer, assurance=Assurance.SIGNED) if viewer.identity is not None else viewer
