"""From what a client sends to values that may be used. Knows no room."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from privity.web.limits import PAGE_CHARACTERS
from privity.web.problems import Problem, not_found

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
# Not the beginning of an encoded word (RFC 2047): as a header it would be read as another address.
_ADDRESS = re.compile(
    r"(?!.*=\?)[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)


def path_id(text: str) -> UUID:
    """An id in a path; what is no id is answered like an id that does not exist."""
    try:
        return UUID(text)
    except ValueError:
        raise not_found() from None


def clean_text(text: str, field: str) -> str:
    """Text as it was sent, if it may be stored: not blank, no control characters but line feed and tab."""
    if _CONTROL.search(text):
        raise Problem(422, "not_valid", f"`{field}` has control characters that can't be stored.")
    if not text.strip():
        raise Problem(422, "not_valid", f"`{field}` is empty.")
    return text


def clean_line(text: str, field: str) -> str:
    """The same, in one line: it stands in subjects and headings."""
    if "\n" in text or "\t" in text:
        raise Problem(422, "not_valid", f"`{field}` takes one line.")
    return clean_text(text, field)


def clean_body(text: str) -> str:
    return clean_text(text.replace("\r\n", "\n"), "body")


def clean_email(text: str) -> str:
    """The key of an e-mail address: its ASCII lower case as a whole. No dots, plus or look-alikes are folded."""
    key = text.strip().lower() if text.isascii() else ""
    if len(key) > 254 or not _ADDRESS.fullmatch(key):
        raise Problem(422, "not_valid", "`email` is not an e-mail address.")
    return key


def clean_page(text: str | None) -> str | None:
    """The origin and path of a page; query and fragment are dropped unseen."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or _CONTROL.search(text):
        return None
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:PAGE_CHARACTERS]


def require_json(headers: Mapping[str, str]) -> None:
    """A body must say that it is JSON: a page of another site cannot send that unasked."""
    sends_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if sends_body and media_type != "application/json":
        raise Problem(415, "not_json", "Send the body as application/json.")
