"""The catalogue of attacks is whole, and so is the page that is written from it."""

from collections import defaultdict
from pathlib import Path

import pytest

from tests.attacks import page
from tests.attacks.catalogue import SEVERITIES, WAITS_FOR, cases, surfaces
from tests.attacks.marked import Marked, marked, unread_in

CASES = list(cases())
KNOWN = 231


@pytest.fixture(scope="module")
def tests() -> dict[str, list[Marked]]:
    found: dict[str, list[Marked]] = defaultdict(list)
    for mark in marked():
        found[mark.id].append(mark)
    assert found, "there are tests that try attacks, else this says nothing"
    return found


def test_a_mark_for_a_whole_file_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "test_a_room.py"
    mark = 'pytest.mark.attack("A-01")'
    file.write_text(f"pytestmark = {mark}\n\n\n@{mark}\ndef test_somebody() -> None: ...\n", "utf-8")

    assert list(unread_in(file)) == [1]


def test_every_known_case_is_in_the_catalogue_once() -> None:
    assert len({case.id for case in CASES}) == len(CASES) == KNOWN
    assert len(list(surfaces())) == 22
    assert {case.severity for case in CASES} == set(SEVERITIES)


def test_a_case_waits_for_something_that_there_is_not_yet() -> None:
    assert {case.waits_for for case in CASES} - {None} == WAITS_FOR


def test_every_case_is_tried_or_waits_and_every_grave_one_is_seen_to_succeed(
    tests: dict[str, list[Marked]],
) -> None:
    assert list(page.faults()) == []
    assert any(case.grave and tests[case.id] for case in CASES), "there are grave ones, else this says little"


def test_the_page_is_what_the_tests_say(tests: dict[str, list[Marked]]) -> None:
    written = page.page()
    assert page.FILE.read_text("utf-8") == written
    assert all(f"\n| {case.id} | " in written for case in CASES)
