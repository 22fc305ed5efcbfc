"""The log of a process that serves: one line of JSON an event, and no words that were not meant for it."""

import json
import subprocess
import sys

import pytest

FAILING = """
import logging
from privity.cli import logs

logs.configure()
try:
    raise ValueError("the words that Ada wrote")
except ValueError:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
logging.getLogger("uvicorn.error").info("Started server process")
"""


@pytest.mark.attack("A-192")
@pytest.mark.attack("A-43", "A-263")
def test_a_failure_is_logged_by_its_kind_and_place_and_not_by_its_words() -> None:
    said = subprocess.run([sys.executable, "-c", FAILING], capture_output=True, text=True, check=True).stderr

    assert said.count("\n") == 1, "what merely happens is not logged"
    line = json.loads(said)
    assert line["event"] == "Exception in ASGI application"
    assert (line["error"], line["where"]) == ("ValueError", ["<string>:7"])
    assert "Ada" not in said
