"""Where a database lives: in the folder that was named, or, where its account cannot go there, elsewhere."""

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from privity.db.embedded.account import Account, account_for
from privity.db.embedded.error import EmbeddedError

# Root's folders are often closed to the account that PostgreSQL runs as, and are not ours to open.
ELSEWHERE = Path("/var/lib/privity")

POINTER = "postgres.id"
MARKER = "belongs-to"
SOCKET_POINTER = "socket.at"

SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # bytes; Linux takes 107, macOS 103


@dataclass(frozen=True)
class Place:
    """A folder, the home of its database (often the same), and the account that runs it."""

    folder: Path
    home: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def guard_lock(self) -> Path:
        return self.home / "guard.lock"


def settle(folder: Path) -> Place:
    """The place of the database of this folder, chosen the first time and found again after."""
    if (folder / POINTER).exists():
        return _pointed_at(folder)
    account = account_for(folder / "data")
    if account.can_enter(folder):
        return Place(folder, folder, account)
    if (folder / "data").exists():
        raise EmbeddedError(
            f"The database in {folder} belongs to the account number {account.uid}, which cannot enter "
            "that folder. Let that account enter it and the folders above it (`chmod o+x`)."
        )
    return _found_elsewhere(folder, account)


def _pointed_at(folder: Path) -> Place:
    name = (folder / POINTER).read_text().strip()
    if not re.fullmatch(r"[0-9a-f]{32}", name):
        raise EmbeddedError(f"{folder / POINTER} does not name a database. Restore {folder} from a backup.")
    home = ELSEWHERE / "clusters" / name
    if not home.is_dir():
        raise EmbeddedError(
            f"The database of {folder} is in {home}, and that is not there. "
            f"Bring it back from a backup, or remove {folder} to start anew."
        )
    _refuse_a_copy(folder, home)
    _mark(home, folder)
    return Place(folder, home, account_for(home / "data"))


def _refuse_a_copy(folder: Path, home: Path) -> None:
    original = Path(os.fsdecode((home / MARKER).read_bytes().removesuffix(b"\n")))
    pointer = original / POINTER
    if pointer.exists() and not folder.samefile(original) and pointer.read_text().strip() == home.name:
        raise EmbeddedError(
            f"{folder} is a copy of {original}, and the database of both is in {home}. "
            f"Remove {folder / POINTER} to give the copy a new database of its own."
        )


def _mark(home: Path, folder: Path) -> None:
    (home / MARKER).write_bytes(bytes(folder) + b"\n")


def _found_elsewhere(folder: Path, account: Account) -> Place:
    home = _open_folder(_open_folder(shared_folder() / "clusters") / uuid4().hex)
    _mark(home, folder)
    unfinished = folder / f"{POINTER}.new"
    unfinished.write_text(f"{home.name}\n")
    unfinished.rename(folder / POINTER)
    return Place(folder, home, account)


def shared_folder() -> Path:
    """The folder that root keeps for what its account must reach."""
    if ELSEWHERE.exists() and ELSEWHERE.stat().st_uid != 0:
        raise EmbeddedError(f"{ELSEWHERE} must belong to root, since root trusts what is in it.")
    return _open_folder(ELSEWHERE)


def _open_folder(folder: Path) -> Path:
    """A folder of ours that every account may enter, whatever root's umask."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    return folder


def socket_folder(place: Place) -> Path:
    """A private folder for the socket: at home, or where that path is too long, a remembered one."""
    at_home = place.home / "socket"
    folder = at_home if _fits(at_home) else _remembered(place) or _temporary(place)
    folder.mkdir(mode=0o700, exist_ok=True)
    place.account.give(folder)
    return folder


def _fits(folder: Path) -> bool:
    return len(bytes(folder / SOCKET)) <= LONGEST_SOCKET_PATH


def _remembered(place: Place) -> Path | None:
    """The folder of last time, unless somebody else has put theirs there since."""
    pointer = place.home / SOCKET_POINTER
    if not pointer.exists():
        return None
    folder = Path(pointer.read_text().rstrip("\n"))
    is_ours = place.account.owns(folder) and folder.stat().st_mode & 0o777 == 0o700
    return folder if is_ours else None


def _temporary(place: Place) -> Path:
    for parent in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108  (mkdtemp makes a private folder in it)
        if _fits(parent / "privity-12345678") and place.account.can_enter(parent):
            folder = Path(tempfile.mkdtemp(prefix="privity-", dir=parent))
            (place.home / SOCKET_POINTER).write_text(f"{folder}\n")
            return folder
    raise EmbeddedError(
        f"No folder is short enough for the socket of the database in {place.folder}; set TMPDIR."
    )


def remove(place: Place) -> None:
    """Remove the database and what was kept for it."""
    if socket := _remembered(place):
        shutil.rmtree(socket, ignore_errors=True)
    for left in (place.data, place.home / "socket"):
        shutil.rmtree(left, ignore_errors=True)
    if place.home != place.folder:
        shutil.rmtree(place.home, ignore_errors=True)
        (place.folder / POINTER).unlink(missing_ok=True)
