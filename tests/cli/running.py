"""The program itself, as a shell would start it."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.unsaid import secrets_in

PRIVITY = Path(sys.executable).with_name("privity")
READY_WITHIN = 120.0
STOPPED_WITHIN = 60.0
"""With a database of its own, on a machine that has more to do."""

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("PRIVITY_", "DATABASE_"))
}


@dataclass
class Running:
    """A program that serves until it is told to stop."""

    arguments: list[str]
    lines: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [PRIVITY, *self.arguments],
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._listening = [threading.Thread(target=listen) for listen in (self._hear, self._overhear)]
        self.log = ""
        for thread in self._listening:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self._heard_out()

    def said(self, count: int) -> list[str]:
        """The first lines on standard output, once there are so many."""
        until = time.monotonic() + READY_WITHIN
        while len(self.lines) < count:
            assert self.process.poll() is None, self.log
            assert time.monotonic() < until, f"it said only {self.lines}, and in its log: {self.log}"
            time.sleep(0.02)
        return self.lines

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to stop, and wait until it has."""
        self.process.send_signal(how)
        self._heard_out()

    def _heard_out(self) -> None:
        self.process.wait(STOPPED_WITHIN)
        for thread in self._listening:
            thread.join()
        logged = [line for line in self.log.splitlines() if line.startswith("{")]
        assert secrets_in("\n".join(logged)) == []
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()

    def _hear(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def _overhear(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log += line


def run(
    *arguments: str, typed: str = "", around: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """A command that ends by itself; `around` stands in its environment besides."""
    return subprocess.run(
        [PRIVITY, *arguments],
        env={**ENVIRONMENT, **(around or {})},
        input=typed,
        capture_output=True,
        text=True,
        timeout=READY_WITHIN,
        check=False,
    )


def answered(*arguments: str, typed: str = "") -> Any:
    """What a command that must succeed says with --json."""
    done = run(*arguments, "--json", typed=typed)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1, "a script reads one line"
    return json.loads(done.stdout)


def one_sentence(refused: "subprocess.CompletedProcess[str]", code: int = 1) -> str:
    """What a command that must fail says: one line, for a person."""
    assert refused.returncode == code, refused.stdout + refused.stderr
    assert refused.stderr.count("\n") == 1, refused.stderr
    assert refused.stderr.startswith("privity: ")
    return refused.stderr
