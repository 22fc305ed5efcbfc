"""The composition: the only file that knows everyone. It opens the house, hangs up the doors and closes both."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from litestar import Litestar, Request
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from privity.audit.ledger import Ledger
from privity.audit.sealing import Sealer
from privity.audit.tally import Tally
from privity.chance import Chance
from privity.conversations import routes as conversations
from privity.conversations import team_routes as team_conversations
from privity.conversations.store import SEND
from privity.db import embedded, engine
from privity.db.bus import Bus
from privity.db.engine import Address
from privity.db.lanes import Lanes
from privity.db.pool import LOST
from privity.history import audit_routes as audit
from privity.history import routes as history
from privity.history import team_routes as team_history
from privity.house import House
from privity.keyring import Keyring
from privity.live.streams import Streams
from privity.mail.letter import NoPost, Post
from privity.mail.smtp import SmtpPost
from privity.outward.fetching import Outward
from privity.people import team_routes as people
from privity.people.door import owner, signed_in
from privity.people.model import Member
from privity.proofs import ending_routes, own_routes
from privity.proofs import routes as proofs
from privity.proofs import team_routes as team_proofs
from privity.proofs.door import living_or_leaving, living_or_risen, living_session
from privity.proofs.model import Caller
from privity.settings import Settings
from privity.vouching import keys_routes as keys
from privity.vouching import legacy_routes as legacy
from privity.vouching import sign_ins_routes as sign_ins
from privity.web.answers import EXCEPTION_HANDLERS, answer_not_ready
from privity.web.headers import ENCRYPTED, WORDS
from privity.web.limiter import Limiter
from privity.web.limits import REQUEST_BYTES
from privity.web.segments import with_whole_segments, without_preflights
from privity.web.static_files import FrontEnd
from privity.web.written_api import CONTACT, IN_PERSON, TEAM, Document, document, written_door
from privity.workspaces import routes as workspaces
from privity.workspaces import rules_routes as rules
from privity.workspaces import setup_routes as setup
from privity.workspaces import snippets_routes as snippets

DATABASE = "privity"

DOORS = [
    *workspaces.handlers,
    *setup.handlers,
    *keys.handlers,
    *legacy.handlers,
    *sign_ins.handlers,
    *rules.handlers,
    *snippets.handlers,
    *proofs.handlers,
    *own_routes.handlers,
    *conversations.handlers,
    *history.handlers,
    *people.handlers,
    *team_proofs.handlers,
    *ending_routes.handlers,
    *team_conversations.handlers,
    *team_history.handlers,
    *audit.handlers,
]

LETS_IN = {
    living_session: CONTACT,
    living_or_risen: CONTACT,
    living_or_leaving: CONTACT,
    signed_in: TEAM,
    owner: IN_PERSON,
    audit.auditor: IN_PERSON,
}
"""The guards of the house, and whom each lets in."""


@dataclass(frozen=True, slots=True)
class Engines:
    """Where the database is: from a login role to the arguments that connect it, an administrator's, and its name."""

    address: Address
    admin: dict[str, Any]
    database: str


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_engines(settings: Settings, keyring: Keyring) -> AsyncIterator[Engines]:
    """The database of `DATABASE_URL`, or the embedded one of the data folder for as long as the context lasts."""
    if settings.database_url is not None:
        yield _given(settings.database_url.reveal(), keyring)
        return
    cluster = await asyncio.to_thread(embedded.start, postgres_folder(settings), keyring.password("postgres"))
    try:
        yield _embedded(cluster, keyring)
    finally:
        await asyncio.to_thread(cluster.stop)


def running_engines(settings: Settings, keyring: Keyring) -> Engines | None:
    """The database where one is up already: of `DATABASE_URL`, or the one that a running server keeps."""
    if settings.database_url is not None:
        return _given(settings.database_url.reveal(), keyring)
    neighbour = embedded.attach(postgres_folder(settings))
    return _embedded(neighbour, keyring) if neighbour is not None else None


def postgres_folder(settings: Settings) -> Path:
    return settings.data / "postgres"


def _embedded(server: embedded.Cluster | embedded.Neighbour, keyring: Keyring) -> Engines:
    return Engines(
        lambda role: server.connect_arguments(f"privity_{role}", keyring.password(role), DATABASE),
        server.connect_arguments(server.superuser, keyring.password("postgres"), "postgres"),
        DATABASE,
    )


def _given(url: str, keyring: Keyring) -> Engines:
    database = urlsplit(url).path.lstrip("/") or DATABASE
    return Engines(
        lambda role: {"dsn": url, "user": f"privity_{role}", "password": keyring.password(role)},
        {"dsn": url, "database": database},
        database,
    )


async def bring_forward(keyring: Keyring, engines: Engines) -> list[str]:
    """Roles and database where they are missing, and the schema of this version: the migrations that were run."""
    passwords = {role: keyring.password(role) for role in engine.ROLES}
    await engine.prepare(engines.admin, passwords, engines.database)
    return await engine.migrate(engines.address("owner"))


