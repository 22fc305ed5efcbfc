"""Contacts as the team knows them, and why they see what they see."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from privity.web.wire.desk import ContactRef, IdentityRef, TeamConversation
from privity.web.wire.words import Answer, Assurance, MomentKind, Supposition


class LinkedIdentity(Answer):
    """One person with it, since a signed token named both or their person said so."""

    provider: str
    subject: str
    how: Literal["token", "person"]
    at: datetime


class ProvedIdentity(IdentityRef):
    """With how and when it was last proved: `key` is the name (kid) of the signing key.

    `attributes` are what the newest token said besides, such as `phone` or `company`. Nobody proves one that is retired
    any more. What one that is blocked writes is kept apart.
    """

    assurance: Assurance
    proved_at: datetime | None
    key: str | None
    attributes: dict[str, str | int | float | bool]
    retired_at: datetime | None
    blocked_at: datetime | None
    linked: list[LinkedIdentity]


class ClaimMade(Answer):
    """Something typed. `proved_users` counts the users of that address who did prove it."""

    kind: Literal["email", "name"]
    value: str
    at: datetime
    proved_users: int


class SessionSeen(Answer):
    id: UUID
    kind: Literal["browser", "page"]
    assurance: Assurance
    started_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    page: str | None
    client: str | None
    blocked_at: datetime | None


class Contact(ContactRef):
    created_at: datetime
    identities: list[ProvedIdentity]
    claims: list[ClaimMade]
    sessions: list[SessionSeen]
    conversations: list[TeamConversation]


class ContactLine(ContactRef):
    created_at: datetime
    last_seen_at: datetime | None


class ContactList(Answer):
    items: list[ContactLine]
    next_cursor: str | None


class Access(Answer):
    """One row of *Why?*: what decides for this conversation, in the policy's own sentence."""

    conversation_id: UUID
    allowed: bool
    reason: str
    remedy: str | None
    sentence: str


class FailedProof(Answer):
    at: datetime
    reason: str
    sentence: str
    remedy: str | None


class ReasonCount(Answer):
    """How many conversations one row decides, and in whose favour."""

    reason: str
    allowed: bool
    count: int
    sentence: str


class Supposed(Answer):
    """What a contact would see of its own conversations if one fact were another. `possible`: false where it could not
    be, and `sentence` says why."""

    suppose: Supposition
    title: str
    possible: bool
    sentence: str
    sees: int
    reasons: list[ReasonCount]


class Why(Answer):
    """`GET /api/v1/contacts/{id}/access`. Of others with the same claimed address, a count and nothing more.

    `conversations` are its own and those of the identities that `links` make one person with it, each in a sentence.
    """

    contact: ContactRef
    sentence: str
    missing: list[str]
    conversations: list[Access]
    links: list[str]
    others_with_claimed_email: int
    last_failure: FailedProof | None
    suppositions: list[Supposed]


class Moment(Answer):
    """What happened in a session, with its reason where it has one; `count` times the same, since `first_at`."""

    kind: MomentKind
    at: datetime
    first_at: datetime
    count: int
    reason: str | None
    sentence: str
    remedy: str | None


class SessionStory(Answer):
    """One session of a contact, and what happened in it, the newest first."""

    session_id: UUID
    kind: Literal["browser", "page"]
    assurance: Assurance
    page: str | None
    client: str | None
    moments: list[Moment]


class TimeLine(Answer):
    """`GET /api/v1/contacts/{id}/timeline`: sessions, the newest first."""

    items: list[SessionStory]
    next_cursor: str | None
