"""Cookies as browsers send them."""

from collections.abc import Mapping


def cookie_named(headers: Mapping[str, str], name: str) -> str | None:
    """The value of one cookie. The others beside it are somebody else's, and may look as they like."""
    # Not the standard library's parser: one cookie that it does not understand costs it all of them.
    for pair in headers.get("cookie", "").split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value
    return None
