"""The installation's secret is made once, whole, and is told apart from another's."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from privity.db import engine
from privity.db.engine import EngineError
from privity.keyring import SECRET_BYTES, Keyring, KeyringError
from tests.database import TEMPLATE, Server


def test_two_who_start_at_once_have_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as starting:
        marks = set(starting.map(lambda _: Keyring.in_folder(tmp_path).mark, range(8)))

    assert len(marks) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["installation.key"]
    assert stat.S_IMODE((tmp_path / "installation.key").stat().st_mode) == 0o600


def test_a_secret_that_was_cut_off_is_told_to_the_operator_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "installation.key").write_bytes(b"short")
    with pytest.raises(KeyringError, match="is damaged: bring it back from a backup"):
        Keyring.in_folder(tmp_path)
    assert (tmp_path / "installation.key").read_bytes() == b"short"


@pytest.mark.anyio
async def test_a_database_is_not_taken_over_by_another_installation(server: Server) -> None:
    """Such as by a container that lost its volume: it would change every password, and open nothing that was sealed."""
    other = Keyring(os.urandom(SECRET_BYTES))
    passwords = {role: server.keyring.password(role) for role in engine.ROLES}
    admin = server.superuser("postgres")

    with pytest.raises(EngineError, match="belongs to another installation"):
        await engine.prepare(admin, passwords, TEMPLATE, other.mark)
    await engine.prepare(admin, passwords, TEMPLATE, server.keyring.mark)
