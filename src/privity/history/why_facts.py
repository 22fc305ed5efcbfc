"""What *Why?* looks at, and the judge asked with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from privity.history.why_links import Link
from privity.people.contacts import Seat
from privity.policy.facts import Assurance, Case, Conversation, Viewer
from privity.policy.verdict import Permit, Refusal, decide
from privity.web import wire


@dataclass(frozen=True, slots=True)
class Proof:
    """The newest proof that a session rests on, and how it was proved; `proved_with` names the key or the provider."""

    kind: str
    proved_with: str | None
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """A token that was refused, and in which session."""

    session: UUID
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an explanation looks at. `seat` is the newest living session, else the newest, if there was any.

    `conversations` are the questions: an id, and what stands behind it in this workspace. `identities` are the
    contact's own by who vouches, the newest of each, and `links` reach from them; `address` is the one that it proved
    or claims. `codes` and `adopts` are what the workspace does: mail codes to prove a mailbox, and offer what was
    written before; `has_ticket` says that the seat's browser may still be asked about it, although the chat is over.
    """

    workspace: UUID
    contact: wire.ContactRef
    seat: Seat | None
    proof: Proof | None
    failure: Failure | None
    conversations: Sequence[tuple[UUID, Conversation | None]]
    history_from: Assurance
    others: int
    identities: Mapping[str, UUID]
    links: Sequence[Link]
    address: str | None
    codes: bool
    adopts: bool
    has_ticket: bool


def verdict(
    standing: Viewer | Refusal, place: Conversation | None, history_from: Assurance, at: datetime
) -> tuple[bool, str]:
    """What the judge says of one conversation, and by which row. Who did not pass the gate is not judged."""
    if isinstance(standing, Refusal):
        return False, standing.reason
    said = decide(Case(standing, place, history_from), at)
    return isinstance(said, Permit), said.reason
