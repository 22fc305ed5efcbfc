"""The doors of a house under test, and who stands before them: a script without a page, or a browser with one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from privity.db.pool import Connection
from privity.keyring import Keyring
from privity_client import SigningKey, sign_identity
from tests.cast import Person
from tests.clock import Clock
from tests.db.worlds import add_workspace

CHAT = "https://chat.example"
SHOP = "https://shop.example"


@dataclass(frozen=True, slots=True)
class Acme:
    """A workspace with a key that signs."""

    id: UUID
    key: SigningKey
    clock: Clock

    def token(
        self,
        person: Person,
        lifetime: timedelta = timedelta(minutes=10),
        now: datetime | None = None,
        email_verified: bool = True,
        same_as: Sequence[str] = (),
    ) -> str:
        return sign_identity(
            workspace=str(self.id),
            subject=person.subject,
            key=self.key,
            email=person.email,
            email_verified=email_verified,
            name=person.name,
            lifetime=lifetime,
            now=now or self.clock(),
            same_as=same_as,
        )


async def add_acme(db: Connection, keyring: Keyring, clock: Clock, name: str = "Acme") -> Acme:
    workspace = await add_workspace(db, name, clock())
    await db.execute("INSERT INTO allowed_site VALUES ($1, $2)", workspace, SHOP)
    key, secret = uuid4(), uuid4().hex + uuid4().hex
    kid = f"key-{key.hex[:4]}"
    await db.execute(
        """INSERT INTO signing_key (workspace_id, id, kid, alg, material, created_at)
           VALUES ($1, $2, $3, 'HS256', $4, $5)""",
        workspace,
        key,
        kid,
        keyring.seal("signing key", secret.encode(), key.bytes),
        clock(),
    )
    return Acme(workspace, SigningKey(kid=kid, secret=secret), clock)


@dataclass
class Script:
    """A client without a page: it sends no Origin, and keeps the secret of its session itself."""

    http: httpx.AsyncClient
    acme: Acme
    secret: str | None = None
    answered: list[httpx.Response] = field(default_factory=list)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}

    async def call(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        headers = {**self.headers(), **more.pop("headers", {})}
        if body is not None:
            more["json"] = body
        answer = await self.http.request(method, path, headers=headers, **more)
        self.answered.append(answer)
        return answer

    async def open(self, person: Person | None = None, **fields: Any) -> httpx.Response:
        """Open a session: as somebody whom the site names, or as nobody."""
        body = {"workspace": str(self.acme.id), **fields}
        if person is not None:
            body["identity_token"] = self.acme.token(person)
        answer = await self.call("POST", "/widget/v1/sessions", body)
        if answer.status_code == 201:
            self.secret = answer.json()["session"].get("token", self.secret)
        return answer

    async def state(self) -> httpx.Response:
        return await self.call("GET", "/widget/v1/session")

    async def start(self, body: str, client_id: UUID | None = None) -> httpx.Response:
        fields = {"body": body, "client_id": str(client_id or uuid4())}
        return await self.call("POST", "/widget/v1/conversations", fields)

    async def send(self, conversation: str, body: str, client_id: UUID | None = None) -> httpx.Response:
        fields = {"body": body, "client_id": str(client_id or uuid4())}
        return await self.call("POST", f"/widget/v1/conversations/{conversation}/messages", fields)

    async def listed(self) -> list[Any]:
        answer = await self.call("GET", "/widget/v1/conversations")
        assert answer.status_code == 200, answer.text
        items: list[Any] = answer.json()["items"]
        return items

    async def read(self, conversation: str) -> httpx.Response:
        return await self.call("GET", f"/widget/v1/conversations/{conversation}/messages")

    async def end(self) -> httpx.Response:
        return await self.call("DELETE", "/widget/v1/session")


@dataclass
class Browser(Script):
    """The panel in a browser: an Origin with every write, and cookies kept in its jar."""

    origin: str = CHAT

    def headers(self) -> dict[str, str]:
        return {**Script.headers(self), "Origin": self.origin, "Sec-Fetch-Site": "same-origin"}

    def new_page(self) -> None:
        """Another page of the site: what the last one's memory held is gone; cookies stay."""
        self.secret = None
