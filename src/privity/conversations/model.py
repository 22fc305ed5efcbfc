"""The nouns of this room: words about to be stored, words that were, and where a conversation stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from privity.policy import facts

Outcome = Literal["stored", "repeated", "conflict", "refused"]


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that a client sends. `client_id` is the client's own name for them: the same send again has the same."""

    body: str
    client_id: UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """What one session can know of a conversation's state, read with whether that session still lives.

    `conversation` is None for a made-up id and for a foreign one alike.
    """

    lives: bool
    conversation: facts.Conversation | None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a draft. `reopened`: it was written into a closed conversation."""

    outcome: Outcome
    id: UUID
    seq: int
    team_seq: int
    body: str
    at: datetime
    reopened: bool


@dataclass(frozen=True, slots=True)
class Started:
    """What became of a draft that starts a conversation."""

    outcome: Outcome
    id: UUID
    message: UUID
    body: str
    at: datetime
