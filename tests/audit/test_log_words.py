"""Vera reads a sentence, whatever happened: none of what is recorded is left to a word for programs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import privity
from privity.audit.model import Actor, Kind
from privity.history.log_words import LINK_END, REFUSAL, SENTENCES, SESSION_END, TICKET, WHO, sentence
from privity.policy.articles import CONTACT
from privity.policy.remedies import LEGACY, SIGN_IN, TOKEN

SOURCES = Path(privity.__file__).parent
SCHEMA = (SOURCES / "db" / "schema.sql").read_text("utf-8")
RECORDING = {"AuditEvent", "note_look", "_changed", "_event", "_noted", "_read", "end_one", "end_sessions"}
"""By these names rooms record: the reason is a word among what they are given."""
BESIDE = {*get_args(Kind), *get_args(Actor)}


def happened(kind: str, reason: str | None = None, **more: Any) -> dict[str, Any]:
    numbers = dict.fromkeys(("from_seq", "to_seq", "count"))
    return {"kind": kind, "actor": "teammate", "reason": reason, **numbers, **more}


def test_each_kind_of_event_has_a_sentence_and_so_has_each_who() -> None:
    assert set(SENTENCES) == set(get_args(Kind))
    assert set(WHO) == set(get_args(Actor))
    assert all(None in said for said in SENTENCES.values())


def test_each_reason_that_a_room_gives_has_a_sentence() -> None:
    given = set(_given())
    assert {"audit_log", "signing_key_gone", "legacy_on", "timeline", "disabled"} <= given, (
        "rooms give reasons"
    )

    assert given - {reason for said in SENTENCES.values() for reason in said} == set()


def _given() -> Iterator[str]:
    """Every word for programs that is handed to what records, in the rooms that do."""
    for text in (file.read_text("utf-8") for file in SOURCES.rglob("*.py")):
        if "AuditEvent(" not in text and "note_look(" not in text:
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and _name(call.func) in RECORDING:
                yield from {word for given in _handed(call) for word in _words_in(given)} - BESIDE


def _name(called: ast.expr) -> str:
    name: str = getattr(called, "id", getattr(called, "attr", ""))
    return name


def _handed(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _words_in(given: ast.expr) -> set[str]:
    if isinstance(given, ast.IfExp):
        return _words_in(given.body) | _words_in(given.orelse)
    return {given.value} if isinstance(given, ast.Constant) and isinstance(given.value, str) else set()


@pytest.mark.parametrize(
    ("column", "table", "said"),
    [
        ("end_reason", "session", SESSION_END),
        ("end_reason", "ticket", TICKET),
        ("why", "identity_link", LINK_END),
    ],
)
def test_each_reason_that_a_table_knows_has_a_sentence(
    column: str, table: str, said: dict[str | None, Any]
) -> None:
    # That a ticket followed another is no event of its own: the new one's is.
    known = set(_words_of(column, table)) - {"renewed"}
    assert known, "the table knows reasons"

    assert known <= set(said)


def _words_of(column: str, table: str) -> list[str]:
    (made,) = re.findall(rf"CREATE TABLE (?:privity\.)?{table} \((.*?)\n\);", SCHEMA, re.DOTALL)
    (check,) = re.findall(rf"\(?\(?{column} = ANY \(ARRAY\[(.*?)\]", made)
    return re.findall(r"'(\w+)'", check)


def test_each_refusal_at_a_contacts_door_has_a_sentence() -> None:
    refusals = {row.reason for row in CONTACT if not row.allows} | {f"token_{fault}" for fault in TOKEN}

    assert refusals | set(LEGACY) | set(SIGN_IN) | {"code", "proof_needed"} <= set(REFUSAL)


def test_every_sentence_can_be_said_of_an_event_that_was_erased() -> None:
    for kind, reasons in SENTENCES.items():
        for reason in reasons:
            said = sentence(happened(kind, reason))
            assert said.endswith(".")
            assert "None" not in said or kind == "log_cut", said
            assert "{" not in said


def test_a_sentence_says_how_many_and_from_where_to_where() -> None:
    assert sentence(happened("read", from_seq=1, to_seq=9, count=9)) == (
        "A teammate read entries 1 to 9 of a conversation."
    )
    assert (
        sentence(happened("read", from_seq=4, to_seq=4, count=1))
        == "A teammate read entry 4 of a conversation."
    )
    assert (
        sentence(happened("read", "list", count=0)) == "A teammate read the list of conversations: 0 lines."
    )
    assert sentence(happened("refusal", "code", actor="contact", count=3)) == (
        "A contact was refused 3 times within a minute: the code was not right, or no longer."
    )
    assert sentence(happened("log_cut", actor="system", to_seq=7, count=1)) == (
        "The log was cut by age, up to seal 7: 1 event went."
    )


def test_what_another_version_recorded_is_told_as_far_as_it_can_be() -> None:
    assert sentence(happened("key_change", "a_word_of_tomorrow")) == "A teammate changed whose word is taken."
    assert sentence(happened("a_kind_of_tomorrow")) == (
        "A teammate did something that this version has no words for."
    )
