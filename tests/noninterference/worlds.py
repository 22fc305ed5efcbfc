"""A world: a whole house on a database of its own. Two of them share the clock, and draw the same chance."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest
from litestar.types import ASGIApp

from privity.app import create_app
from privity.chance import Chance
from privity.db.bus import Event
from privity.db.pool import SERVER_SETTINGS, Connection
from privity.furnishing import furnish
from privity.house import House
from privity.keyring import Keyring
from privity.live import streams
from privity.live.streams import Streams
from privity.mail.letter import Letter
from privity.people.model import csrf_word
from privity.settings import Settings
from privity.vouching.discovery import Discovery
from privity.web.credential import Credential
from privity.web.limiter import Limiter
from privity.web.static_files import FrontEnd
from privity.web.wire import LegacyProduct
from privity_client import SigningKey
from tests import deliveries
from tests.cast import GRACE, Person
from tests.clock import MONDAY_MORNING, Clock
from tests.database import Database
from tests.doors import CHAT, SHOP, Acme
from tests.proofs.old_site import SECRETS, hashed
from tests.unhurried import AN_HOUR, PATIENCE, conclude_nothing_from_a_silence, write_down_when_asked

OLD_PRODUCT: LegacyProduct = "intercom"


def do_nothing_by_the_real_clock(patch: pytest.MonkeyPatch) -> None:
    """What a house does by itself every so often it would do at some step or at the next. A test that looks at the
    clock does it for it."""
    patch.setattr(streams, "CLOCK_SECONDS", AN_HOUR)
    write_down_when_asked(patch)
    conclude_nothing_from_a_silence(patch)


@dataclass(frozen=True, slots=True)
class Estate:
    """What both worlds agree in before anything happens: one workspace with its settings, its key and its team."""

    acme: Acme
    key: UUID
    grace: UUID
    desk: Credential
    provider: UUID
    history_from: str
    adopt: str

    @classmethod
    def new(
        cls, clock: Clock, history_from: str = "signed", adopt: str = "ask", kid: str = "key-of-acme"
    ) -> "Estate":
        workspace, secret = uuid4(), uuid4().hex + uuid4().hex
        desk = Credential.new(workspace, uuid4(), Chance())
        acme = Acme(workspace, SigningKey(kid=kid, secret=secret), clock)
        return cls(acme, uuid4(), uuid4(), desk, uuid4(), history_from, adopt)

    def old_hash(self, person: Person) -> dict[str, str]:
        """What this person's page gave the product before."""
        told = hashed(OLD_PRODUCT, person.subject)
        return {"product": OLD_PRODUCT, "user_id": person.subject, "email": person.email, "hash": told}

    @property
    def badge(self) -> dict[str, str]:
        """What Grace's browser sends."""
        return {
            "Cookie": f"__Host-privity-team={self.desk.word()}",
            "Origin": CHAT,
            "Sec-Fetch-Site": "same-origin",
            "X-Privity-CSRF": csrf_word(self.desk),
        }


class SameChance:
    """What both worlds draw: it starts anew at each step, so that what one world drew alone shifts nothing."""

    def __init__(self) -> None:
        self.begin("nothing yet")

    def begin(self, word: str) -> None:
        self._drawn = random.Random(word)  # noqa: S311 - the same in both worlds is the point

    def __call__(self, amount: int) -> bytes:
        return self._drawn.randbytes(amount)


class Forgetful(Limiter):
    """A limiter by the test's clock, in which a trace finds nothing of the one before it."""

    def forget(self) -> None:
        self._windows.clear()


class Letters:
    """A post that keeps everything."""

    delivers = True

    def __init__(self) -> None:
        self.sent: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.sent.append(letter)


class BusLostError(Exception):
    """The house lost its listener, and may have lost events: what its sockets bring from now on shows nothing."""


