"""The published law, the sentences of *Why?* and what runs are one."""

from pathlib import Path
from typing import get_args

import pytest

from privity.policy.articles import CONTACT, TEAM
from privity.policy.remedies import EXPLANATIONS, GATE, TOKEN, WRITE, remedy, sentence
from privity.policy.written import document
from privity.proofs.tokens import Fault

DOCUMENT = Path(__file__).parents[2] / "docs" / "policy.md"


def test_the_published_law_is_what_runs() -> None:
    assert DOCUMENT.read_text("utf-8") == document(), (
        "write it again: python -m privity.policy.written --write docs/policy.md"
    )


@pytest.mark.parametrize("number", range(1, len(CONTACT) + 1))
def test_why_says_the_very_sentence_of_the_published_table(number: int) -> None:
    row = CONTACT[number - 1]
    answer = "yes" if row.allows else "no"

    published = f"| {number} | {sentence(row.reason)} | {answer} | `{row.reason}` |"

    assert published in DOCUMENT.read_text("utf-8")


def test_every_no_has_a_remedy_and_no_yes_has_one() -> None:
    answers = {row.reason: row.allows for row in CONTACT} | {row.reason: row.allows for row in TEAM}
    for reason, allowed in answers.items():
        assert (remedy(reason) is None) == allowed, reason


def test_every_reason_at_the_gate_for_writing_and_of_a_token_is_explained() -> None:
    assert set(GATE) == {"session_over", "proof_over"}
    assert set(WRITE) == {"proof_needed"}
    assert set(TOKEN) == set(get_args(Fault))


def test_a_sentence_is_short_whole_and_quiet() -> None:
    for reason, said in EXPLANATIONS.items():
        for text in filter(None, (said.sentence, said.remedy)):
            assert text[0].isupper(), reason
            assert text.endswith("."), reason
            assert "!" not in text, reason
            assert "|" not in text, f"{reason} would break its table"


def test_a_word_that_nobody_uses_is_an_error() -> None:
    with pytest.raises(KeyError):
        sentence("because")
