"""What a contact is told of itself: its links, its devices, and who read its conversations."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from privity.web.wire.words import Answer, Asked, Claim


class LinkQuestion(Answer):
    """A session that has proved one identity proved a mailbox beside it: with a yes, whoever proves one of the two
    reads what both own. `conversations` is how many the mailbox `account` has; `into` names the account that asked."""

    account: str
    into: str
    conversations: int


class Link(Answer):
    id: UUID
    account: str
    how: Literal["token", "person"]
    at: datetime


class Links(Answer):
    """`GET` and `POST /widget/v1/links`: with whom this session's identity is one person."""

    items: list[Link]


class AgreeToLink(Asked):
    """`POST /widget/v1/links`: yes to the question about this `account`."""

    account: Claim


class Device(Answer):
    id: UUID
    client: str | None
    started_at: datetime
    last_seen_at: datetime
    this_one: bool


class Devices(Answer):
    """`GET /widget/v1/session/devices`: the living sessions of whoever this session proved to be, this one first."""

    items: list[Device]


class Reading(Answer):
    """`you` are other sessions that proved the same; `program` has a key of the team's. `times` are the quarters of an
    hour in which one reader read, however many pages."""

    conversation_id: UUID
    reader: Literal["you", "team", "program", "operator"]
    times: int
    last_at: datetime


class Readings(Answer):
    """`GET /widget/v1/session/readings`: who read the contact's own conversations, the last first."""

    items: list[Reading]
