"""A site's chat comes from four settings, and each that is wrong is named."""

import subprocess
import sys

import pytest

from privity_client import Chat, Identity, SettingsError, SigningError
from privity_client.pytest_plugin import Witness

SETTINGS = {
    "PRIVITY_CHAT": "https://chat.example",
    "PRIVITY_WORKSPACE": "acme",
    "PRIVITY_KID": "acme-1",
    "PRIVITY_SIGNING_SECRET": "s" * 32,
}


def test_four_settings_are_enough() -> None:
    chat = Chat.from_settings(SETTINGS)
    assert (chat.address, chat.workspace, chat.token_url) == ("https://chat.example", "acme", "/chat-token")
    assert (chat.key.kid, chat.key.alg) == ("acme-1", "HS256")


def test_the_environment_is_settings_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    assert Chat.from_environment() == Chat.from_settings(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("value", [None, "", 42])
def test_a_missing_setting_is_named(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match=name):
        Chat.from_settings({**SETTINGS, name: value})


@pytest.mark.parametrize(
    "address", ["chat.example", "ftp://chat.example", "https://chat.example/loader.js", "https://?", "//chat"]
)
def test_the_chats_address_is_an_origin(address: str) -> None:
    with pytest.raises(SettingsError, match="PRIVITY_CHAT"):
        Chat.from_settings({**SETTINGS, "PRIVITY_CHAT": address})


def test_a_slash_at_the_addresss_end_is_no_path() -> None:
    chat = Chat.from_settings({**SETTINGS, "PRIVITY_CHAT": "https://chat.example/"})
    assert chat.address == "https://chat.example"


def test_a_cut_off_secret_stops_the_site() -> None:
    with pytest.raises(SigningError, match="31 bytes"):
        Chat.from_settings({**SETTINGS, "PRIVITY_SIGNING_SECRET": "s" * 31})


def test_the_secret_is_shown_by_no_repr() -> None:
    assert SETTINGS["PRIVITY_SIGNING_SECRET"] not in repr(Chat.from_settings(SETTINGS))


def test_the_snippet_is_one_script_and_nothing_inline() -> None:
    assert Chat.from_settings(SETTINGS).snippet() == (
        '<script async src="https://chat.example/loader.js" data-workspace="acme"'
        ' data-token-url="/chat-token"></script>'
    )


def test_nothing_in_the_snippet_breaks_out_of_its_attribute() -> None:
    settings = {**SETTINGS, "PRIVITY_WORKSPACE": '"><script>', "PRIVITY_TOKEN_URL": '/"onload="'}
    snippet = Chat.from_settings(settings).snippet('n"><b>')
    assert snippet.count("<") == 2
    assert snippet.count('"') == 8


def test_what_the_site_knows_of_ada_is_what_is_signed(privity: Witness) -> None:
    ada = Identity("u-ada", "ada@example.com", True, "Ada Lovelace", {"company": "Analytical Engines"})
    assert privity.named_in(privity.sign(ada)) == ada


def test_no_framework_is_imported_for_a_site_that_uses_none() -> None:
    program = "import sys, privity_client; print(*sys.modules)"
    imported = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"django", "flask", "starlette", "fastapi", "jinja2", "pytest"} & set(imported.stdout.split())
