"""Cookies as browsers send them."""

from collections.abc import Mapping

from litestar.datastructures import Cookie


class SetCookie(Cookie):
    """A whole `Set-Cookie` line, for answers that have several. Litestar's own knows no `Partitioned`."""

    def __init__(self, line: str) -> None:
        super().__init__(key=line.partition("=")[0])
        self.line = line

    def to_encoded_header(self) -> tuple[bytes, bytes]:
        return b"set-cookie", self.line.encode()


def cookie_named(headers: Mapping[str, str], name: str) -> str | None:
    """The value of one cookie. The others beside it are somebody else's, and may look as they like."""
    # Not the standard library's parser: one cookie that it does not understand costs it all of them.
    for pair in headers.get("cookie", "").split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value
    return None
