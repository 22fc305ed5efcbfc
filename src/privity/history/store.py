"""What was said, read under the contact's role. Takes permits."""

from collections.abc import Sequence

from privity.db.pool import Row
from privity.db.queries import beside
from privity.history.model import Place, Span
from privity.house import House
from privity.policy.verdict import ListPermit, Permit, PreviewPermit

SQL = beside(__file__)


async def page(house: House, permit: Permit, span: Span) -> Sequence[Row]:
    """One row more than the span asks for, where there is one: then the page is not the last."""
    return await house.pools.contact.fetch(
        SQL["page"],
        permit.workspace,
        permit.session,
        permit.identity,
        permit.conversation,
        permit.at,
        span.after,
        span.before,
        span.limit + 1,
    )


async def list_page(house: House, permit: ListPermit, behind: Place | None, limit: int) -> Sequence[Row]:
    """One row more than the limit, where there is one."""
    return await house.pools.contact.fetch(
        SQL["list"],
        permit.workspace,
        permit.session,
        permit.identity,
        permit.covers == "live and owned",
        permit.at,
        behind.at if behind else None,
        behind.id if behind else None,
        limit + 1,
    )


async def offered_line(house: House, permit: PreviewPermit) -> str | None:
    """None where the offer was settled meanwhile."""
    row = await house.pools.gate.row(
        SQL["offered_line"], permit.workspace, permit.session, permit.conversation, permit.at
    )
    return row["line"] if row is not None else None
