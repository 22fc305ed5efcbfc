"""One town for all doors, laid out once."""

import json
from collections.abc import AsyncIterator
from io import StringIO

import asyncpg
import pytest
from joserfc.jwk import ECKey

from privity.app import create_app
from privity.db.pool import SERVER_SETTINGS
from privity.furnishing import furnish
from privity.keyring import Keyring
from privity.outward.fetching import Fetched, Outward
from privity.settings import Settings
from privity.web.static_files import FrontEnd
from tests.canary.listening import OverheardOutbox, overheard
from tests.canary.plugin import swept
from tests.clock import Clock
from tests.database import Server
from tests.doors import CHAT, add_acme
from tests.second_doors.town import Town

KEYS = [ECKey.generate_key("P-256", {"kid": "there"}).as_dict(private=False)]
DISCOVERY = "/.well-known/openid-configuration"


class Internet(Outward):
    """One answer wherever somebody is sent, keys and provider in one: here it matters who may send."""

    async def get(self, address: str) -> Fetched:
        at = address.removesuffix(DISCOVERY)
        told = {
            "issuer": at,
            "authorization_endpoint": at,
            "token_endpoint": at,
            "jwks_uri": at,
            "keys": KEYS,
        }
        return Fetched(200, {"content-type": "application/json"}, json.dumps(told).encode())


@pytest.fixture(scope="module")
async def town(
    server: Server,
    log_book: StringIO,
    keyring: Keyring,
    front_end: FrontEnd,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Town]:
    """When all have been at all doors, what they heard is swept."""
    async with swept(server, log_book) as database:
        clock, outbox = Clock(), OverheardOutbox(database.ears)
        settings = Settings(data=tmp_path_factory.mktemp("town"), base_url=CHAT)
        db = await asyncpg.connect(**database.address("owner"), server_settings=SERVER_SETTINGS)
        async with furnish(settings, keyring, database.address, clock, outbox, Internet()) as house:
            acme, elsewhere = [await add_acme(db, keyring, clock, name) for name in ("Acme", "Elsewhere")]
            app = overheard(create_app(house, front_end), database.ears, clock)
            town = Town(db, house, app, acme, elsewhere, clock)
            await town.lay_out()
            yield town
        await db.close()
