"""Every parser of what a stranger may send: whatever comes, a value or the one refusal that is declared, never more."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.chance import Chance
from privity.history.cursors import open_cursor, seal_cursor
from privity.history.model import Place
from privity.keyring import SECRET_BYTES, Keyring
from privity.proofs.attributes import attributes_in
from privity.proofs.carriers import COOKIE, carried
from privity.proofs.tokens import Identified, Rejected, SigningKey, identify
from privity.web import wire
from privity.web.clients import client_of
from privity.web.cookies import cookie_named
from privity.web.credential import Credential
from privity.web.input import clean_body, clean_email, clean_page, path_id
from privity.web.limits import PAGE_CHARACTERS
from privity.web.problems import Problem, not_found
from privity.web.segments import with_whole_segments
from privity.workspaces.rules import RULES, word_of
from privity.workspaces.sites import clean_site
from tests.doors import CHAT

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORKSPACE = UUID(int=1)
KEYRING = Keyring(b"k" * SECRET_BYTES)
KEY = SigningKey(UUID(int=2), "key", "HS256", b"s" * 64)

TEXT = st.text(st.characters(codec=None), max_size=300) | st.from_regex(r"[ -~]{0,300}", fullmatch=True)
"""With lone surrogates, line feeds, NUL and marks that turn a line about; or of a keyboard."""

HEADER = st.text(st.characters(max_codepoint=255), max_size=200)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
PART = st.binary(max_size=200).map(lambda raw: urlsafe_b64encode(raw).decode()) | TEXT
NAMED = st.fixed_dictionaries(
    {"alg": st.sampled_from(["HS256", "none", "RS256", "HS512", ""]) | JSON, "kid": st.just("key") | JSON},
    optional={"crit": JSON, "b64": JSON, "zip": JSON, "jku": JSON, "jwk": JSON, "x5u": JSON},
)

often = settings(max_examples=60, deadline=None)


def outcome(act: Callable[..., Any], *given: Any) -> Any:
    """What came of it: a value, or the refusal that is declared."""
    try:
        return act(*given)
    except Problem as refused:
        return refused


def sealed(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode("utf-8", "surrogatepass")).decode().rstrip("=")


@often
@given(TEXT | st.lists(PART, min_size=3, max_size=5).map(".".join))
def test_no_text_is_a_token(text: str) -> None:
    assert isinstance(identify(text, {"key": KEY}, WORKSPACE, timedelta(hours=1), NOON), Rejected)


@often
@given(NAMED, JSON, PART)
def test_no_header_lets_a_token_in_that_the_key_did_not_sign(head: Any, claims: Any, signature: str) -> None:
    token = f"{sealed(head)}.{sealed(claims)}.{signature}"
    judged = identify(token, {"key": KEY}, WORKSPACE, timedelta(hours=1), NOON)
    assert isinstance(judged, Rejected)
    assert not isinstance(judged, Identified)


@often
@given(JSON)
def test_attributes_are_known_words_or_left_out(told: object) -> None:
    assert isinstance(attributes_in(told), dict)


@often
@given(TEXT | st.binary(max_size=100).map(lambda raw: urlsafe_b64encode(raw).decode()))
def test_a_word_is_a_credential_of_its_full_length_or_none(word: str) -> None:
    credential = Credential.parse(word)
    assert credential is None or len(credential.secret) == 32


@often
@given(HEADER, HEADER)
def test_whatever_lies_in_the_cookie_jar_ours_is_found_and_is_the_first(before: str, after: str) -> None:
    found = cookie_named({"cookie": f"{before}; {COOKIE}=ours; {after}"}, COOKIE)
    assert found == "ours" or COOKIE in before


@often
@given(st.dictionaries(st.sampled_from(["origin", "authorization", "cookie", "sec-fetch-site"]), HEADER))
def test_a_carrier_is_read_or_refused_as_foreign(headers: dict[str, str]) -> None:
    brought = outcome(carried, headers, CHAT)
    if isinstance(brought, Problem):
        assert brought.code == "foreign_origin"
    else:
        assert headers.get("origin", CHAT) == CHAT
        assert brought.credential is None or len(brought.credential.secret) == 32


@often
@given(TEXT, st.binary(max_size=100), st.integers(0, 200))
def test_a_cursor_that_was_changed_or_made_up_opens_nothing(text: str, bound_to: bytes, at: int) -> None:
    place = Place(NOON, UUID(int=3))
    good = seal_cursor(KEYRING, Chance(), place, bound_to)
    assert open_cursor(KEYRING, good, bound_to) == place
    for cursor in {text, good[:at] + text + good[at:], good + "=", f" {good}"} - {good}:
        refused = outcome(open_cursor, KEYRING, cursor, bound_to)
        assert isinstance(refused, Problem)
        assert refused.code == "bad_cursor"


@often
@given(JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200))
def test_a_frame_is_one_that_is_known_or_rubbish(raw: bytes) -> None:
    for kind in (wire.ContactFrame, wire.TeamFrame):
        try:
            msgspec.json.decode(raw, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue


@pytest.mark.parametrize("deep", [b"[" * 30_000, b'{"type":"send","body":' + b"[" * 30_000])
def test_a_frame_that_is_nested_too_deep_is_rubbish(deep: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(deep, type=wire.ContactFrame)


@often
@given(TEXT)
def test_a_site_is_one_origin_that_can_stand_in_a_header_or_refused(text: str) -> None:
    site = outcome(clean_site, text)
    if isinstance(site, Problem):
        assert site.status == 422
    else:
        assert site.isascii()
        assert not set(site) & set(" ;,'\"*\r\n\t@\\")
        assert urlsplit(site).path == urlsplit(site).query == ""
        assert clean_site(site) == site


@often
@given(TEXT | st.emails() | st.tuples(TEXT, TEXT).map("@".join))
def test_an_address_is_its_ascii_lower_case_or_refused(text: str) -> None:
    key = outcome(clean_email, text)
    if isinstance(key, Problem):
        assert key.status == 422
    else:
        assert key.isascii()
        assert key == key.lower() == clean_email(key)
        assert key.count("@") == 1
        assert not set(key) & set(' \r\n\t,;<>"\\\0')


@often
@given(TEXT | TEXT.map(lambda rest: f"https://shop.example/{rest}"))
def test_a_page_is_kept_without_query_fragment_and_control_characters(text: str) -> None:
    page = clean_page(text)
    assert page is None or (len(page) <= PAGE_CHARACTERS and not set(page) & set("?#\r\n\0"))


@often
@given(TEXT)
def test_words_are_kept_as_they_are_or_refused(text: str) -> None:
    kept = outcome(clean_body, text)
    if isinstance(kept, Problem):
        assert kept.status == 422
    else:
        assert kept == text.replace("\r\n", "\n")
        assert "\0" not in kept


@often
@given(TEXT)
def test_an_id_is_one_or_is_not_there(text: str) -> None:
    found = outcome(path_id, text)
    assert isinstance(found, UUID) or found.body() == not_found().body()


@often
@given(HEADER)
def test_of_a_browser_nothing_is_kept_but_two_known_names(said: str) -> None:
    assert client_of(said) is None or str(client_of(said)).isascii()


@often
@given(st.binary(max_size=200).map(lambda raw: b"/" + raw.replace(b"?", b"")))
def test_an_address_in_whatever_bytes_is_a_path(raw: bytes) -> None:
    scope: Any = {"type": "http", "raw_path": raw, "path": "/"}
    assert isinstance(with_whole_segments(scope)["path"], str)


@often
@given(st.sampled_from(sorted(RULES)), TEXT)
def test_a_settings_word_is_understood_and_said_again_or_refused(name: str, word: str) -> None:
    try:
        value = RULES[name].read(word)
    except (ValueError, Problem):
        return
    assert word_of(RULES[name].read(word_of(value))) == word_of(value)
