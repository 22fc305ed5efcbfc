"""Those who are attacked, and what they have to hide."""

from dataclasses import dataclass

from tests.doors import Script

HIDDEN = "the canary sang at Marlow on the ninth"


@dataclass(frozen=True, slots=True)
class Victim:
    """Somebody's session, and a conversation of theirs."""

    script: Script
    conversation: str
