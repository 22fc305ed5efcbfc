"""The audit log over HTTP: all of it for an auditor, and who read their conversations for a contact."""

from typing import Any

from litestar import get
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler
from litestar.params import FromQuery

from privity.history import audit
from privity.history.routes import Limit, asks_only
from privity.house import House
from privity.people.door import signed_in
from privity.people.model import Member
from privity.policy.verdict import decide_list
from privity.proofs.door import living_session
from privity.proofs.model import Caller
from privity.web import wire
from privity.web.problems import Problem


async def auditor(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of the log: an auditor in person. Its owner is one of those about whom it is."""
    await signed_in(connection, handler)
    member: Member = connection.state.member
    if member.role != "auditor":
        raise Problem(403, "not_in_reach", "Only an auditor of the workspace can read that.")


@get("/api/v1/audit", guards=[auditor, asks_only("cursor", "limit")], summary="What happened, newest first")
async def read_log(
    member: NamedDependency[Member],
    house: NamedDependency[House],
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> wire.AuditLog:
    return await audit.read_log(house, member, cursor, limit)


@get(
    "/widget/v1/session/readings",
    guards=[living_session, asks_only()],
    summary="Who read the contact's own conversations, this session left out",
)
async def read_readings(caller: NamedDependency[Caller], house: NamedDependency[House]) -> wire.Readings:
    permit = decide_list(caller.viewer, caller.rules.history_from, house.clock())
    return await audit.readings_of(house, permit)


handlers = [read_log, read_readings]
