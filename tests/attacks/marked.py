"""Which tests try which attack: read from their decorators, so that nothing need be imported or run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("tests", "sdk/python/tests")


@dataclass(frozen=True, slots=True)
class Marked:
    """A test that carries `pytest.mark.attack("A-18", without=…)`, for one of the ids."""

    id: str
    file: str
    test: str
    without: tuple[str, ...]
    """The defences that the test is run without, to see it fail."""


def marked() -> Iterator[Marked]:
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("test_*.py")):
            yield from _in_file(file)


def _in_file(file: Path) -> Iterator[Marked]:
    text = file.read_text("utf-8")
    if "mark.attack" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for mark in filter(_is_attack, node.decorator_list):
                yield from _of(mark, str(file.relative_to(ROOT)), node.name)


def _is_attack(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.attack"


def _of(mark: ast.expr, file: str, test: str) -> Iterator[Marked]:
    assert isinstance(mark, ast.Call)
    without = tuple(name for keyword in mark.keywords for name in _names(keyword.value))
    for argument in mark.args:
        yield Marked(str(ast.literal_eval(argument)), file, test, without)


def _names(value: ast.expr) -> Iterator[str]:
    """`defences.one`, or `(defences.one, defences.another)`."""
    for part in value.elts if isinstance(value, ast.Tuple | ast.List) else [value]:
        yield ast.unparse(part).rpartition(".")[2]
