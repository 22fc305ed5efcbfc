"""What Ada and Grace said to each other before the demo began."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers at Acme."""

    name: str
    email: str


GRACE = Answerer("Grace Hopper", "grace@example.com")


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was said, so many seconds after what was said before it."""

    by: str
    words: str
    after: float = 25


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation of Ada's past, on a page of the shop. One that waits has no answer yet, and is open."""

    days_ago: int
    hour: int
    page: str
    lines: tuple[Line, ...]
    waits: bool = False


PAST = (
    Chat(
        41,
        14,
        "/pricing",
        (
            Line("ada", "Hello! Do you deliver to Lisbon, and what would it cost for one lamp?"),
            Line("grace", "Hello Ada. We do: € 9 by post, three to five days. From € 150 it is free.", 40),
            Line("ada", "Perfect, thank you.", 15),
        ),
    ),
    Chat(
        9,
        10,
        "/orders",
        (
            Line("ada", "One of the three notebooks in order 4466 came with a bent cover. Can I swap it?"),
            Line("grace", "I'm sorry about that. A new one leaves today, and you can keep the bent one.", 45),
            Line("ada", "That's kind! I'll use it for sketches.", 20),
            Line("grace", "Enjoy it. The new one is under the same order number, **4466**.", 30),
        ),
    ),
    Chat(
        2,
        16,
        "/orders",
        (
            Line("ada", "Can the lamp in order 4711 go to my office instead of my home?"),
            Line("grace", "Yes, it hasn't left yet. Which address shall I put on it?", 35),
            Line("ada", "Analytical Engines, 12 St James's Square, London.", 20),
            Line("grace", "Done. It ships tomorrow, and you'll get the tracking number here.", 40),
        ),
    ),
    Chat(
        1,
        17,
        "/orders",
        (
            Line("ada", "Does the brass lamp take an ordinary bulb?"),
            Line("ada", "I'd like one with a warm light, if you have it.", 30),
        ),
        waits=True,
    ),
)
