"""A secret that a client brings back: a contact's session's, a teammate's, an API key's."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from privity.chance import Chance

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Credential:
    """What a carrier brings: whose row to look at, and the secret that must fit it. Only its hash is stored."""

    workspace: UUID
    id: UUID
    secret: bytes

    @classmethod
    def new(cls, workspace: UUID, row: UUID, chance: Chance) -> "Credential":
        return cls(workspace, row, chance.bytes(SECRET_BYTES))

    @classmethod
    def parse(cls, text: str) -> "Credential | None":
        """From the opaque word that a client brings; None where it cannot be one of ours."""
        try:
            raw = urlsafe_b64decode(text.encode("ascii") + b"==")
        except (NotBase64, UnicodeEncodeError, ValueError):
            return None
        if len(raw) != 64:
            return None
        return cls(UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]), raw[32:])

    def word(self) -> str:
        return urlsafe_b64encode(self.workspace.bytes + self.id.bytes + self.secret).decode().rstrip("=")

    def hash(self) -> bytes:
        return sha256(self.secret).digest()

    def fits(self, stored_hash: bytes) -> bool:
        return hmac.compare_digest(self.hash(), stored_hash)
