"""What a delivery looks up beside messages."""

from uuid import UUID

from privity.db.queries import beside
from privity.house import House

SQL = beside(__file__)


async def teammate_name(house: House, workspace: UUID, teammate: UUID) -> str | None:
    async with house.pools.team.within(workspace) as db:
        name: str | None = await db.fetchval(SQL["teammate_name"], workspace, teammate)
        return name
