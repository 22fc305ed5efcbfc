"""The first time: a new data folder, whole or not at all."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from privity.db.embedded import kin
from privity.db.embedded.binaries import Binaries
from privity.db.embedded.error import EmbeddedError
from privity.db.embedded.place import Place

UNFINISHED = "new-"
FIRST_MAJOR_WITH_BUILTIN_LOCALES = 17


def ensure_data(place: Place, binaries: Binaries, password: str) -> None:
    """Make the data folder if it is not there; refuse one that another major version made."""
    _sweep(place.home)
    if place.data.exists():
        _check_version(place, binaries)
    else:
        _make(place, binaries, password)


def _sweep(home: Path) -> None:
    """Remove what an `initdb` that was killed half-way left."""
    for unfinished in home.glob(f"{UNFINISHED}*"):
        kin.end_making(unfinished)
        shutil.rmtree(unfinished, ignore_errors=True)


def _check_version(place: Place, binaries: Binaries) -> None:
    if not place.account.owns(place.data):
        raise EmbeddedError(
            f"{place.data} belongs to another account. Start Privity as that account, or as root."
        )
    made_by = (place.data / "PG_VERSION").read_text().strip()
    major = str(binaries.version[0])
    if made_by != major:
        raise EmbeddedError(
            f"The database in {place.folder} was made by PostgreSQL {made_by}, and {binaries.folder} is "
            f"PostgreSQL {major}. Name the programs of PostgreSQL {made_by} in PRIVITY_POSTGRES_BIN, or move "
            "the data over with pg_dump."
        )


def _make(place: Place, binaries: Binaries, password: str) -> None:
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=place.home))
    try:
        place.account.give(unfinished)
        _initdb(place, binaries, unfinished / "data", _written(place, unfinished / "password", password))
        (unfinished / "data").rename(place.data)
        _make_lasting(place.home)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _written(place: Place, path: Path, password: str) -> Path:
    with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(password)
    place.account.give(path)
    return path


def _initdb(place: Place, binaries: Binaries, data: Path, password: Path) -> None:
    run = subprocess.run(
        [
            binaries.initdb,
            f"--pgdata={data}",
            "--username=postgres",
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            "--encoding=UTF8",
            *_locale(binaries.version[0]),
            "--data-checksums",
        ],
        cwd=data.parent,  # by which it is known again, should this process be killed
        env={"PATH": os.defpath, "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **place.account.arguments(),
    )
    if run.returncode != 0:
        raise EmbeddedError(
            f"PostgreSQL could not make its data folder in {place.home}: {run.stderr.strip()}"
        )


def _locale(major: int) -> list[str]:
    """One order of words and one idea of letters on every machine."""
    if major >= FIRST_MAJOR_WITH_BUILTIN_LOCALES:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale-provider=libc", "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]


def _make_lasting(folder: Path) -> None:
    """A rename outlives a power cut only once its folder has been written out."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
