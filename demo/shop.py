"""The shop itself: its chat, its customers, who of them is signed in, and how it proves them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe

from litestar import MediaType, Response

from demo import pages
from demo.people import Person
from privity_client import SigningKey, sign_identity


@dataclass(frozen=True)
class Shop:
    """One shop with one chat. `signed_in` holds who is behind each session cookie."""

    chat: str
    workspace: str
    key: SigningKey
    people: Mapping[str, Person]
    token_life: timedelta
    clock: Callable[[], datetime]
    signed_in: dict[str, Person] = field(default_factory=dict)

    def identity_token(self, person: Person) -> str:
        """The shop's word to the chat that this person is there, now."""
        return sign_identity(
            workspace=self.workspace,
            subject=person.subject,
            email=person.email,
            email_verified=person.email_verified,
            name=person.name,
            key=self.key,
            lifetime=self.token_life,
            now=self.clock(),
        )

    def open_session(self, person: Person) -> str:
        """Sign a person in. The cookie's value says nothing and is never used again."""
        session = token_urlsafe()
        self.signed_in[session] = person
        return session

    def rendered(
        self,
        body: pages.Markup,
        *,
        title: str,
        visitor: Person | None,
        snippet: str = "snippet.html",
        **more: str,
    ) -> Response[str]:
        """A page made for this very request: it knows who is there, so no cache may keep it."""
        nonce = token_urlsafe(16)
        workspace = pages.in_script(self.workspace)
        page = pages.fill(
            "layout.html",
            title=title,
            account=pages.account(visitor),
            body=body,
            snippet=pages.fill(snippet, nonce=nonce, chat=self.chat, workspace=workspace, **more),
        )
        return html(page, cache="no-store", policy=pages.content_policy(self.chat, nonce))

    def static(self, name: str) -> Response[str]:
        """A page that is the same for everybody, for any cache to keep, without a line of script in it."""
        page = pages.fill(f"static/{name}", chat=self.chat, workspace=self.workspace)
        return html(page, cache="public, max-age=300", policy=pages.content_policy(self.chat))


def html(page: str, *, cache: str, policy: str) -> Response[str]:
    headers = {"Cache-Control": cache, "Content-Security-Policy": policy}
    return Response(page, status_code=200, media_type=MediaType.HTML, headers=headers)
