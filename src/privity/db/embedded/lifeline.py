"""The host's hold on its guard: a pipe whose end is the host's end."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from privity.db.embedded import guard
from privity.db.embedded.error import EmbeddedError
from privity.db.embedded.hold import Held


class Lifeline:
    """Keeps a guard, and with it PostgreSQL, for as long as this process holds it."""

    def __init__(self, orders: dict[str, Any], lock: int, log: Path) -> None:
        """Start a guard that shares `lock`; should it fail itself, its last words go to `log`."""
        heard, held = os.pipe()
        self._held = Held(held)
        try:
            self._guard = _start_guard(orders, heard, lock, log)
        except BaseException:
            self._held.let_go()
            raise
        finally:
            os.close(heard)

    def keep_alive(self) -> None:
        """Tell the guard that PostgreSQL was reached: from now on it is started again whenever it dies."""
        os.write(self._held.descriptor, b"+")

    def guard_gave_up(self) -> bool:
        return self._guard.poll() is not None

    def cut(self, patience: float) -> None:
        """Let go, and wait until the guard has stopped PostgreSQL; the second time, nothing."""
        self._held.let_go()
        try:
            self._guard.wait(patience)
        except subprocess.TimeoutExpired as late:
            raise EmbeddedError(f"PostgreSQL is still stopping after {patience:.0f} s.") from late


def _start_guard(orders: dict[str, Any], heard: int, lock: int, log: Path) -> "subprocess.Popen[bytes]":
    log.touch(mode=0o600)
    with log.open("ab") as last_words:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", guard.__file__, json.dumps(orders)],
            cwd="/",
            env={"PATH": os.defpath},
            stdin=heard,
            stdout=subprocess.DEVNULL,
            stderr=last_words,
            pass_fds=[lock],
            start_new_session=True,  # Ctrl-C in the host's terminal is the host's to answer
        )
