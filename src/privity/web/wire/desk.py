"""The team's inbox: who is signed in, and conversations."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from privity.web.wire.chat import Author
from privity.web.wire.words import (
    Answer,
    Asked,
    Assurance,
    Body,
    Claim,
    ContactKind,
    ConversationState,
    MessageKind,
    Seq,
)


class SignIn(Asked):
    email: Claim
    password: Annotated[str, Meta(min_length=1, max_length=1024)]


class Teammate(Answer):
    id: UUID
    name: str
    email: str


class Workspace(Answer):
    id: UUID
    name: str


class Me(Answer):
    """Who is signed in. `csrf` goes back as the header `X-Privity-CSRF` with everything but GET.

    `role` says what is worth showing, and decides nothing: a key has none.
    """

    teammate: Teammate
    role: Literal["owner", "agent", "auditor"] | None
    workspace: Workspace
    csrf: str
    teammates: list[Teammate]


class IdentityRef(Answer):
    """A subject at a provider, as the site's key proved it."""

    id: UUID
    provider: str
    subject: str
    name: str | None
    email: str | None
    email_verified: bool


class ContactRef(Answer):
    """How a contact is titled: by its proved name, or by what it claims, or as a visitor with a number."""

    id: UUID
    kind: ContactKind
    proved_name: str | None
    claimed_name: str | None
    claimed_email: str | None


class Preview(Answer):
    author: Author
    body: str
    sent_at: datetime


class TeamConversation(Answer):
    """`assurance` is what the contact has proved in the session that started it, or its owner's. What is `blocked`
    stands in the list of that name and in no other."""

    id: UUID
    contact: ContactRef
    assurance: Assurance
    owner: IdentityRef | None
    state: ConversationState
    blocked: bool
    unread: int
    assignee: Teammate | None
    started_at: datetime
    page: str | None
    last_message: Preview


class Audience(Answer):
    """Who will see an answer: `now` in a living session, `later` when they prove it again, `nobody` at all."""

    reach: Literal["now", "later", "nobody"]
    sentence: str


class TeamConversationDetail(TeamConversation):
    """`contact_read_seq` is the last message that the contact has seen."""

    audience: Audience
    contact_read_seq: int
    same_claim_users: int
    rating: int | None


class TeamConversationList(Answer):
    items: list[TeamConversation]
    next_cursor: str | None


class TeamAuthor(Answer):
    kind: Literal["contact", "teammate", "system"]
    id: UUID | None
    name: str | None


class TeamMessage(Answer):
    """`seq` is null for notes and events. `team_seq` orders everything that the team sees."""

    id: UUID
    seq: int | None
    team_seq: int
    kind: MessageKind
    author: TeamAuthor
    assurance: Assurance
    body: str
    sent_at: datetime


class TeamMessagePage(Answer):
    items: list[TeamMessage]
    next_cursor: int | None


class WriteMessage(Asked):
    body: Body
    client_id: UUID
    kind: Literal["public", "note"] = "public"


class NamedIdentity(Asked):
    subject: Annotated[str, Meta(min_length=1, max_length=255)]
    provider: Literal["site"] = "site"


class TeamStart(Asked):
    """For an identity that the site has named (`{provider, subject}`), or for one living session of a lead."""

    body: Body
    client_id: UUID
    identity: NamedIdentity | UnsetType = UNSET
    session_id: UUID | UnsetType = UNSET


class Assign(Asked):
    teammate_id: UUID | None


class TeamMarkRead(Asked):
    team_seq: Seq
