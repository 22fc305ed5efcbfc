"""The site's chat and the person on its page, as the site's settings and session say."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from privity_client.chat import Chat, Identity

SETTINGS = ("PRIVITY_CHAT", "PRIVITY_WORKSPACE", "PRIVITY_KID", "PRIVITY_SIGNING_SECRET", "PRIVITY_ALGORITHM")


def site_chat() -> Chat:
    """The chat of the settings."""
    return chat_of(*(getattr(settings, name, None) for name in SETTINGS))


@cache
def chat_of(*values: str | None) -> Chat:
    """Read once for the same settings: a private key's PEM takes a while."""
    return Chat.from_settings(dict(zip(SETTINGS, values, strict=True)))


def who_is_there(request: HttpRequest) -> Identity | None:
    """The person whom the site's session names."""
    identity: Identity | None = identity_function()(request)
    return identity


def identity_function() -> Any:
    """The function that `PRIVITY_IDENTITY` is, or names by its dotted path; else `signed_in_user`."""
    chosen = getattr(settings, "PRIVITY_IDENTITY", signed_in_user)
    return import_string(chosen) if isinstance(chosen, str) else chosen


def signed_in_user(request: HttpRequest) -> Identity | None:
    """Django's own user. It knows an address but not whether the mailbox is theirs, so it doesn't say that."""
    user: Any = request.user
    if not user.is_authenticated:
        return None
    return Identity(
        subject=str(user.pk),
        email=getattr(user, user.get_email_field_name(), None),
        name=getattr(user, "get_full_name", user.get_username)() or user.get_username(),
    )
