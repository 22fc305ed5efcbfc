"""Where a workspace takes each token once, a copy of one opens nothing."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.proofs.verifying import explained
from privity.workspaces import rules
from tests.cast import ADA
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.proofs.test_tokens import signed as signed_by
from tests.vouching.test_rotation import newer_key

Door = Callable[[], httpx.AsyncClient]


@pytest.fixture
async def strict(house: House, acme: Acme) -> Acme:
    await rules.change(house, acme.id, "once_only", "on")
    return acme


def named(acme: Acme, jti: Any) -> str:
    """A token of Ada's with this name, or with none."""
    now = int(acme.clock().timestamp())
    claims = {"aud": str(acme.id), "sub": ADA.subject, "iat": now, "exp": now + 300}
    name = {"jti": jti} if jti is not ... else {}
    return signed_by({**claims, **name}, {"alg": "HS256", "kid": acme.key.kid}, acme.key.secret.encode())


@pytest.mark.attack("A-49")
async def test_mallory_who_copied_adas_token_gets_nothing_by_it(strict: Acme, door: Door) -> None:
    token = strict.token(ADA)
    assert (await Script(door(), strict).open(identity_token=token)).status_code == 201, "it is good"

    copied = await Script(door(), strict).open(identity_token=token)

    assert (copied.status_code, copied.json()["detail"]) == (401, "reused")


async def test_without_the_setting_a_token_is_good_until_it_expires(acme: Acme, door: Door) -> None:
    for token in (named(acme, "one"), named(acme, "one"), named(acme, ...)):
        assert (await Script(door(), acme).open(identity_token=token)).status_code == 201


async def test_a_renewal_needs_a_new_token_too(strict: Acme, door: Door) -> None:
    ada, token = Script(door(), strict), strict.token(ADA)
    await ada.open(identity_token=token)

    async def offered(token: str) -> httpx.Response:
        return await ada.call("POST", "/widget/v1/session/proofs", {"kind": "token", "identity_token": token})

    again = await offered(token)
    assert (again.status_code, again.json()["detail"]) == (401, "reused")
    assert (await offered(strict.token(ADA))).status_code == 200


async def test_of_many_who_bring_one_token_at_once_one_is_let_in(strict: Acme, door: Door) -> None:
    token = strict.token(ADA)
    answers = await asyncio.gather(*(Script(door(), strict).open(identity_token=token) for _ in range(8)))

    assert sorted(answer.status_code for answer in answers) == [201] + 7 * [401]


@pytest.mark.parametrize("jti", [..., "", "  ", None, 7, ["a"], "j" * 256, "\ud800"], ids=ascii)
async def test_a_token_without_a_name_cannot_be_told_from_a_used_one(
    strict: Acme, door: Door, jti: object
) -> None:
    assert (await Script(door(), strict).open(identity_token=named(strict, "good"))).status_code == 201

    refused = await Script(door(), strict).open(identity_token=named(strict, jti))

    assert (refused.status_code, refused.json()["detail"]) == (401, "reused")


async def test_a_name_is_one_of_its_key_and_another_key_may_use_it_too(
    strict: Acme, door: Door, house: House
) -> None:
    newer = await newer_key(house, strict)
    for acme in (strict, newer):
        assert (await Script(door(), acme).open(identity_token=named(acme, "one"))).status_code == 201


async def test_what_has_expired_is_not_kept(
    strict: Acme, door: Door, clock: Clock, owner_db: Connection
) -> None:
    await Script(door(), strict).open(identity_token=named(strict, "one"))
    await Script(door(), strict).open(identity_token=named(strict, "two"))
    assert await owner_db.fetchval("SELECT count(*) FROM used_token") == 2

    clock.forward(minutes=5)
    await Script(door(), strict).open(ADA)

    assert await owner_db.fetchval("SELECT count(*) FROM used_token") == 1


async def test_the_debugger_tells_of_a_used_token_and_uses_none_up(
    strict: Acme, door: Door, house: House
) -> None:
    token = strict.token(ADA)
    for _ in range(2):
        assert (await explained(house, strict.id, token)).accepted
    assert (await Script(door(), strict).open(identity_token=token)).status_code == 201

    told = await explained(house, strict.id, token)

    assert [check.name for check in told.checks if check.state == "wrong"] == ["reused"]


async def test_a_token_that_is_not_good_is_not_taken(strict: Acme, door: Door, clock: Clock) -> None:
    ahead = strict.token(ADA, now=clock() + timedelta(minutes=2))
    early = await Script(door(), strict).open(identity_token=ahead)
    assert early.json()["detail"] == "not_yet"

    clock.forward(minutes=2)

    assert (await Script(door(), strict).open(identity_token=ahead)).status_code == 201
