"""The installation's secret, and what is derived from it. Nothing derived tells the secret or another purpose's key."""

import hmac
import os
from base64 import urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from privity.chance import Chance
from privity.refused import RefusedError

SECRET_BYTES = 32
_NONCE_BYTES = 12
_OF_THE_SYSTEM = Chance()


class KeyringError(RefusedError):
    """The installation's secret cannot be used. The message says what to do."""


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
        if not file.exists():
            _make(file)
        secret = file.read_bytes()
        if len(secret) < SECRET_BYTES:
            raise KeyringError(
                f"{file} is damaged: bring it back from a backup. What it sealed opens with no other."
            )
        return cls(secret)

    def key(self, purpose: str) -> bytes:
        return hmac.digest(self._secret, purpose.encode(), sha256)

    @property
    def mark(self) -> str:
        """Tells this installation from another, and nothing of its secret."""
        return self.key("mark of the installation").hex()[:16]

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


def _make(file: Path) -> None:
    """Whole or not at all, and on the disk before anything rests on it. Of two that make it at once, one is kept."""
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.") as new:
        new.write(_OF_THE_SYSTEM.bytes(SECRET_BYTES))
        new.flush()
        os.fsync(new.fileno())
        with suppress(FileExistsError):
            os.link(new.name, file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
