"""The switch for another product's hashes: with a secret that is one, until a date, and never a second time."""

import asyncio
from datetime import timedelta

import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.vouching import keys, legacy
from privity.vouching.legacy import SwitchRefusedError
from privity.workspaces import rules
from privity.workspaces.rules import RuleError
from tests.attacks import proving
from tests.clock import Clock
from tests.cut_off import held, somebody_waits
from tests.doors import Acme

pytestmark = pytest.mark.anyio

SECRET = "q8Wm2Zx7Kp4Lt6Vd1Nb9Rc3"
MONTH = timedelta(days=30)


@pytest.mark.attack("A-19", without=proving.the_strength_of_a_secret)
async def test_what_anybody_could_guess_is_no_secret(house: House, acme: Acme, clock: Clock) -> None:
    for secret in (
        "",
        "   ",
        " " * 40,
        "null",
        "undefined",
        "\0" * 32,
        "0" * 32,
        "abab" * 10,
        SECRET[:19],
        f"{SECRET} ",
        f"two words {SECRET}",
        f"{SECRET}\n{SECRET}",
        str(acme.id),
        acme.id.hex.upper(),
        "s3cr3t-" * 50,
    ):
        with pytest.raises(SwitchRefusedError):
            await legacy.turn_on(house, acme.id, "crisp", secret, clock() + MONTH)
    assert await legacy.switches(house, acme.id) == []


@pytest.mark.attack("A-19", "A-28")
async def test_a_secret_is_taken_for_one_thing_and_once(house: House, acme: Acme, clock: Clock) -> None:
    until = clock() + MONTH
    await legacy.turn_on(house, acme.id, "crisp", SECRET, until)
    with pytest.raises(SwitchRefusedError, match="this very secret"):
        await legacy.turn_on(house, acme.id, "intercom", SECRET, until)
    with pytest.raises(SwitchRefusedError, match="off first"):
        await legacy.turn_on(house, acme.id, "crisp", SECRET[::-1], until)
    await legacy.turn_off(house, acme.id, "crisp")
    with pytest.raises(SwitchRefusedError, match="this very secret"):
        await legacy.turn_on(house, acme.id, "crisp", SECRET, until)
    with pytest.raises(SwitchRefusedError, match="this very secret"):
        await legacy.turn_on(house, acme.id, "chatwoot", acme.key.secret, until)
    await legacy.turn_on(house, acme.id, "crisp", SECRET[::-1], until)


async def test_its_date_lies_ahead_and_within_180_days_of_the_first(
    house: House, acme: Acme, clock: Clock
) -> None:
    for until in (clock(), clock() - MONTH, clock() + timedelta(days=180, seconds=1)):
        with pytest.raises(SwitchRefusedError):
            await legacy.turn_on(house, acme.id, "crisp", SECRET, until)
    last = clock() + timedelta(days=180)
    await legacy.turn_on(house, acme.id, "crisp", SECRET, clock() + MONTH)
    clock.forward(days=100)
    await legacy.turn_on(house, acme.id, "crisp", SECRET, last)
    with pytest.raises(SwitchRefusedError, match="180 days"):
        await legacy.turn_on(house, acme.id, "crisp", SECRET, last + timedelta(seconds=1))
    (line,) = await legacy.switches(house, acme.id)
    assert (line.until, line.is_on(clock()), line.is_on(last)) == (last, True, False)


async def test_who_comes_in_while_its_date_moves_finds_the_new_one(
    house: House, acme: Acme, clock: Clock, owner_db: Connection
) -> None:
    await legacy.turn_on(house, acme.id, "crisp", SECRET, clock() + MONTH)
    sooner = clock() + timedelta(minutes=1)
    async with held(owner_db, "LOCK TABLE session IN EXCLUSIVE MODE"):
        moving = asyncio.create_task(legacy.turn_on(house, acme.id, "crisp", SECRET, sooner))
        await somebody_waits(owner_db)
        (line,) = await legacy.switches(house, acme.id)
        assert line.until == sooner, "no session that stands was looked at yet"
    await moving


@pytest.mark.attack("A-29")
async def test_its_secret_is_kept_sealed_and_shown_to_nobody(
    house: House, acme: Acme, clock: Clock, owner_db: Connection
) -> None:
    await legacy.turn_on(house, acme.id, "crisp", SECRET, clock() + MONTH)
    stored = await owner_db.fetchval("SELECT secret FROM legacy_switch")
    assert SECRET.encode() not in stored
    assert SECRET not in repr(await legacy.switches(house, acme.id))
    events = await owner_db.fetch("SELECT * FROM audit_event")
    assert [event["reason"] for event in events] == ["legacy_on"]
    assert SECRET not in repr([dict(event) for event in events])


async def test_history_may_rest_on_old_hashes_only_while_some_are_taken(
    house: House, acme: Acme, clock: Clock
) -> None:
    with pytest.raises(RuleError, match="privity legacy on"):
        await rules.change(house, acme.id, "history_from", "legacy")
    await legacy.turn_on(house, acme.id, "crisp", SECRET, clock() + MONTH)
    await rules.change(house, acme.id, "history_from", "legacy")
    clock.forward(days=31)
    with pytest.raises(RuleError, match="privity legacy on"):
        await rules.change(house, acme.id, "history_from", "legacy")


async def test_what_is_not_on_cannot_be_turned_off(house: House, acme: Acme) -> None:
    with pytest.raises(SwitchRefusedError, match="not on"):
        await legacy.turn_off(house, acme.id, "crisp")


async def test_a_signing_key_may_not_be_made_of_an_old_secret(house: House, acme: Acme, clock: Clock) -> None:
    secret = SECRET + SECRET
    await legacy.turn_on(house, acme.id, "crisp", secret, clock() + MONTH)
    with pytest.raises(keys.KeyRefusedError):
        await keys.add(house, acme.id, keys.shared(secret, clock()))
