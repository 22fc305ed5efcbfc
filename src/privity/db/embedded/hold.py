"""One host for one folder: locks that end with the process that took them."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from privity.db.embedded.error import EmbeddedError

_all_held: "set[Held]" = set()


class Held:
    """A descriptor that no fork keeps, so that what it stands for ends with this process."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        _all_held.add(self)
        _let_go_in_forks()

    def let_go(self) -> None:
        """Close it, once: its number may be another's by the second time."""
        try:
            _all_held.remove(self)
        except KeyError:
            return
        os.close(self.descriptor)


def hold_folder(folder: Path) -> Held:
    """The host's lock on its folder, until it is let go, or a refusal that names who has it."""
    lock = _open(folder / "host.lock")
    if not _taken(lock):
        holder = os.pread(lock.descriptor, 32, 0).decode().strip() or "unknown"
        lock.let_go()
        raise EmbeddedError(
            f"The database in {folder} is in use by another Privity (process {holder}). "
            "Stop that one first, or name another folder."
        )
    os.ftruncate(lock.descriptor, 0)
    os.pwrite(lock.descriptor, f"{os.getpid()}\n".encode(), 0)
    return lock


@contextlib.contextmanager
def guard_lock(path: Path, patience: float) -> Iterator[int]:
    """The guard's lock, once the guard of a host that died has stopped its PostgreSQL.

    A guard that is started meanwhile shares it, and keeps it when it is left here.
    """
    lock = _open(path)
    try:
        until = time.monotonic() + patience
        while not _taken(lock):
            if time.monotonic() > until:
                raise EmbeddedError(
                    f"After {patience:.0f} s the PostgreSQL of an earlier Privity is still stopping "
                    f"in {path.parent}. Wait for it, then start again."
                )
            time.sleep(0.02)
        yield lock.descriptor
    finally:
        lock.let_go()


@cache
def _let_go_in_forks() -> None:
    os.register_at_fork(after_in_child=_let_go_of_all)


def _let_go_of_all() -> None:
    for held in tuple(_all_held):
        held.let_go()


def _open(path: Path) -> Held:
    return Held(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _taken(lock: Held) -> bool:
    try:
        fcntl.flock(lock.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
