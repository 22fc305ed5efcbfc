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
    doors,
)

FILE = Path(__file__).parents[2] / "docs/security/matrix.md"

HEAD = """# Who may go through which door

This page is written from the table by which the tests ask every route, as everybody, with ids of their own, of others
and of nobody (`tests/second_doors/matrix.py`). A route, a frame or an event that the program has and the table does
not, fails the tests. The frames of both sockets, and every event, are tried in the same way.

| word | what it means |
| --- | --- |
| yes | answered; it names nothing that could be somebody else's |
| own | what is one's own is answered; all else is answered like an id that nobody has, byte for byte |
| nothing | nothing there can be one's own: every id is answered like one that nobody has |
| no | not in reach: 403, alike for every id; on a socket, not heard of |
| alike | the answer does not depend on who asks |
| fresh | answered to whoever brings nothing or a living session; for anything else there is no session in its place |
| ends | the socket is closed |

A contact's *own* is what was begun in its living session, or is owned by the identity that it proved; what a lead
claims adds nothing to it. A teammate's and a key's *own* is what is of their workspace. For a key the table names the
scopes that it needs; with all of them it is answered as a teammate is, and without one it gets 403.

Whoever does not pass the gate of a section (nobody, a session that is over, a proof that is over, an account that was
taken away, a key that was revoked, a contact at the team's door, the team at a contact's) gets 401 there, alike for
every route and id."""

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
    rows = [[f"`{line.what}`", *line.words.values()] for line in lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


if __name__ == "__main__":
    sys.stdout.write(document())
