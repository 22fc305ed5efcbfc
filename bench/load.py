"""What the benches of sending share: a house on a database of its own, and clients that cost little themselves."""

import asyncio
import multiprocessing
import tempfile
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Any, cast
from uuid import UUID

import asyncpg
import msgspec
import uvloop

from privity.app import create_app
from privity.cli.serving import listen, port_of, serving
from privity.db import embedded, engine
from privity.furnishing import furnish
from privity.keyring import Keyring
from privity.settings import Settings
from privity.web import limits
from privity.web.credential import Credential
from privity.web.static_files import FrontEnd

SECRET = b"a key that lives as long as a run"
DATABASE = "privity"
Addresses = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Seat:
    """Somebody's session, and a conversation that is theirs."""

    workspace: UUID
    session: UUID
    identity: UUID
    conversation: UUID
    word: str


@dataclass(frozen=True)
class Ground:
    """A migrated database; `superuser` is whom row-level security does not concern."""

    folder: Path
    addresses: Addresses
    superuser: dict[str, Any]

    async def seats(self, people: int, sessions_each: int = 1) -> list[Seat]:
        """Sessions of so many people, each with one conversation; those of one person stand together."""
        db = await asyncpg.connect(**self.superuser, server_settings={"search_path": "privity"})
        try:
            now, secrets = datetime.now(UTC), [token_bytes(32) for _ in range(people * sessions_each)]
            hashes = [Credential(UUID(int=0), UUID(int=0), secret).hash() for secret in secrets]
            rows = await db.fetch(SEATS, people, sessions_each, hashes, now)
        finally:
            await db.close()
        return [
            Seat(
                row["workspace_id"],
                row["id"],
                row["identity_id"],
                row["conversation"],
                Credential(row["workspace_id"], row["id"], secret).word(),
            )
            for row, secret in zip(rows, secrets, strict=True)
        ]


@asynccontextmanager
async def ground() -> AsyncIterator[Ground]:
    with tempfile.TemporaryDirectory() as name:
        folder, password = Path(name), token_hex()
        cluster = await asyncio.to_thread(embedded.start, folder / "postgres", password)
        try:
            addresses = {
                role: cluster.connect_arguments(f"privity_{role}", password, DATABASE)
                for role in engine.ROLES
            }
            admin = cluster.connect_arguments(cluster.superuser, password, "postgres")
            await engine.prepare(admin, dict.fromkeys(engine.ROLES, password), DATABASE, "bench")
            await engine.migrate(addresses["owner"])
            yield Ground(folder, addresses, {**admin, "database": DATABASE})
        finally:
            await asyncio.to_thread(cluster.stop)
            embedded.discard(folder / "postgres")


# ── The server, in a process of its own ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Server:
    port: int
    process: int


