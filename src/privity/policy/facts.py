"""The plain facts that the judge looks at. Who gathers them decides nothing; who decides gathers nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Literal
from uuid import UUID


class Assurance(IntEnum):
    """How sure the workspace may be of who is asking, from nothing to a signed proof."""

    NONE = 0
    CLAIMED = 1
    LEGACY = 2
    MAILBOX = 3
    SIGNED = 4

    @classmethod
    def of(cls, word: str) -> "Assurance":
        """From the word on the wire and in the database, such as `signed`."""
        return cls[word.upper()]

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Session:
    """What is known of the session that a carrier names. `proof_bound`: it cannot outlive its proof."""

    workspace: UUID
    id: UUID
    assurance: Assurance
    identity: UUID | None
    linked: frozenset[UUID]
    offered: frozenset[UUID]
    proof_bound: bool
    expires_at: datetime
    last_seen_at: datetime
    idle: timedelta
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: a living session that passed the gate, and what it proved.

    `linked` are other identities of the same person, by a recorded link; `offered` are the closed sessions of
    this same browser whose conversations are on offer to this identity.
    """

    workspace: UUID
    session: UUID
    assurance: Assurance
    identity: UUID | None
    linked: frozenset[UUID]
    offered: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a conversation began and whose it is. The owner is an identity, no contact and no address.

    `erased`: the conversation is, or its owner.
    """

    workspace: UUID
    id: UUID
    origin_session: UUID | None
    owner: UUID | None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One question: may this viewer read this conversation, where the workspace asks for so much proof?"""

    viewer: Viewer
    conversation: Conversation | None
    history_from: Assurance


def opens_history(viewer: Viewer, history_from: Assurance) -> bool:
    """Whether the proof is as strong as the workspace asks. Asking for less than a proof changes nothing."""
    return viewer.assurance >= max(history_from, Assurance.LEGACY)


def asked_for_history(setting: Assurance, legacy_until: datetime | None, at: datetime) -> Assurance:
    """How much proof opens the past now. An old hash is enough until its date, and a signed proof is asked after it."""
    is_over = legacy_until is None or legacy_until <= at
    return Assurance.SIGNED if setting == Assurance.LEGACY and is_over else setting


@dataclass(frozen=True, slots=True)
class TeamViewer:
    """Who asks for the team: a teammate, or a key. `reaches`: role, limits or scope cover conversations."""

    workspace: UUID
    id: UUID
    kind: Literal["teammate", "key"]
    living: bool
    reaches: bool


@dataclass(frozen=True, slots=True)
class TeamCase:
    """One question: may this teammate or key read this conversation?"""

    viewer: TeamViewer
    conversation: Conversation | None
