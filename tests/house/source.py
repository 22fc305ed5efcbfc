"""The house's own source, as text and as syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

from privity.db import schema

SOURCE = Path(__file__).parents[2] / "src" / "privity"


def modules(under: str = "") -> Iterator[tuple[str, ast.Module]]:
    """Each Python file, by its path below `src/privity`, with its tree."""
    for file in sorted((SOURCE / under).rglob("*.py")):
        yield str(file.relative_to(SOURCE)), ast.parse(file.read_text("utf-8"))


def statements() -> Iterator[tuple[str, str]]:
    """Each text that may be run: the `.sql` files without their comments, and every string of the program."""
    for file in sorted(set(SOURCE.rglob("*.sql")) - {schema.FILE}):
        lines = file.read_text("utf-8").splitlines()
        yield str(file.relative_to(SOURCE)), "\n".join(line.partition("--")[0] for line in lines)
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield name, node.value


def called(tree: ast.AST) -> Iterator[str]:
    """The last name of everything that is called: `verdict.Permit(…)` calls `Permit`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module, and every name from a module, that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
