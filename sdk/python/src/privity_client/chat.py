"""A site's chat as the site knows it: where it is, whose it is, and the key that proves the site's users to it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlsplit

from privity_client.endpoint import TokenAnswer, answer_token_request
from privity_client.errors import SettingsError
from privity_client.identity import Attribute, sign_identity
from privity_client.keys import SigningKey


@dataclass(frozen=True)
class Identity:
    """A user of the site, in the site's own words: what `sign_identity` is told of them."""

    subject: str
    email: str | None = None
    email_verified: bool | None = None
    name: str | None = None
    attributes: Mapping[str, Attribute | None] = field(default_factory=dict)


class Snippet(str):
    """Markup that Jinja, Django and all that know `__html__` put into a page as it stands."""

    __slots__ = ()

    def __html__(self) -> "Snippet":
        return self


@dataclass(frozen=True)
class Chat:
    """The chat on a site's pages. `token_url` is where the site itself answers the widget's question."""

    address: str
    workspace: str
    key: SigningKey
    token_url: str = "/chat-token"  # noqa: S105 an address

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
            raise SettingsError(
                "PRIVITY_CHAT must be the chat's own address without a path, such as https://chat.example.com."
            )

    @classmethod
    def from_environment(cls) -> "Chat":
        """The chat that the process's environment names, as `from_settings` reads it."""
        return cls.from_settings(os.environ)

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "Chat":
        """From PRIVITY_CHAT, PRIVITY_WORKSPACE, PRIVITY_KID and PRIVITY_SIGNING_SECRET; PRIVITY_ALGORITHM and
        PRIVITY_TOKEN_URL may be left out."""
        key = SigningKey(
            kid=required(settings, "PRIVITY_KID"),
            secret=required(settings, "PRIVITY_SIGNING_SECRET"),
            alg=settings.get("PRIVITY_ALGORITHM") or "HS256",
        )
        return cls(
            address=required(settings, "PRIVITY_CHAT").rstrip("/"),
            workspace=required(settings, "PRIVITY_WORKSPACE"),
            key=key,
            token_url=settings.get("PRIVITY_TOKEN_URL") or cls.token_url,
        )

    def snippet(self, nonce: str | None = None) -> Snippet:
        """The line that puts the chat on a page: one script from the chat's address, and none of it inline.

        The nonce is for a content policy that trusts scripts by nonce instead of by address.
        """
        attributes = {
            "src": f"{self.address}/loader.js",
            "data-workspace": self.workspace,
            "data-token-url": self.token_url,
            **({"nonce": nonce} if nonce else {}),
        }
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        return Snippet(f"<script async{written}></script>")

    def answer(self, headers: Mapping[str, str], identity: Identity | None) -> TokenAnswer:
        """Answer a POST to `token_url`: `identity` is whom the site's own session names, None if it names nobody."""
        return answer_token_request(headers, self.sign(identity) if identity else None)

    def sign(
        self, identity: Identity, lifetime: timedelta = timedelta(minutes=10), now: datetime | None = None
    ) -> str:
        """A token that proves this user to this chat."""
        return sign_identity(
            workspace=self.workspace,
            subject=identity.subject,
            key=self.key,
            email=identity.email,
            email_verified=identity.email_verified,
            name=identity.name,
            attributes=identity.attributes,
            lifetime=lifetime,
            now=now,
        )


def required(settings: Mapping[str, Any], name: str) -> str:
    """A setting that is there and is text. What else it is stays unsaid: it may be the secret."""
    value = settings.get(name)
    if not isinstance(value, str) or not value:
        raise SettingsError(
            f"The setting {name} is missing. Copy it from the chat's inbox, under *Your site*."
        )
    return value
