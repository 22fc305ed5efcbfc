"""What the judge says to the team: of one conversation, and of what the workspace has."""

from dataclasses import dataclass
from uuid import UUID

from privity.db.pool import Connection
from privity.db.queries import beside
from privity.house import House
from privity.people.model import Member, Scope
from privity.policy.facts import Conversation, TeamCase
from privity.policy.verdict import Refusal, TeamListPermit, TeamPermit, decide_team, decide_team_list
from privity.web.problems import Problem, not_found

SQL = beside(__file__, "team.sql")


@dataclass(frozen=True, slots=True)
class Reached:
    """The judge's yes for the team, with the conversation's place: where it began, whose it is, on which card."""

    permit: TeamPermit
    conversation: Conversation
    contact: UUID


async def reach(db: Connection, house: House, member: Member, conversation: UUID, scope: Scope) -> Reached:
    """The judge's yes in this transaction; else 401 for who is no longer let in, and one 404 for the rest."""
    now = house.clock()
    row = await db.fetchrow(SQL["case"], member.workspace, conversation, member.id, member.session, now)
    if row is None:
        raise LookupError("the facts of a case are always one row")
    if not row["lives"]:
        raise Problem(401, "session_over", "You are not signed in.")
    facts = (
        Conversation(member.workspace, row["id"], row["origin_session"], row["owner"], row["erased"])
        if row["id"] is not None
        else None
    )
    verdict = decide_team(TeamCase(member.viewing(scope), facts), now)
    if isinstance(verdict, Refusal) or facts is None:
        raise not_found()
    return Reached(verdict, facts, row["contact_id"])


async def permitted(house: House, member: Member, conversation: UUID, scope: Scope) -> TeamPermit:
    """The judge's yes, for a read that follows."""
    async with house.pools.team.within(member.workspace) as db:
        return (await reach(db, house, member, conversation, scope)).permit


def permitted_list(house: House, member: Member, scope: Scope) -> TeamListPermit:
    """The judge's yes for what the workspace has."""
    verdict = decide_team_list(member.viewing(scope), house.clock())
    if isinstance(verdict, Refusal):
        raise Problem(403, verdict.reason, f"This key does not reach that: it lacks the scope {scope}.")
    return verdict
