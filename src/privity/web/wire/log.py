"""The audit log."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from privity.web.wire.words import Answer

AuditAbout = Literal[
    "contact",
    "identity",
    "key",
    "link",
    "old hash",
    "provider",
    "session or identity",
    "teammate",
    "vouched by",
]


class AuditEntry(Answer):
    """`sentence` says it in words, `about` what the subject is. `seal` is the number of the seal that holds it, none
    while it waits. What is `erased` has lost its ids."""

    id: UUID
    at: datetime
    kind: str
    actor: Literal["contact", "teammate", "key", "operator", "system"]
    actor_id: UUID | None
    session_id: UUID | None
    conversation_id: UUID | None
    subject_id: UUID | None
    about: AuditAbout | None
    reason: str | None
    from_seq: int | None
    to_seq: int | None
    count: int | None
    sentence: str
    seal: int | None
    erased: bool


class AuditLog(Answer):
    """`GET /api/v1/audit`, for an auditor."""

    items: list[AuditEntry]
    next_cursor: str | None
