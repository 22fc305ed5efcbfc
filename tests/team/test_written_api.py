"""The page about the team's API says what the doors say."""

import re
from pathlib import Path
from typing import get_args

from privity.people.model import Scope
from tests.team.conftest import NewClient

ABOUT = (
    *("audit", "conversations", "contacts", "users", "identities", "sessions"),
    *("settings", "keys", "key-address", "sign-ins", "legacy"),
)
PAGE = (Path(__file__).parents[2] / "docs" / "team-api.md").read_text("utf-8")


async def test_every_call_of_programs_and_owners_is_on_the_page_and_no_other(
    door: NewClient,
) -> None:
    paths = (await door().get("/openapi.json")).json()["paths"]
    served = {
        f"{method.upper()} {path}"
        for path, methods in paths.items()
        if path.startswith(tuple(f"/api/v1/{about}" for about in ABOUT))
        for method in methods
    }
    assert served, "the API describes itself, else this says nothing"

    assert set(re.findall(r"^\| `((?:GET|POST|PATCH|DELETE) /api/v1/\S+)`", PAGE, re.MULTILINE)) == served


def test_every_scope_is_on_the_page() -> None:
    assert set(re.findall(r"^\| `(\w+:\w+)`", PAGE, re.MULTILINE)) == set(get_args(Scope))
