"""The machine can fail: eight leaks, put into both worlds one at a time, are each found by it."""

from collections.abc import Callable

import pytest
from hypothesis import settings

from tests.noninterference.conftest import Standing
from tests.noninterference.leaks import LEAKS, Leak
from tests.noninterference.telling import UNHURRIED, look_for


@pytest.fixture
def twins(standing: Callable[[bool], Standing]) -> Standing:
    return standing(True)


def test_each_seeded_leak_is_found(twins: Standing) -> None:
    for leak in LEAKS:
        search = look_for(leak, twins)
        assert search.parted is not None, f"{leak.name} was not found in {search.traces} traces"


@pytest.mark.long
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_what_is_found_shrinks_to_a_story_of_few_sentences(twins: Standing, leak: Leak) -> None:
    search = look_for(leak, twins, settings(UNHURRIED, derandomize=True))
    assert search.parted is not None
    sentences = [line for line in str(search.parted).splitlines() if line.startswith("  ")]
    assert 2 <= len(sentences) <= 8, str(search.parted)
