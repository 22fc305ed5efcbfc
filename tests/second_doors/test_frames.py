"""Every frame that the sockets take, and every event that the bus brings, has its line in the matrix."""

from typing import get_args

from msgspec.inspect import StructType, type_info

from privity.db.bus import Kind
from privity.web import wire
from tests.second_doors.matrix import CONTACTS_FRAMES, EVENTS, TEAM_FRAMES, doors

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
