"""The host's hold on its guard: a pipe whose end is the host's end."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from privity.db.embedded import guard
from privity.db.embedded.error import EmbeddedError
from privity.db.embedded.hold import keep_private, let_go


class Lifeline:
    """Keeps a guard, and with it PostgreSQL, for as long as this process holds it."""

    def __init__(self, orders: dict[str, Any], lock: int, log: Path) -> None:
        """Start a guard that shares `lock`, and whose own last words, should it fail, go to `log`."""
        heard, self._held = os.pipe()
        keep_private(self._held)
        try:
            self._guard = _start_guard(orders | {"lock": lock}, heard, lock, log)
        except BaseException:
            let_go(self._held)
            raise
        finally:
            os.close(heard)
        self._cutting = threading.Lock()

    def keep_alive(self) -> None:
        """Tell the guard that PostgreSQL was reached: from now on it is started again whenever it dies."""
        os.write(self._held, b"+")

    def guard_gave_up(self) -> bool:
        return self._guard.poll() is not None

    def cut(self, patience: float) -> None:
        """Let go, and wait until the guard has stopped PostgreSQL; the second time, nothing."""
        with self._cutting:
            let_go(self._held)
            try:
                self._guard.wait(patience)
            except subprocess.TimeoutExpired as late:
                raise EmbeddedError(f"PostgreSQL is still stopping after {patience:.0f} s.") from late


def _start_guard(orders: dict[str, Any], heard: int, lock: int, log: Path) -> "subprocess.Popen[bytes]":
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
