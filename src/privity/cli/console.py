"""What a command says: on standard output, in colour where there is a terminal; faults on standard error."""

import sys
from typing import Any

import msgspec
from rich.console import Console, RenderableType
from rich.text import Text

_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_DIRECTIONS = (0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_IN_A_LINE = {order: f"\\u{order:04x}" for order in (*_CONTROLS, *_DIRECTIONS)}
_IN_LINES = {order: shown for order, shown in _IN_A_LINE.items() if chr(order) not in "\n\t"}
"""What moves the cursor, rings, colours, or turns the direction of what follows, and how it is shown instead."""


class _Screen(Console):
    """Words are shown as they are, whatever is in them, and give the terminal no orders. Long ones, such as links and
    secrets, stay in one piece, however narrow it is."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(soft_wrap=True, highlight=False, emoji=False, markup=False, stderr=stderr)

    def render_str(self, text: str, **ways: Any) -> Text:
        return super().render_str(text.translate(_IN_LINES), **ways)


_OUT = _Screen()
_ERR = _Screen(stderr=True)


class CommandError(Exception):
    """A command cannot do what it was asked. The message says why, and what to do."""


def answer(value: Any, *lines: RenderableType, json: bool) -> None:
    """The same for both: the value for a script, else lines for a person."""
    if json:
        give(value)
    else:
        say(*lines)


def marked(pattern: str, *words: object) -> Text:
    """One line in rich's marks, such as `[bold]{}[/]: {}`, with words in its gaps, in which nothing is a mark."""
    line, rest = Text(), Text.from_markup(pattern)
    for word in words:
        gap = rest.plain.index("{}")
        before, marks, rest = rest.divide([gap, gap + 2])
        style = marks.get_style_at_offset(_OUT, 0)
        line.append_text(before).append(str(word).translate(_IN_A_LINE), style)
    return line.append_text(rest)


def say(*lines: RenderableType) -> None:
    """Lines and tables for a person."""
    for line in lines:
        _OUT.print(line)


def complain(sentence: str) -> None:
    _ERR.print(marked("[bold red]privity:[/] {}", sentence))


def give(value: Any) -> None:
    """One line of JSON for a script."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()
