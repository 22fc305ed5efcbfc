"""What cannot be read is refused with one clear problem, alike for every conversation, and nothing is stored half."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from tests.cast import ADA
from tests.doors import Script
from tests.team.desk import Desk

GOOD = '"client_id": "00000000-0000-4000-8000-000000000001"'


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"body": "cut o', 400, "bad_json"),
        (b'{"body": "\xff\xfe", ' + GOOD.encode() + b"}", 400, "bad_json"),
        (b'{"body": "\\ud800", ' + GOOD.encode() + b"}", 400, "bad_json"),
        (b"[]", 422, "not_valid"),
        (b'{"body": 7, ' + GOOD.encode() + b"}", 422, "not_valid"),
        (b'{"body": "a", "client_id": "mine"}', 422, "not_valid"),
        (b'{"body": "a", "seq": 9, ' + GOOD.encode() + b"}", 422, "not_valid"),
        (b'{"body": "a", "author": {"kind": "contact"}, ' + GOOD.encode() + b"}", 422, "not_valid"),
        (b'{"body": "' + b"x" * 70_000 + b'", ' + GOOD.encode() + b"}", 413, "too_large"),
    ],
)
async def test_a_message_that_cannot_be_read_is_refused_before_the_conversation_is_looked_at(
    grace: Desk, new_contact: Callable[[], Script], body: bytes, status: int, code: str
) -> None:
    ada = new_contact()
    await ada.open(ADA)
    conversation = (await ada.start("Hello")).json()["id"]

    known, made_up = await post(grace, conversation, body), await post(grace, str(uuid4()), body)

    assert (known.status_code, known.json()["code"]) == (status, code), known.text
    assert known.headers["content-type"] == "application/problem+json"
    assert (made_up.status_code, made_up.content) == (known.status_code, known.content)
    assert len(await grace.thread(conversation)) == 1


async def test_an_id_that_is_none_is_answered_like_one_that_does_not_exist(grace: Desk) -> None:
    odd = await grace.call("GET", "/conversations/drop-table")
    made_up = await grace.call("GET", f"/conversations/{uuid4()}")

    assert odd.status_code == made_up.status_code == 404
    assert odd.content == made_up.content


async def post(grace: Desk, conversation: str, body: bytes) -> httpx.Response:
    headers = {
        "Origin": grace.origin,
        "Sec-Fetch-Site": "same-origin",
        "X-Privity-CSRF": grace.csrf,
        "Content-Type": "application/json",
    }
    return await grace.http.post(
        f"/api/v1/conversations/{conversation}/messages", content=body, headers=headers
    )
