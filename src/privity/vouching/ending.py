"""What somebody's word was taken for is over, once it is taken no more.

A revocation is two steps, and so is an end that is set ahead, since a session may open in the very moment: it finds how
long the word is taken, or the second step finds it. Who was cut off between the two asks again: the second step is
done, and told with the first.
"""

from collections.abc import Sequence
from uuid import UUID

from privity.audit.model import AuditEvent, By
from privity.db.bus import Event
from privity.db.pool import Row
from privity.house import House


async def tell_of_ends(
    house: House, workspace: UUID, ended: Sequence[Row], reason: str, by: By, *what: AuditEvent
) -> int:
    """To the sockets of these sessions, and then to the log, with what ended them: a log that fails keeps no socket
    open. Answers how many they are."""
    for row in ended:
        house.bus.announce(
            Event("end", workspace, session=row["id"], contact=row["contact_id"], reason="session_over"),
            Event("sessions", workspace, contact=row["contact_id"]),
        )
    ends = (
        AuditEvent(workspace, "session_end", by.actor, by.id, session=row["id"], reason=reason)
        for row in ended
    )
    await house.ledger.record(*what, *ends)
    return len(ended)