@asynccontextmanager
async def open_house(
    settings: Settings, clock: Callable[[], datetime] = utc_now, post: Post | None = None
) -> AsyncIterator[House]:
    """A house on its own database: started, migrated, with everything that it holds; closed in reverse."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    keyring = Keyring.in_folder(settings.data)
    async with open_engines(settings, keyring) as engines:
        await bring_forward(keyring, engines)
        async with furnish(settings, keyring, engines.address, clock, post) as house:
            yield house


@asynccontextmanager
async def furnish(
    settings: Settings,
    keyring: Keyring,
    address: Address,
    clock: Callable[[], datetime] = utc_now,
    post: Post | None = None,
    outward: Outward | None = None,
    chance: Chance | None = None,
) -> AsyncIterator[House]:
    """A house on a database that is there and migrated. Without a `post` or a way `outward` given, the settings'."""
    async with AsyncExitStack() as closing:
        pools = await engine.open_pools(address)
        closing.push_async_callback(pools.close)
        ledger = Ledger(pools.audit, clock)
        closing.push_async_callback(ledger.flush)
        tally = Tally(pools.gate, clock)
        closing.push_async_callback(tally.flush)
        bus = await closing.enter_async_context(Bus.open(address("gate")))
        lanes = await closing.enter_async_context(Lanes.open(address("contact"), SEND, clock))
        for writer in (ledger, tally):
            closing.callback(asyncio.create_task(writer.run()).cancel)
        yield House(
            settings=settings,
            pools=pools,
            keyring=keyring,
            clock=clock,
            chance=chance or Chance(),
            bus=bus,
            lanes=lanes,
            limiter=Limiter(keyring.key("limits")),
            ledger=ledger,
            tally=tally,
            post=post or await _post_office(settings, closing),
            outward=outward or Outward(settings.local_fetch),
        )


async def _post_office(settings: Settings, closing: AsyncExitStack) -> Post:
    if settings.smtp_url is None:
        return NoPost()
    return await closing.enter_async_context(SmtpPost.open(settings.smtp_url.reveal()))


@asynccontextmanager
async def sealing(house: House) -> AsyncIterator[None]:
    """What happens is sealed as long as the context lasts, and once more when it ends."""
    sealer = Sealer(house.pools.sealer, house.keyring, house.clock)
    work = asyncio.create_task(sealer.run())
    try:
        yield
    finally:
        work.cancel()
        # Without the database this waits for the next start.
        with suppress(*LOST):
            await house.ledger.flush()
            await sealer.seal_all()


def create_app(house: House, front_end: FrontEnd) -> ASGIApp:
    """Every door of the house, as one ASGI application."""
    http, streams = http_doors(house, front_end), Streams(house)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        stream = streams.doors.get(scope["path"]) if scope["type"] == ScopeType.WEBSOCKET else None
        await (stream or http)(with_whole_segments(without_preflights(scope)), receive, send)

    return app


def http_doors(house: House, front_end: FrontEnd) -> Litestar:
    """The doors that are asked and answer; the live ones are the streams'."""
    return Litestar(
        route_handlers=[*DOORS, written_door(written_api)],
        dependencies=_DEPENDENCIES,
        state=State({"house": house, "front_end": front_end, "noted_sites": set[str]()}),
        exception_handlers={**EXCEPTION_HANDLERS, **dict.fromkeys(LOST, answer_not_ready)},
        request_max_body_size=REQUEST_BYTES,
        before_send=[_with_its_headers(house)],
        # The framework's own page of the API would answer what is not there in its own way; ours is a door like any.
        openapi_config=None,
        logging_config=None,
    )


def written_api() -> Document:
    """The OpenAPI document of all these doors."""
    return document(DOORS, _DEPENDENCIES, LETS_IN)


def _with_its_headers(house: House) -> Callable[[Message, Scope], Awaitable[None]]:
    """An answer that brings no row of the table of headers is words."""

    async def complete(message: Message, _: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = MutableScopeHeaders(message)
        if "Content-Security-Policy" not in headers:
            for name, said in WORDS.items():
                headers.setdefault(name, said)
        if house.settings.base_url.startswith("https:"):
            headers.setdefault(*ENCRYPTED)

    return complete


def _house(state: State) -> House:
    house: House = state.house
    return house


def _front_end(state: State) -> FrontEnd:
    front_end: FrontEnd = state.front_end
    return front_end


def _caller(request: Request[Any, Any, Any]) -> Caller:
    caller: Caller = request.state.caller
    return caller


def _member(request: Request[Any, Any, Any]) -> Member:
    member: Member = request.state.member
    return member


_DEPENDENCIES = {
    "house": Provide(_house, sync_to_thread=False),
    "front_end": Provide(_front_end, sync_to_thread=False),
    "caller": Provide(_caller, sync_to_thread=False),
    "member": Provide(_member, sync_to_thread=False),
}
