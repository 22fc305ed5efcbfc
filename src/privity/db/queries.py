"""SQL in files: each statement starts with `-- name`, a line on what it is for, and stands under that name."""

import re
from collections.abc import Iterator
from pathlib import Path

_NAME = re.compile(r"^-- ([a-z_]+)$", re.MULTILINE)


class Queries:
    """The named statements of one `.sql` file: `SQL["waiting"]`. An unknown name fails where it is written."""

    def __init__(self, file: Path) -> None:
        parts = _NAME.split(file.read_text("utf-8"))
        self._statements: dict[str, str] = dict(
            zip(parts[1::2], (text.strip() for text in parts[2::2]), strict=True)
        )

    def __getitem__(self, name: str) -> str:
        return self._statements[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._statements)


def beside(module: str, name: str = "store.sql") -> Queries:
    """The `.sql` file beside a module: `SQL = beside(__file__)`."""
    return Queries(Path(module).with_name(name))
