"""Whom the team means: by the site's own id, by the id of an identity or of a session. None that is there is a 404."""

from uuid import UUID

from privity.house import House
from privity.people.model import Member
from privity.proofs.hashes import names
from privity.proofs.store import SQL
from privity.proofs.tokens import provider_of
from privity.web.problems import not_found


async def user(house: House, member: Member, subject: str) -> list[UUID]:
    """The identities that the site's next token for this subject, or its old hash, would prove."""
    old = [subject, *names("user_id", subject)]
    async with house.pools.gate.within(member.workspace) as db:
        rows = await db.fetch(SQL["identities_called"], member.workspace, provider_of(subject), subject, old)
    if not rows:
        raise not_found()
    return [row["id"] for row in rows]


async def identity(house: House, member: Member, named: UUID) -> UUID:
    """An identity that can still be proved."""
    async with house.pools.gate.within(member.workspace) as db:
        return _there(await db.fetchval(SQL["living_identity"], member.workspace, named))


async def session(house: House, member: Member, named: UUID) -> UUID:
    """A session that has not ended."""
    async with house.pools.gate.within(member.workspace) as db:
        return _there(await db.fetchval(SQL["open_session"], member.workspace, named))


def _there(found: UUID | None) -> UUID:
    if found is None:
        raise not_found()
    return found
