"""Every limit that a person can meet, named once; `docs/limits.md` is generated from here."""

from dataclasses import dataclass

BODY_CHARACTERS = 10_000
CLAIM_CHARACTERS = 254
PAGE_CHARACTERS = 2_000
TOKEN_CHARACTERS = 8_192
REQUEST_BYTES = 65_536
FRAME_BYTES = 65_536
PAGE_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `amount` in any `seconds`, counted by what `per` names."""

    amount: int
    seconds: int
    per: str


MESSAGES = Rate(20, 10, "session")
REQUESTS = Rate(600, 60, "session")
SESSIONS = Rate(120, 60, "network")
REFUSED_TOKENS = Rate(60, 60, "network")
CLAIM_CHANGES = Rate(20, 60, "session")
SIGN_INS = Rate(10, 60, "network")
FAILED_SIGN_INS = tuple(
    Rate(amount, seconds, "network and account") for amount, seconds in ((3, 10), (6, 60), (12, 900))
)
SOCKETS = Rate(60, 60, "session")
