"""What the site's server, or a teammate, may ask of tokens and of how well the site proves its users."""

from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from privity.house import House
from privity.people.door import signed_in
from privity.people.model import Member
from privity.proofs.health import identity_health
from privity.proofs.verifying import explained
from privity.web import wire
from privity.web.limits import HEALTH_DAYS

Days = Annotated[int, QueryParameter(ge=1, le=HEALTH_DAYS)]


@post(
    "/api/v1/token/explain",
    guards=[signed_in],
    scopes=["contacts:read"],
    status_code=200,
    summary="What is right with an identity token, and what is wrong",
)
async def explain_token(
    member: NamedDependency[Member], house: NamedDependency[House], data: JSONBody[wire.ExplainToken]
) -> wire.TokenExplained:
    return await explained(house, member.workspace, data.token)


@get(
    "/api/v1/identity-health",
    guards=[signed_in],
    scopes=["contacts:read"],
    summary="How well the site proves who its users are, in counts",
)
async def read_health(
    member: NamedDependency[Member], house: NamedDependency[House], days: Days = 30
) -> wire.IdentityHealth:
    return await identity_health(house, member.workspace, days)


handlers = [explain_token, read_health]
