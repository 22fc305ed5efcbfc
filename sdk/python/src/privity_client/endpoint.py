"""What a site's token endpoint answers when the widget asks who is on the page.

The widget's script tag names the endpoint (`data-token-url="/chat-token"`), and the page then sends it a POST
with the site's own cookies: at load, on focus, on return, and every few minutes. No web framework is needed
to say the answer, so none is known here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class TokenAnswer:
    """An HTTP answer in three plain parts, to be copied into the framework's own."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def answer_token_request(headers: Mapping[str, str], token: str | None) -> TokenAnswer:
    """Answer one POST to the token endpoint.

    `headers` are the request's; `token` is `sign_identity(...)` for the person whom the site's own session
    names, or None if nobody is signed in.

    * 200 with `{"token": "..."}` for somebody;
    * 204 without a body for nobody;
    * 403 without a body where another site's page asks.

    None of them may be stored by a cache: it would hand one person's proof to the next.
    """
    if not from_own_page(headers):
        return TokenAnswer(403, NO_STORE, b"")
    if token is None:
        return TokenAnswer(204, NO_STORE, b"")
    body = json.dumps({"token": token}).encode()
    return TokenAnswer(200, {**NO_STORE, "Content-Type": "application/json"}, body)


def from_own_page(headers: Mapping[str, str]) -> bool:
    """Whether the request comes from a page of the very site that it was sent to.

    A browser says so in `Sec-Fetch-Site`, or, where it is older or the site has no TLS, in `Origin`, which is
    then compared with `Host`. A request with neither comes from no browser, so it borrows nobody's cookie.
    """
    said = {name.lower(): value for name, value in headers.items()}
    if "sec-fetch-site" in said:
        return said["sec-fetch-site"] == "same-origin"
    if "origin" in said:
        return urlsplit(said["origin"]).netloc == said.get("host")
    return True
