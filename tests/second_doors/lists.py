"""Where a list goes on: cursors, each good for one reader of one list."""

import json
from uuid import uuid4

from tests.cast import ADA, BOB
from tests.db.worlds import add_conversation
from tests.second_doors.actors import lead, teammate, user
from tests.second_doors.asking import Asking
from tests.second_doors.callers import ask
from tests.second_doors.town import Sitting, Town

LISTS = {
    "cursor": "/widget/v1/conversations",
    "conversations_cursor": "/api/v1/conversations",
    "contacts_cursor": "/api/v1/contacts",
    "log_cursor": "/api/v1/audit",
}


async def goes_on(town: Town, sitting: Sitting, name: str) -> str:
    """After one line there is another: of a contact's, one that was begun for this; of the log, that it was read."""
    answers = []
    for _ in range(2):
        if sitting.seat is not None:
            await add_conversation(town.db, sitting.seat, f"one of two: {uuid4()}")
        answers.append(await ask(town.app, Asking("GET", LISTS[name], "limit=1", None), sitting.headers))
    cursor = json.loads(answers[-1].body)["next_cursor"]
    assert isinstance(cursor, str), "needs a list that goes on"
    return cursor


async def bearers(town: Town, name: str) -> list[Sitting]:
    """People with such a list of their own. What one session was given, no other opens, be it the same person's."""
    if name == "cursor":
        sits = [lead, user(ADA), user(BOB), user(ADA, elsewhere=True)]
    else:
        role = "auditor" if name == "log_cursor" else "agent"
        sits = [teammate(role), teammate(role, elsewhere=True)]
    return [await one(town) for one in sits]
