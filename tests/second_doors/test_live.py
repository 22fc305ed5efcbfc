"""What the team says on its socket, and who hears of what: each frame and event, tried line by line of the matrix."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import get_args
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from privity.db.bus import Event, Kind
from privity.web.credential import Credential
from tests.second_doors.actors import ACTORS, Actor
from tests.second_doors.belongings import foreign, own
from tests.second_doors.callers import Ear, listening
from tests.second_doors.matrix import EVENTS, TEAM_FRAMES, doors
from tests.second_doors.test_routes import word_for
from tests.second_doors.town import Sitting, Town

pytestmark = pytest.mark.anyio

FRAMES = {door.what: door for door in doors(TEAM_FRAMES)}
HEARD = {door.what: door.words for door in doors(EVENTS)}
KINDS: tuple[Kind, ...] = get_args(Kind)
CONTACTS = [actor for actor in ACTORS if actor.gate == "contact"]
TEAM = [actor for actor in ACTORS if actor.gate == "team" and word_for(actor, "team", FRAMES["ping"]) != "no"]
"""Those of the team for whom the socket opens: they reach what was said."""


@dataclass(frozen=True)
class Listener:
    """Somebody with an open socket, and in whose seat the conversations are that they may hear of."""

    town: Town
    ear: Ear
    sitting: Sitting
    owner: Sitting
    teammate: UUID
    told_once: Kind
    """An event that makes one frame here."""

    async def after(self, *events: Event) -> list[str]:
        """What is heard of these, until something is heard of a conversation that they all hear of: it comes behind."""
        last = await own(self.town, self.owner, "conversation_id")
        self.town.house.bus.announce(*events, self.event(self.told_once, self.owner, last))
        return await self.ear.hears(last)

    def event(self, kind: Kind, whose: Sitting, conversation: str) -> Event:
        assert whose.seat is not None
        seat = whose.seat
        about = None if kind == "end" else UUID(conversation)
        return Event(
            kind, seat.workspace, about, seat.id, seat.identity, seat.id, seat.contact, self.teammate, 2, 2
        )


@asynccontextmanager
async def sitting_there(town: Town, actor: Actor) -> AsyncIterator[Listener]:
    sitting = await actor.sits(town)
    owner = sitting if sitting.seat is not None else await town.neighbour(sitting.acme, sitting.person)
    teammate = UUID(await own(town, sitting, "teammate_id"))
    path = "/widget/v1/stream" if actor.gate == "contact" else "/api/v1/stream"
    async with listening(town.app, path, {} if actor.gate == "contact" else sitting.headers) as ear:
        if actor.gate == "contact":
            token = sitting.headers["Authorization"].removeprefix("Bearer ")
            ear.say(json.dumps({"type": "auth", "token": token}))
        await ear.hears('"ready"')
        yield Listener(town, ear, sitting, owner, teammate, "seen" if actor.gate == "contact" else "read")


async def test_the_teams_socket_opens_for_nobody_else(town: Town) -> None:
    for actor in ACTORS:
        async with listening(town.app, "/api/v1/stream", (await actor.sits(town)).headers) as ear:
            assert await ear.hears('"ready"') == [], actor.name
            assert (ear.closed is None) is (actor in TEAM), f"{actor.name}: {ear.closed}"


@pytest.mark.parametrize("actor", TEAM, ids=lambda actor: actor.name)
async def test_each_frame_of_the_teams_does_what_the_matrix_says(town: Town, actor: Actor) -> None:
    before = await town.fingerprint()
    async with sitting_there(town, actor) as team:
        mine = await own(town, team.owner, "conversation_id")
        others = await foreign(town, team.sitting, "conversation_id")
        told = await _resumed(team.ear, mine)
        assert any("all mine" in frame for frame in told) is (
            word_for(actor, "team", FRAMES["resume"]) == "own"
        )
        for other in (str(uuid4()), *others):
            assert await _resumed(team.ear, other) == [], f"{other} is told"
            assert await _typed(town, team, other) == [], f"{other} is typed in"
        typed = await _typed(town, team, mine)
        assert bool(typed) is (word_for(actor, "team", FRAMES["typing"]) == "own"), f"its own: {typed}"
    assert await town.fingerprint() == before, "somebody changed what is not theirs"


@pytest.mark.parametrize("actor", CONTACTS + TEAM, ids=lambda actor: actor.name)
async def test_each_event_is_heard_by_whom_the_matrix_names(town: Town, actor: Actor) -> None:
    for kind in KINDS:
        async with sitting_there(town, actor) as there:
            for stranger in await town.strangers(there.sitting):
                said = await own(town, stranger, "conversation_id")
                heard = await there.after(there.event(kind, stranger, said))
                assert heard == [], f"{kind} of somebody else's: {heard}"
            mine = await own(town, there.owner, "conversation_id")
            event = there.event(kind, there.owner, mine)
            due = HEARD[kind]["contact" if actor.gate == "contact" else "team"]
            if kind == "end" and actor.gate == "team":
                # A teammate's session ends; a key has none.
                session = signed_in(there.sitting)
                event, due = replace(event, session=session), "own" if session is not None else "no"
            heard = await there.after(event)
            assert bool(heard or there.ear.closed) is (due == "own"), f"{kind}: {due} was due, not {heard}"


def signed_in(sitting: Sitting) -> UUID | None:
    credential = Credential.parse(sitting.headers.get("Cookie", "").partition("=")[2])
    return credential.id if credential is not None else None


async def _resumed(ear: Ear, conversation: str) -> list[str]:
    ear.say(json.dumps({"type": "resume", "seen": {conversation: 0}}))
    ear.say(json.dumps({"type": "ping"}))
    return await ear.hears('"pong"')


async def _typed(town: Town, team: Listener, conversation: str) -> list[str]:
    """What the bus brings of it, before a word that comes behind."""
    brought = Brought()
    town.house.bus.tell(brought)
    team.ear.say(json.dumps({"type": "typing", "conversation_id": conversation}))
    team.ear.say(json.dumps({"type": "ping"}))
    await team.ear.hears('"pong"')
    await team.after()
    return [event.kind for event in brought.events if event.kind == "team_typing"]


class Brought:
    """Everything that the bus brings from now on."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def hear(self, event: Event) -> None:
        self.events.append(event)

    def missed(self) -> None:
        raise AssertionError("the bus was lost")
