"""What a command says: on standard output, in colour where there is a terminal; faults on standard error."""

import sys
from typing import Any

import msgspec
from rich.console import Console, RenderableType

# Long words, such as links and secrets, stay in one piece, however narrow the terminal is.
_OUT = Console(soft_wrap=True, highlight=False, emoji=False)
_ERR = Console(soft_wrap=True, highlight=False, emoji=False, stderr=True)


class CommandError(Exception):
    """A command cannot do what it was asked. The message says why, and what to do."""


def answer(value: Any, *lines: RenderableType, json: bool) -> None:
    """The same for both: the value for a script, else lines for a person."""
    if json:
        give(value)
    else:
        say(*lines)


def say(*lines: RenderableType) -> None:
    """Lines and tables for a person; rich's marks are understood."""
    for line in lines:
        _OUT.print(line)


def complain(sentence: str) -> None:
    _ERR.print(f"[bold red]privity:[/] {_plain(sentence)}")


def give(value: Any) -> None:
    """One line of JSON for a script."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
