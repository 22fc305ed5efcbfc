"""The file of roots that somebody keeps elsewhere, to hold the log against."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from privity.audit.verifying import Root
from privity.cli.console import CommandError


class KeptRoots(msgspec.Struct):
    """`public_key` is the Ed25519 key of the installation's seals, raw and in base64url."""

    public_key: str
    roots: list[Root]

    @classmethod
    def of(cls, key: Ed25519PublicKey, roots: list[Root]) -> "KeptRoots":
        return cls(urlsafe_b64encode(key.public_bytes_raw()).decode().rstrip("="), roots)

    @classmethod
    def read(cls, file: Path) -> "KeptRoots":
        try:
            kept = msgspec.json.decode(file.read_bytes(), type=cls)
            kept.key()
        except (OSError, ValueError):
            raise CommandError(f"{file} is not what `privity audit export-roots` wrote.") from None
        return kept

    def key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(self.public_key + "=="))
