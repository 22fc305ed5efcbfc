"""A house is opened and furnished: its database, and all that it holds while it is open; closed in reverse."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from privity.audit.ledger import Ledger
from privity.audit.outliving import outliving
from privity.audit.sealing import Sealer
from privity.audit.tally import Tally
from privity.chance import Chance
from privity.conversations.store import SEND
from privity.db import embedded, engine
from privity.db.bus import Bus
from privity.db.engine import Address
from privity.db.lanes import Lanes
from privity.house import House
from privity.keyring import Keyring
from privity.mail.letter import NoPost, Post
from privity.mail.smtp import SmtpPost
from privity.outward.fetching import Outward
from privity.settings import Settings
from privity.web.limiter import Limiter

DATABASE = "privity"


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
    await engine.prepare(engines.admin, passwords, engines.database, keyring.mark)
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
        # What can't be sealed now waits for the next start.
        with outliving("a log could not be sealed at the end"):
            await house.ledger.flush()
            await sealer.seal_all()
