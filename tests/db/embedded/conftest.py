"""A folder for a database, which goes with all that it points at."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from privity.db import embedded
from tests.db.embedded.host import PASSWORD, SETTINGS


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture
def made(folder: Path, made_once: Path) -> Path:
    """A folder whose database has been made before."""
    subprocess.run(["cp", "-a", f"{made_once}/.", folder], check=True)
    return folder


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A folder with a database that has been stopped, to be copied."""
    with open_folder() as folder:
        embedded.start(folder, PASSWORD, settings=SETTINGS).stop()
        yield folder


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """Open to every account, so that the database lives in it whoever runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="privity-test-"))
    folder.chmod(0o755)
    yield folder
    embedded.discard(folder)
    shutil.rmtree(folder)
