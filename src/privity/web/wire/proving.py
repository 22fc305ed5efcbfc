"""What is wrong with a token, and how well a site proves who its users are."""

from datetime import date
from typing import Literal

from privity.web.wire.words import Answer, Asked, Assurance, Token


class ExplainToken(Asked):
    """`POST /api/v1/token/explain`. Nothing of it is stored or logged."""

    token: Token


class TokenCheck(Answer):
    """`unknown`: another fault hides it."""

    name: str
    state: Literal["right", "wrong", "unknown"]
    sentence: str
    remedy: str | None


class TokenExplained(Answer):
    accepted: bool
    checks: list[TokenCheck]


class HealthDay(Answer):
    """Proofs of one day (UTC)."""

    day: date
    accepted: int
    refused: int


class RefusedCount(Answer):
    """Proofs that were refused for one reason; `kid` is the key that they named, or the product of an old hash."""

    reason: str
    kid: str | None
    count: int
    last_day: date
    sentence: str
    remedy: str | None


class ClockSkew(Answer):
    """A token's `iat` less the time at which it came, in seconds: above nought the site's clock is ahead, below it the
    token was old."""

    lowest: int
    median: int
    highest: int
    tokens: int


class KeyHealth(Answer):
    kid: str
    name: str | None
    accepted: int
    refused: int
    never_used: bool
    skew: ClockSkew | None


class SessionsSeen(Answer):
    """Sessions that began in the time that is looked at, and whose they were."""

    sessions: int
    proved: int
    contacts: int
    proved_contacts: int


class Stricter(Answer):
    """Whom a setting would have met in the time that is looked at; `now` is what the workspace asks."""

    setting: Literal["least_to_write", "history_from"]
    value: Assurance
    now: bool
    sessions: int
    contacts: int
    sentence: str


class Sighting(Answer):
    """Something that a name alone is kept of, how often, and when last."""

    name: str
    count: int
    last_day: date


class IdentityHealth(Answer):
    """`GET /api/v1/identity-health`. Counts alone: of no person, and no page."""

    days: list[HealthDay]
    refusals: list[RefusedCount]
    keys: list[KeyHealth]
    seen: SessionsSeen
    stricter: list[Stricter]
    unsigned: list[Sighting]
    secrets: list[Sighting]
    left_unannounced: int
