"""Whatever the suite does is overheard and swept, except for what is named here."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.canary.plugin import UNHEARD
from tests.house.source import called

TESTS = Path(__file__).parents[1]
SWEEP = TESTS.parent / "docs" / "security" / "sweep.md"
Rule = Callable[[ast.Module], bool]


def trees() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(TESTS.rglob("*.py")):
        yield str(file.relative_to(TESTS.parent)), ast.parse(file.read_text("utf-8"))


def has_a_door_without_an_ear(tree: ast.Module) -> bool:
    """An app of the house's own that is not handed to `overheard` at once."""
    if not any(isinstance(node, ast.ImportFrom) and node.module == "privity.app" for node in tree.body):
        return False
    heard = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "overheard"
    }
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func) == "create_app" and id(node) not in heard
        for node in ast.walk(tree)
    )


def has_a_database_that_is_not_swept(tree: ast.Module) -> bool:
    return "fresh" in called(tree)


def has_a_browser_that_nobody_watches(tree: ast.Module) -> bool:
    return bool({"new_context", "launch_persistent_context"} & set(called(tree))) and "watch" not in called(
        tree
    )


def starts_the_program(tree: ast.Module) -> bool:
    return "privity" in {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and ast.unparse(node.func).endswith("with_name")
    }


RULES: list[Rule] = [
    has_a_door_without_an_ear,
    has_a_database_that_is_not_swept,
    has_a_browser_that_nobody_watches,
    starts_the_program,
]


def unheard() -> set[str]:
    return {name for name, tree in trees() if any(rule(tree) for rule in RULES)} - {"tests/canary/plugin.py"}


def test_whatever_the_suite_does_is_swept_but_for_what_is_named_with_its_reason() -> None:
    assert unheard() == set(UNHEARD)
    page = SWEEP.read_text("utf-8")
    assert [name for name in UNHEARD if f"`{name}`" not in page] == []


@pytest.mark.parametrize(
    ("rule", "room"),
    [
        (has_a_door_without_an_ear, "from privity.app import create_app\nserving(create_app(house), port)"),
        (has_a_database_that_is_not_swept, "async def world(): return await server.fresh()"),
        (has_a_browser_that_nobody_watches, "async def come(): return await browser.new_context()"),
        (starts_the_program, 'PRIVITY = Path(sys.executable).with_name("privity")'),
    ],
    ids=lambda of: getattr(of, "__name__", ""),
)
def test_a_new_room_that_goes_around_the_sweep_is_noticed(rule: Rule, room: str) -> None:
    assert rule(ast.parse(room))


def test_a_new_room_that_goes_its_way_is_not() -> None:
    room = "from privity.app import create_app\nserving(overheard(create_app(house), database.ears, house.clock), port)"
    assert not any(rule(ast.parse(room)) for rule in RULES)
