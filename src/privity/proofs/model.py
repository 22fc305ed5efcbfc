"""The nouns of this room: a session's caller, and the rules of the workspace that it is in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from privity.policy.facts import Assurance, Viewer
from privity.web.credential import Credential

__all__ = ["Caller", "ContactKind", "Credential", "Rules", "SessionKind"]

SessionKind = Literal["browser", "page"]
ContactKind = Literal["visitor", "lead", "user"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the workspace asks and publishes, as far as a session's requests need it."""

    name: str
    history_from: Assurance
    least_to_write: Assurance
    adopt: Literal["ask", "always", "never"]
    idle: timedelta
    proof_max_age: timedelta


@dataclass(frozen=True, slots=True)
class Caller:
    """A contact's session that passed the gate, with what its own requests need. `name` is the proved one."""

    viewer: Viewer
    kind: SessionKind
    contact: UUID
    contact_kind: ContactKind
    name: str | None
    expires_at: datetime
    rules: Rules
