"""A Django site names one application, includes one URL and loads one tag; `check` tells what it forgot."""

from typing import Any, cast

import django
import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.http import HttpRequest
from django.template import engines
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from privity_client import Chat, Identity
from privity_client.django.chat import site_chat, who_is_there
from privity_client.pytest_plugin import Witness

SECRET = "s" * 32
ADA = Identity("u-ada", name="Ada Lovelace")

settings.configure(
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "privity_client.django"],
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    PRIVITY_CHAT="https://chat.example",
    PRIVITY_WORKSPACE="acme",
    PRIVITY_KID="acme-1",
    PRIVITY_SIGNING_SECRET=SECRET,
    PRIVITY_IDENTITY=f"{__name__}.who_the_cookie_names",
)
django.setup()
urlpatterns = [path("support/", include("privity_client.django.urls"))]


def who_the_cookie_names(request: HttpRequest) -> Identity | None:
    return ADA if "ada" in request.COOKIES else None


@pytest.fixture
def privity_chat() -> Chat:
    return site_chat()


def test_ada_is_proved_where_she_is_signed_in(privity: Witness) -> None:
    assert privity.proved_by(with_adas_cookie().post("/support/chat-token")) == ADA


def test_nobody_is_nobody(privity: Witness) -> None:
    privity.nobody_in(Client().post("/support/chat-token"))


def test_a_static_page_needs_no_csrf_token_and_another_sites_page_learns_nothing(privity: Witness) -> None:
    client = with_adas_cookie(enforce_csrf_checks=True)
    own = client.post("/support/chat-token", headers={"sec-fetch-site": "same-origin"})
    assert privity.proved_by(own) == ADA
    privity.refused_by(client.post("/support/chat-token", headers={"sec-fetch-site": "cross-site"}))


def test_the_question_is_no_link() -> None:
    assert with_adas_cookie().get("/support/chat-token").status_code == 405


def test_djangos_own_user_is_who_is_there_where_the_site_says_nothing_else() -> None:
    # Models can be imported once the settings stand.
    from django.contrib.auth.models import AnonymousUser, User

    request = RequestFactory().post("/support/chat-token")
    with override_settings():
        del settings.PRIVITY_IDENTITY
        request.user = User(pk=7, username="ada", email="ada@example.com", first_name="Ada")
        assert who_is_there(request) == Identity("7", "ada@example.com", None, "Ada")
        request.user = AnonymousUser()
        assert who_is_there(request) is None


def test_the_tag_writes_the_snippet_with_the_sites_own_address() -> None:
    assert page({}) == (
        '<script async src="https://chat.example/loader.js" data-workspace="acme"'
        ' data-token-url="/support/chat-token"></script>'
    )


class Lazy:
    """A nonce as Django makes it: untrue until somebody reads it."""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return "once"


def test_the_tag_carries_the_pages_nonce_from_wherever_it_is() -> None:
    with_nonce = HttpRequest()
    cast("Any", with_nonce).csp_nonce = "once"
    for context in ({"csp_nonce": Lazy()}, {"request": with_nonce}):
        assert 'nonce="once"' in page(context)
    assert "nonce" not in page({"request": HttpRequest()})


def test_a_site_in_order_is_told_nothing() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("name", "value", "caution"),
    [
        ("PRIVITY_WORKSPACE", None, "privity.E001"),
        ("PRIVITY_KID", "", "privity.E001"),
        ("PRIVITY_CHAT", "chat.example", "privity.E001"),
        ("PRIVITY_SIGNING_SECRET", "s" * 31, "privity.E002"),
        ("PRIVITY_ALGORITHM", "none", "privity.E002"),
        ("PRIVITY_IDENTITY", "nowhere.at_all", "privity.E003"),
        ("PRIVITY_IDENTITY", "django.VERSION", "privity.E003"),
        ("ROOT_URLCONF", "django.contrib.auth.urls", "privity.E004"),
        ("PRIVITY_CHAT", "http://chat.example", "privity.W001"),
    ],
)
def test_what_is_wrong_is_told_at_the_start(name: str, value: object, caution: str) -> None:
    with override_settings(**{name: value}):
        assert caution in told()


def test_the_demo_on_this_very_machine_needs_no_certificate() -> None:
    with override_settings(PRIVITY_CHAT="http://127.0.0.1:8080"):
        assert told() == []


def all_settings(request: HttpRequest) -> dict[str, Any]:
    return {"settings": settings}


def the_secret_itself(request: HttpRequest) -> dict[str, Any]:
    return {"chat": {"kid": "acme-1", "signing": SECRET}}


def asks_for_more(request: HttpRequest) -> dict[str, Any]:
    return {"name": cast("Any", request).account.name, "signing": SECRET}


def harmless(request: HttpRequest) -> dict[str, Any]:
    return {"kid": "acme-1", "debug": settings.DEBUG}


@pytest.mark.parametrize("processor", [all_settings, the_secret_itself])
def test_a_secret_in_every_templates_reach_is_told_before_it_is_shown(processor: Any) -> None:
    with processing(processor):
        [said] = [each for each in run_checks(include_deployment_checks=True) if each.id == "privity.E005"]
    assert processor.__name__ in said.msg
    assert SECRET not in str(said)


@pytest.mark.parametrize("processor", [harmless, asks_for_more])
def test_a_processor_that_tells_no_secret_or_cannot_be_asked_is_let_be(processor: Any) -> None:
    with processing(processor):
        assert "privity.E005" not in told(deployment=True)


def with_adas_cookie(**more: Any) -> Client:
    client = Client(**more)
    client.cookies["ada"] = "1"
    return client


def page(context: dict[str, Any]) -> str:
    return str(engines["django"].from_string("{% load privity %}{% privity_chat %}").render(context))


def told(*, deployment: bool = False) -> list[str | None]:
    """The ids of what `manage.py check` says of the chat."""
    said = run_checks(include_deployment_checks=deployment)
    return [each.id for each in said if str(each.id).startswith("privity.")]


def processing(processor: Any) -> override_settings:
    options = {"context_processors": [f"{__name__}.{processor.__name__}"]}
    backend = "django.template.backends.django.DjangoTemplates"
    return override_settings(TEMPLATES=[{"BACKEND": backend, "OPTIONS": options}])
