"""Every frame that the sockets take, and every event that the bus brings, has its line in the matrix; and a contact's
socket opens for a contact alone, and takes each frame as its line says."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
from msgspec.inspect import StructType, type_info

from privity.db.bus import Kind
from privity.live.socket import CHANGED, SIGNED_OUT
from privity.web import wire
from privity.web.credential import Credential
from tests.cast import ADA, BOB
from tests.second_doors.actors import ACTORS, Actor, user
from tests.second_doors.asking import FRAMES, filled
from tests.second_doors.belongings import foreign, made_up, own
from tests.second_doors.callers import Ear, listening
from tests.second_doors.matrix import CONTACTS_FRAMES, EVENTS, TEAM_FRAMES, Door, doors
from tests.second_doors.town import Sitting, Town

AGAIN, LAST = "7d3c1a52-6f0e-4b6e-9a53-0a8f5d1f2c01", "7d3c1a52-6f0e-4b6e-9a53-0a8f5d1f2c02"
MISSING = "add a line to tests/second_doors/matrix.py, and how it is said to tests/second_doors/asking.py"
STREAM = "/widget/v1/stream"

CONTACTS = [actor for actor in ACTORS if actor.gate == "contact"]
OTHERS = [actor for actor in ACTORS if actor.gate != "contact"]
LINES = doors(CONTACTS_FRAMES)
ANSWERS = {"ping": "pong", "proof": "renewed"}
"""By which frame one that is answered is answered."""
ANOTHER = (CHANGED, "identity_changed")
"""How a socket is closed on which somebody else is proved than who sits there, be it that nobody was."""

each_contact = pytest.mark.parametrize("actor", CONTACTS, ids=lambda actor: actor.name)


def test_every_frame_of_a_contacts_has_its_line_in_the_matrix() -> None:
    assert tags(wire.ContactFrame) == {line.what for line in LINES}, MISSING


def test_every_frame_of_the_teams_has_its_line_in_the_matrix() -> None:
    assert tags(wire.TeamFrame) == {door.what for door in doors(TEAM_FRAMES)}, MISSING


def test_every_event_has_its_line_in_the_matrix() -> None:
    assert set(get_args(Kind)) == {door.what for door in doors(EVENTS)}, MISSING


def tags(frames: object) -> set[str]:
    """The words by which the frames of a union are told apart."""
    kinds = [type_info(kind) for kind in get_args(frames)]
    return {str(kind.tag) for kind in kinds if isinstance(kind, StructType)}


@pytest.mark.anyio
async def test_a_contacts_socket_opens_for_nobody_else(town: Town) -> None:
    """Whatever they bring, as it is carried and as the first frame's token: nothing is heard but that it is over."""
    ended = {}
    for actor in OTHERS:
        sitting = await actor.sits(town)
        async with listening(town.app, STREAM, sitting.headers) as ear:
            ear.say(json.dumps({"type": "auth", "token": _secret(town, sitting)}))
            assert await ear.hears('"ready"') == [], actor.name
        ended[actor.name] = (ear.closed, ear.reason)

    over = ended.pop("Ada, whose proof is over")
    assert over == (SIGNED_OUT, "proof_over")
    assert set(ended.values()) == {(SIGNED_OUT, "session_over")}, ended


@pytest.mark.anyio
@each_contact
async def test_each_frame_does_what_the_matrix_says(town: Town, actor: Actor) -> None:
    # What a test before signed out everywhere has proofs again.
    town.clock.forward(seconds=1)
    before = await town.fingerprint()
    for line in LINES:
        match line.words[actor.kind]:
            case "own":
                await _own_alone(town, actor, line)
            case "first":
                await _comes_first_or_not_at_all(town, actor)
            case "ends":
                assert await _end_after(town, await actor.sits(town), line) == ANOTHER
            case "yes":
                await _answered(town, actor, line)
            case word:
                raise AssertionError(f"tests/second_doors/matrix.py has no word {word!r} for {line.what}")
    assert await town.fingerprint() == before, "somebody changed what is not theirs"


