"""What the installation vouches for with its own key: whoever owns the database can store it, and can't make it."""

from abc import ABC, abstractmethod

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PURPOSE = "audit seal"


class Signed(ABC):
    __slots__ = ()

    @abstractmethod
    def hash(self) -> bytes:
        """Of all that is said. It begins with a byte of its own kind, so that no kind passes for another."""

    def signed(self, key: Ed25519PrivateKey) -> bytes:
        return key.sign(self.hash())

    def is_signed(self, signature: bytes, key: Ed25519PublicKey) -> bool:
        try:
            key.verify(signature, self.hash())
        except InvalidSignature:
            return False
        return True
