"""A contact's conversations, and what is on offer to it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from privity.web.wire.words import Answer, Asked, Body, ConversationState, Page, Seq


class Author(Answer):
    kind: Literal["contact", "teammate"]
    name: str | None


class Message(Answer):
    """A public message. `body` is markdown source; clients render it to nodes, never to HTML text."""

    id: UUID
    seq: int
    author: Author
    body: str
    sent_at: datetime
    attachments: list[None] = field(default_factory=list)


class Conversation(Answer):
    """One line of the contact's list. `last_message.body` is its beginning, 280 characters at most."""

    id: UUID
    state: ConversationState
    started_at: datetime
    last_message: Message
    unread: int


class ConversationList(Answer):
    items: list[Conversation]
    next_cursor: str | None


class StartedConversation(Conversation):
    """`POST /widget/v1/conversations`: the conversation with its first message."""

    messages: list[Message]


class MessagePage(Answer):
    """Oldest first. `next_cursor` is the `seq` to ask on from, in the direction that was asked; null at the end."""

    items: list[Message]
    next_cursor: int | None


class StartConversation(Asked):
    body: Body
    client_id: UUID
    page: Page | UnsetType = UNSET


class SendMessage(Asked):
    body: Body
    client_id: UUID


class MarkRead(Asked):
    """Everything up to `seq` was seen."""

    seq: Seq


class Rate(Asked):
    score: Annotated[int, Meta(ge=1, le=5)]


class OfferedConversation(Answer):
    """On offer is not readable: only when it began, on which page, and how many messages it has."""

    conversation_id: UUID
    started_at: datetime
    page: str | None
    messages: int


class OfferAccount(Answer):
    name: str


class Offer(Answer):
    """`GET /widget/v1/adoptable`: empty for a lead. `adopt` is how the workspace wants it asked."""

    items: list[OfferedConversation]
    account: OfferAccount | None
    adopt: Literal["ask", "always"]


class FirstLine(Answer):
    """`GET /widget/v1/adoptable/{offered_id}/first-line`: what its person wrote first, 120 characters at most."""

    body: str


class Adopt(Asked):
    """`POST /widget/v1/adoptions`: takes these, and leaves for good what is on offer and not named."""

    conversation_ids: Annotated[list[UUID], Meta(max_length=100)]


class Adopted(Answer):
    id: UUID
    conversation_id: UUID


class Adoptions(Answer):
    items: list[Adopted]
