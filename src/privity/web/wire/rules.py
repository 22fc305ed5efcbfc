"""A workspace's settings."""

from typing import Annotated

from msgspec import Meta

from privity.web.limits import PAGE_CHARACTERS
from privity.web.wire.words import Answer, Asked


class Setting(Answer):
    """A setting in the word that would set it. `takes` says in words what it takes; `choices` are all, where few."""

    name: str
    value: str
    means: str
    takes: str
    choices: list[str]


class SettingList(Answer):
    """`GET /api/v1/settings`."""

    items: list[Setting]


class ChangeSetting(Asked):
    """`PATCH /api/v1/settings`."""

    name: Annotated[str, Meta(min_length=1, max_length=64)]
    value: Annotated[str, Meta(max_length=PAGE_CHARACTERS)]


class ChangedSetting(Answer):
    name: str
    value: str
