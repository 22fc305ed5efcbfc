"""The nouns of this room: a member of the team at the door, and what a key may reach."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from uuid import UUID

from privity.audit.model import By
from privity.policy.facts import TeamViewer
from privity.web.credential import Credential

KEY_PREFIX = "privity-key-"
"""What the word of an API key begins with."""

Scope = Literal["conversations:read", "conversations:write", "contacts:read", "contacts:write"]
SCOPES: frozenset[Scope] = frozenset(
    ("conversations:read", "conversations:write", "contacts:read", "contacts:write")
)

Role = Literal["owner", "agent", "auditor"]
"""An auditor reads the log of what happened, and nothing of what was said."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What a request brought: a teammate's session in its cookie, or a key as its bearer. Never both."""

    kind: Literal["session", "key"]
    credential: Credential


@dataclass(frozen=True, slots=True)
class Member:
    """Who asks for the team, let in by the door. `session` and `csrf` are a person's; a key has neither."""

    workspace: UUID
    workspace_name: str
    id: UUID
    kind: Literal["teammate", "key"]
    name: str
    email: str
    role: Role | None
    scopes: frozenset[Scope]
    session: UUID | None
    csrf: str

    @property
    def by(self) -> By:
        """As the audit log names them."""
        return By(self.kind, self.id)

    @property
    def viewer(self) -> TeamViewer:
        return self.viewing("conversations:read")

    def viewing(self, scope: Scope) -> TeamViewer:
        """As the judge sees it, for one thing that it wants to do."""
        return TeamViewer(self.workspace, self.id, self.kind, living=True, reaches=scope in self.scopes)


def csrf_word(credential: Credential) -> str:
    """What only a page that was told by the server can send back with a teammate's cookie."""
    digest = hmac.digest(credential.secret, b"privity team csrf", sha256)
    return urlsafe_b64encode(digest).decode().rstrip("=")
