"""`docs/limits.md`, from the limits and their docstrings: `python -m privity.web.limits_page [--check FILE]`."""

import ast
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from privity.web import limits

HEAD = """# Limits

Each is a named setting in `src/privity/web/limits.py`. Who meets one is told what it is and loses nothing.
Limits of a contact are counted by its own session or network, never by whom it writes about; but for the letters that
one mailbox gets, and nobody who asks for one learns of those.

| limit | value | what it counts, and the answer beyond |
|---|---|---|
"""


def page() -> str:
    return HEAD + "".join(f"| `{name}` | {value} | {sentence} |\n" for name, value, sentence in rows())


def rows() -> Iterator[tuple[str, str, str]]:
    """(name, value, sentence) of each limit: a constant that is followed by its docstring."""
    source = Path(limits.__file__).read_text("utf-8")
    for statement, after in pairwise(ast.parse(source).body):
        match statement, after:
            case ast.Assign(targets=[ast.Name(name)]), ast.Expr(ast.Constant(str(sentence))):
                yield name, _shown(getattr(limits, name)), sentence


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(str(rate) for rate in value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def main(arguments: list[str]) -> int:
    if arguments[:1] != ["--check"]:
        sys.stdout.write(page())
        return 0
    file = Path(arguments[1])
    if file.is_file() and file.read_text("utf-8") == page():
        return 0
    sys.stderr.write(f"{file} is not what the limits say: python -m privity.web.limits_page > {file}\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
