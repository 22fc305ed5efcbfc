"""Who does too much at once is told how long to wait; nobody else waits with them."""

import pytest

from privity.web import limiter as rooms
from privity.web.limiter import Limiter
from privity.web.limits import AtOnce, Rate
from privity.web.problems import Problem

THREE = Rate(3, 10, "session")


class Seconds:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def limited(seconds: Seconds) -> Limiter:
    return Limiter(b"k" * 32, seconds)


def wait_of(limiter: Limiter, who: str, rate: Rate = THREE) -> int | None:
    try:
        limiter.take(rate, "messages", who)
    except Problem as problem:
        return int(problem.headers["Retry-After"])
    return None


def test_the_fourth_in_ten_seconds_is_told_when_there_is_room_again() -> None:
    seconds = Seconds()
    limiter = limited(seconds)
    assert [wait_of(limiter, "ada") for _ in range(3)] == [None] * 3
    seconds.now += 4
    assert wait_of(limiter, "ada") == 6
    seconds.now += 6
    assert wait_of(limiter, "ada") is None


def test_never_more_than_the_amount_falls_into_any_window() -> None:
    seconds = Seconds()
    limiter = limited(seconds)
    let_in = []
    for _ in range(200):
        if wait_of(limiter, "ada") is None:
            let_in.append(seconds.now)
        seconds.now += 0.7
    assert len(let_in) > 30
    assert all(later - first >= 10 for first, later in zip(let_in, let_in[3:], strict=False))


def test_bob_does_not_wait_for_ada_nor_one_limit_for_another() -> None:
    limiter = limited(Seconds())
    for _ in range(4):
        wait_of(limiter, "ada")
    assert wait_of(limiter, "bob") is None
    assert wait_of(limiter, "ada", Rate(5, 60, "session")) is None


def test_to_look_costs_nothing_and_what_is_silent_only_says_no() -> None:
    limiter = limited(Seconds())
    for _ in range(10):
        limiter.check(THREE, "codes", "ada")
    assert [limiter.allows(THREE, "codes", "ada") for _ in range(4)] == [True, True, True, False]
    with pytest.raises(Problem) as told:
        limiter.check(THREE, "codes", "ada")
    assert told.value.status == 429


def test_those_who_went_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "SWEPT_ABOVE", 100)
    seconds = Seconds()
    limiter = limited(seconds)
    for number in range(100):
        wait_of(limiter, f"visitor {number}")
    seconds.now += 11
    wait_of(limiter, "ada")
    assert len(limiter._windows) == 1


def test_what_is_held_at_once_is_held_by_one_and_given_back() -> None:
    limiter, two = limited(Seconds()), AtOnce(2, "session")
    with limiter.one_of(two, "open sockets", "ada"), limiter.one_of(two, "open sockets", "ada"):
        with pytest.raises(Problem), limiter.one_of(two, "open sockets", "ada"):
            pass
        with limiter.one_of(two, "open sockets", "bob"):
            pass
    with limiter.one_of(two, "open sockets", "ada"):
        pass
