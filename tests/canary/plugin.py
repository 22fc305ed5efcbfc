"""How the sweep sits in the suite: `tests/conftest.py` takes it from here."""

from collections.abc import Iterator

import pytest
import structlog

from tests.canary.listening import keep_log


@pytest.fixture(scope="session", autouse=True)
def the_log_is_overheard() -> Iterator[None]:
    """Nothing private belongs in a log, whoever reads it."""
    before = structlog.get_config()["processors"]
    structlog.configure(processors=[keep_log, *before])
    yield
    structlog.configure(processors=before)


SWEPT = (
    "tests/canary/",
    "tests/live/test_contact_socket.py",
    "tests/proofs/",
    "tests/team/test_answering.py",
)
"""The rooms that are swept after each test; `tests/second_doors` sweeps its one town when all have been at all doors.
A room joins when all of it was seen to pass."""


def is_swept(request: pytest.FixtureRequest) -> bool:
    """Where a test takes a defence out on purpose, something must leak."""
    callspec = getattr(request.node, "callspec", None)
    without_defence = callspec is not None and callspec.params.get("taken_out")
    return not without_defence and request.node.nodeid.startswith(SWEPT)
