"""The bus: hints between processes, over LISTEN/NOTIFY. An event carries ids alone; the row is the truth."""

from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

Kind = Literal[
    "message", "note", "state", "assigned", "seen", "read", "typing", "team_typing", "sessions", "end", "adopted"
]


class Event(Struct, frozen=True, omit_defaults=True):
    """What happened, in ids. Conversation events name the origin session and the owner, so that a node finds the
    sockets that may be concerned without asking; each delivery is judged all the same.

    message · note: a row was stored (`seq`: public number, `team_seq`). state: closed or reopened. assigned.
    seen: the team read up to `seq`. read: the contact did. typing: the contact is writing; team_typing: `actor` is.
    sessions: a session of `contact` began, proved, renewed or ended. end: `session` is over (`reason`: session_over,
    proof_over, identity_changed), or the teammate session `session` is. adopted: owner changed.
    """

    kind: Kind
    workspace: UUID
    conversation: UUID | None = None
    origin: UUID | None = None
    owner: UUID | None = None
    session: UUID | None = None
    contact: UUID | None = None
    actor: UUID | None = None
    seq: int = 0
    team_seq: int = 0
    reason: str = ""


class Announces(Protocol):
    """What the rooms know of the bus."""

    def announce(self, *events: Event) -> None:
        """Queue events for every node, this one included. Returns at once; never inside a transaction."""
