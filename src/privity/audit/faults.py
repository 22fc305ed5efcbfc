"""What is wrong with a log: the first thing in it that is not as it was sealed."""

from dataclasses import dataclass
from typing import Literal, NoReturn
from uuid import UUID

What = Literal[
    "altered",
    "missing",
    "reordered",
    "slipped_in",
    "unsalted",
    "seal_altered",
    "seal_missing",
    "seal_replaced",
    "workspace_missing",
    "cut",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """`place` is where the event stands in its seal, from 1."""

    what: What
    sentence: str
    seal: int | None = None
    event: UUID | None = None
    place: int | None = None


class FaultFound(Exception):
    """Nothing behind the first fault is looked at: whatever stands there may follow from it."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def fault(
    what: What, sentence: str, seal: int | None = None, event: UUID | None = None, place: int | None = None
) -> NoReturn:
    raise FaultFound(Fault(what, sentence, seal, event, place))
