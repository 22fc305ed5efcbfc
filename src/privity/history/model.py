"""The nouns of this room: which page is asked for, and where a list goes on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Span:
    """A page of messages: after one number, before another, both exclusive; the newest where neither is given."""

    after: int | None = None
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list, newest first, the next page begins: behind this row."""

    at: datetime
    id: UUID
