"""The machine, run for so many traces."""

from dataclasses import dataclass, field
from time import monotonic

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.noninterference.conftest import Standing
from tests.noninterference.identities import TwoWorldsOfIdentities
from tests.noninterference.leaks import Leak
from tests.noninterference.story import PartedError

STEPS = 30
TRACES_FOR_A_LEAK = 300

UNHURRIED = settings(
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
THE_SAME_EACH_TIME = settings(UNHURRIED, derandomize=True)
"""With every change, so that a trace which parts the worlds is of that change. For long, others are tried each time."""
AS_FOUND = settings(UNHURRIED, phases=[Phase.generate], derandomize=True)
"""The first trace that parts the worlds, not the shortest: finding is what is asked."""


@dataclass
class Search:
    """How long it took to tell the two worlds apart, in traces and seconds; no `parted` where it was not possible."""

    traces: int = 0
    seconds: float = 0
    parted: PartedError | None = None
    notes: list[str] = field(default_factory=list)


def look_for_a_difference(standing: Standing, traces: int, how: settings = UNHURRIED) -> Search:
    """Whether some trace parts the two worlds."""
    twins, run = standing
    search, began = Search(), monotonic()

    def begin() -> TwoWorldsOfIdentities:
        search.traces += 1
        return TwoWorldsOfIdentities(twins, run)

    try:
        # It takes whatever makes a machine; its annotation asks for the class alone.
        run_state_machine_as_test(begin, settings=settings(how, max_examples=traces))  # type: ignore[arg-type]
    except PartedError as parted:
        search.parted = parted
        search.notes = list(getattr(parted, "__notes__", ()))
    search.seconds = monotonic() - began
    return search


def look_for(leak: Leak, standing: Standing, how: settings = AS_FOUND) -> Search:
    """The same machine, in two worlds that both have this leak."""
    with pytest.MonkeyPatch.context() as patch:
        leak.seed(standing[0], patch)
        return look_for_a_difference(standing, TRACES_FOR_A_LEAK, how)
