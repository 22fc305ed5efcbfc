"""Which of the attributes that a site signs can be kept."""

import pytest

from privity.proofs.attributes import MOST_ATTRIBUTES, attributes_in


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "phone",
        {"phone": ["+44"]},
        {"company": {"name": "x"}},
        {"company": None},
        {"": "nameless"},
        {"n" * 65: "a name too long"},
        {"note": "two\nlines"},
        {"note": "a\u0000"},
        {"note": "a\u202eb"},
        {"note": "\ud800"},
        {"note": "   "},
        {"seats": 10**400},
        {"seats": float("inf")},
        {"seats": float("nan")},
        {"avatar": "javascript:alert(1)"},
        {"avatar": "https://"},
        {"avatar": "https://[broken"},
        {"avatar": 1},
    ],
    ids=ascii,
)
def test_it_is_left_out(told: object) -> None:
    assert attributes_in({"phone": "1"}) == {"phone": "1"}, "what fits is kept"
    assert attributes_in(told) == {}


@pytest.mark.attack("A-253")
def test_the_first_fifty_that_fit_are_kept() -> None:
    told = {"wrong": [1], **{f"a{number}": number for number in range(60)}}
    assert list(attributes_in(told)) == [f"a{number}" for number in range(MOST_ATTRIBUTES)]
