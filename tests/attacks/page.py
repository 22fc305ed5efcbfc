"""`docs/security/attacks.md`, from the catalogue and the tests: `python -m tests.attacks.page --write | --check`."""

import sys
from collections import defaultdict
from collections.abc import Iterator

from tests.attacks.catalogue import Case, Surface, surfaces
from tests.attacks.marked import ROOT, Marked, marked, unread

FILE = ROOT / "docs" / "security" / "attacks.md"

HEAD = """# Attacks

Known ways to break what [the law](../policy.md) promises, drawn from published flaws of systems like this one and from
classes of weakness, and what happens when they are tried here. Ada is a proved user; Mallory claims to be her; Grace
answers; Otto belongs to another workspace.

Each case is **tried** by tests that run with every change and before every release, which is not made while one of
them fails: this page says what is tried, and not how a run went. Where it says *succeeds without*, the same test also
runs with that defence taken out, and must then see the attack succeed: so it can. That is so for every critical case,
and for the subtle ones (★), where the obvious check is there and the leak is beside it. What **waits** strikes at
something that Privity does not have yet.

This page is written by `python -m tests.attacks.page --write` from `tests/attacks/catalogue.toml` and the tests' marks.

"""

Tests = dict[str, list[Marked]]


def page() -> str:
    tests: Tests = defaultdict(list)
    for mark in marked():
        tests[mark.id].append(mark)
    chapters = list(surfaces())
    return HEAD + "\n".join([*_counts(chapters, tests), *(_chapter(one, tests) for one in chapters)])


def _counts(chapters: list[Surface], tests: Tests) -> Iterator[str]:
    yield "| where | cases | tried | seen to succeed without a defence | waiting |\n|---|--:|--:|--:|--:|"
    rows = [(surface.name, *_count(surface.cases, tests)) for surface in chapters]
    totals = ("**all**", *(sum(numbers) for numbers in zip(*(row[1:] for row in rows), strict=True)))
    for name, *numbers in (*rows, totals):
        yield f"| {name} | {' | '.join(map(str, numbers))} |"


def _count(cases: tuple[Case, ...], tests: Tests) -> tuple[int, int, int, int]:
    tried = [case for case in cases if tests[case.id]]
    shown = [case for case in tried if any(mark.without for mark in tests[case.id])]
    waiting = [case for case in cases if not tests[case.id]]
    return len(cases), len(tried), len(shown), len(waiting)


def _chapter(surface: Surface, tests: Tests) -> str:
    head = "| id | what is tried | how grave | source | tests | how |\n|---|---|---|---|---|---|\n"
    return f"\n## {surface.name}\n\n{head}" + "".join(_row(case, tests[case.id]) for case in surface.cases)


def _row(case: Case, tests: list[Marked]) -> str:
    grave = f"{case.severity} ★" if case.star else case.severity
    links = "<br>".join(_link(mark) for mark in dict.fromkeys((mark.file, mark.test) for mark in tests))
    return f"| {case.id} | {case.title} | {grave} | {case.source} | {links} | {_how(case, tests)} |\n"


def _link(place: tuple[str, str]) -> str:
    file, test = place
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../../{file})"


def _how(case: Case, tests: list[Marked]) -> str:
    if not tests:
        return f"waits for {case.waits_for}"
    without = dict.fromkeys(" and ".join(map(_spoken, mark.without)) for mark in tests if mark.without)
    parts = ["tried", *(f"succeeds without {names}" for names in without)]
    if case.waits_for:
        parts.append(f"the rest waits for {case.waits_for}")
    return "; ".join(parts)


def _spoken(name: str) -> str:
    return f"*{name.replace('_', ' ')}*"


def faults() -> Iterator[str]:
    """What keeps the catalogue from being whole."""
    tests: Tests = defaultdict(list)
    for mark in marked():
        tests[mark.id].append(mark)
    known = {case.id: case for surface in surfaces() for case in surface.cases}
    for place in unread():
        yield f"{place} marks no test: what it tries stands on no page"
    for strange in sorted(tests.keys() - known.keys()):
        yield f"{tests[strange][0].file} tries {strange}, which is not in the catalogue"
    for case in known.values():
        if not tests[case.id] and case.waits_for is None:
            yield f"{case.id} is tried by no test, and waits for nothing"
        if tests[case.id] and case.grave and not any(mark.without for mark in tests[case.id]):
            yield f"{case.id} is {case.severity}{' ★' * case.star}: one of its tests needs a defence to run `without`"


def main(arguments: list[str]) -> int:
    if arguments == ["--write"]:
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(page(), "utf-8")
        return 0
    if said := list(faults()):
        sys.stderr.write("".join(f"{fault}\n" for fault in said))
        return 1
    if FILE.is_file() and FILE.read_text("utf-8") == page():
        return 0
    sys.stderr.write(f"{FILE} is not what the tests say: python -m tests.attacks.page --write\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
