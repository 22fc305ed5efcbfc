"""Who PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from privity.db.embedded.error import EmbeddedError

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account of this machine; `borrowed` when root lends its processes to it."""

    uid: int
    gid: int
    borrowed: bool

    def arguments(self) -> dict[str, Any]:
        """What `subprocess` needs to start a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.borrowed else {}

    def can_enter(self, folder: Path) -> bool:
        if not self.borrowed:
            return True
        check = subprocess.run(
            ["/bin/sh", "-c", 'test -x "$0"', folder], cwd="/", check=False, **self.arguments()
        )
        return check.returncode == 0

    def can_run(self, program: Path) -> bool:
        try:
            subprocess.run(
                [program, "--version"], cwd="/", **self.arguments(), check=True, stdout=subprocess.DEVNULL
            )
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def owns(self, path: Path) -> bool:
        """Whether it is this account's own, and no link to something else."""
        try:
            return path.lstat().st_uid == self.uid and not path.is_symlink()
        except FileNotFoundError:
            return False

    def give(self, path: Path) -> None:
        if self.borrowed:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """Ourselves; but for root the owner of the data that is there, else an account without privileges."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), borrowed=False)
    if data.exists():
        owner = data.stat()
        return Account(owner.st_uid, owner.st_gid, borrowed=True)
    return _unprivileged()


def _unprivileged() -> Account:
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, borrowed=True)
    raise EmbeddedError(
        "PostgreSQL does not run as root, and this machine has neither an account `postgres` nor `nobody`. "
        "Start Privity as an ordinary account."
    )
