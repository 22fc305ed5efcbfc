"""Reaching a database that another process of Privity keeps: as a client, without a say in its life."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from privity.db.embedded.answer import Answer, knock
from privity.db.embedded.place import POINTER, SOCKET, settle, socket_folder

PORT = 5432
START_PATIENCE = 60.0  # seconds for a server that is still recovering


@dataclass(frozen=True)
class Neighbour:
    """A PostgreSQL that runs for somebody else on this machine."""

    socket_folder: Path
    superuser: str = "postgres"

    def connect_arguments(self, user: str, password: str, database: str) -> dict[str, Any]:
        """What `asyncpg.connect` or `asyncpg.create_pool` needs to reach it."""
        return {
            "host": str(self.socket_folder),
            "port": PORT,
            "user": user,
            "password": password,
            "database": database,
        }


def attach(folder: Path) -> Neighbour | None:
    """The running server of this folder's database; None where none runs, or none was ever made."""
    folder = folder.absolute()
    if not any((folder / name).exists() for name in ("data", POINTER)):
        return None
    address = socket_folder(settle(folder))
    until = time.monotonic() + START_PATIENCE
    while (answer := knock(address / SOCKET)) is Answer.STARTING_UP and time.monotonic() < until:
        time.sleep(0.1)
    return Neighbour(address) if answer is Answer.WELCOME else None
