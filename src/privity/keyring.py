"""The installation's secret, and what is derived from it. Nothing derived tells the secret or another purpose's key."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from privity.chance import Chance

SECRET_BYTES = 32
_NONCE_BYTES = 12
_OF_THE_SYSTEM = Chance()


class Keyring:
    """Derives one key for each purpose; seals and opens with it."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SECRET_BYTES:
            raise ValueError(f"The installation's secret must have at least {SECRET_BYTES} bytes.")
        self._secret = secret

    @classmethod
    def in_folder(cls, folder: Path) -> "Keyring":
        """The secret kept in the data folder (mode 600), made on first use."""
        file = folder / "installation.key"
        try:
            return cls(file.read_bytes())
        except FileNotFoundError:
            secret = _OF_THE_SYSTEM.bytes(SECRET_BYTES)
            file.touch(mode=0o600, exist_ok=False)
            file.write_bytes(secret)
            return cls(secret)

    def key(self, purpose: str) -> bytes:
        return hmac.digest(self._secret, purpose.encode(), sha256)

    def signing_key(self, purpose: str) -> Ed25519PrivateKey:
        """A pair of keys of this installation's own. Its public half may go anywhere."""
        return Ed25519PrivateKey.from_private_bytes(self.key(purpose))

    def password(self, role: str) -> str:
        """The password of a database role."""
        return urlsafe_b64encode(self.key(f"database role {role}")).decode().rstrip("=")

    def seal(
        self, purpose: str, content: bytes, bound_to: bytes = b"", chance: Chance = _OF_THE_SYSTEM
    ) -> bytes:
        """Encrypts and authenticates; opens only for the same purpose and the same `bound_to`."""
        nonce = chance.bytes(_NONCE_BYTES)
        return nonce + ChaCha20Poly1305(self.key(purpose)).encrypt(nonce, content, bound_to)

    def open(self, purpose: str, sealed: bytes, bound_to: bytes = b"") -> bytes | None:
        """The content, or None when it was not sealed here for this."""
        try:
            return ChaCha20Poly1305(self.key(purpose)).decrypt(
                sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to
            )
        except (InvalidTag, ValueError):
            return None
