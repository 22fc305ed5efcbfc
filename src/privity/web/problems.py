"""Errors as RFC 9457 problems: one clear sentence, one word to program against, nothing of anybody else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Refused",
    404: "Not found",
    405: "Method not allowed",
    408: "Too slow",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    422: "Not valid",
    429: "Too many requests",
    431: "Too large",
    500: "Something failed here",
    503: "Not ready",
}


@dataclass(eq=False)
class Problem(Exception):
    """Raised anywhere behind a door; the door answers with it.

    `code` is stable; `detail` is a sentence for the person who meets it; `more` are extension members.
    """

    status: int
    code: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, str | int] = field(default_factory=dict)

    def body(self) -> dict[str, str | int]:
        return {
            "type": f"urn:privity:problem:{self.code}",
            "title": TITLES.get(self.status, "Error"),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            **self.more,
        }


def not_found() -> Problem:
    """The one answer behind a contact's gate for everything that is not theirs, exists or not."""
    return Problem(404, "not_found", "There is nothing here for you.")


def too_many(retry_after: int) -> Problem:
    return Problem(
        429,
        "too_many",
        f"That was too much at once. Try again in {retry_after} s.",
        headers={"Retry-After": str(retry_after)},
    )
