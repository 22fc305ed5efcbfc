"""Errors: RFC 9457."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from privity.web.wire.words import Answer


class Problem(Answer):
    """`application/problem+json`. `code` is the word to program against; `detail` is a sentence for a person."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    refusal: UUID | UnsetType = UNSET
