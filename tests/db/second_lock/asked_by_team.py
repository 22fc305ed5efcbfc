"""The team's two locks: what the rows show of a workspace, and what the judge grants each who works there."""

from dataclasses import dataclass
from uuid import UUID

from privity.conversations.team_case import permitted_list, reach
from privity.history import team, team_contacts, team_store
from privity.history.team_store import Wanted
from privity.house import House
from privity.people import store as people
from privity.people.model import SCOPES, Member, Scope, csrf_word
from privity.policy import verdict
from privity.policy.facts import Conversation, TeamCase
from privity.policy.verdict import TeamListPermit, TeamPermit
from privity.web.problems import Problem
from tests.db.second_lock.colleagues import Colleague
from tests.db.second_lock.laid_out import World

READ: Scope = "conversations:read"
MOST = 100


@dataclass(frozen=True, slots=True)
class TeamLocks:
    house: House
    world: World

    async def hold_against_each_other(self) -> None:
        for town in self.world.towns:
            await self.agree_on_the_structure(town)
        for colleague in self.world.colleagues:
            member = await people.member(self.house, colleague.badge)
            assert (member is not None) == colleague.lives, "the door lets in who lives, and nobody else"
            if member is None:
                await self.nothing_is_left_for(colleague)
                continue
            assert (member.id, member.scopes) == (colleague.id, colleague.scopes)
            await self.agree_one_by_one(colleague, member)
            await self.agree_on_lists(colleague, member)
            await self.agree_on_contacts(colleague, member)

    async def agree_on_the_structure(self, town: UUID) -> None:
        """What row-level security alone shows."""
        async with self.house.pools.team.within(town) as db:
            seen = {row["id"] for row in await db.fetch("SELECT id FROM conversation")}
            words = {row["id"] for row in await db.fetch("SELECT id FROM message")}
        there = {each.id for each in self.world.conversations if each.workspace == town}
        assert seen == there, "the team's structure is the workspace"
        assert words == {
            word for one in there for word in (*self.world.heard[one].public, *self.world.heard[one].notes)
        }

    async def agree_one_by_one(self, colleague: Colleague, member: Member) -> None:
        granted = self._granted(colleague)
        assert granted == await self._opened(member)
        town = colleague.badge.credential.workspace
        reached = {each.id for each in self.world.conversations if each.workspace == town and not each.erased}
        assert granted == (reached if READ in colleague.scopes else set())

    async def agree_on_lists(self, colleague: Colleague, member: Member) -> None:
        """A list and a search are what opens one by one."""
        granted, heard = self._granted(colleague), self.world.heard
        assert await self._listed(member, Wanted()) == granted
        assert await self._listed(member, Wanted(words="a word")) == {
            one for one in granted if heard[one].public
        }
        assert await self._listed(member, Wanted(words="a note")) == {
            one for one in granted if heard[one].notes
        }

    async def agree_on_contacts(self, colleague: Colleague, member: Member) -> None:
        """Contacts of the workspace; on their cards stand the conversations that open one by one."""
        permit = self._permit(member, "contacts:read")
        judged = verdict.decide_team_list(colleague.viewer("contacts:read"), self.house.clock())
        assert (permit is not None) == isinstance(judged, TeamListPermit)
        if permit is None:
            return
        page = await team_contacts.list_contacts(self.house, permit, None, None, None, MOST)
        contacts = {each.id for each in page.items}
        assert contacts == self.world.contacts[member.workspace]
        both = self._permit(member, READ)
        if both is not None:
            async with self.house.pools.team.within(member.workspace) as db:
                cards = [
                    await team_store.lines_of_contact(db, both, member, contact, MOST) for contact in contacts
                ]
            assert {row["id"] for rows in cards for row in rows} == self._granted(colleague)

    async def nothing_is_left_for(self, colleague: Colleague) -> None:
        """Who was let in a moment ago, and is over since: the rows say so themselves."""
        credential = colleague.badge.credential
        session = credential.id if colleague.badge.kind == "session" else None
        before = Member(
            credential.workspace,
            "Acme",
            colleague.id,
            colleague.viewer(READ).kind,
            "Grace",
            "",
            None,
            SCOPES,
            session,
            csrf_word(credential),
        )
        assert not await self._opened(before)
        assert not self._granted(colleague)

    # ── What is asked ────────────────────────────────────────────────────────────────────────────────────────

    def _granted(self, colleague: Colleague) -> set[UUID]:
        """What the judge opens one by one. The one that nobody has it is asked about as well."""
        asked: list[Conversation | None] = [*self.world.conversations, None]
        viewer, now = colleague.viewer(READ), self.house.clock()
        verdicts = [verdict.decide_team(TeamCase(viewer, each), now) for each in asked]
        return {each.conversation for each in verdicts if isinstance(each, TeamPermit)}

    async def _opened(self, member: Member) -> set[UUID]:
        """What opens to them in the house, of everything in both workspaces."""
        opened = set()
        async with self.house.pools.team.within(member.workspace) as db:
            for one in (*(each.id for each in self.world.conversations), UUID(int=0)):
                try:
                    reached = await reach(db, self.house, member, one, READ)
                except Problem as problem:
                    if problem.status not in (401, 404):
                        raise
                else:
                    opened.add(reached.permit.conversation)
        return opened

    async def _listed(self, member: Member, wanted: Wanted) -> set[UUID]:
        permit = self._permit(member, READ)
        if permit is None:
            return set()
        page = await team.list_conversations(self.house, permit, member, wanted, None, MOST)
        return {each.id for each in page.items}

    def _permit(self, member: Member, scope: Scope) -> TeamListPermit | None:
        try:
            return permitted_list(self.house, member, scope)
        except Problem as problem:
            if problem.status != 403:
                raise
            return None
