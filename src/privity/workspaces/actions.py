"""A workspace is founded: its name, its owner's account, the first site that may show its chat, the first key."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from privity.audit.model import OPERATOR, AuditEvent
from privity.db.pool import Connection
from privity.house import House
from privity.people import passwords
from privity.people import store as people
from privity.people.store import Account
from privity.vouching import keys
from privity.vouching.keys import NewKey
from privity.web.input import clean_email, clean_line
from privity.workspaces import store
from privity.workspaces.sites import clean_site
from privity.workspaces.store import HistoryFrom


@dataclass(frozen=True, slots=True)
class Plan:
    """A workspace to be. Every word of it may be stored; nothing of it is yet."""

    id: UUID
    name: str
    site: str
    owner_name: str
    owner_email: str
    owner_password_hash: str
    key: NewKey
    history_from: HistoryFrom


@dataclass(frozen=True, slots=True)
class Founded:
    """A workspace that stands. The key's secret is shown to the founder, and to nobody after."""

    id: UUID
    owner: Account
    key: NewKey


async def plan(
    house: House,
    *,
    name: str,
    site: str,
    owner_name: str,
    owner_email: str,
    password: str,
    history_from: HistoryFrom = "signed",
) -> Plan:
    """Refuses what may not be stored, in the order in which a person was asked for it."""
    return Plan(
        id=uuid4(),
        owner_name=clean_line(owner_name, "name"),
        owner_email=clean_email(owner_email),
        name=clean_line(name, "workspace"),
        site=clean_site(site),
        owner_password_hash=await passwords.hashed(password),
        key=keys.new_secret(house.clock()),
        history_from=history_from,
    )


async def found(house: House, plan: Plan) -> Founded:
    """All of the plan, or nothing."""
    async with house.pools.operator.within(plan.id) as db:
        founded = await lay(db, house, plan, house.clock())
    await record(house, founded)
    return founded


async def lay(db: Connection, house: House, plan: Plan, now: datetime) -> Founded:
    """The rows of a plan, within a transaction of the plan's workspace."""
    await store.add_workspace(db, plan.id, plan.name, plan.history_from, now)
    await store.add_site(db, plan.id, plan.site)
    await keys.lay(db, house, plan.id, plan.key, now)
    owner = await people.add_teammate(
        db, plan.id, plan.owner_email, plan.owner_name, "owner", plan.owner_password_hash, now
    )
    return Founded(plan.id, Account(plan.id, owner, plan.owner_password_hash), plan.key)


async def record(house: House, founded: Founded) -> None:
    """In the audit log: who may answer, which key may prove, and that the chat may stand somewhere."""
    await house.ledger.record(
        AuditEvent(founded.id, "teammate_change", "operator", subject=founded.owner.teammate, reason="added"),
        keys.added(founded.id, founded.key, OPERATOR),
        _changed(founded.id, "site_allowed"),
    )


async def allow_site(house: House, workspace: UUID, site: str) -> str:
    """The chat may stand on this site. Answers the site's name as browsers write it."""
    origin = clean_site(site)
    async with house.pools.operator.within(workspace) as db:
        is_new = await store.add_site(db, workspace, origin)
    if is_new:
        await house.ledger.record(_changed(workspace, "site_allowed"))
    return origin


async def disallow_site(house: House, workspace: UUID, site: str) -> bool:
    """The chat may not stand there any more; False where it might not before."""
    async with house.pools.operator.within(workspace) as db:
        was_among = await store.remove_site(db, workspace, clean_site(site))
    if was_among:
        await house.ledger.record(_changed(workspace, "site_disallowed"))
    return was_among


async def name_sign_in_page(house: House, workspace: UUID, page: str) -> None:
    """Where the widget sends people who want to see their history: the site's own sign-in."""
    async with house.pools.operator.within(workspace) as db:
        is_new = await store.name_sign_in_page(db, workspace, page)
    if is_new:
        await house.ledger.record(_changed(workspace, "sign_in_url"))


def _changed(workspace: UUID, what: str) -> AuditEvent:
    return AuditEvent(workspace, "policy_change", "operator", reason=what)
