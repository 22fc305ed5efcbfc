"""A server that is killed in the middle of everything loses nothing that it acknowledged, and doubles nothing."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import websockets
from websockets.asyncio.client import ClientConnection, connect

from privity_client import SigningKey, sign_identity
from tests.unhurried import PATIENCE

CLIENTS = 20
SENDS_EACH = 50
KILLED_AFTER = 400
PRIVITY = Path(sys.executable).with_name("privity")

Broken = (httpx.TransportError, websockets.WebSocketException, OSError)


@asynccontextmanager
async def running(port: str, folder: Path) -> AsyncIterator[tuple[Process, dict[str, Any]]]:
    """`privity demo` as anybody starts it; what it tells of itself."""
    options = ["--json", "--port", port, "--site-port", "0", "--data", str(folder)]
    process = await asyncio.create_subprocess_exec(PRIVITY, "demo", *options, stdout=PIPE)
    try:
        assert process.stdout is not None
        yield process, json.loads(await process.stdout.readline())
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@dataclass
class Crowd:
    """What all clients have in common: where to knock, and what was acknowledged so far."""

    url: str
    workspace: str
    key: SigningKey
    acknowledged: int = 0
    retried: int = 0
    many: asyncio.Event = field(default_factory=asyncio.Event)

    def count(self) -> None:
        self.acknowledged += 1
        if self.acknowledged >= KILLED_AFTER:
            self.many.set()


@dataclass
class Client:
    """Writes one message after the other, and each again until it is acknowledged. Every other one by socket."""

    crowd: Crowd
    number: int
    http: httpx.AsyncClient
    conversation: str = ""
    acknowledged: list[tuple[str, int]] = field(default_factory=list)
    _stream: ClientConnection | None = None

    async def write_all(self) -> None:
        await self._until_open()
        await self._until_it_works(self._start, uuid4())
        for n in range(2, SENDS_EACH + 1):
            await self._until_it_works(self._send, uuid4(), str(n))
        await self.hang_up()

    async def open_session(self) -> None:
        token = sign_identity(
            workspace=self.crowd.workspace, subject=f"client-{self.number}", key=self.crowd.key
        )
        opened = await self.http.post(
            "/widget/v1/sessions", json={"workspace": self.crowd.workspace, "identity_token": token}
        )
        if opened.status_code == 503:
            raise httpx.ReadError("not just now")
        assert opened.status_code == 201, opened.text
        self.http.headers["Authorization"] = f"Bearer {opened.json()['session']['token']}"

    async def hang_up(self) -> None:
        if self._stream is not None:
            await self._stream.close()
            self._stream = None

    async def all_that_is_stored(self) -> list[tuple[str, int]]:
        page = await self.http.get(f"/widget/v1/conversations/{self.conversation}/messages?limit=100")
        return [(item["body"], item["seq"]) for item in page.json()["items"]]

    async def _until_it_works(self, act: Any, client_id: UUID, body: str = "1") -> None:
        while True:
            try:
                seq = await act(client_id, body)
            except Broken:
                await self._try_again_soon()
                continue
            if seq is not None:
                self.acknowledged.append((body, seq))
                self.crowd.count()
                return
            # Nothing is under way: another session of the same person has its own measure.
            await self.hang_up()
            self.http.headers.pop("Authorization")
            await self._until_open()

    async def _until_open(self) -> None:
        while True:
            try:
                await self.open_session()
            except Broken:
                await self._try_again_soon()
                continue
            return

    async def _try_again_soon(self) -> None:
        self.crowd.retried += 1
        await self.hang_up()
        await asyncio.sleep(0.1)

    async def _start(self, client_id: UUID, body: str) -> int | None:
        answer = await self.http.post(
            "/widget/v1/conversations", json={"body": body, "client_id": str(client_id)}
        )
        if self._has_to_wait(answer.status_code):
            return None
        self.conversation = answer.json()["id"]
        return 1

    async def _send(self, client_id: UUID, body: str) -> int | None:
        """The number of the stored message; None where it has to wait."""
        status, seq = await (self._by_socket if self.number % 2 else self._by_http)(client_id, body)
        return None if self._has_to_wait(status) else seq

    def _has_to_wait(self, status: int) -> bool:
        """Whether it was sent too often. A server that just began may say that it is not there yet."""
        assert status in (200, 201, 429, 503), status
        if status == 503:
            raise httpx.ReadError("not just now")
        return status == 429

    async def _by_http(self, client_id: UUID, body: str) -> tuple[int, int | None]:
        answer = await self.http.post(
            f"/widget/v1/conversations/{self.conversation}/messages",
            json={"body": body, "client_id": str(client_id)},
        )
        return answer.status_code, answer.json().get("seq")

    async def _by_socket(self, client_id: UUID, body: str) -> tuple[int, int | None]:
        stream = await self._connected()
        frame = {
            "type": "send",
            "conversation_id": self.conversation,
            "body": body,
            "client_id": str(client_id),
        }
        await stream.send(json.dumps(frame))
        while True:
            event = json.loads(await stream.recv())
            if event.get("client_id") == str(client_id):
                return event.get("status", 201), event.get("seq")

    async def _connected(self) -> ClientConnection:
        if self._stream is None:
            self._stream = await connect(f"{self.crowd.url.replace('http', 'ws')}/widget/v1/stream")
            secret = self.http.headers["Authorization"].removeprefix("Bearer ")
            await self._stream.send(json.dumps({"type": "auth", "token": secret}))
        return self._stream


async def test_of_1000_sends_through_a_kill_each_is_there_once_and_in_order_on_both_sides(
    tmp_path: Path,
) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE) as desk:
        async with running("0", tmp_path / "demo") as (process, told):
            crowd = Crowd(
                told["base_url"],
                told["workspace"],
                SigningKey(told["signing_key"]["kid"], told["signing_key"]["secret"]),
            )
            clients = [
                Client(crowd, n, httpx.AsyncClient(base_url=crowd.url, timeout=PATIENCE))
                for n in range(CLIENTS)
            ]
            writing = asyncio.gather(*(client.write_all() for client in clients))
            await asyncio.wait(
                (writing, asyncio.ensure_future(crowd.many.wait())), return_when="FIRST_COMPLETED"
            )
            assert not writing.done(), "needs sends under way when the server dies"
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
        async with running(str(httpx.URL(crowd.url).port), tmp_path / "demo"):
            await writing
            assert crowd.acknowledged == CLIENTS * SENDS_EACH
            assert crowd.retried > 0, "needs sends that were cut off"
            for client in clients:
                stored = await client.all_that_is_stored()
                assert stored == [(str(n), n) for n in range(1, SENDS_EACH + 1)]
                assert stored == client.acknowledged
                thread = await desk.get(
                    f"{crowd.url}/api/v1/conversations/{client.conversation}/messages?limit=100",
                    headers={"Authorization": f"Bearer {told['api_key']}"},
                )
                assert [(item["body"], item["seq"]) for item in thread.json()["items"]] == stored
                await client.http.aclose()
