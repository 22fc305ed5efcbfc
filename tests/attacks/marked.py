"""Which tests try which attack: read from their decorators, so that nothing need be imported or run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

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


def unread() -> Iterator[str]:
    """Where a mark stands that is on no function, such as one for a whole file: nobody would see what it tries."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("test_*.py")):
            yield from (f"{file.relative_to(ROOT)}:{line}" for line in unread_in(file))


def unread_in(file: Path) -> Iterator[int]:
    tree = _tree(file)
    read = {mark for test in _functions(tree) for mark in test.decorator_list}
    for mark in filter(_is_attack, ast.walk(tree)):
        if mark not in read:
            yield mark.lineno


def _in_file(file: Path) -> Iterator[Marked]:
    for test in _functions(_tree(file)):
        for mark in filter(_is_attack, test.decorator_list):
            yield from _of(mark, str(file.relative_to(ROOT)), test.name)


def _tree(file: Path) -> ast.Module:
    text = file.read_text("utf-8")
    return ast.parse(text if "mark.attack" in text else "")


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _is_attack(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.attack"


def _of(mark: ast.Call, file: str, test: str) -> Iterator[Marked]:
    without = tuple(name for keyword in mark.keywords for name in _names(keyword.value))
    for argument in mark.args:
        yield Marked(str(ast.literal_eval(argument)), file, test, without)


def _names(value: ast.expr) -> Iterator[str]:
    """`defences.one`, or `(defences.one, defences.another)`."""
    for part in value.elts if isinstance(value, ast.Tuple | ast.List) else [value]:
        yield ast.unparse(part).rpartition(".")[2]
