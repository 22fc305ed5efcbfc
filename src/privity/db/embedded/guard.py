"""The guard: PostgreSQL's parent, which starts it again when it dies and stops it when its host does.

A program of its own, run by path with nothing but the standard library. Standard input is a pipe whose other
end only the host holds. One byte says that the database has been reached, and is to be kept alive from now
on; the end of the pipe says that the host is gone, however it went.
"""

import contextlib
import ctypes
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

LOG_LIMIT = 10_000_000  # bytes, twice: the log and the one before it
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds between two starts
CALM_AFTER = 60.0  # seconds of life after which the pauses begin anew
ORPHANS_PATIENCE = 5.0
STOPS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))
NOBODY = 2**31 - 1  # no system counts its processes this far
PR_SET_PDEATHSIG = 1


class Guard:
    """Keeps one postmaster for one host."""

    def __init__(self, orders: dict[str, Any]) -> None:
        self.command: list[str] = orders["command"]
        self.account: dict[str, Any] = orders["account"]
        self.data = Path(orders["data"])
        self.socket = Path(orders["socket"])
        self.lock: int = orders["lock"]
        self.lock_path = Path(orders["lock_path"])
        self.log = Log(Path(orders["log"]))
        self.host_is_gone = False
        self.reached = False
        self.pause = SHORTEST_PAUSE
        self.events = selectors.DefaultSelector()
        self.events.register(sys.stdin.fileno(), selectors.EVENT_READ, self.hear_host)
        self.events.register(waking_on_signals(), selectors.EVENT_READ, drain)

    def run(self) -> int:
        while self.host_lives() and self.folder_is_ours():
            born = time.monotonic()
            end = self.one_life()
            if self.host_lives() and not self.reached:
                return 1
            if self.host_lives():
                self.log.write(f"guard: PostgreSQL {end}, and is started again\n".encode())
                self.recover_breath(time.monotonic() - born)
        return 0

    def host_lives(self) -> bool:
        return not self.host_is_gone

    def folder_is_ours(self) -> bool:
        """A folder that was removed and made anew belongs to somebody else."""
        try:
            return os.path.samestat(os.fstat(self.lock), self.lock_path.stat())
        except FileNotFoundError:
            return False

    def one_life(self) -> str:
        """From a start to its end, by the host's end or PostgreSQL's own; says how it ended."""
        try:
            self.start()
        except OSError as failure:
            return f"could not be started ({failure})"
        self.listen_while(lambda: self.host_lives() and self.postmaster.poll() is None)
        if self.postmaster.poll() is None:
            self.stop()
        self.read_to_the_end()
        return f"ended with {self.postmaster.returncode}"

    def start(self) -> None:
        forget_the_dead(self.data, self.socket)
        self.postmaster: subprocess.Popen[bytes] = subprocess.Popen(
            self.command,
            cwd="/",
            env={"PATH": os.defpath, "TZ": "UTC"},
            bufsize=0,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=stop_when_orphaned,  # noqa: PLW1509  (this program has one thread)
            **self.account,
        )
        self.words: IO[bytes] | None = self.postmaster.stdout
        self.events.register(cast("IO[bytes]", self.words), selectors.EVENT_READ, self.hear_postgres)

    def stop(self) -> None:
        """A fast shutdown; a server that was never reached has nothing to write down and quits."""
        for number, patience in STOPS if self.reached else STOPS[1:]:
            self.postmaster.send_signal(number)
            if self.gone_within(patience):
                return

    def gone_within(self, patience: float) -> bool:
        self.listen_while(lambda: self.postmaster.poll() is None, patience)
        return self.postmaster.poll() is not None

    def read_to_the_end(self) -> None:
        """Its words end when the last of its processes has, orphans of a killed postmaster included."""
        self.listen_while(lambda: self.words is not None, ORPHANS_PATIENCE)
        self.end_words()

    def recover_breath(self, lived: float) -> None:
        """Pause before the next start: longer each time, unless the last life was a long one."""
        self.pause = SHORTEST_PAUSE if lived > CALM_AFTER else min(self.pause * 2, LONGEST_PAUSE)
        self.listen_while(self.host_lives, self.pause)

    def listen_while(self, condition: Callable[[], bool], patience: float | None = None) -> None:
        until = None if patience is None else time.monotonic() + patience
        while condition():
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                return
            for key, _ in self.events.select(left):
                key.data(key.fd)

    def hear_host(self, pipe: int) -> None:
        if os.read(pipe, 1):
            self.reached = True
        else:
            self.host_is_gone = True
            self.events.unregister(pipe)

    def hear_postgres(self, pipe: int) -> None:
        if words := os.read(pipe, 65536):
            self.log.write(words)
        else:
            self.end_words()

    def end_words(self) -> None:
        if self.words:
            self.events.unregister(self.words)
            self.words.close()
            self.words = None


class Log:
    """A file that is put aside when it is full; the one before it then goes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open()

    def open(self) -> None:
        self.file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def write(self, words: bytes) -> None:
        # A full disk must not end the guard, and with it the database.
        with contextlib.suppress(OSError):
            if os.fstat(self.file).st_size > LOG_LIMIT:
                self.turn()
            os.write(self.file, words)

    def turn(self) -> None:
        self.path.replace(self.path.with_name(f"{self.path.name}.1"))
        os.close(self.file)
        self.open()


def forget_the_dead(data: Path, socket: Path) -> None:
    """Take a dead postmaster's number out of its lock files: by now it may be that of somebody unrelated.

    `postmaster.pid` is rewritten rather than removed, since it also names the shared memory by which
    PostgreSQL notices a backend that still lives.
    """
    socket.with_name(f"{socket.name}.lock").unlink(missing_ok=True)
    pid_file = data / "postmaster.pid"
    try:
        descriptor = os.open(pid_file, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    with os.fdopen(descriptor, "r+b") as file:
        number, _, rest = file.read().partition(b"\n")
        if number.isdigit():
            file.seek(0)
            file.truncate()
            file.write(b"%d\n%s" % (NOBODY, rest))
        else:
            pid_file.unlink()


def stop_when_orphaned() -> None:
    """Should the guard itself be killed, Linux tells PostgreSQL to stop."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def waking_on_signals() -> int:
    """A pipe that becomes readable at every signal: a child's end is heard, requests to stop are not obeyed.

    The host decides; it is asked by the same Ctrl-C or SIGTERM, and may need the database to finish.
    """
    reading, writing = os.pipe()
    for end in (reading, writing):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(writing)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    return reading


def drain(pipe: int) -> None:
    os.read(pipe, 4096)


if __name__ == "__main__":
    sys.exit(Guard(json.loads(sys.argv[1])).run())
