"""A site changes from one signing key to another without a gap, and sees which of them is still used."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import UNSET

from privity.db.pool import Connection
from privity.house import House
from privity.proofs.verifying import is_spent, verified, workspace_of
from privity.vouching import keys, store
from privity_client import SigningKey, sign_identity
from tests.cast import ADA, BOB
from tests.clock import Clock
from tests.cut_off import held, somebody_waits
from tests.doors import Acme, Script

NewClient = Callable[[], httpx.AsyncClient]
WEEK = timedelta(days=7)


async def newer_key(house: House, acme: Acme) -> Acme:
    """Acme as it signs with another key."""
    key = keys.new_secret(house.clock())
    await keys.add(house, acme.id, key)
    return Acme(acme.id, SigningKey(key.kid, key.material.decode()), acme.clock)


async def offered(ada: Script, token: str) -> httpx.Response:
    return await ada.call("POST", "/widget/v1/session/proofs", {"kind": "token", "identity_token": token})


async def test_a_stopping_key_proves_until_its_instant_and_nobody_after(
    house: House, acme: Acme, door: NewClient, clock: Clock
) -> None:
    await keys.stop(house, acme.id, acme.key.kid, clock() + WEEK)
    clock.forward(days=7, seconds=-1)
    assert (await Script(door(), acme).open(ADA)).status_code == 201, "it has not stopped yet"

    clock.forward(seconds=1)

    refused = await Script(door(), acme).open(ADA)
    assert (refused.status_code, refused.json()["detail"]) == (401, "key")


async def test_no_session_outlives_the_key_that_it_rests_on(
    house: House, acme: Acme, door: NewClient, clock: Clock
) -> None:
    earlier, later = Script(door(), acme), Script(door(), acme)
    await earlier.open(ADA)
    bounded = await keys.stop(house, acme.id, acme.key.kid, clock() + timedelta(seconds=40))
    await later.open(BOB)
    clock.forward(seconds=39)
    for person in (earlier, later):
        assert (await person.state()).status_code == 200, "the key has not stopped yet"

    clock.forward(seconds=1)

    assert bounded == 1, "Ada's was the one that there was"
    for person in (earlier, later):
        over = await person.state()
        assert (over.status_code, over.json()["code"]) == (401, "proof_over")


async def test_who_is_online_while_the_site_changes_keys_notices_nothing(
    house: House, acme: Acme, door: NewClient, clock: Clock
) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    newer = await newer_key(house, acme)
    await keys.stop(house, acme.id, acme.key.kid, clock() + timedelta(seconds=40))
    assert (await offered(ada, newer.token(ADA))).status_code == 200

    clock.forward(seconds=50)

    assert (await ada.state()).status_code == 200


async def test_a_key_stops_ahead_and_once_it_has_for_good(house: House, acme: Acme, clock: Clock) -> None:
    with pytest.raises(keys.KeyRefusedError, match="past"):
        await keys.stop(house, acme.id, acme.key.kid, clock())
    with pytest.raises(keys.NoSuchKeyError):
        await keys.stop(house, acme.id, "made-up", clock() + WEEK)

    await keys.stop(house, acme.id, acme.key.kid, clock() + WEEK)
    await keys.stop(house, acme.id, acme.key.kid, clock() + 2 * WEEK)
    clock.forward(days=14)

    with pytest.raises(keys.NoSuchKeyError):
        await keys.stop(house, acme.id, acme.key.kid, clock() + WEEK)


async def test_a_key_that_ends_between_the_look_at_a_proof_and_its_use_wins(
    house: House, acme: Acme, clock: Clock
) -> None:
    workspace = await workspace_of(house, str(acme.id))
    proved = await verified(house, workspace, acme.token(ADA), "network", None, UNSET)
    assert not await is_spent(house, acme.id, proved)

    await keys.stop(house, acme.id, acme.key.kid, clock() + timedelta(minutes=1))
    assert await is_spent(house, acme.id, proved), "the proof would outlive its key"
    bounded = await verified(
        house, await workspace_of(house, str(acme.id)), acme.token(ADA), "network", None, UNSET
    )
    assert not await is_spent(house, acme.id, bounded)
    await keys.revoke(house, acme.id, acme.key.kid)
    assert await is_spent(house, acme.id, bounded)


async def test_who_comes_in_while_a_key_is_being_stopped_finds_its_end(
    house: House, acme: Acme, clock: Clock, owner_db: Connection
) -> None:
    workspace = await workspace_of(house, str(acme.id))
    beyond = await verified(house, workspace, acme.token(ADA), "network", None, UNSET)
    async with held(owner_db, "LOCK TABLE session IN EXCLUSIVE MODE"):
        stopping = asyncio.create_task(
            keys.stop(house, acme.id, acme.key.kid, clock() + timedelta(minutes=1))
        )
        await somebody_waits(owner_db)
        assert await is_spent(house, acme.id, beyond), "no session that stands was looked at yet"
    assert await stopping == 0


async def test_what_a_key_signed_is_counted_good_and_bad(house: House, acme: Acme, door: NewClient) -> None:
    newer = await newer_key(house, acme)
    ada = Script(door(), newer)
    await ada.open(ADA)
    await offered(ada, newer.token(ADA, lifetime=timedelta(minutes=9)))
    forged = Acme(acme.id, SigningKey(newer.key.kid, "mallory's own secret, of enough bytes"), acme.clock)
    await Script(door(), forged).open(ADA)
    for_another = Acme(uuid4(), newer.key, acme.clock).token(ADA)
    await Script(door(), acme).open(identity_token=for_another)

    await asyncio.gather(house.tally.flush(), house.tally.flush())
    await house.tally.flush()

    counted = {line.kid: (line.accepted, line.refused) for line in await store.keys(house, acme.id)}
    assert counted == {newer.key.kid: (2, 2), acme.key.kid: (0, 0)}


async def test_what_names_no_key_is_counted_for_none(house: House, acme: Acme, door: NewClient) -> None:
    unknown = Acme(acme.id, SigningKey("made-up", "a secret of nobody, of enough bytes!"), acme.clock)
    assert (await Script(door(), unknown).open(ADA)).status_code == 401

    await house.tally.flush()

    [line] = await store.keys(house, acme.id)
    assert (line.accepted, line.refused) == (0, 0)


async def test_a_key_is_never_trusted_twice_not_even_after_it_was_revoked(house: House, acme: Acme) -> None:
    public = Ed25519PrivateKey.generate().public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    first = keys.given(pem, house.clock())
    secret = keys.shared("a secret that came from another chat", house.clock())
    await keys.add(house, acme.id, first)
    await keys.add(house, acme.id, secret)
    await keys.revoke(house, acme.id, first.kid)

    for again in (
        keys.given(pem, house.clock()),
        keys.shared("a secret that came from another chat", house.clock()),
    ):
        with pytest.raises(keys.KeyRefusedError, match="this very key"):
            await keys.add(house, acme.id, again)


async def test_another_workspace_may_have_the_same_key(
    house: House, acme: Acme, owner_db: Connection, clock: Clock
) -> None:
    elsewhere = uuid4()
    await owner_db.execute(
        "INSERT INTO workspace (id, name, created_at) VALUES ($1, 'Elsewhere', $2)", elsewhere, clock()
    )
    for workspace in (acme.id, elsewhere):
        await keys.add(house, workspace, keys.shared("one secret of two workspaces of a company", clock()))


@pytest.mark.parametrize(
    "secret", ["", "short", "thirty-one bytes are not enough", "one line\nand another" * 3]
)
def test_a_secret_that_is_none_is_sent_back(clock: Clock, secret: str) -> None:
    with pytest.raises(keys.KeyRefusedError, match=r"too short|one line"):
        keys.shared(secret, clock())


def test_a_longer_hash_needs_a_longer_secret(clock: Clock) -> None:
    with pytest.raises(keys.KeyRefusedError, match="HS512: it has 32 bytes"):
        keys.shared("s" * 32, clock(), "HS512")
    assert keys.shared("s" * 64, clock(), "HS512").alg == "HS512"


async def test_a_key_that_asks_for_its_issuer_takes_no_other(
    house: House, acme: Acme, door: NewClient, clock: Clock
) -> None:
    key = keys.new_secret(clock()).called("The new shop", "shop.example")
    await keys.add(house, acme.id, key)

    def signed(issuer: str | None) -> str:
        return sign_identity(
            workspace=str(acme.id),
            subject=ADA.subject,
            key=SigningKey(key.kid, key.material.decode()),
            issuer=issuer,
            now=clock(),
        )

    assert (await Script(door(), acme).open(identity_token=signed("shop.example"))).status_code == 201
    for wrong in (None, "other.example"):
        refused = await Script(door(), acme).open(identity_token=signed(wrong))
        assert (refused.status_code, refused.json()["detail"]) == (401, "issuer")
    [line] = [line for line in await store.keys(house, acme.id) if line.kid == key.kid]
    assert (line.name, line.issuer) == ("The new shop", "shop.example")


@pytest.mark.parametrize("name", ["  ", "n" * 65, "two\nlines"])
def test_a_name_that_nobody_can_read_is_sent_back(clock: Clock, name: str) -> None:
    with pytest.raises(keys.KeyRefusedError, match="name of a key"):
        keys.new_secret(clock()).called(name, None)
