"""What a workspace publishes about itself, to anybody who asks; and what is noted of the pages that ask."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from privity.db.queries import beside
from privity.house import House
from privity.web import wire
from privity.web.problems import Problem

SQL = beside(__file__, "published.sql")

NAMES_LOOKED_AT = 20
NAME = re.compile(r"[A-Za-z_$][\w$-]{0,39}", re.ASCII)
SECRET_SHAPED = re.compile(
    r"secret|passw|private|hmac|(api|signing|auth|access)[_-]?(key|token)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Published:
    config: wire.WidgetConfig
    sites: list[str]


async def of(house: House, text: str) -> Published:
    """Unknown and suspended are one answer."""
    try:
        workspace = UUID(text)
    except ValueError:
        raise _unknown() from None
    async with house.pools.gate.within(workspace) as db:
        row = await db.fetchrow(SQL["published"], workspace)
        choices = await db.fetch(SQL["choices"], workspace)
    if row is None:
        raise _unknown()
    codes = row["codes"] and house.post.delivers
    config = wire.WidgetConfig(
        workspace=str(workspace),
        name=row["name"],
        greeting=row["greeting"],
        accent=row["accent"],
        sign_in_url=row["sign_in_url"],
        adoption_days=row["adoption_days"],
        codes=codes,
        links=codes and row["mailbox_opens"],
        sign_ins=[wire.SignInChoice(id=choice["id"], name=choice["name"]) for choice in choices],
    )
    return Published(config, list(row["sites"]))


async def note_visit(house: House, page: str | None, noted: set[str]) -> None:
    """A page of an allowed site loaded the widget: the workspace's first visit is remembered, once.

    `noted` holds the sites of which that is known already, so that a busy page costs nothing.
    """
    site = _site_of(page)
    if page is None or site is None or site in noted:
        return
    for row in await house.pools.gate.fetch(SQL["allows"], site):
        noted.add(site)
        async with house.pools.gate.within(row["workspace_id"]) as db:
            await db.execute(SQL["first_visit"], row["workspace_id"], house.clock(), page)


def note_secrets(house: House, shown: Published, names: str) -> None:
    """A page gave the loader a setting whose name says that no page should have it. Its value never leaves the page."""
    for name in names.split(",")[:NAMES_LOOKED_AT]:
        if NAME.fullmatch(name) and SECRET_SHAPED.search(name):
            house.tally.seen(UUID(shown.config.workspace), "secret", name)


def _site_of(page: str | None) -> str | None:
    if page is None:
        return None
    parts = urlsplit(page)
    return f"{parts.scheme}://{parts.netloc}"


def _unknown() -> Problem:
    return Problem(404, "unknown_workspace", "There is no such workspace.")