@asynccontextmanager
async def server(on: Ground) -> AsyncIterator[Server]:
    """The house as `privity serve` runs it, but for the limits that one session meets."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(on, there))
    process.start()
    there.close()
    try:
        port = await asyncio.to_thread(here.recv)
        assert process.pid is not None
        yield Server(port, process.pid)
    finally:
        here.close()
        await asyncio.to_thread(process.join)


def serve(on: Ground, parent: Pipe) -> None:
    limits.MESSAGES = replace(limits.MESSAGES, amount=10_000_000)
    limits.REQUESTS = replace(limits.REQUESTS, amount=10_000_000)
    uvloop.run(_serve(on, parent))


async def _serve(on: Ground, parent: Pipe) -> None:
    settings = Settings(on.folder, "http://127.0.0.1")
    async with furnish(settings, Keyring(SECRET), on.addresses.__getitem__) as house:
        listener = listen("127.0.0.1", 0)
        async with serving(create_app(house, FrontEnd({}, {})), listener):
            parent.send(port_of(listener))
            await asyncio.to_thread(parent.poll, None)


# ── A client that costs little ───────────────────────────────────────────────────────────────────────────────


class RawSocket(asyncio.Protocol):
    """A WebSocket of bare frames. `heard` is called with each event."""

    def __init__(self, heard: Callable[[dict[str, Any]], None]) -> None:
        self._heard = heard
        self._buffer = b""
        self._open = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport

    @classmethod
    async def open(cls, port: int, seat: Seat, heard: Callable[[dict[str, Any]], None]) -> "RawSocket":
        """Open, and ready for sends."""
        ready = asyncio.Event()

        def listen(event: dict[str, Any]) -> None:
            if event["type"] == "ready":
                ready.set()
            heard(event)

        loop = asyncio.get_running_loop()
        _, socket = await loop.create_connection(lambda: cls(listen), "127.0.0.1", port)
        await socket._open
        socket.say({"type": "auth", "token": seat.word})
        await ready.wait()
        return socket

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        key = b64encode(token_bytes(16)).decode()
        self._transport.write(
            f"GET /widget/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._open.done():
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            assert b" 101 " in head
            self._buffer = rest
            self._open.set_result(None)
        while self._take_frame():
            pass

    def say(self, frame: dict[str, Any]) -> None:
        payload = msgspec.json.encode(frame)
        # A mask of zeros is a mask, too, and leaves the payload as it is.
        self._transport.write(b"\x81\xfe" + len(payload).to_bytes(2, "big") + b"\0\0\0\0" + payload)

    def close(self) -> None:
        self._transport.close()

    def _take_frame(self) -> bool:
        if len(self._buffer) < 4:
            return False
        size, start = self._buffer[1], 2
        if size == 126:
            size, start = int.from_bytes(self._buffer[2:4], "big"), 4
        if len(self._buffer) < start + size:
            return False
        kind, payload = self._buffer[0] & 15, self._buffer[start : start + size]
        self._buffer = self._buffer[start + size :]
        if kind == 1:
            self._heard(msgspec.json.decode(payload))
        elif kind == 9:
            self._transport.write(b"\x8a" + bytes([0x80 | size]) + b"\0\0\0\0" + payload)
        return True


SEATS = """
WITH place AS (INSERT INTO workspace (id, name, created_at) VALUES (gen_random_uuid(), 'Acme', $4) RETURNING id),
     person AS (SELECT place.id AS workspace, n, gen_random_uuid() AS contact, gen_random_uuid() AS identity,
                       gen_random_uuid() AS conversation FROM place, generate_series(1, $1) n),
     card AS (INSERT INTO contact SELECT workspace, contact, 'user', $4 FROM person),
     named AS (INSERT INTO contact_identity (workspace_id, id, provider, subject, contact_id, created_at)
               SELECT workspace, identity, 'site', 'u-' || n, contact, $4 FROM person),
     seat AS (INSERT INTO session (workspace_id, id, kind, secret_hash, contact_id, identity_id, assurance, idle,
                                   started_at, last_seen_at, expires_at)
              SELECT workspace, gen_random_uuid(), 'page', ($3::bytea[])[(n - 1) * $2 + s], contact, identity,
                     'signed', '1 hour', $4, $4, $4 + interval '1 hour'
                FROM person, generate_series(1, $2) s
              RETURNING workspace_id, id, identity_id, secret_hash),
     talk AS (INSERT INTO conversation (workspace_id, id, contact_id, origin_session, owner, client_id, started_at,
                                        last_at, last_id, last_author_kind, last_excerpt)
              SELECT workspace, conversation, contact,
                     (SELECT id FROM seat WHERE identity_id = identity ORDER BY id LIMIT 1), identity, conversation,
                     $4, $4, conversation, 'contact', '' FROM person)
SELECT seat.workspace_id, seat.id, seat.identity_id, person.conversation
  FROM seat JOIN person ON person.identity = seat.identity_id
 ORDER BY array_position($3::bytea[], seat.secret_hash)"""
