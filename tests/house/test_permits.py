"""Nobody but the judge makes a permit, and nobody reads without one."""

import ast
import sys
from dataclasses import fields
from uuid import UUID

from privity.policy import verdict
from tests.house.source import called, imported, modules

PERMITS = {"Permit", "ListPermit", "PreviewPermit", "TeamPermit", "TeamListPermit"}
JUDGE = "policy/verdict.py"
# They ask the judge who may read, for somebody who reads nothing by it; and tell who read what, in ids.
READ_NO_WORD = {"history/why.py", "history/audit.py"}


def test_only_the_judge_makes_permits() -> None:
    makers = {name for name, tree in modules() if PERMITS & set(called(tree))}

    assert makers == {JUDGE}


def test_nobody_makes_a_permit_out_of_another_one() -> None:
    holders = [(name, tree) for name, tree in modules() if _knows_permits(tree) and name != JUDGE]
    assert holders, "somebody is handed permits, else this says nothing"

    for name, tree in holders:
        assert not {"dataclasses.replace", "copy.replace", "copy.copy"} & set(imported(tree)), name
        assert not {"__new__", "__setattr__", "_replace", "__replace__"} & set(called(tree)), name


def test_the_judge_stands_on_the_standard_library_alone() -> None:
    for name, tree in modules("policy"):
        for module in imported(tree):
            assert module.split(".")[0] in sys.stdlib_module_names or module.startswith("privity.policy."), (
                f"{name} imports {module}"
            )


def test_the_judge_asks_no_clock() -> None:
    for name, tree in modules("policy"):
        assert not {"now", "utcnow", "today", "time", "monotonic"} & set(called(tree)), name


def test_who_reads_what_was_said_brings_a_permit_and_cannot_name_a_conversation_beside_it() -> None:
    readers = [
        (f"{name}: {function.name}", _parameters(function))
        for name, tree in modules("history")
        if not name.endswith("routes.py") and name not in READ_NO_WORD
        for function in ast.walk(tree)
        if isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef)
        and _parameters(function).get("house") == "House"
    ]
    assert readers, "the reading room has doors, else this says nothing"

    for reader, parameters in readers:
        assert any(PERMITS & set(kind.split(" | ")) for kind in parameters.values()), (
            f"{reader} asks no permit"
        )
        assert not [name for name, kind in parameters.items() if "conversation" in name and "UUID" in kind], (
            f"{reader} is told a conversation by somebody else than the judge"
        )


def test_a_permit_names_one_conversation_and_a_list_permit_none() -> None:
    assert {field.name: field.type for field in fields(verdict.Permit)}["conversation"] is UUID
    assert "conversation" not in {field.name for field in fields(verdict.ListPermit)}


def _knows_permits(tree: ast.Module) -> bool:
    return any(name.removeprefix("privity.policy.verdict.") in PERMITS for name in imported(tree))


def _parameters(function: ast.AsyncFunctionDef | ast.FunctionDef) -> dict[str, str]:
    arguments = function.args
    return {
        argument.arg: ast.unparse(argument.annotation) if argument.annotation else ""
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    }
