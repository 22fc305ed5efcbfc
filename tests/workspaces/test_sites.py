"""What may be named as a site: one origin, as browsers write it."""

import pytest

from privity.web.problems import Problem
from privity.workspaces.sites import clean_site, is_private


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://www.example.com", "https://www.example.com"),
        (" HTTPS://WWW.Example.com/pricing?a=b#c ", "https://www.example.com"),
        ("https://example.com:443", "https://example.com"),
        ("http://localhost:8081", "http://localhost:8081"),
        ("http://127.0.0.1:80/", "http://127.0.0.1"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_site_is_kept_as_browsers_write_it(typed: str, origin: str) -> None:
    assert clean_site(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "www.example.com",
        "ftp://example.com",
        "https://",
        "https://*.example.com",
        "https://*",
        "https://a.example https://b.example",
        "https://a.example;script-src *",
        "https://a.example, https://b.example",
        "https://ada:secret@example.com",
        "https://example.com:99999",
        "https://bücher.example",
        "https://'self'",
        "https://example..com",
        "javascript:alert(1)",
        "https://[::1",
    ],
)
def test_nothing_that_means_more_or_less_than_one_site_is_taken(typed: str) -> None:
    with pytest.raises(Problem) as refused:
        clean_site(typed)
    assert refused.value.status == 422


@pytest.mark.parametrize(
    ("origin", "private"),
    [
        ("https://example.com", True),
        ("http://localhost:8081", True),
        ("http://shop.localhost", True),
        ("http://127.0.0.1:8080", True),
        ("http://[::1]:8080", True),
        ("http://example.com", False),
        ("http://localhost.example.com", False),
        ("http://192.168.1.2:8080", False),
    ],
)
def test_only_encrypted_and_local_origins_count_as_private(origin: str, private: bool) -> None:
    assert is_private(origin) is private
