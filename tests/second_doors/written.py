"""Writes `docs/security/matrix.md` from the tables that the tests ask by.

.venv/bin/python -m tests.second_doors.written > docs/security/matrix.md
"""

import sys
from pathlib import Path

from tests.second_doors.matrix import (
    CONTACTS,
    CONTACTS_FRAMES,
    EVENTS,
    OPEN,
    TEAM,
    TEAM_FRAMES,
    Door,
    doors,
)

FILE = Path(__file__).parents[2] / "docs/security/matrix.md"

HEAD = """# Who may go through which door

This page is written from the table by which the tests ask every route, as everybody, with ids of their own, of others
and of nobody (`tests/second_doors/matrix.py`). A route, a frame or an event that the program has and the table does
not, fails the tests; so does an id that a route or a frame takes, in its path, its query or its body, and nobody tries
with somebody else's. The frames of both sockets, and every event, are tried in the same way.

| word | what it means |
| --- | --- |
| yes | answered; it names nothing that could be somebody else's |
| own | what is one's own is answered; all else is answered like an id that nobody has, byte for byte |
| nothing | nothing there can be one's own: every id is answered like one that nobody has |
| no | not in reach: 403, alike for every id; on a socket, not heard of |
| alike | the answer does not depend on who asks |
| fresh | answered to whoever brings nothing or a living session; for anything else there is no session in its place |
| first | it comes first or not at all: later it is refused, whosever secret it brings |
| ends | the socket is closed |

A door that stands there twice, as with + `cursor`, is asked once more with that besides.

A contact's *own* is what was begun in its living session, or is owned by the identity that it proved; what a lead
claims adds nothing to it. What is on offer is not its own until it is taken: by the identity to which it is on offer,
in the browser in which it was written. A teammate's and a key's *own* is what is of their workspace. Where a list goes
on, the cursor is its own whom it was given: one session, one teammate, one key. To agree to a link and to sign in take
more than an id (a code that was redeemed a moment ago, a sign-in that this session began), and the tests come without.

For a key the table names the scopes that it needs; with all of them it is answered as a teammate is, and without one it
gets 403.

Whoever does not pass the gate of a section (nobody, a session that is over, a proof that is over, an account that was
taken away, a key that was revoked, a contact at the team's door, the team at a contact's) gets 401 there, alike for
every route and id, be it their own or their workspace's. On a socket that is its end, before anything was heard."""

SECTIONS = (
    ("Without a gate", OPEN),
    ("Behind the contact's gate", CONTACTS),
    ("Behind the team's door", TEAM),
    ("What a contact may say on its socket", CONTACTS_FRAMES),
    ("What the team may say on its socket", TEAM_FRAMES),
    ("What is heard on an open socket", EVENTS),
)


def document() -> str:
    parts = [HEAD, *(f"## {title}\n\n{_table(table)}" for title, table in SECTIONS)]
    return "\n\n".join(parts) + "\n"


def _table(table: str) -> str:
    lines = doors(table)
    head = ["", *lines[0].words]
    rows = [[_named(line), *line.words.values()] for line in lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


def _named(line: Door) -> str:
    return " + ".join(f"`{part}`" for part in line.what.split(" + "))


if __name__ == "__main__":
    sys.stdout.write(document())
