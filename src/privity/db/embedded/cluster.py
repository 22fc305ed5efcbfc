"""Starting, reaching and stopping the database of one folder."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from privity.db.embedded import guard, kin
from privity.db.embedded.answer import Answer, knock
from privity.db.embedded.binaries import Binaries, Version, find_binaries
from privity.db.embedded.error import EmbeddedError
from privity.db.embedded.hold import hold_folder, hold_guard_lock, keep_private, let_go
from privity.db.embedded.initial import ensure_data
from privity.db.embedded.place import SOCKET, Place, remove, settle, socket_folder

START_PATIENCE = 180.0  # seconds; a recovery after a crash of a busy database may take a minute and more
STOP_PATIENCE = 60.0

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "120",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] ",
    # Neither a failing statement nor the row that it was about: both hold what people wrote.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


@dataclass
class Cluster:
    """A running PostgreSQL. It ends with `stop`, or with this process, however that ends."""

    version: Version
    socket_folder: Path
    _guard: "subprocess.Popen[bytes]"
    _lifeline: int
    _folder_lock: int
    superuser: str = "postgres"
    _stopping: threading.Lock = field(default_factory=threading.Lock)

    def connect_arguments(self, user: str, password: str, database: str) -> dict[str, Any]:
        """What `asyncpg.connect` or `asyncpg.create_pool` needs to reach it."""
        return {
            "host": str(self.socket_folder),
            "port": 5432,
            "user": user,
            "password": password,
            "database": database,
        }

    def stop(self) -> None:
        """Fast shutdown; harmless when it was stopped before, and in a fork of the process that started it."""
        with self._stopping:
            let_go(self._lifeline)
            self._guard.wait(STOP_PATIENCE)
            let_go(self._folder_lock)


def start(
    folder: Path,
    password: str,
    *,
    settings: Mapping[str, str] | None = None,
    patience: float = START_PATIENCE,
) -> Cluster:
    """Start the database of this folder, made on first use, and wait until it takes connections.

    `password` is what the superuser gets when the database is made. `settings` are PostgreSQL's, over ours.
    """
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    folder_lock = hold_folder(folder)
    try:
        return _start(folder, folder_lock, password, SETTINGS | dict(settings or {}), patience)
    except BaseException:
        let_go(folder_lock)
        raise


def discard(folder: Path) -> None:
    """Remove the database of this folder, wherever it lives; refused while it runs."""
    folder = folder.absolute()
    if not folder.is_dir():
        return
    folder_lock = hold_folder(folder)
    try:
        remove(settle(folder))
    finally:
        let_go(folder_lock)


def _start(
    folder: Path, folder_lock: int, password: str, settings: dict[str, str], patience: float
) -> Cluster:
    place = settle(folder)
    binaries = find_binaries(place.account)
    guard_lock = hold_guard_lock(place.guard_lock, STOP_PATIENCE)
    try:
        kin.clear(place.data)
        ensure_data(place, binaries, password)
        address = socket_folder(place)
        process, lifeline = _start_guard(place, binaries, address, settings, guard_lock)
    finally:
        os.close(guard_lock)
    cluster = Cluster(binaries.version, address, process, lifeline, folder_lock)
    try:
        _wait_until_reached(cluster, place, patience)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _start_guard(
    place: Place, binaries: Binaries, address: Path, settings: Mapping[str, str], guard_lock: int
) -> "tuple[subprocess.Popen[bytes], int]":
    """The guard, and the end of the pipe that keeps it: when that closes, PostgreSQL stops."""
    heard, lifeline = os.pipe()
    orders = {
        "command": _command(place, binaries, address, settings),
        "account": place.account.arguments(),
        "data": str(place.data),
        "socket": str(address / SOCKET),
        "log": str(place.log),
        "lock": guard_lock,
        "lock_path": str(place.guard_lock),
    }
    keep_private(lifeline)
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", guard.__file__, json.dumps(orders)],
            cwd="/",
            env={"PATH": os.defpath},
            stdin=heard,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[guard_lock],
            start_new_session=True,  # Ctrl-C in the host's terminal is the host's to answer
        )
    except BaseException:
        let_go(lifeline)
        raise
    finally:
        os.close(heard)
    return process, lifeline


def _command(place: Place, binaries: Binaries, address: Path, settings: Mapping[str, str]) -> list[str]:
    quoted = str(address).replace('"', '""')
    given = {**settings, "unix_socket_directories": f'"{quoted}"'}
    choices = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
    return [str(binaries.postgres), "-D", str(place.data), *choices]


def _wait_until_reached(cluster: Cluster, place: Place, patience: float) -> None:
    until = time.monotonic() + patience
    while (answer := knock(cluster.socket_folder / SOCKET)) is not Answer.WELCOME:
        if cluster._guard.poll() is not None:
            raise EmbeddedError(
                f"PostgreSQL did not start. Its last words in {place.log}: {_last_words(place.log)}"
            )
        if time.monotonic() > until:
            state = "was still recovering" if answer is Answer.STARTING_UP else "did not answer"
            raise EmbeddedError(
                f"PostgreSQL {state} after {patience:.0f} s. See {place.log}, and start again."
            )
        time.sleep(0.02)
    os.write(cluster._lifeline, b"+")


def _last_words(log: Path) -> str:
    return " / ".join(log.read_text(errors="replace").splitlines()[-3:]) if log.exists() else "none"
