"""An audit event: who did what to what, in random ids and reason words."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Actor = Literal["contact", "teammate", "key", "operator", "system"]
Kind = Literal[
    "proof",
    "refusal",
    "session_end",
    "adoption",
    "adoption_undone",
    "ticket",
    "link",
    "link_end",
    "retire",
    "block",
    "unblock",
    "key_change",
    "policy_change",
    "teammate_change",
    "sign_in",
    "read",
    "erasure",
    "log_cut",
]


@dataclass(frozen=True, slots=True)
class By:
    """Who did it: a teammate or a key by its id; the operator, at the command line, has none."""

    actor: Actor
    id: UUID | None = None


OPERATOR = By("operator")
SYSTEM = By("system")


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """No text, address, name, external id or network address has a field here."""

    workspace: UUID
    kind: Kind
    actor: Actor
    actor_id: UUID | None = None
    session: UUID | None = None
    conversation: UUID | None = None
    subject: UUID | None = None
    reason: str | None = None
    from_seq: int | None = None
    to_seq: int | None = None
    count: int | None = None
