"""The token debugger says all that is right and wrong with a token, and the same as the door would."""

import pytest

from privity.proofs.explaining import explain
from privity.proofs.tokens import Occasion
from tests.proofs.test_tokens import ACCEPTED, HOUR, KEYS, NOW, REFUSED, WORKSPACE, claims, signed

HERE = Occasion(WORKSPACE, HOUR, NOW)


@pytest.mark.parametrize(("token", "fault"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_the_fault_that_the_door_names_is_among_what_is_wrong_because(token: str, fault: str) -> None:
    explained = explain(token, KEYS, HERE)
    assert not explained.accepted
    assert fault in [check.name for check in explained.checks if check.state == "wrong"]


@pytest.mark.parametrize("token", [row[1] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_a_good_token_is_right_in_everything_although(token: str) -> None:
    explained = explain(token, KEYS, HERE)
    assert explained.accepted
    assert {check.state for check in explained.checks} == {"right"}


def test_several_faults_are_told_at_once_each_with_what_to_do() -> None:
    explained = explain(signed(claims(aud="elsewhere", sub="", exp=...)), KEYS, HERE)
    wrong = {check.name: check for check in explained.checks if check.state == "wrong"}
    assert {"audience", "subject", "lifetime"} <= set(wrong)
    assert all(check.remedy for check in wrong.values())
    assert [check.state for check in explained.checks if check.name == "signature"] == ["right"]


def test_a_token_that_a_sign_out_used_up_is_told_so() -> None:
    explained = explain(signed(claims()), KEYS, HERE, known=["spent"])
    assert not explained.accepted
    assert [check.name for check in explained.checks if check.state == "wrong"] == ["spent"]


def test_white_space_around_a_pasted_token_does_not_matter() -> None:
    assert explain(f"  {signed(claims())}\n", KEYS, HERE).accepted
