"""A site's developer copies the tests out of the document, and they tell a good site from a bad one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites.servers import EXAMPLES
from tests.sites.test_written import blocks

SETTINGS = {
    "PRIVITY_CHAT": "https://chat.example",
    "PRIVITY_WORKSPACE": "acme",
    "PRIVITY_KID": "acme-1",
    "PRIVITY_SIGNING_SECRET": "s" * 32,
    "SHOP_SECRET_KEY": "the shop's own",
}
CLIENT = """
import flask_site
import pytest


@pytest.fixture
def client():
    return flask_site.app.test_client()
"""
EVERYBODY_IS_BOB = """
flask_site.app.view_functions["privity.token"] = lambda: {"token": flask_site.Chat.from_environment().sign(
    flask_site.Identity("u-bob")
)}
"""


@pytest.mark.parametrize(("more", "passed"), [("", 2), (EVERYBODY_IS_BOB, 0)], ids=["good", "bad"])
def test_the_documents_tests_tell_a_good_site_from_a_bad_one(more: str, passed: int, tmp_path: Path) -> None:
    [(_, tests)] = blocks("Your tests")
    (tmp_path / "conftest.py").write_text(CLIENT + more)
    (tmp_path / "test_chat.py").write_text(tests)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**os.environ, **SETTINGS, "PYTHONPATH": str(EXAMPLES)},
        capture_output=True,
        text=True,
        check=False,
    )
    expected = f"{passed} passed" if passed else f"{2 - passed} failed"
    assert expected in done.stdout, done.stdout + done.stderr
