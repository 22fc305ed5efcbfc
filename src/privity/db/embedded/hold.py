"""One host for one folder: a lock that ends with the process that took it."""

import fcntl
import os
import threading
import time
from functools import cache
from pathlib import Path

from privity.db.embedded.error import EmbeddedError

_private: set[int] = set()
_one_at_a_time = threading.Lock()


def keep_private(descriptor: int) -> int:
    """Close this descriptor in every fork, so that what it stands for ends with this process."""
    _let_go_in_forks()
    with _one_at_a_time:
        _private.add(descriptor)
    return descriptor


def let_go(descriptor: int) -> None:
    """Close a private descriptor; in a fork, where it was closed at birth, nothing."""
    with _one_at_a_time:
        if descriptor not in _private:
            return
        _private.discard(descriptor)
        os.close(descriptor)


@cache
def _let_go_in_forks() -> None:
    os.register_at_fork(after_in_child=_forget)


def _forget() -> None:
    for descriptor in _private:
        os.close(descriptor)
    _private.clear()


def hold_folder(folder: Path) -> int:
    """The host's lock on its folder, or a refusal that names who has it."""
    lock = _open(folder / "host.lock")
    if not _taken(lock):
        holder = os.pread(lock, 32, 0).decode().strip() or "unknown"
        os.close(lock)
        raise EmbeddedError(
            f"The database in {folder} is in use by another Privity (process {holder}). "
            "Stop that one first, or name another folder."
        )
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    return keep_private(lock)


def hold_guard_lock(path: Path, patience: float) -> int:
    """The guard's lock, once the guard of a host that died has stopped its PostgreSQL."""
    lock = _open(path)
    until = time.monotonic() + patience
    while not _taken(lock):
        if time.monotonic() > until:
            os.close(lock)
            raise EmbeddedError(
                f"After {patience:.0f} s the PostgreSQL of an earlier Privity is still stopping "
                f"in {path.parent}. Wait for it, then start again."
            )
        time.sleep(0.02)
    return keep_private(lock)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
