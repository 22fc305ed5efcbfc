"""The machine can fail: it finds each leak that is put into both worlds."""

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import engine

from tests.noninterference.conftest import Standing
from tests.noninterference.identity_leaks import OF_IDENTITIES
from tests.noninterference.leaks import OF_CONVERSATIONS, Leak
from tests.noninterference.telling import UNHURRIED, look_for
from tests.unhurried import AN_HOUR


@pytest.fixture
def twins(standing: Callable[[bool], Standing]) -> Standing:
    return standing(True)


def test_each_leak_of_conversations_is_found(twins: Standing) -> None:
    for leak in OF_CONVERSATIONS:
        find(leak, twins)


@pytest.mark.long
@pytest.mark.parametrize("leak", OF_IDENTITIES, ids=lambda leak: leak.name)
def test_each_leak_of_identities_is_found(twins: Standing, leak: Leak) -> None:
    find(leak, twins)


def find(leak: Leak, twins: Standing) -> None:
    search = look_for(leak, twins)
    assert search.parted is not None, f"{leak.name} was not found in {search.traces} traces"


@pytest.mark.long
@pytest.mark.parametrize("leak", [*OF_CONVERSATIONS, *OF_IDENTITIES], ids=lambda leak: leak.name)
def test_what_is_found_shrinks_to_a_story_of_few_sentences(
    twins: Standing, leak: Leak, monkeypatch: pytest.MonkeyPatch
) -> None:
    # After five minutes Hypothesis would be content with the story that it has: a long one, on a busy machine.
    monkeypatch.setattr(engine, "MAX_SHRINKING_SECONDS", AN_HOUR)
    search = look_for(leak, twins, settings(UNHURRIED, derandomize=True))
    assert search.parted is not None
    sentences = [line for line in str(search.parted).splitlines() if line.startswith("  ")]
    assert 2 <= len(sentences) <= 8, str(search.parted)