class Marker:
    """Hears the events that name its workspace, which has nobody in it: what was said before was heard then. They are
    counted, since the bus may bring one twice."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._workspace = uuid4()
        self._said = 0
        self._heard = asyncio.Event()
        self._lost = False
        house.bus.tell(self)

    async def wait(self) -> None:
        self._said += 1
        self._heard.clear()
        self._house.bus.announce(Event("sessions", self._workspace, seq=self._said))
        async with asyncio.timeout(PATIENCE):
            await self._heard.wait()
        if self._lost:
            raise BusLostError

    def hear(self, event: Event) -> None:
        if event.workspace == self._workspace and event.seq == self._said:
            self._heard.set()

    def missed(self) -> None:
        self._lost = True
        self._heard.set()


@dataclass
class World:
    """`workspace` is the one that was founded last. Ids of the same chance come again in each: to know one by its id
    alone is to take it for another trace's."""

    house: House
    app: ASGIApp
    db: Connection
    clock: Clock
    chance: SameChance
    post: Letters
    marker: Marker = field(init=False)
    workspace: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.marker = Marker(self.house)

    def begin(self, word: str) -> None:
        self.chance.begin(word)

    async def found(self, estate: Estate) -> None:
        """The workspace, in this world, with nobody in it but Grace."""
        self.begin("foundation")
        acme, now = estate.acme, self.clock()
        self.workspace = acme.id
        await self.db.execute(
            """INSERT INTO workspace (id, name, codes, history_from, adopt, adoption_days, created_at)
               VALUES ($1, 'Acme', true, $2, $3, 7, $4)""",
            acme.id,
            estate.history_from,
            estate.adopt,
            now,
        )
        await self.db.execute("INSERT INTO allowed_site VALUES ($1, $2)", acme.id, SHOP)
        material = self.house.keyring.seal("signing key", acme.key.secret.encode(), estate.key.bytes)
        await self.db.execute(
            """INSERT INTO signing_key (workspace_id, id, kid, alg, material, created_at)
               VALUES ($1, $2, $3, 'HS256', $4, $5)""",
            acme.id,
            estate.key,
            acme.key.kid,
            material,
            now,
        )
        await self._seat_grace(estate)
        await self._take_old_hashes(estate)
        await self._offer_a_sign_in(estate)

    async def _take_old_hashes(self, estate: Estate) -> None:
        switch, now = UUID(int=estate.key.int ^ 1), self.clock()
        await self.db.execute(
            """INSERT INTO legacy_switch (workspace_id, id, product, secret, on_at, until)
               VALUES ($1, $2, $3, $4, $5, $6)""",
            estate.acme.id,
            switch,
            OLD_PRODUCT,
            self.house.keyring.seal("legacy secret", SECRETS[OLD_PRODUCT].encode(), switch.bytes),
            now,
            now + timedelta(days=90),
        )

    async def _offer_a_sign_in(self, estate: Estate) -> None:
        """What the provider said of itself stays fresh through every trace, so that no house goes out to ask it."""
        at, now = "https://id.example", self.clock()
        told = Discovery(f"{at}/authorize", f"{at}/token", ("RS256",), ("none",), False, ())
        await self.db.execute(
            """INSERT INTO sign_in_provider (workspace_id, id, name, issuer, client_id, added_at, looked_at,
                                             discovered_at, discovery)
               VALUES ($1, $2, 'Acme ID', $3, 'privity', $4, $4, $5, $6)""",
            estate.acme.id,
            estate.provider,
            at,
            now,
            now + timedelta(days=1),
            msgspec.json.encode(told).decode(),
        )

    async def _seat_grace(self, estate: Estate) -> None:
        acme, now = estate.acme, self.clock()
        await self.db.execute(
            """INSERT INTO teammate (workspace_id, id, email, name, password_hash, created_at)
               VALUES ($1, $2, $3, $4, 'opens nothing', $5)""",
            acme.id,
            estate.grace,
            GRACE.email,
            GRACE.name,
            now,
        )
        await self.db.execute(
            """INSERT INTO teammate_session (workspace_id, id, teammate_id, secret_hash, started_at, last_seen_at,
                                             expires_at) VALUES ($1, $2, $3, $4, $5, $5, $6)""",
            acme.id,
            estate.desk.id,
            estate.grace,
            estate.desk.hash(),
            now,
            now + timedelta(days=9),
        )

    async def settle(self) -> None:
        """Returns when all that was announced was heard, and every delivery that it led to is made. Raises what one
        broke down with: nobody else would see it."""
        await self.marker.wait()
        await deliveries.all_made()

    def look_at_the_clock(self) -> None:
        """What the house does twice a second, done now. Where something were still under way, whether it saw the old
        time or the new one would be luck."""
        assert not deliveries.under_way(), "time passes in worlds that are at rest"
        for hearer in self.house.bus._hearers:
            if isinstance(hearer, Streams):
                for socket in hearer._places:
                    socket.look_at_the_clock(self.clock())

    def forget(self) -> None:
        """Between two traces."""
        assert isinstance(self.house.limiter, Forgetful)
        self.house.limiter.forget()
        self.post.sent.clear()


@dataclass(frozen=True)
class Twins:
    """Two worlds under one clock. `same_chance` is false where each draws its own, as in life."""

    left: World
    right: World
    clock: Clock
    same_chance: bool

    @property
    def both(self) -> tuple[World, World]:
        return self.left, self.right


@asynccontextmanager
async def open_twins(
    databases: tuple[Database, Database],
    keyring: Keyring,
    front_end: FrontEnd,
    settings: Settings,
    same_chance: bool,
) -> AsyncIterator[Twins]:
    clock = Clock(MONDAY_MORNING)
    async with AsyncExitStack() as closing:
        left, right = [
            await closing.enter_async_context(
                _open(database, keyring, front_end, settings, clock, same_chance)
            )
            for database in databases
        ]
        yield Twins(left, right, clock, same_chance)


@asynccontextmanager
async def _open(
    database: Database,
    keyring: Keyring,
    front_end: FrontEnd,
    settings: Settings,
    clock: Clock,
    same_chance: bool,
) -> AsyncIterator[World]:
    chance, post = SameChance(), Letters()
    drawn = Chance(chance) if same_chance else Chance()
    db = await asyncpg.connect(**database.address("owner"), server_settings=SERVER_SETTINGS)
    try:
        async with furnish(settings, keyring, database.address, clock, post, chance=drawn) as furnished:
            limiter = Forgetful(keyring.key("limits"), lambda: clock().timestamp())
            house = replace(furnished, limiter=limiter)
            yield World(house, create_app(house, front_end), db, clock, chance, post)
    finally:
        await db.close()
