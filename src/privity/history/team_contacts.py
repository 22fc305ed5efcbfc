"""The team reads who its contacts are: the list, and one card with everything that stands on it."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from privity.audit.model import AuditEvent
from privity.history import team_store as store
from privity.history.cursors import open_cursor, seal_cursor
from privity.history.model import Place
from privity.history.team import line_read
from privity.house import House
from privity.people import contacts
from privity.people.model import Member
from privity.policy.verdict import TeamListPermit
from privity.web import wire
from privity.web.input import clean_text
from privity.web.limits import PAGE_ITEMS
from privity.web.problems import not_found


async def list_contacts(
    house: House,
    permit: TeamListPermit,
    kind: wire.ContactKind | None,
    email: str | None,
    cursor: str | None,
    limit: int,
) -> wire.ContactList:
    """Contacts, the newest first. An address finds those who claim it and those who proved it."""
    key = clean_text(email, "email").strip().lower() if email is not None else None
    bound_to = b"team's contacts" + permit.reader.bytes + repr((kind, key)).encode()
    behind = open_cursor(house.keyring, cursor, bound_to) if cursor is not None else None
    async with house.pools.team.within(permit.workspace) as db:
        place = (behind.at, behind.id) if behind else None
        lines = await contacts.page(db, permit, kind, key, place, limit + 1)
    last = Place(lines[limit - 1].created_at, lines[limit - 1].id) if len(lines) > limit else None
    return wire.ContactList(
        items=lines[:limit],
        next_cursor=seal_cursor(house.keyring, house.chance, last, bound_to) if last else None,
    )


async def read_contact(house: House, permit: TeamListPermit, member: Member, contact: UUID) -> wire.Contact:
    """One card: what was proved, what is claimed, its sessions, and its conversations."""
    async with house.pools.team.within(permit.workspace) as db:
        card = await contacts.card(db, permit.workspace, contact)
        if card is None:
            raise not_found()
        rows = await store.lines_of_contact(db, permit, member, contact, PAGE_ITEMS)
        answer = wire.Contact(
            **msgspec.structs.asdict(card.ref),
            created_at=card.created_at,
            identities=await contacts.identities(db, permit, contact),
            claims=await contacts.claims(db, permit, contact),
            sessions=await contacts.sessions(db, permit, contact),
            conversations=[store.as_line(row) for row in rows],
        )
    lines = [line_read(member, row) for row in rows]
    await note_look(house, permit, member, contact, "contact", len(rows), lines)
    return answer


async def note_look(
    house: House,
    permit: TeamListPermit,
    member: Member,
    contact: UUID,
    what: str,
    count: int,
    lines: Sequence[AuditEvent] = (),
) -> None:
    """A teammate looks at a contact's card, or at why it sees what it sees: recorded before the answer. `lines` are
    the conversations of which it shows the newest message."""
    await house.ledger.team_read(
        AuditEvent(
            workspace=permit.workspace,
            kind="read",
            actor=member.kind,
            actor_id=member.id,
            session=member.session,
            subject=contact,
            reason=what,
            count=count,
        ),
        lines,
    )
