"""A workspace's settings over HTTP, for its owner: each in the word that would set it at the command line."""

from litestar import get, patch
from litestar.di import NamedDependency
from litestar.params import JSONBody

from privity.house import House
from privity.people.door import owner
from privity.people.model import Member
from privity.web import wire
from privity.workspaces import rules
from privity.workspaces.rules import RuleLine

SETTINGS = "/api/v1/settings"


@get(SETTINGS, guards=[owner], summary="What the workspace asks of its contacts, and how its chat looks")
async def list_settings(member: NamedDependency[Member], house: NamedDependency[House]) -> wire.SettingList:
    lines = await rules.lines(house, member.workspace)
    return wire.SettingList(items=[_shown(line) for line in lines if line.for_owners])


@patch(SETTINGS, guards=[owner], summary="Change a setting; it holds from the next request on")
async def change_setting(
    member: NamedDependency[Member], house: NamedDependency[House], data: JSONBody[wire.ChangeSetting]
) -> wire.ChangedSetting:
    stands = await rules.change(house, member.workspace, data.name, data.value, member.by)
    return wire.ChangedSetting(name=data.name, value=stands)


def _shown(line: RuleLine) -> wire.Setting:
    return wire.Setting(
        name=line.name, value=line.value, means=line.means, takes=line.takes, choices=list(line.choices)
    )


handlers = [list_settings, change_setting]
