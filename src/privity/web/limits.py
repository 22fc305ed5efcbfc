"""Every limit that a person can meet, named once; `docs/limits.md` is generated from here."""

from dataclasses import dataclass

BODY_CHARACTERS = 10_000
"""Characters in one message. A longer one is refused (422) and stays in the composer."""

CLAIM_CHARACTERS = 254
"""Characters in a typed name or e-mail address, and in a search of the team."""

PAGE_CHARACTERS = 2_000
"""Characters of a page's address that are kept: its origin and path."""

TOKEN_CHARACTERS = 8_192
"""Characters in an identity token."""

REQUEST_BYTES = 65_536
"""Bytes in the body of a request (413)."""

HEAD_BYTES = 32_768
"""Bytes in a request's address and headers together (431, and the connection closes)."""

REQUEST_SECONDS = 20
"""Seconds in which the whole of a request has to come (408, and the connection closes)."""

FRAME_BYTES = 65_536
"""Bytes in one frame on a socket (the socket closes)."""

PAGE_ITEMS = 100
"""Items in one page of a list or of messages (422)."""

FETCH_BYTES = 262_144
"""Bytes in an answer that the server fetches: public keys, and what a sign-in needs. A larger one is not read."""

FETCH_SECONDS = 5
"""Seconds that the server waits for such an answer."""

HEALTH_DAYS = 90
"""Days that the health of a workspace's proofs looks back at the most (422)."""


KEY_SET_KEYS = 20
"""Keys in the set that a site publishes at its address of keys. A longer one is not read."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `amount` in any `seconds`, counted by what `per` names."""

    amount: int
    seconds: int
    per: str

    def __str__(self) -> str:
        return f"{self.amount} in {self.seconds} s, by {self.per}"


@dataclass(frozen=True, slots=True)
class AtOnce:
    """At most `amount` at the same time, counted by what `per` names."""

    amount: int
    per: str

    def __str__(self) -> str:
        return f"{self.amount:,} at once, by {self.per}"


MESSAGES = Rate(20, 10, "session")
"""Messages that a contact sends, new conversations included (429 with `Retry-After`)."""

REQUESTS = Rate(600, 60, "session")
"""Requests of any kind (429 with `Retry-After`)."""

SESSIONS = Rate(600, 60, "network")
"""Sessions that are opened (429 with `Retry-After`)."""

REFUSED_TOKENS = Rate(60, 60, "network")
"""Identity tokens that are refused (429 with `Retry-After`); good ones are not counted."""

CLAIM_CHANGES = Rate(20, 60, "session")
"""Times that somebody says who they are (429 with `Retry-After`)."""

TEAM_MESSAGES = Rate(300, 60, "teammate's session or key")
"""Answers and notes that the team writes, new conversations included (429 with `Retry-After`)."""

TEAM_REQUESTS = Rate(3_000, 60, "teammate's session or key")
"""Requests of the team, of any kind (429 with `Retry-After`)."""

CODES = Rate(5, 3600, "session")
"""Codes that are mailed for a contact (429 with `Retry-After`); each is good for 10 minutes and three tries."""

CODES_BY_NETWORK = Rate(30, 3600, "network")
"""Codes that are mailed for everybody behind one address (429 with `Retry-After`)."""

CODES_TO_ADDRESS = Rate(5, 3600, "mailbox")
"""Codes that a workspace mails to one mailbox; beyond that none is sent, in silence, and no code is good."""

CODES_TO_ADDRESS_A_DAY = Rate(20, 86_400, "mailbox")
"""Codes that one mailbox gets of all workspaces together; beyond that as above. Three tries each: who guesses at one
mailbox all day, from everywhere, is right less than once in 10,000 days."""

WRONG_CODES = Rate(60, 86_400, "network")
"""Codes that are wrong (429 with `Retry-After`), whatever mailbox they are of."""

ADOPTION_DAYS = 14
"""Days for which a browser's ticket may keep what was written there (`adoption_days`); a longer time is refused."""

LINKS = 10
"""Identities with which one identity can be linked at a time."""

SIGN_IN_STARTS = Rate(20, 600, "session")
"""Times that a contact begins to sign in at a provider (429 with `Retry-After`)."""

SIGN_INS = Rate(30, 60, "network")
"""Sign-ins of teammates (429 with `Retry-After`)."""

FAILED_SIGN_INS = tuple(
    Rate(amount, seconds, "network and account") for amount, seconds in ((3, 10), (6, 60), (12, 900))
)
"""Sign-ins that fail for one account: the wait grows, for that network alone (429 with `Retry-After`)."""

SOCKETS = Rate(60, 60, "session")
"""Sockets that are opened (close code 4429)."""

OPEN_SOCKETS = AtOnce(20, "session or key")
"""Sockets that are open (close code 4429)."""

OPEN_SOCKETS_BY_NETWORK = AtOnce(2_000, "network")
"""Sockets that are open, of everybody behind one address (close code 4429)."""
