"""Starting, reaching and stopping the database of one folder."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from privity.db.embedded import kin
from privity.db.embedded.answer import Answer, knock
from privity.db.embedded.binaries import Binaries, Version, find_binaries
from privity.db.embedded.error import EmbeddedError
from privity.db.embedded.hold import Held, guard_lock, hold_folder
from privity.db.embedded.initial import ensure_data
from privity.db.embedded.lifeline import Lifeline
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


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL. It ends with `stop`, or with this process, however that ends."""

    version: Version
    socket_folder: Path
    lifeline: Lifeline
    folder_lock: Held
    superuser: str = "postgres"

    def connect_arguments(self, user: str, password: str, database: str) -> dict[str, Any]:
        """What `asyncpg.connect` or `asyncpg.create_pool` needs to reach it."""
        return {
            "host": str(self.socket_folder),
            "port": int(SETTINGS["port"]),
            "user": user,
            "password": password,
            "database": database,
        }

    def stop(self) -> None:
        """Shut down fast, without waiting for clients; harmless a second time, and in a fork."""
        try:
            self.lifeline.cut(STOP_PATIENCE)
        finally:
            self.folder_lock.let_go()


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _start_held(folder, password, SETTINGS | dict(settings or {}), patience)
    except OSError as failure:
        raise EmbeddedError(
            f"The database in {folder} cannot be started: {failure}. "
            "See who owns that folder, and whether its disk has room."
        ) from failure


def discard(folder: Path) -> None:
    """Remove the database of this folder, wherever it lives; refused while it runs."""
    folder = folder.absolute()
    if not folder.is_dir():
        return
    folder_lock = hold_folder(folder)
    try:
        place = settle(folder)
        with guard_lock(place.guard_lock, STOP_PATIENCE):
            kin.clear(place.data)
            remove(place)
    finally:
        folder_lock.let_go()


def _start_held(folder: Path, password: str, settings: Mapping[str, str], patience: float) -> Cluster:
    folder_lock = hold_folder(folder)
    try:
        place = settle(folder)
        cluster = _launch(place, find_binaries(place.account), password, settings, folder_lock)
    except BaseException:
        folder_lock.let_go()
        raise
    try:
        _wait_until_reached(cluster, place.log, patience)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _launch(
    place: Place, binaries: Binaries, password: str, settings: Mapping[str, str], folder_lock: Held
) -> Cluster:
    with guard_lock(place.guard_lock, STOP_PATIENCE) as lock:
        kin.clear(place.data)
        ensure_data(place, binaries, password)
        address = socket_folder(place)
        orders = {
            "command": _command(place, binaries, address, settings),
            "account": place.account.arguments(),
            "data": str(place.data),
            "socket": str(address / SOCKET),
            "log": str(place.log),
            "lock": lock,
            "lock_path": str(place.guard_lock),
        }
        return Cluster(binaries.version, address, Lifeline(orders, lock, place.log), folder_lock)


def _command(place: Place, binaries: Binaries, address: Path, settings: Mapping[str, str]) -> list[str]:
    quoted = str(address).replace('"', '""')
    given = {**settings, "unix_socket_directories": f'"{quoted}"'}
    choices = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
    return [str(binaries.postgres), "-D", str(place.data), *choices]


def _wait_until_reached(cluster: Cluster, log: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while (answer := knock(cluster.socket_folder / SOCKET)) is not Answer.WELCOME:
        if cluster.lifeline.guard_gave_up():
            raise EmbeddedError(f"PostgreSQL did not start. The last words in {log}: {_last_words(log)}")
        if time.monotonic() > until:
            state = "is still recovering" if answer is Answer.STARTING_UP else "does not answer"
            raise EmbeddedError(f"PostgreSQL {state} after {patience:.0f} s. See {log}, then start again.")
        time.sleep(0.02)
    cluster.lifeline.keep_alive()


def _last_words(log: Path) -> str:
    return " / ".join(log.read_text(errors="replace").splitlines()[-3:])
