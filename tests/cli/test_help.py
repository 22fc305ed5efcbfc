"""Who asks what there is, mistypes, or thinks better of it, is answered at once."""

import json
import os
import pty
import signal
import subprocess
import sys

from tests.cli.running import ENVIRONMENT, PRIVITY, READY_WITHIN, one_sentence, run

AT_WORK = {"asyncpg", "cryptography", "httpx", "joserfc", "litestar", "structlog", "uvicorn", "uvloop"}
"""What commands work with, and nobody needs who only reads about them."""

ASKS_FOR_HELP_OF_EVERYTHING = """
import json, sys
from privity.cli.commands import app

def ask(place, words):
    app([*words, "--help"], result_action="return_value")
    asked.append(" ".join(words))
    for word in place:
        if not word.startswith("-"):
            ask(place[word], [*words, word])

asked = []
ask(app, [])
json.dump({"asked": asked, "imported": sorted({name.partition(".")[0] for name in sys.modules})}, sys.stderr)
"""


def test_every_command_can_be_read_about_and_loads_nothing_that_it_works_with() -> None:
    reading = subprocess.run(
        [sys.executable, "-c", ASKS_FOR_HELP_OF_EVERYTHING],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(reading.stderr)
    assert {"serve", "demo", "settings set", "keys address set"} <= set(told["asked"]), "down to the last"
    assert "Trust a new key." in reading.stdout, "each with its sentence"
    assert not AT_WORK & set(told["imported"])


def test_who_mistypes_a_command_is_told_which_was_meant() -> None:
    assert 'Did you mean "keys"?' in one_sentence(run("kesy", "list"), code=2)
    assert 'Did you mean "revoke"?' in one_sentence(run("keys", "revok", "key-1"), code=2)


def test_who_is_asked_for_a_token_leaves_with_one_ctrl_c() -> None:
    keyboard, terminal = pty.openpty()
    asking = subprocess.Popen(
        [PRIVITY, "token", "explain"],
        env=ENVIRONMENT,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert asking.stdout is not None
        assert asking.stdout.readline().startswith("Paste the token")
        asking.send_signal(signal.SIGINT)
        said, complained = asking.communicate(timeout=READY_WITHIN)
    finally:
        asking.kill()
        os.close(keyboard)
        os.close(terminal)
    assert (asking.returncode, said, complained) == (130, "", "")
