"""A socket hears of what its person owns by a link, from the moment that it stands until the moment that it falls."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx
import pytest

from privity.db.pool import Connection
from privity.mail.outbox import Outbox
from tests.cast import ADA
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.live.clients import listening
from tests.proofs.test_links import LINKS
from tests.proofs.test_mailbox import ask, coded, give, mailed, proved

__all__ = ["coded"]

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]
Quiet = Callable[[], Awaitable[None]]


@pytest.mark.attack("A-96")
async def test_a_socket_that_was_open_before_the_link_hears_by_it_and_not_after_it(
    port: int, all_heard: Quiet, door: Door, coded: Acme, outbox: Outbox, clock: Clock, owner_db: Connection
) -> None:
    by_mailbox = await proved(door, coded, outbox, ADA.email)
    conversation = (await by_mailbox.start("from my mailbox")).json()["id"]
    ada, phone = Script(door(), coded), Script(door(), coded)
    for device in (ada, phone):
        await device.open(ADA)
    await all_heard()
    async with listening(port, phone) as ear:
        await ask(ada, ADA.email)
        assert (await give(ada, mailed(outbox))).status_code == 200
        assert (await by_mailbox.send(conversation, "before the yes")).status_code == 201
        await all_heard()
        assert await ear.all_that_comes_before_a_pong() == []

        assert (await ada.call("POST", LINKS, {"account": ADA.email})).status_code == 200
        await all_heard()
        await ear.all_that_comes_before_a_pong()
        await by_mailbox.send(conversation, "after the yes")
        told = await ear.hear("message")
        assert (told["conversation_id"], told["message"]["body"]) == (conversation, "after the yes")

        clock.forward(seconds=5)
        await Script(door(), coded).open(replace(ADA, email="ada@elsewhere.example"))
        assert await owner_db.fetchval("SELECT bool_and(why = 'renamed') FROM identity_link")
        await by_mailbox.send(conversation, "after the link fell")
        await all_heard()
        assert [event["type"] for event in await ear.all_that_comes_before_a_pong()] == []
