"""A machine that stands still for a while, as one that does much else may: nothing is lost by that, and nobody gone."""

import pytest
from httpx._config import DEFAULT_TIMEOUT_CONFIG

from privity.audit import ledger, tally
from privity.db import bus, lanes
from privity.live import contact, team

AN_HOUR = 3600.0
PATIENCE = 30.0
"""Longer than anything that should come takes, on a busy machine."""


def conclude_nothing_from_a_silence(patch: pytest.MonkeyPatch) -> None:
    """A house takes some seconds of silence for a bus that is lost, a database that is away, somebody who has nothing
    to say. Where one process is all there is, and stands still, they say nothing of the kind."""
    patch.setattr(bus, "DEAF_SECONDS", AN_HOUR)
    for room in (bus, lanes):
        patch.setattr(room, "CONNECT_SECONDS", PATIENCE)
    for side in (contact, team):
        patch.setattr(side, "FRESH_SECONDS", AN_HOUR)
    patch.setattr(contact, "AUTH_SECONDS", PATIENCE)


def write_down_when_asked(patch: pytest.MonkeyPatch) -> None:
    """What a house gathers and stores every few seconds, by the real clock, would at times be stored in two parts."""
    for book in (ledger, tally):
        patch.setattr(book, "FLUSH_SECONDS", AN_HOUR)


def let_answers_take_their_time(patch: pytest.MonkeyPatch) -> None:
    """A client that says nothing of it waits for 5 s, and a sign-in takes one on a machine that is not busy."""
    for step in ("connect", "read", "write", "pool"):
        patch.setattr(DEFAULT_TIMEOUT_CONFIG, step, PATIENCE)
