"""The table of headers, held by every door that the router knows, whoever knocks."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from privity.app import http_doors
from privity.house import House
from privity.web.headers import ASSET, ENCRYPTED, INBOX, LOADER, PANEL, SIGNED_IN, WORDS, Row, page_policy
from privity.web.static_files import FrontEnd
from tests.attacks.doors import the_sites_that_may_frame_the_panel
from tests.doors import CHAT, SHOP, Acme

NewClient = Callable[[], httpx.AsyncClient]

KINDS: dict[str, Row] = {
    "/loader.js": LOADER,
    "/assets/{path:path}": ASSET,
    "/widget/frame": PANEL,
    "/widget/signed-in": SIGNED_IN,
    "/inbox": INBOX,
    "/inbox/{rest:path}": INBOX,
    "/setup": INBOX,
}
"""What isn't named here answers in words."""

PRIVATE = "no-store"

PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, content-type",
    "Access-Control-Request-Private-Network": "true",
}

ENDINGS = (
    "/x.css",
    ";x.js",
    "%2f..%2fassets%2fx.css",
    "%0ax.css",
    "/%2e%2e/loader.js",
    "//",
    "/.js",
    "%00.css",
)
"""By which a cache between a browser and the chat might take an answer for a file."""


IN_WORDS = {"Permissions-Policy"}
"""A long list, which the page for reviewers tells instead of quoting."""


def test_the_page_for_reviewers_tells_what_is_sent() -> None:
    page = (Path(__file__).parents[2] / "docs/security/hardening.md").read_text("utf-8")
    for row in (WORDS, INBOX, PANEL, SIGNED_IN, LOADER, ASSET):
        for name, said in row.items():
            assert name in page
            assert name in IN_WORDS or said in page, (name, said)
    assert ": ".join(ENCRYPTED) in page
    trusted_types = page_policy(CHAT, "'none'").partition("require-")[2]
    assert trusted_types in page


@pytest.fixture
def doors(house: House, front_end: FrontEnd) -> Litestar:
    return http_doors(house, front_end)


async def test_every_door_answers_with_its_row_of_the_table(
    doors: Litestar, door: NewClient, acme: Acme, front_end: FrontEnd
) -> None:
    paths = {route.path for route in doors.routes}
    assert KINDS.keys() <= paths, "a row of a door that is gone"
    assert len(paths) > 30, "the router has to be read for this to mean anything"
    client = door()
    for path in paths:
        answer = await client.get(filled(path, front_end), params={"workspace": str(acme.id)})
        for name, said in KINDS.get(path, WORDS).items():
            assert name == "Content-Security-Policy" or answer.headers[name] == said, f"{path}: {name}"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'"), path
        assert not {name for name in answer.headers if name.startswith("access-control")}, path
        assert "server" not in answer.headers, path


@pytest.mark.attack("A-227")
async def test_nothing_but_the_front_end_may_be_kept_by_anybody(
    doors: Litestar, door: NewClient, front_end: FrontEnd
) -> None:
    client = door()
    kept = set()
    for path in {route.path for route in doors.routes}:
        answer = await client.get(filled(path, front_end))
        assert not {"etag", "last-modified", "expires", "age"} & answer.headers.keys(), path
        if answer.headers["Cache-Control"] != PRIVATE:
            kept.add(path)
    assert kept == {"/loader.js", "/assets/{path:path}"}


async def test_a_missing_file_is_kept_by_nobody(door: NewClient) -> None:
    answer = await door().get("/assets/widget/app-GONE.js")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == PRIVATE


@pytest.mark.attack("A-194", without=the_sites_that_may_frame_the_panel)
async def test_the_panel_may_be_framed_by_the_workspaces_own_sites_alone(door: NewClient, acme: Acme) -> None:
    answer = await door().get("/widget/frame", params={"workspace": str(acme.id)})
    policy = directives(answer)
    assert policy["frame-ancestors"] == SHOP
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["trusted-types"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "X-Frame-Options" not in answer.headers, (
        "it can't name a site, and would keep the site's own page out"
    )


@pytest.mark.attack("A-185")
@pytest.mark.parametrize("path", ["/inbox", "/inbox/open/settings", "/setup"])
async def test_the_inbox_may_be_framed_by_nobody(door: NewClient, path: str) -> None:
    answer = await door().get(path)
    policy = directives(answer)
    assert policy["frame-ancestors"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["trusted-types"] == "'none'"
    assert policy["form-action"] == policy["base-uri"] == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.attack("A-198")
async def test_no_origin_is_allowed_to_read_and_no_preflight_is_answered(
    doors: Litestar, door: NewClient, front_end: FrontEnd
) -> None:
    client = door()
    for path in {route.path for route in doors.routes}:
        for origin in (
            "https://evil.example",
            "null",
            f"{SHOP}.evil.example",
            SHOP,
            SHOP.upper(),
            f"{SHOP}:444",
        ):
            for method in ("OPTIONS", "GET"):
                asking = {"Origin": origin, **PREFLIGHT}
                answer = await client.request(method, filled(path, front_end), headers=asking)
                assert not {name for name in answer.headers if name.startswith("access-control")}, path
                assert method == "GET" or answer.status_code == 405, path
                assert origin not in answer.headers.values(), path


async def test_a_chat_reached_by_https_is_never_again_reached_without(door: NewClient) -> None:
    client = door()
    for path in ("/inbox", "/loader.js", "/api/v1/me", "/nothing"):
        assert (await client.get(path)).headers["Strict-Transport-Security"] == "max-age=63072000", path


@pytest.mark.attack("A-208")
@pytest.mark.attack("A-229")
async def test_no_header_that_a_proxy_might_add_changes_an_answer(
    doors: Litestar, door: NewClient, acme: Acme, front_end: FrontEnd
) -> None:
    poison = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "gopher",
        "X-Forwarded-For": "203.0.113.9",
        "X-Original-URL": "/api/v1/me",
        "X-Rewrite-URL": "/api/v1/me",
        "X-HTTP-Method-Override": "DELETE",
        "Forwarded": "host=evil.example",
        "Accept-Language": "xx",
    }
    client = door()
    for path in {route.path for route in doors.routes}:
        asked = filled(path, front_end)
        plain = await client.get(asked, params={"workspace": str(acme.id)})
        poisoned = await client.get(asked, params={"workspace": str(acme.id)}, headers=poison)
        assert (plain.status_code, plain.headers, plain.content) == (
            poisoned.status_code,
            poisoned.headers,
            poisoned.content,
        ), path


@pytest.mark.attack("A-228")
async def test_an_ending_that_a_cache_likes_makes_no_answer_that_it_may_keep(door: NewClient) -> None:
    client = door()
    for path in ("/widget/v1/session", "/widget/v1/conversations", "/api/v1/me", "/api/v1/conversations"):
        for ending in ENDINGS:
            answer = await client.get(path + ending)
            assert answer.status_code in (401, 404), f"{path}{ending}"
            assert answer.headers["Cache-Control"] == PRIVATE, f"{path}{ending}"


def filled(path: str, front_end: FrontEnd) -> str:
    """An address behind which there is something, where one can be named without an id."""
    return (
        path.replace("/assets/{path:path}", f"/assets/{front_end.manifest['widget'].js}")
        .replace("{rest:path}", "open")
        .replace("{", "")
        .replace("}", "")
        .replace(":str", "")
    )


def directives(answer: httpx.Response) -> dict[str, str]:
    said = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in said}
