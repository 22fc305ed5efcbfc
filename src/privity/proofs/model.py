"""The nouns of this room: a session's caller, and the rules of the workspace that it is in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from privity.policy.facts import Assurance, Viewer
from privity.proofs.attributes import Attribute
from privity.web.credential import Credential

__all__ = ["LONGEST_SESSION", "Caller", "ContactKind", "Credential", "Rules", "SessionKind"]

SessionKind = Literal["browser", "page"]
ContactKind = Literal["visitor", "lead", "user"]

LONGEST_SESSION = timedelta(hours=24)
"""From its start to its end, of a session that a browser carries."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the workspace asks and publishes, as far as a session's requests need it."""

    name: str
    history_from: Assurance
    least_to_write: Assurance
    codes: bool
    adopt: Literal["ask", "always", "never"]
    adoption_days: int
    idle: timedelta
    proof_max_age: timedelta

    @property
    def ticket_lasts(self) -> timedelta:
        """How long after it was written what a lead wrote may still be put on offer by the browser's ticket."""
        return timedelta(days=self.adoption_days if self.adopt != "never" else 0)


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


@dataclass(frozen=True, slots=True)
class Proved:
    """What an accepted proof says: one subject at one provider, how surely, and until when.

    `kind` is how it was proved, `provider` who vouches. `digest` names the proof, so that it can be spent; `key` is
    the signing key behind it, where there is one, `legacy` the switch behind an old hash, and `proved_with` its name
    for the team. `same_as` are other identities, as `provider:subject`, that the site says are the same person.
    """

    kind: Literal["token", "mailbox", "legacy", "oidc"]
    provider: str
    subject: str
    assurance: Assurance
    name: str | None
    email: str | None
    email_verified: bool
    key: UUID | None
    proved_with: str
    digest: bytes
    issued_at: datetime
    expires_at: datetime
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    legacy: UUID | None = None
    same_as: frozenset[str] = frozenset()

    @property
    def session_kind(self) -> SessionKind:
        """A proof that the page renews lives in the page; a mailbox's lives in the browser."""
        return "browser" if self.assurance == Assurance.MAILBOX else "page"
