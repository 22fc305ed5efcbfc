"""Who may say what to the database."""

import re

from tests.house.source import statements

READS_MESSAGES = re.compile(
    r"(?:\b(?:FROM|JOIN|ONLY|TABLE|COPY|UPDATE)|,)\s+(?:privity\.)?message\b", re.IGNORECASE
)
READS_WORDS = re.compile(r"\bcontact_page\b|\bcontact_list\b|\blast_excerpt\b")
SWITCHES_ROLES = re.compile(
    r"^\s*(?:RE)?SET\s+(?:LOCAL\s+|SESSION\s+)?(?:ROLE|SESSION\s+AUTHORIZATION)\b|set_config\s*\(\s*'role'",
    re.IGNORECASE | re.MULTILINE,
)
SETS_A_VARIABLE = re.compile(
    r"\bset_config\s*\(|^\s*SET\s+(?:LOCAL\s+)?privity\.", re.IGNORECASE | re.MULTILINE
)


def places(pattern: re.Pattern[str]) -> set[str]:
    """The files, outside of the migrations, that say something like this."""
    return {name for name, text in statements() if pattern.search(text) and "db/migrations/" not in name}


def rooms(pattern: re.Pattern[str]) -> set[str]:
    return {name.partition("/")[0] for name in places(pattern)}


def test_only_the_reading_room_selects_what_was_said() -> None:
    assert any(READS_MESSAGES.search(text) for _, text in statements()), "the database's own functions do"

    assert rooms(READS_MESSAGES) <= {"history"}
    assert rooms(READS_WORDS) == {"history"}


def test_who_explains_why_reads_no_word_of_what_was_said() -> None:
    explaining = places(re.compile(r"\bFROM conversation\b"))
    assert "history/why.sql" in explaining, "it looks at conversations, else this says nothing"

    assert not {"history/why.sql", "history/why.py"} & (places(READS_MESSAGES) | places(READS_WORDS))


def test_no_connection_ever_switches_its_role() -> None:
    assert SWITCHES_ROLES.search("BEGIN;\n  set local role privity_team"), "it would be seen"

    assert not any(SWITCHES_ROLES.search(text) for _, text in statements())


def test_the_second_locks_variables_are_set_by_the_pool_and_by_functions_alone() -> None:
    assert places(SETS_A_VARIABLE) == {"db/pool.py"}


def test_inside_a_function_a_variable_is_never_set_by_a_statement_that_reads() -> None:
    setters = [
        line.strip()
        for name, text in statements()
        if "db/migrations/" in name
        for line in text.splitlines()
        if "set_config(" in line
    ]
    assert setters, "functions set the variables, else this says nothing"

    for line in setters:
        assert re.fullmatch(r"(PERFORM|setting :=) set_config\('privity\.\w+', .*, true\);", line), line
