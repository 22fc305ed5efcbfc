"""An OpenID Connect provider on this machine: discovery, a page to sign in on, tokens and keys. It can lie."""

import asyncio
import json
import socket
from base64 import b64decode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

import uvicorn
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey

from privity.cli.serving import _Server
from privity.outward.fetching import Outward
from tests.authority import Authority
from tests.cast import ADA, Person
from tests.unhurried import PATIENCE

CLIENT, SECRET = "privity-chat", "a secret that the provider knows as well"


@dataclass
class Provider:
    """`claims` and `metadata` go over what it would say by itself; `signs` makes its tokens; `userinfo` is what it says
    of a person in its other document, where it has one."""

    issuer: str
    clock: Callable[[], datetime]
    person: Person = ADA
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "the provider's"}))
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    names_itself: str | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    is_down: bool = False
    signs: "Callable[[dict[str, Any]], str] | None" = None

    def way_there(self, authority: Authority) -> Outward:
        """For a house that may fetch from this provider, and from nobody else."""
        return Outward(frozenset({urlsplit(self.issuer).netloc}), authority.trust(), seconds=PATIENCE)

    # ── What it says of itself ───────────────────────────────────────────────────────────────────────────────

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            **self.metadata,
        }

    def documents(self) -> dict[str, dict[str, Any]]:
        return {
            "/.well-known/openid-configuration": self.discovery(),
            "/jwks": {"keys": [self.key.as_dict(private=False)]},
            **({"/userinfo": self.userinfo} if self.userinfo else {}),
        }

    # ── Who signs in there ───────────────────────────────────────────────────────────────────────────────────

    def signs_in(self, authorization_url: str) -> dict[str, str]:
        """What the browser brings back to the chat, once the person said yes."""
        asked = dict(parse_qsl(urlsplit(authorization_url).query))
        code = token_urlsafe(24)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"]}
        return {**back, "iss": self.names_itself} if self.names_itself is not None else back

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The token endpoint: as strict as a good provider's."""
        known = b64decode(authorization.removeprefix("Basic ")).decode() if authorization else ""
        if unquote(known) != f"{CLIENT}:{SECRET}":
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form["code"], None)
        if asked is None or asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if create_s256_code_challenge(form["code_verifier"]) != asked["code_challenge"]:  # type: ignore[no-untyped-call]
            return 400, {"error": "invalid_grant"}
        token = (self.signs or self.signed)(self.told_of(asked))
        return 200, {"access_token": token_urlsafe(8), "token_type": "Bearer", "id_token": token}

    def told_of(self, asked: dict[str, str]) -> dict[str, Any]:
        now = int(self.clock().timestamp())
        return {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.person.subject,
            "name": self.person.name,
            "email": self.person.email,
            "email_verified": True,
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 3600,
            **self.claims,
        }

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    # ── Its doors ────────────────────────────────────────────────────────────────────────────────────────────

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        self.asked.append(scope["path"])
        query, headers = scope["query_string"].decode(), dict(scope["headers"])
        body = await _body(receive)
        if self.is_down:
            await _answer(send, 503, b"", "text/plain")
            return
        match scope["path"]:
            case path if path in self.documents():
                await _answer(send, 200, json.dumps(self.documents()[path]).encode())
            case "/authorize":
                page = (
                    f'<!doctype html><title>Sign in</title><a href="/yes?{query}">I am {self.person.name}</a>'
                )
                await _answer(send, 200, page.replace("&", "&amp;").encode(), "text/html")
            case "/yes":
                asked = dict(parse_qsl(query))
                back = urlencode(self.signs_in(f"/?{query}"))
                await _answer(send, 302, b"", "text/plain", f"{asked['redirect_uri']}?{back}")
            case "/token":
                form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                status, told = self.exchange(form, headers.get(b"authorization", b"").decode())
                await _answer(send, status, json.dumps(told).encode())
            case _:
                await _answer(send, 404, b"", "text/plain")


@asynccontextmanager
async def providing(clock: Callable[[], datetime], certificate: Path) -> AsyncIterator[Provider]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        provider = Provider(f"https://localhost:{listener.getsockname()[1]}", clock)
        config = uvicorn.Config(
            provider, ssl_certfile=certificate, log_config=None, lifespan="off", ws="none"
        )
        server = _Server(config)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        await server.is_up.wait()
        try:
            yield provider
        finally:
            server.should_exit = server.force_exit = True
            await running


async def _body(receive: Any) -> bytes:
    body = b""
    while True:
        event = await receive()
        body += event.get("body", b"")
        if not event.get("more_body"):
            return bytes(body)


async def _answer(
    send: Any, status: int, body: bytes, media_type: str = "application/json", location: str | None = None
) -> None:
    headers = [(b"content-type", media_type.encode())]
    if location is not None:
        headers.append((b"location", location.encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
