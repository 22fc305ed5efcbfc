"""The token endpoint answers the site's own pages, never another site's, and never a cache."""

import json

import pytest

from privity_client import answer_token_request

OWN = {"Host": "acme.example", "Origin": "https://acme.example", "Sec-Fetch-Site": "same-origin"}


def test_somebody_gets_a_token() -> None:
    answer = answer_token_request(OWN, "a.b.c")
    assert (answer.status, json.loads(answer.body)) == (200, {"token": "a.b.c"})
    assert answer.headers["Content-Type"] == "application/json"


def test_nobody_gets_an_empty_answer() -> None:
    answer = answer_token_request(OWN, None)
    assert (answer.status, answer.body) == (204, b"")


@pytest.mark.parametrize(
    "foreign",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Host": "acme.example", "Origin": "https://mallory.example"},
        {"host": "acme.example", "origin": "null"},
        {"Origin": "https://acme.example"},
    ],
)
def test_another_sites_page_gets_nothing(foreign: dict[str, str]) -> None:
    answer = answer_token_request(foreign, "a.b.c")
    assert (answer.status, answer.body) == (403, b"")


@pytest.mark.parametrize("own", [OWN, {"host": "localhost:8081", "origin": "http://localhost:8081"}, {}])
def test_the_sites_own_page_and_its_scripts_are_answered(own: dict[str, str]) -> None:
    assert answer_token_request(own, "a.b.c").status == 200


@pytest.mark.attack("A-83")
@pytest.mark.parametrize("headers", [OWN, {"Sec-Fetch-Site": "cross-site"}])
@pytest.mark.parametrize("token", ["a.b.c", None])
def test_no_answer_may_be_stored(headers: dict[str, str], token: str | None) -> None:
    assert answer_token_request(headers, token).headers["Cache-Control"] == "no-store"
