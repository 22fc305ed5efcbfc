"""Whoever dies, in whatever order: the database comes back or goes with its host, and nobody is harmed."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from privity.db import embedded
from privity.db.embedded import EmbeddedError, kin
from privity.db.embedded.account import account_for
from privity.db.embedded.answer import Answer, knock
from privity.db.embedded.cluster import STOP_PATIENCE
from privity.db.embedded.guard import NOBODY, Log
from privity.db.embedded.place import SOCKET
from tests.db.embedded.host import PASSWORD, SETTINGS
from tests.db.embedded.hosting import (
    Host,
    answered,
    found,
    has_ended,
    hosted,
    kill_together,
    nothing_runs_in,
    running,
    wait_until,
)


def test_the_database_ends_with_a_host_that_is_killed(made: Path) -> None:
    with running(made) as host:
        guard = host.guard
        host.ask("CREATE TABLE kept ()")
        host.kill()
        wait_until(lambda: nothing_runs_in(made / "data"), "PostgreSQL ends")
        wait_until(lambda: has_ended(guard), "the guard ends")
    assert "database system is shut down" in (made / "postgres.log").read_text(), "in order, not by force"


def test_a_new_host_starts_at_once_after_one_that_was_killed(made: Path) -> None:
    with running(made) as host:
        host.ask("CREATE TABLE kept ()")
        host.kill()
        with running(made) as successor:
            assert successor.ask("SELECT to_regclass('kept')::text") == "kept"


def test_children_that_outlive_a_killed_host_keep_nothing_open(made: Path) -> None:
    with running(made) as host:
        host.tell("fork")
        children = [psutil.Process(pid) for pid in host.hear()["children"]]
        host.kill()
        try:
            with running(made) as successor:
                assert successor.ask("SELECT 42") == 42
                assert all(child.is_running() for child in children), (
                    "they must live for this test to mean anything"
                )
        finally:
            for child in children:
                child.kill()


def test_a_killed_postmaster_comes_back_under_the_same_host(made: Path) -> None:
    with running(made) as host:
        host.ask("CREATE TABLE kept ()")
        killed = host.postmaster
        killed.kill()
        wait_until(lambda: has_ended(killed), "the postmaster is dead")
        assert answered(lambda: host.ask("SELECT to_regclass('kept')::text")) == "kept"
        assert host.postmaster != killed


def test_host_and_guard_killed_together_leave_nothing_running(made: Path) -> None:
    with running(made) as host:
        kill_together(host.itself, host.guard)
        wait_until(lambda: nothing_runs_in(made / "data"), "PostgreSQL ends")
        with running(made) as successor:
            assert successor.ask("SELECT 42") == 42


def test_everything_killed_together_is_recovered_by_the_next_host(made: Path) -> None:
    with running(made) as host:
        host.ask("CREATE TABLE kept ()")
        kill_together(host.itself, host.guard, host.postmaster)
        with running(made) as successor:
            assert successor.ask("SELECT to_regclass('kept')::text") == "kept"
    assert "automatic recovery" in (made / "postgres.log").read_text(), "there was something to recover"


def test_a_postmaster_that_nobody_guards_is_stopped_in_order(made: Path) -> None:
    unguarded = postmaster_without_a_guard(made)
    with running(made) as host:
        assert host.ask("SELECT 42") == 42
        assert unguarded.wait() == 0


def postmaster_without_a_guard(made: Path) -> "subprocess.Popen[bytes]":
    with running(made) as host:
        command = host.postmaster.cmdline()
        host.kill()
        wait_until(lambda: nothing_runs_in(made / "data"), "PostgreSQL ends")
    account = account_for(made / "data")
    postmaster = subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL, **account.arguments())
    wait_until(lambda: knock(made / "socket" / SOCKET) is Answer.WELCOME, "it takes connections")
    return postmaster


@pytest.mark.parametrize("whose", ["a stranger of the same account", "our own", "our child"])
def test_a_stale_pid_file_with_a_number_in_use_harms_nobody(made: Path, whose: str) -> None:
    with running(made) as host:
        kill_together(host.itself, host.guard, host.postmaster)
        wait_until(lambda: nothing_runs_in(made / "data"), "PostgreSQL ends")
    stranger = subprocess.Popen(
        ["sleep", "60"],
        **(account_for(made / "data").arguments() if whose.startswith("a stranger") else {}),
    )
    pid_file = made / "data" / "postmaster.pid"
    number = os.getpid() if whose == "our own" else stranger.pid
    pid_file.write_text("\n".join([str(number), *pid_file.read_text().splitlines()[1:], ""]))
    (made / "socket" / f"{SOCKET}.lock").write_text(pid_file.read_text())
    try:
        cluster = embedded.start(made, PASSWORD, settings=SETTINGS)
        cluster.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_an_empty_pid_file_is_no_obstacle(made: Path) -> None:
    embedded.start(made, PASSWORD, settings=SETTINGS).stop()
    (made / "data" / "postmaster.pid").touch()
    embedded.start(made, PASSWORD, settings=SETTINGS).stop()


def test_a_busy_orphan_of_a_killed_postmaster_is_waited_for(made: Path) -> None:
    with running(made) as host, busy_orphan(host, seconds=3) as orphan, running(made) as successor:
        assert has_ended(orphan)
        assert successor.ask("SELECT 42") == 42


def test_an_orphan_that_does_not_end_is_ended(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kin, "PATIENCE_WITH_ORPHANS", 0.2)
    with running(made) as host, busy_orphan(host, seconds=60) as orphan:
        embedded.start(made, PASSWORD, settings=SETTINGS).stop()
        assert has_ended(orphan)


@contextlib.contextmanager
def busy_orphan(host: Host, seconds: float) -> Iterator[psutil.Process]:
    """A backend that computes and does not look up, while its host, guard and postmaster are killed."""
    busy = (
        f"DO $$ DECLARE done timestamptz := clock_timestamp() + '{seconds} s';"
        " BEGIN WHILE clock_timestamp() < done LOOP END LOOP; END $$"
    )
    with ThreadPoolExecutor() as threads:
        threads.submit(host.ask, busy)
        orphan = found(host.data, " DO")
        kill_together(host.itself, host.guard, host.postmaster)
        assert not has_ended(orphan), "an orphan is needed for this test to mean anything"
        yield orphan


def test_a_slow_recovery_is_waited_for(made: Path) -> None:
    crash_with_much_to_recover(made)
    with hosted(made) as host:
        startup = frozen_startup(made / "data")
        assert knock(made / "socket" / SOCKET) is Answer.STARTING_UP
        assert host.process.poll() is None
        startup.resume()
        assert "socket" in host.hear()
        assert host.ask("SELECT count(*) FROM said") == 300_000


def test_a_recovery_beyond_patience_is_told_and_leaves_nothing(made: Path) -> None:
    crash_with_much_to_recover(made)
    with ThreadPoolExecutor() as threads:
        start = threads.submit(embedded.start, made, PASSWORD, settings=SETTINGS, patience=6)
        frozen_startup(made / "data")
        with pytest.raises(EmbeddedError, match=r"is still recovering after 6 s\. See .*postgres\.log"):
            start.result()
    assert nothing_runs_in(made / "data")


def crash_with_much_to_recover(made: Path) -> None:
    with running(made) as host:
        host.ask("CREATE TABLE said AS SELECT n, repeat('x', 100) FROM generate_series(1, 300000) n")
        kill_together(host.itself, host.guard, host.postmaster)
        wait_until(lambda: nothing_runs_in(made / "data"), "PostgreSQL ends")


def frozen_startup(data: Path) -> psutil.Process:
    """The process that recovers, stopped in the middle of it."""
    startup = found(data, "startup")
    startup.suspend()
    return startup


def test_a_second_host_is_refused_at_once_and_told_who_holds_the_folder(made: Path) -> None:
    with running(made) as host:
        asked = time.monotonic()
        with hosted(made) as second:
            refusal = second.hear()["refusal"]
        assert str(made) in refusal
        assert f"process {host.process.pid}" in refusal
        assert time.monotonic() - asked < STOP_PATIENCE / 2, "it waited for nothing"
        with pytest.raises(EmbeddedError, match=f"process {host.process.pid}"):
            embedded.discard(made)


def test_a_host_is_refused_a_second_time_by_itself(made: Path) -> None:
    cluster = embedded.start(made, PASSWORD, settings=SETTINGS)
    try:
        with pytest.raises(EmbeddedError, match=f"process {os.getpid()}"):
            embedded.start(made, PASSWORD)
    finally:
        cluster.stop()
    embedded.start(made, PASSWORD, settings=SETTINGS).stop()


def test_ctrl_c_leaves_the_database_to_the_host(made: Path) -> None:
    with running(made) as host:
        os.killpg(host.process.pid, signal.SIGINT)
        assert host.hear() == {"last_answer": 42}
        assert host.hear() == {"stopped": True}
    assert nothing_runs_in(made / "data")


def test_the_guard_does_not_heed_a_request_to_stop(made: Path) -> None:
    with running(made) as host:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            host.guard.send_signal(number)
        host.postmaster.kill()
        assert answered(lambda: host.ask("SELECT 42")) == 42


def test_a_guard_leaves_a_folder_alone_that_was_made_anew(made: Path) -> None:
    with running(made) as host:
        guard, postmaster = host.guard, host.postmaster
        for left in made.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        with running(made) as heir:
            postmaster.kill()
            wait_until(lambda: has_ended(guard), "the old guard ends")
            assert heir.postmaster.is_running()


def test_the_log_is_put_aside_when_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privity.db.embedded.guard.LOG_LIMIT", 100)
    log = Log(tmp_path / "postgres.log")
    for number in range(100):
        log.write(b"line %d\n" % number)
    os.close(log.file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["postgres.log", "postgres.log.1"]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 300
    assert (tmp_path / "postgres.log").read_text().endswith("line 99\n")


def test_no_process_has_the_number_that_stands_for_nobody() -> None:
    assert not psutil.pid_exists(NOBODY)
