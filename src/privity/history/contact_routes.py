"""The team looks at its contacts, over HTTP: who they are, and why they see what they see."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from privity.conversations.team_case import permitted_list
from privity.history import team_contacts
from privity.history.routes import Limit, asks_only
from privity.history.timeline import timeline
from privity.history.why import why
from privity.house import House
from privity.people.door import signed_in
from privity.people.model import Member, Scope
from privity.web import wire
from privity.web.input import path_id
from privity.web.limits import CLAIM_CHARACTERS

CONTACTS = "/api/v1/contacts"
READ: Scope = "contacts:read"
# A card shows what was said last in each of its conversations.
READ_BOTH: list[Scope] = [READ, "conversations:read"]

Email = Annotated[str | None, QueryParameter(max_length=CLAIM_CHARACTERS)]


@get(
    CONTACTS,
    guards=[signed_in, asks_only("kind", "email", "cursor", "limit")],
    scopes=[READ],
    summary="Contacts, the newest first",
)
async def list_contacts(
    member: NamedDependency[Member],
    house: NamedDependency[House],
    kind: FromQuery[wire.ContactKind | None] = None,
    email: Email = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> wire.ContactList:
    permit = permitted_list(house, member, READ)
    return await team_contacts.list_contacts(house, permit, kind, email, cursor, limit)


@get(
    f"{CONTACTS}/{{contact_id:str}}",
    guards=[signed_in, asks_only()],
    scopes=READ_BOTH,
    summary="One contact: what it proved, what it claims, its sessions and conversations",
)
async def read_contact(
    contact_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.Contact:
    permit = permitted_list(house, member, READ)
    return await team_contacts.read_contact(house, permit, member, path_id(contact_id))


@get(
    f"{CONTACTS}/{{contact_id:str}}/access",
    guards=[signed_in, asks_only()],
    scopes=[READ],
    summary="Why? What this contact sees now of its own conversations, and the row that decides each",
)
async def explain_access(
    contact_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.Why:
    permit = permitted_list(house, member, READ)
    contact = path_id(contact_id)
    answer = await why(house, permit.workspace, contact)
    await team_contacts.note_look(house, permit, member, contact, "why", len(answer.conversations))
    return answer


@get(
    f"{CONTACTS}/{{contact_id:str}}/timeline",
    guards=[signed_in, asks_only("cursor", "limit")],
    scopes=[READ],
    summary="A contact's sessions, the newest first, with what was proved and refused in each",
)
async def read_timeline(
    contact_id: FromPath[str],
    member: NamedDependency[Member],
    house: NamedDependency[House],
    cursor: FromQuery[str | None] = None,
    limit: Limit = 20,
) -> wire.TimeLine:
    permit = permitted_list(house, member, READ)
    contact = path_id(contact_id)
    answer = await timeline(house, permit, contact, cursor, limit)
    await team_contacts.note_look(house, permit, member, contact, "timeline", len(answer.items))
    return answer


handlers = [list_contacts, read_contact, explain_access, read_timeline]
