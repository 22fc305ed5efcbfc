"""What the tests of the embedded database share: hosts to kill, processes to watch, questions to ask."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from privity.db.embedded import kin
from privity.db.embedded.place import settle
from tests.db.embedded import host
from tests.db.embedded.host import PASSWORD

SOON = 60.0
PATIENCE = 120.0
POLL = 0.03


@dataclass
class Host:
    """A process of its own that runs the database of a folder."""

    folder: Path
    process: "subprocess.Popen[str]"

    @property
    def data(self) -> Path:
        return settle(self.folder).data

    @property
    def guard(self) -> psutil.Process:
        [guard] = [child for child in self.itself.children() if "guard.py" in " ".join(child.cmdline())]
        return guard

    @property
    def itself(self) -> psutil.Process:
        return psutil.Process(self.process.pid)

    @property
    def postmaster(self) -> psutil.Process:
        [postmaster] = self.guard.children()
        return postmaster

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout
        impatience = threading.Timer(PATIENCE, self.process.kill)
        impatience.start()
        line = self.process.stdout.readline()
        impatience.cancel()
        assert line, f"the host said nothing for {PATIENCE:.0f} s"
        words: dict[str, Any] = json.loads(line)
        return words

    def tell(self, order: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def ask(self, question: str) -> Any:
        return ask(settle(self.folder).home / "socket", question)


@contextlib.contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """A host that has been started, and has its database or its refusal to tell."""
    process = subprocess.Popen(
        [sys.executable, host.__file__, folder],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Host(folder, process)
    finally:
        process.kill()
        process.communicate()


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Host]:
    with hosted(folder) as host:
        words = host.hear()
        assert "socket" in words, words
        yield host


def ask(socket_folder: Path, question: str) -> Any:
    """The first value of the database's answer, over a connection for this question alone."""
    return asyncio.run(_ask(socket_folder, question))


async def _ask(socket_folder: Path, question: str) -> Any:
    connection = await asyncpg.connect(
        host=str(socket_folder), port=5432, user="postgres", password=PASSWORD, database="postgres"
    )
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def answered(question: Callable[[], Any]) -> Any:
    """The answer, asked again and again while the database is not there."""
    until = time.monotonic() + SOON
    while True:
        try:
            return question()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            assert time.monotonic() < until, "the database does not come back"
            time.sleep(POLL)


def wait_until(happened: Callable[[], object], what: str) -> None:
    until = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < until, f"not in time: {what}"
        time.sleep(POLL)


def found(data: Path, title: str) -> psutil.Process:
    """The process of this database that has these words in its title, as soon as there is one."""
    until = time.monotonic() + SOON
    while True:
        for process in kin.kin(data):
            if title in _title(process):
                return process
        assert time.monotonic() < until, f"no process is called {title}"


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def has_ended(process: psutil.Process) -> bool:
    """Also when nobody has asked yet how it ended."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def nothing_runs_in(data: Path) -> bool:
    return not kin.kin(data)


def kill_together(*processes: psutil.Process) -> None:
    """Freeze all of them first, so that none sees another die."""
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for process in processes:
            process.send_signal(number)
    wait_until(lambda: all(map(has_ended, processes)), "they are dead")
