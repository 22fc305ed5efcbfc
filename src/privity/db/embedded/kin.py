"""Which living processes belong to a database: the only ones that are ever signalled."""

import contextlib
import signal
import time
from pathlib import Path

import psutil

from privity.db.embedded.error import EmbeddedError

PROGRAMS = ("postgres", "initdb")
PATIENCE_WITH_ORPHANS = 5.0
PATIENCE_WITH_A_SHUTDOWN = 60.0
PATIENCE_WITH_A_QUIT = 10.0


def clear(data: Path) -> None:
    """End what an earlier guard left behind: ask a postmaster to stop, wait for its orphans, then insist."""
    postmasters = [process for process in kin(data) if _is_postmaster(process)]
    for postmaster in postmasters:
        _signal(postmaster, signal.SIGINT)
    if _gone(data, PATIENCE_WITH_A_SHUTDOWN if postmasters else PATIENCE_WITH_ORPHANS):
        return
    for process in kin(data):
        _signal(process, signal.SIGQUIT)
    if not _gone(data, PATIENCE_WITH_A_QUIT):
        pids = ", ".join(str(process.pid) for process in kin(data))
        raise EmbeddedError(
            f"An earlier PostgreSQL of {data} does not end (process {pids}). End it and start again."
        )


def end_making(unfinished: Path) -> None:
    """End an `initdb` whose host is gone; what it was making is worth nothing."""
    for folder in (unfinished, unfinished / "data"):
        for process in kin(folder):
            _signal(process, signal.SIGKILL)
        _gone(folder, PATIENCE_WITH_A_QUIT)


def kin(data: Path) -> list[psutil.Process]:
    """Every PostgreSQL process that stands in this data folder.

    Found by looking at the living, never by the number in `postmaster.pid`: that may be anybody's by now.
    """
    return [process for process in psutil.process_iter() if _stands_in(process, data)]


def _stands_in(process: psutil.Process, data: Path) -> bool:
    try:
        return data.samefile(process.cwd()) and _program(process.pid) in PROGRAMS
    except (psutil.Error, OSError):
        return False


def _program(pid: int) -> str:
    # Asked anew: one that `process_iter` remembers may have become another program since.
    return Path(psutil.Process(pid).exe()).name


def _is_postmaster(process: psutil.Process) -> bool:
    """It still has its arguments; the others have put a title in their place."""
    try:
        return "-D" in process.cmdline()
    except psutil.Error:
        return False


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    """`psutil` compares the time of birth first, so that a number taken over by another is left alone."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def _gone(data: Path, patience: float) -> bool:
    until = time.monotonic() + patience
    while kin(data):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
