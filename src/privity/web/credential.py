"""A secret that a client brings back: a contact's session's, a teammate's, an API key's."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from privity.chance import Chance
from privity.secret import SecretBytes
from privity.web.base64url import bytes_of, word_of

SECRET_BYTES = 32
_HASH_OF_NOBODY = bytes(32)


@dataclass(frozen=True, slots=True)
class Credential:
    """What a carrier brings: whose row to look at, and the secret that must fit it. Only its hash is stored."""

    workspace: UUID
    id: UUID
    secret: SecretBytes

    @classmethod
    def new(cls, workspace: UUID, row: UUID, chance: Chance) -> "Credential":
        return cls(workspace, row, SecretBytes(chance.bytes(SECRET_BYTES)))

    @classmethod
    def parse(cls, text: str) -> "Credential | None":
        """From the opaque word that a client brings; None where it cannot be one of ours."""
        raw = bytes_of(text)
        if raw is None or len(raw) != 64:
            return None
        return cls(UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]), SecretBytes(raw[32:]))

    def word(self) -> str:
        return word_of(self.workspace.bytes + self.id.bytes + self.secret)

    def hash(self) -> bytes:
        return sha256(self.secret).digest()

    def fits(self, stored_hash: bytes | None) -> bool:
        """Whether this is the row's secret. Compared where there is no such row as well, so that it takes as long."""
        return hmac.compare_digest(self.hash(), stored_hash or _HASH_OF_NOBODY)
