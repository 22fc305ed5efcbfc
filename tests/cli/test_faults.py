"""What stands in a command's way is told in one sentence that says what to do."""

from pathlib import Path

import asyncpg
import pytest

from privity.cli.faults import sentence_of
from privity.settings import Settings, SettingsError

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://privity@nowhere.invalid/db",
        "postgresql://privity@127.0.0.1:9/db",
        "postgresql:///db?host=/no/such/folder",
    ],
)
async def test_a_database_that_is_not_there_is_told_to_the_operator(url: str) -> None:
    with pytest.raises(OSError) as failure:  # noqa: PT011  (each of the three is another one)
        await asyncpg.connect(url)
    assert sentence_of(failure.value) == (
        "The database does not answer. See that it runs, and that DATABASE_URL names it."
    )


@pytest.mark.parametrize("url", ["mysql://privity@host/db", "host=localhost", "postgresql://h:port/db"])
def test_an_address_of_a_database_that_can_not_be_meant_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match=r"DATABASE_URL must look like postgresql://"):
        Settings.of({"DATABASE_URL": url})


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://privity:p%40ss@one:5432,two:5433/db",
        "postgres://privity@[::1]:5432/db",
        "postgresql:///db?host=/run/postgresql",
    ],
)
def test_an_address_of_a_database_is_taken_as_postgresql_takes_it(url: str) -> None:
    settings = Settings.of({"DATABASE_URL": url})
    assert settings.database_url is not None
    assert settings.database_url.reveal() == url


def test_a_folder_that_is_a_file_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(OSError) as failure:  # noqa: PT011  (which one depends on the system)
        (tmp_path / "data").mkdir()
    assert sentence_of(failure.value) == f"{tmp_path / 'data'} cannot be used: File exists."