async def _own_alone(town: Town, actor: Actor, line: Door) -> None:
    sitting = await actor.sits(town)
    heard = await _heard(town, sitting, line.what, await own(town, sitting, "conversation_id"))
    assert not [frame for frame in heard if '"refused"' in frame], f"{line.what}: its own is refused: {heard}"
    if line.what == "resume":
        assert any("all mine" in frame for frame in heard), "its own is told, else silence says nothing"
    none = await _heard(town, await actor.sits(town), line.what, made_up("conversation_id"))
    sitting = await actor.sits(town)
    for others in await foreign(town, sitting, "conversation_id"):
        assert await _heard(town, sitting, line.what, others) == none, line.what


async def _comes_first_or_not_at_all(town: Town, actor: Actor) -> None:
    """Else one socket would hear of two people: the secret is good, and the socket stays whose it was."""
    sitting = await actor.sits(town)
    living = await user(ADA if sitting.person is BOB else BOB)(town)
    theirs, mine = [await own(town, one, "conversation_id") for one in (living, sitting)]
    async with opened(town, living) as ear:
        assert ear.closed is None, "needs a secret that opens"
    async with opened(town, sitting) as ear:
        await _pinged(ear)
        ear.say(json.dumps({"type": "auth", "token": _secret(town, living)}))
        [refused] = await _pinged(ear)
        assert json.loads(refused)["code"] == "bad_frame"
        ear.say(json.dumps({"type": "resume", "seen": {theirs: 0, mine: 0}}))
        assert await ear.hears(mine) == []


async def _answered(town: Town, actor: Actor, line: Door) -> None:
    sitting = await actor.sits(town)
    async with opened(town, sitting) as ear:
        ear.say(_frame(town, sitting, line.what))
        await ear.hears(f'"{ANSWERS[line.what]}"')
        assert ear.closed is None, f"{line.what}: {ear.closed}"
    if line.what == "proof":
        stranger = await town.neighbour(sitting.acme, sitting.person)
        assert await _end_after(town, sitting, line, stranger) == ANOTHER


async def _end_after(
    town: Town, sitting: Sitting, line: Door, proved: Sitting | None = None
) -> tuple[int | None, str]:
    """How the socket is closed after this frame, with the token of whoever proves who they are."""
    async with opened(town, sitting) as ear:
        ear.say(_frame(town, proved or sitting, line.what))
        assert await ear.hears("nothing more") == []
        return ear.closed, ear.reason


async def _heard(town: Town, sitting: Sitting, kind: str, conversation: str) -> list[str]:
    """All that comes after this frame, until a message of their own is acknowledged: it waits its turn behind. Left out
    is what they wrote at another sitting into what is theirs, of which this socket may hear meanwhile."""
    mine = await own(town, sitting, "conversation_id")
    async with opened(town, sitting) as ear:
        if kind == "resume":
            # Told in the order in which they are named: what there is to tell of the first comes before the second.
            ear.say(json.dumps({"type": kind, "seen": {conversation: 0, mine: 0}}))
            return _news(town, sitting, await ear.hears(mine))
        for said, about, client in ((kind, conversation, AGAIN), ("send", mine, LAST)):
            ear.say(_frame(town, sitting, said, conversation_id=about, new=client))
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


# ── A socket ─────────────────────────────────────────────────────────────────────────────────────────────────


@asynccontextmanager
async def opened(town: Town, sitting: Sitting) -> AsyncIterator[Ear]:
    async with listening(town.app, STREAM, {}) as ear:
        ear.say(json.dumps({"type": "auth", "token": _secret(town, sitting)}))
        await ear.hears('"ready"')
        yield ear


async def _pinged(ear: Ear) -> list[str]:
    """All that comes before the answer to a ping."""
    ear.say(json.dumps({"type": "ping"}))
    return await ear.hears('"pong"')


def _frame(town: Town, sitting: Sitting, kind: str, **words: str) -> str:
    said = json.dumps({"type": kind, **FRAMES[kind]})
    return filled(said, {"token": town.token(sitting), **words})


def _secret(town: Town, sitting: Sitting) -> str:
    """What they bring, however they carry it; or a secret that nobody has."""
    carried = sitting.headers.get("Authorization", "").removeprefix("Bearer ")
    return carried or sitting.headers.get("Cookie", "").partition("=")[2] or _nobodys(town)


def _nobodys(town: Town) -> str:
    return Credential.new(town.acme.id, uuid4(), town.house.chance).word()
