"""The catalogue of attacks, read: `catalogue.toml` is the source of truth, and this is its shape."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

FILE = Path(__file__).with_name("catalogue.toml")

Severity = Literal["critical", "high", "medium", "low"]

WAITS_FOR = frozenset((
    "access for support",
    "answers by a model",
    "answers by mail",
    "attachments",
    "backups",
    "companies",
    "editing contacts",
    "editing messages",
    "erasure",
    "exports",
    "link previews",
    "links in letters",
    "mail that comes in",
    "merging contacts",
    "mirrors in other products",
    "pictures of people",
    "push",
    "surveys by link",
    "transcripts",
    "webhooks",
))  # fmt: skip
"""What Privity does not have yet. A case may wait for one of these and for nothing else."""


@dataclass(frozen=True, slots=True)
class Case:
    """One known way to break what is promised."""

    id: str
    severity: Severity
    title: str
    source: str
    star: bool = False
    waits_for: str | None = None

    @property
    def grave(self) -> bool:
        """Such a case counts only with a proof that its test can fail."""
        return self.star or self.severity == "critical"


@dataclass(frozen=True, slots=True)
class Surface:
    """Where the attacks of one chapter strike."""

    name: str
    cases: tuple[Case, ...]


def surfaces() -> Iterator[Surface]:
    for surface in tomllib.loads(FILE.read_text("utf-8"))["surface"]:
        yield Surface(surface["name"], tuple(Case(**case) for case in surface["cases"]))


def cases() -> Iterator[Case]:
    for surface in surfaces():
        yield from surface.cases


SEVERITIES = get_args(Severity)
