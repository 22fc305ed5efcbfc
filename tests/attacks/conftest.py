"""Acme with its team, Elsewhere with Otto, and Ada, who has something to hide."""

from collections.abc import Callable

import httpx
import pytest

from privity.db.pool import Connection
from privity.keyring import Keyring
from tests.attacks.people import HIDDEN, Victim
from tests.cast import ADA
from tests.clock import Clock
from tests.doors import Acme, Script, add_acme
from tests.live.conftest import all_heard, port
from tests.proofs.test_mailbox import coded
from tests.team.conftest import acme, grace, new_contact, otto

__all__ = ["acme", "all_heard", "coded", "grace", "new_contact", "otto", "port"]

Door = Callable[[], httpx.AsyncClient]


@pytest.fixture
async def ada(door: Door, acme: Acme) -> Victim:
    """Ada, in her page's session, with a conversation in which something stands that is hers alone."""
    ada = Script(door(), acme)
    await ada.open(ADA)
    return Victim(ada, (await ada.start(HIDDEN)).json()["id"])


@pytest.fixture
async def elsewhere(owner_db: Connection, keyring: Keyring, clock: Clock) -> Acme:
    return await add_acme(owner_db, keyring, clock, "Elsewhere")
