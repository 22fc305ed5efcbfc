"""Every frame that the sockets take, and every event that the bus brings, has its line in the matrix."""

import json
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
from msgspec.inspect import StructType, type_info

from privity.db.bus import Kind
from privity.web import wire
from tests.second_doors.actors import ACTORS, Actor
from tests.second_doors.asking import FRAMES, filled
from tests.second_doors.callers import listening
from tests.second_doors.matrix import CONTACTS_FRAMES, EVENTS, TEAM_FRAMES, doors
from tests.second_doors.town import Sitting, Town

AGAIN, LAST = "7d3c1a52-6f0e-4b6e-9a53-0a8f5d1f2c01", "7d3c1a52-6f0e-4b6e-9a53-0a8f5d1f2c02"
MISSING = "add a line to tests/second_doors/matrix.py, and how it is said to tests/second_doors/asking.py"


def test_every_frame_of_a_contacts_has_its_line_in_the_matrix() -> None:
    assert tags(wire.ContactFrame) == {door.what for door in doors(CONTACTS_FRAMES)}, MISSING


def test_every_frame_of_the_teams_has_its_line_in_the_matrix() -> None:
    assert tags(wire.TeamFrame) == {door.what for door in doors(TEAM_FRAMES)}, MISSING


def test_every_event_has_its_line_in_the_matrix() -> None:
    assert set(get_args(Kind)) == {door.what for door in doors(EVENTS)}, MISSING


def tags(frames: object) -> set[str]:
    """The words by which the frames of a union are told apart."""
    kinds = [type_info(kind) for kind in get_args(frames)]
    return {str(kind.tag) for kind in kinds if isinstance(kind, StructType)}


CONTACTS = [actor for actor in ACTORS if actor.gate == "contact"]
NAMES_AN_ID = [kind for kind, fields in FRAMES.items() if "{conversation_id}" in json.dumps(fields)]


@pytest.mark.anyio
@pytest.mark.parametrize("actor", CONTACTS, ids=lambda actor: actor.name)
async def test_on_a_contacts_socket_others_conversations_look_like_none(town: Town, actor: Actor) -> None:
    before = await town.fingerprint()
    assert set(NAMES_AN_ID) == {"resume", "send", "typing", "read"}
    for kind in NAMES_AN_ID:
        sitting = await actor.sits(town)
        own = await _heard(town, sitting, kind, await town.own(sitting, "conversation_id"))
        assert not [frame for frame in own if '"refused"' in frame], f"{kind}: its own is refused: {own}"
        if kind == "resume":
            assert any("all mine" in frame for frame in own), "its own is told, else silence says nothing"
        none = await _heard(town, await actor.sits(town), kind, str(uuid4()))
        for foreign in await town.foreign(sitting, "conversation_id"):
            assert await _heard(town, await actor.sits(town), kind, foreign) == none, kind
    assert await town.fingerprint() == before, "somebody changed what is not theirs"


async def _heard(town: Town, sitting: Sitting, kind: str, conversation: str) -> list[str]:
    """All that comes after this frame, until a message of their own is acknowledged: it waits its turn behind. Left out
    is what they wrote at another sitting into what is theirs, of which this socket may hear meanwhile."""
    mine = await town.own(sitting, "conversation_id")
    async with listening(town.app, "/widget/v1/stream", {}) as ear:
        ear.say(
            json.dumps({"type": "auth", "token": sitting.headers["Authorization"].removeprefix("Bearer ")})
        )
        await ear.hears('"ready"')
        if kind == "resume":
            # Told in the order in which they are named: what there is to tell of the first comes before the second.
            ear.say(json.dumps({"type": kind, "seen": {conversation: 0, mine: 0}}))
            return _news(town, sitting, await ear.hears(mine))
        for said, about, client in ((kind, conversation, AGAIN), ("send", mine, LAST)):
            frame = json.dumps({"type": said, **FRAMES[said]})
            ear.say(filled(frame, {"conversation_id": about, "new": client}))
        heard = await ear.hears(LAST)
    return _news(town, sitting, heard)


def _news(town: Town, sitting: Sitting, heard: list[str]) -> list[str]:
    return [frame for frame in heard if not _is_an_echo(town, sitting, json.loads(frame))]


def _is_an_echo(town: Town, sitting: Sitting, said: dict[str, Any]) -> bool:
    """Whether it is what they wrote themselves into what is theirs, maybe at another sitting."""
    return (
        said["type"] == "message"
        and said["message"]["body"] == FRAMES["send"]["body"]
        and town.owns(sitting, UUID(said["conversation_id"]))
    )
