"""Two worlds that differ only in other people's business: whatever a contact does, it can't tell which one it is in."""

from collections.abc import Callable

import pytest
from hypothesis import settings

from tests.noninterference.conftest import Standing
from tests.noninterference.telling import THE_SAME_EACH_TIME, UNHURRIED, look_for_a_difference

Stand = Callable[[bool], Standing]


def tell_apart(standing: Standing, traces: int, how: settings = UNHURRIED) -> None:
    search = look_for_a_difference(standing, traces, how)
    if search.parted is not None:
        raise search.parted
    assert search.traces >= traces, "fewer traces were tried than were asked for"


def test_no_contact_can_tell_two_worlds_apart_byte_for_byte(standing: Stand) -> None:
    tell_apart(standing(True), traces=85, how=THE_SAME_EACH_TIME)


def test_no_contact_can_tell_two_worlds_apart_with_chance_as_in_life(standing: Stand) -> None:
    tell_apart(standing(False), traces=15, how=THE_SAME_EACH_TIME)


@pytest.mark.long
def test_no_contact_can_tell_two_worlds_apart_in_two_thousand_traces(standing: Stand) -> None:
    tell_apart(standing(True), traces=2_000)


@pytest.mark.long
def test_no_contact_can_tell_two_worlds_apart_with_chance_as_in_life_in_many_traces(standing: Stand) -> None:
    tell_apart(standing(False), traces=300)
