"""A teammate's inbox in a browser: a cookie in its jar, the page's own Origin, and the word against forged requests."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.cast import Person
from tests.doors import CHAT

PASSWORD = "a password that only tests know"


@dataclass
class Desk:
    http: httpx.AsyncClient
    csrf: str = ""
    origin: str = CHAT

    async def sign_in(self, person: Person, password: str = PASSWORD) -> httpx.Response:
        answer = await self.call("POST", "/sign-in", {"email": person.email, "password": password})
        self.csrf = answer.json().get("csrf", "")
        return answer

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> httpx.Response:
        headers = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"} if method != "GET" else {}
        if self.csrf and method != "GET":
            headers["X-Privity-CSRF"] = self.csrf
        more = {"json": body} if body is not None else {}
        return await self.http.request(method, f"/api/v1{path}", headers=headers, params=query, **more)

    async def get(self, path: str, **query: Any) -> Any:
        """What an answer that must be good holds."""
        answer = await self.call("GET", path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def write(
        self, conversation: str, body: str, kind: str = "public", client_id: UUID | None = None
    ) -> httpx.Response:
        written = {"body": body, "kind": kind, "client_id": str(client_id or uuid4())}
        return await self.call("POST", f"/conversations/{conversation}/messages", written)

    async def listed(self, **query: Any) -> list[Any]:
        items: list[Any] = (await self.get("/conversations", **query))["items"]
        return items

    async def thread(self, conversation: str, **query: Any) -> list[Any]:
        items: list[Any] = (await self.get(f"/conversations/{conversation}/messages", **query))["items"]
        return items


@dataclass
class Program(Desk):
    """A program with a key: no cookie, no Origin."""

    key: str = ""

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        more = {"json": body} if body is not None else {}
        return await self.http.request(method, f"/api/v1{path}", headers=headers, params=query, **more)
