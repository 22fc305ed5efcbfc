"""What `manage.py check` says of the chat's settings, before a user meets what is wrong with them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.http import HttpRequest
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.urls import NoReverseMatch, reverse

from privity_client.django.chat import identity_function, site_chat
from privity_client.django.views import token
from privity_client.errors import SettingsError, SigningError

Processor = Callable[[HttpRequest], Mapping[str, Any]]
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def settings_can_be_used(**_: Any) -> list[CheckMessage]:
    """The chat's address, the workspace and the signing key are there, and a token can be signed with them."""
    try:
        chat = site_chat()
    except SettingsError as wrong:
        return [Error(str(wrong), id="privity.E001")]
    except SigningError as wrong:
        return [Error(str(wrong), id="privity.E002")]
    address = urlsplit(chat.address)
    if address.scheme == "http" and address.hostname not in LOOPBACK:
        return [Caution("PRIVITY_CHAT is not encrypted: use its https address.", id="privity.W001")]
    return []


def identity_can_be_asked(**_: Any) -> list[CheckMessage]:
    """`PRIVITY_IDENTITY`, where it is set, is a function or the dotted path of one."""
    with suppress(ImportError):
        if callable(identity_function()):
            return []
    return [Error("PRIVITY_IDENTITY is no function, nor the dotted path of one.", id="privity.E003")]


def token_view_has_an_address(**_: Any) -> list[CheckMessage]:
    """The site's URLs lead to the token view."""
    try:
        reverse(token)
    except NoReverseMatch:
        hint = 'Add path("", include("privity_client.django.urls")) to the site\'s urlpatterns.'
        return [Error("No URL leads to the chat's token view.", hint=hint, id="privity.E004")]
    return []


def secret_stays_on_the_server(**_: Any) -> list[CheckMessage]:
    """No context processor hands the signing secret, or all the settings, to every template."""
    secret = getattr(settings, "PRIVITY_SIGNING_SECRET", None)
    if not secret:
        return []
    return [
        Error(
            f"The context processor {name_of(processor)} hands the chat's signing secret to every template.",
            hint="Give templates the single settings that they show. Then make a new signing key.",
            id="privity.E005",
        )
        for processor in context_processors()
        if tells(processor, secret)
    ]


def context_processors() -> Iterator[Processor]:
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            yield from engine.engine.template_context_processors


def tells(processor: Processor, secret: str) -> bool:
    """Whether it tells the secret on a page that nobody is signed in to; one that needs more of a page is let be."""
    with suppress(Exception):
        return any(holds(value, secret) for value in processor(HttpRequest()).values())
    return False


def holds(value: object, secret: str) -> bool:
    if isinstance(value, Mapping):
        return any(holds(inner, secret) for inner in value.values())
    return value is settings or (isinstance(value, str) and secret in value)


def name_of(processor: Processor) -> str:
    return f"{processor.__module__}.{processor.__qualname__}"
