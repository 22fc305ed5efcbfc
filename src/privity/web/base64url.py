"""Bytes as one word of an address or a header, in the one way of writing them: no padding, nothing beside."""

from base64 import b64decode, urlsafe_b64encode
from binascii import Error as NotBase64


def word_of(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def bytes_of(word: str) -> bytes | None:
    """None for whatever `word_of` would not have written: the standard library's reader skips what it doesn't know."""
    try:
        raw = b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
    except (NotBase64, ValueError):
        return None
    return raw if word_of(raw) == word else None
