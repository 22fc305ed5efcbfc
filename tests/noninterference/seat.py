"""The contact's place in one world: what it carries, what it knows of, and everything that it was ever sent."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.doors import CHAT
from tests.noninterference.carrying import Answer, Plug, ask, scope_of
from tests.noninterference.worlds import Estate, World

NETWORK = "192.0.2.7"
COOKIE = "__Host-privity"
TICKET = "__Host-privity-ticket"
CLIENT_IDS = [UUID(int=0xC11E47 + n, version=4) for n in range(3)]
"""Few, and known to everybody, so that two people use the same one now and then."""
A_NOTES_ID = UUID(int=0xC11E47 + len(CLIENT_IDS), version=4)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request or a frame: `what` is its method and path or the frame's type, `said` its query and body."""

    what: str
    said: str
    status: int | None = None


@dataclass
class Seat:
    """`received` is what the last step brought, each piece as lines of text; `asked` all that was asked so far."""

    world: World
    estate: Estate
    in_a_browser: bool
    mailboxes: frozenset[str]
    secret: str | None = None
    cookie: str | None = None
    ticket: str | None = None
    ids: list[str] = field(default_factory=list)
    cursors: list[str] = field(default_factory=list)
    adoptions: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    devices: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    code: str = "000000"
    plug: Plug | None = None
    received: list[list[str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    _letters: int = 0
    _frames: int = 0

    # ── Requests ─────────────────────────────────────────────────────────────────────────────────────────────

    async def call(self, method: str, path: str, body: Any = None, anonymous: bool = False) -> Answer:
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if content else {}
        if not anonymous:
            headers |= self._carried()
        answer = await ask(self.world.app, method, f"/widget/v1{path}", headers, content, NETWORK)
        self.received.append(answer.lines())
        bare, _, query = path.partition("?")
        said = f"{query} {content.decode('latin-1')}"
        self.asked.append(Asked(f"{method} /widget/v1{bare}", said, answer.status))
        return answer

    def _carried(self) -> dict[str, str]:
        carried = {"Origin": CHAT, "Sec-Fetch-Site": "same-origin"} if self.in_a_browser else {}
        if self.secret is not None:
            carried["Authorization"] = f"Bearer {self.secret}"
        jar = {COOKIE: self.cookie if self.secret is None else None, TICKET: self.ticket}
        if any(jar.values()):
            carried["Cookie"] = "; ".join(f"{name}={word}" for name, word in jar.items() if word is not None)
        return carried

    async def opens(self, **fields: Any) -> None:
        """A session of its own, carried as its browser or its script would."""
        fields = {"workspace": str(self.estate.acme.id), **fields}
        self._keep(await self.call("POST", "/sessions", fields))

    async def proves(self, **fields: Any) -> None:
        self._keep(await self.call("POST", "/session/proofs", fields))

    async def starts(self, words: str, client_id: UUID) -> None:
        said = {"body": words, "client_id": str(client_id), "page": "https://shop.example/pricing"}
        answer = await self.call("POST", "/conversations", said)
        if answer.status == 201:
            self.ids.append(answer.json()["id"])
        jar = answer.header(b"set-cookie")
        if jar is not None:
            self.ticket = jar.partition("=")[2].partition(";")[0]

    async def lists(self, limit: int, cursor: str | None = None) -> None:
        behind = f"&cursor={cursor}" if cursor is not None else ""
        answer = await self.call("GET", f"/conversations?limit={limit}{behind}")
        cursor = answer.json().get("next_cursor")
        if cursor is not None:
            self.cursors.append(cursor)

    async def lists_its_devices(self) -> None:
        answer = await self.call("GET", "/session/devices")
        if answer.status == 200:
            self.devices = [item["id"] for item in answer.json()["items"]]

    async def links_a_mailbox(self, address: str) -> None:
        """Beside what it proved already, and says yes to being one person with it."""
        await self.proves(kind="code", email=address)
        self._open_letters()
        await self.proves(kind="code", code=self.code)
        answer = await self.call("POST", "/links", {"account": address})
        if answer.status == 200:
            self.links = [item["id"] for item in answer.json()["items"]]

    async def asks_who_read(self) -> None:
        """What was read until now, and is written down within seconds in life, is written down at once."""
        await self.world.settle()
        await self.world.house.ledger.flush()
        await self.call("GET", "/session/readings")

    async def asks_what_is_on_offer(self) -> None:
        answer = await self.call("GET", "/adoptable")
        if answer.status == 200:
            self.offered = [item["conversation_id"] for item in answer.json()["items"]]

    async def adopts(self, ids: list[str]) -> None:
        answer = await self.call("POST", "/adoptions", {"conversation_ids": ids})
        if answer.status == 200:
            self.adoptions += [item["id"] for item in answer.json()["items"]]

    def _keep(self, answer: Answer) -> None:
        """A secret in the body is this page's; one in a cookie stays in the jar."""
        if answer.status != 201:
            return
        token = answer.json()["session"].get("token")
        jar = answer.header(b"set-cookie")
        if token is not None:
            self.secret = token
        if jar is not None:
            self.secret, self.cookie = None, jar.partition("=")[2].partition(";")[0]

    # ── The socket ───────────────────────────────────────────────────────────────────────────────────────────

    async def opens_a_socket(self) -> None:
        await self.closes_its_socket()
        await self.world.settle()
        scope = scope_of("websocket", "/widget/v1/stream", self._socket_headers(), NETWORK)
        self.plug, self._frames = Plug(self.world.app, scope), 0
        if self.secret is not None or not self._socket_headers():
            await self.says({"type": "auth", "token": self.secret or "nothing"})
        else:
            await self.plug.until_it_listens()

    async def says(self, frame: dict[str, Any]) -> None:
        if self.plug is not None:
            self.asked.append(Asked(frame["type"], json.dumps(frame)))
            await self.plug.say(frame)

    async def closes_its_socket(self) -> None:
        if self.plug is not None:
            await self.plug.leave()
            self.plug = None

    def _socket_headers(self) -> dict[str, str]:
        if not self.in_a_browser or self.cookie is None:
            return {}
        return {"Origin": CHAT, "Cookie": f"{COOKIE}={self.cookie}"}

    # ── What came ────────────────────────────────────────────────────────────────────────────────────────────

    async def gather(self) -> list[list[str]]:
        """Everything that the last step brought: answers, frames, closes, letters to its own mailboxes."""
        if self.plug is not None:
            await self.world.settle()
            came = self.plug.came
            self.received += [_frame_lines(each) for each in came[self._frames :]]
            self._frames = len(came)
        self._open_letters()
        received, self.received = self.received, []
        return received

    def _open_letters(self) -> None:
        letters = [letter for letter in self.world.post.sent if letter.to in self.mailboxes]
        for letter in letters[self._letters :]:
            self.received.append([f"To: {letter.to}", f"Subject: {letter.subject}", "", letter.text])
            self.code = letter.text[:6]
        self._letters = len(letters)


def _frame_lines(message: dict[str, Any]) -> list[str]:
    return [f"{name}: {value!r}" for name, value in message.items()]
