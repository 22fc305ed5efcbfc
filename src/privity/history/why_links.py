"""Recorded links, as *Why?* looks at them: who is one person with a contact's identities, by what and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

BY_LINK = "The session proved an identity that a recorded link makes one person with the one that owns it."
HOW = {"token": "a signed token named both", "person": "they proved both and said yes"}


@dataclass(frozen=True, slots=True)
class Link:
    """A standing link from one side: `own` if that is the contact's, and else it is whoever is linked with it."""

    own: bool
    of: UUID
    to: UUID
    provider: str
    subject: str
    how: Literal["token", "person"]
    at: datetime

    @property
    def since(self) -> str:
        return f"since {self.at.day} {self.at:%B %Y}, when {HOW[self.how]}"

    @property
    def account(self) -> str:
        if self.provider == "mailbox":
            return f"the mailbox {self.subject}"
        return f"the site's user {self.subject}"


def reached_from(links: Iterable[Link], identity: UUID) -> frozenset[UUID]:
    """A link is of two: what the other side is linked with besides stays closed."""
    return frozenset(link.to for link in links if link.of == identity)


def between(links: Iterable[Link], one: UUID | None, other: UUID | None) -> Link | None:
    return next((link for link in links if (link.of, link.to) == (one, other)), None)


def shown(links: Iterable[Link]) -> list[str]:
    return [f"One person with {link.account}, {link.since}." for link in links if link.own]


def opened_by(link: Link) -> str:
    """Row 9 where the owner is the other side of a link."""
    return f"The session proved an identity that is one person with the owner, {link.account}, {link.since}."


def other_side(links: Iterable[Link], provider: str, subject: str | None = None) -> UUID | None:
    """Whom a proof by this provider would name: an identity of this very person that stands on another card."""
    fitting = (link for link in links if link.own and link.provider == provider)
    return next((link.to for link in fitting if subject in (None, link.subject)), None)
