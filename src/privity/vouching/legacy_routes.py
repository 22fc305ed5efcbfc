"""Moving in, for the workspace's owner: whose old hashes are taken, and until when.

They are switched on by the command line alone, where the other product's secret passes no browser.
"""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from privity.house import House
from privity.people.door import owner
from privity.people.model import Member
from privity.vouching import legacy
from privity.web import wire

SWITCHES = "/api/v1/legacy"


@get(SWITCHES, guards=[owner], summary="Whose old hashes prove users, until when, and how often they did")
async def list_switches(
    member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.LegacySwitchList:
    now = house.clock()
    return wire.LegacySwitchList(
        items=[
            wire.LegacySwitch(
                product=line.product,
                on_at=line.on_at,
                until=line.until,
                off_at=line.off_at,
                proves=line.is_on(now),
                accepted=line.accepted,
                refused=line.refused,
            )
            for line in await legacy.switches(house, member.workspace)
        ]
    )


@post(
    f"{SWITCHES}/off",
    guards=[owner],
    status_code=200,
    summary="Take a product's hashes no more; what rests on one is over",
)
async def turn_off(
    member: NamedDependency[Member], house: NamedDependency[House], data: JSONBody[wire.LegacyOff]
) -> wire.RevokedSigningKey:
    """Off twice is off: two owners may press at once."""
    try:
        ended = await legacy.turn_off(house, member.workspace, data.product, member.by)
    except legacy.SwitchRefusedError:
        ended = 0
    return wire.RevokedSigningKey(sessions_ended=ended)


handlers = (list_switches, turn_off)
