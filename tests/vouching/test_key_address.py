"""A site publishes its public keys at an address: what is found there proves its users, and what it costs to ask."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from privity.db.pool import Connection
from privity.house import House
from privity.outward.fetching import Outward
from privity.vouching import key_address, keys, store
from privity.vouching.keys import KeyRefusedError
from privity.vouching.store import KeyAddress
from tests.authority import Authority
from tests.cast import ADA, BOB
from tests.clock import Clock
from tests.cut_off import cut_off_before_sessions_end
from tests.doors import Acme, Script
from tests.hosts import HOST, Host, Resolver, Talk, hosting, saying, saying_json
from tests.unhurried import PATIENCE

NewClient = Callable[[], httpx.AsyncClient]
ALGORITHMS = {"EC": "ES256", "RSA": "RS256"}


class Publisher:
    """Acme's server, which publishes its keys; `answer` is what it says next."""

    def __init__(self) -> None:
        self.answer: Talk = saying(b"")
        self.host = Host(0)

    def lists(self, *listed: ECKey | RSAKey | OctKey, more: str = "") -> None:
        self.answer = saying_json(
            {"keys": [key.as_dict(private=isinstance(key, OctKey)) for key in listed]}, more
        )

    async def talk(self, writer: asyncio.StreamWriter) -> None:
        await self.answer(writer)

    @property
    def url(self) -> str:
        return self.host.url("/jwks.json")

    @property
    def times(self) -> int:
        """How often it was asked."""
        return len(self.host.asked)


def key(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid})


@pytest.fixture
async def publisher(authority: Authority) -> AsyncIterator[Publisher]:
    publisher = Publisher()
    async with hosting(publisher.talk, authority.identity(HOST)) as publisher.host:
        yield publisher


@pytest.fixture
def way_out(authority: Authority, publisher: Publisher) -> Outward:
    allowed = frozenset({f"{HOST}:{publisher.host.port}"})
    return Outward(allowed, authority.trust(), Resolver([["127.0.0.1"]]), seconds=PATIENCE)


def token_by(signer: ECKey | RSAKey, acme: Acme, **more: Any) -> str:
    now = int(acme.clock().timestamp())
    claims = {"aud": str(acme.id), "sub": ADA.subject, "name": ADA.name, "iat": now, "exp": now + 300, **more}
    alg = ALGORITHMS[signer.key_type]
    return jwt.encode({"alg": alg, "kid": signer.kid}, claims, signer, algorithms=[alg])


@dataclass
class Site:
    """Acme's site: it publishes its keys, and people come from it with what they signed."""

    house: House
    acme: Acme
    door: NewClient
    publisher: Publisher

    async def names_its_address(self, issuer: str | None = None) -> None:
        await key_address.name(self.house, self.acme.id, self.publisher.url, "RS256", issuer)

    async def begins_with(self, *listed: ECKey | RSAKey | OctKey, more: str = "") -> None:
        """The workspace is given the address at which it publishes these."""
        self.publisher.lists(*listed, more=more)
        await self.names_its_address()

    async def sends_ada(self, signer: ECKey | RSAKey, **more: Any) -> httpx.Response:
        return await Script(self.door(), self.acme).open(identity_token=token_by(signer, self.acme, **more))

    async def seats_ada(self, signer: ECKey | RSAKey) -> Script:
        """Ada in the session that she gets with what this key signed."""
        ada = Script(self.door(), self.acme)
        await ada.open(identity_token=token_by(signer, self.acme))
        return ada

    async def refuses_ada(self, signer: ECKey | RSAKey, **more: Any) -> str:
        """Why she is refused with what this key signed."""
        refused = await self.sends_ada(signer, **more)
        assert refused.status_code == 401, refused.text
        fault: str = refused.json()["detail"]
        return fault

    async def address(self) -> KeyAddress:
        address = await store.key_address(self.house, self.acme.id)
        assert address is not None
        return address


@pytest.fixture
def site(house: House, acme: Acme, door: NewClient, publisher: Publisher) -> Site:
    return Site(house, acme, door, publisher)


async def test_a_key_at_the_address_proves_ada_and_is_counted_like_others(
    site: Site, house: House, acme: Acme, publisher: Publisher
) -> None:
    first = key("2026-03")
    await site.begins_with(first)

    opened = await site.sends_ada(first)
    assert (opened.status_code, opened.json()["contact"]["assurance"]) == (201, "signed")
    await site.sends_ada(first, aud="another")

    await house.tally.flush()
    line = {line.kid: line for line in await store.keys(house, acme.id)}["2026-03"]
    assert (line.alg, line.listed, line.accepted, line.refused) == ("ES256", True, 1, 1)
    assert line.last_used_at == acme.clock()
    assert publisher.times == 1, "a key that is known is not asked for"


async def test_a_key_that_is_new_there_proves_at_once_and_the_one_that_went_no_more(
    site: Site, publisher: Publisher, clock: Clock
) -> None:
    old, new = key("old"), key("new")
    await site.begins_with(old)
    ada = await site.seats_ada(old)
    for _ in range(2):
        clock.forward(seconds=40)
        assert (await ada.state()).status_code == 200

    publisher.lists(new)
    assert (await site.sends_ada(new)).status_code == 201

    assert await site.refuses_ada(old) == "key"
    assert (await ada.state()).status_code == 200, "who was proved stays so until that proof ends"


async def test_names_that_nobody_knows_are_asked_for_once_a_minute(
    site: Site, publisher: Publisher, clock: Clock
) -> None:
    await site.begins_with(key("known"))
    clock.forward(minutes=1)
    for number in range(5):
        assert (await site.sends_ada(key(f"made-up-{number}"))).status_code == 401
    assert publisher.times == 2

    clock.forward(seconds=59)
    await site.sends_ada(key("made-up"))
    assert publisher.times == 2

    clock.forward(seconds=1)
    await site.sends_ada(key("made-up"))
    assert publisher.times == 3


async def test_all_who_come_with_the_new_key_in_one_moment_are_let_in_by_one_look(
    site: Site, publisher: Publisher, clock: Clock
) -> None:
    await site.begins_with(key("old"))
    clock.forward(minutes=2)
    new = key("new")
    publisher.lists(new)

    answers = await asyncio.gather(*(site.sends_ada(new, sub=f"u-{number}") for number in range(5)))

    assert [answer.status_code for answer in answers] == [201] * 5
    assert publisher.times == 2


async def test_a_site_that_is_down_keeps_its_keys_for_a_day_and_the_team_learns_why(
    site: Site, publisher: Publisher, clock: Clock
) -> None:
    known = key("known")
    await site.begins_with(known)
    publisher.answer = saying(b"the canary of an inner page", "HTTP/1.1 500 Oops")

    clock.forward(hours=23)
    assert (await site.sends_ada(known)).status_code == 201
    assert (await site.address()).fault == "It answers with an error."

    clock.forward(hours=1)
    assert await site.refuses_ada(known) == "key"

    publisher.lists(known)
    clock.forward(minutes=1)
    assert (await site.sends_ada(known)).status_code == 201, "it is back"
    assert (await site.address()).fault is None


@pytest.mark.parametrize(
    ("said", "minutes"), [("", 60), ("max-age=600", 10), ("max-age=1", 5), ("max-age=999999999", 24 * 60)]
)
async def test_how_long_the_answer_is_fresh_is_the_sites_word_within_bounds(
    site: Site, publisher: Publisher, clock: Clock, said: str, minutes: int
) -> None:
    known = key("known")
    await site.begins_with(known, more=f"\r\nCache-Control: public, {said}" if said else "")

    clock.forward(minutes=minutes, seconds=-1)
    assert (await site.sends_ada(known)).status_code == 201
    assert publisher.times == 1

    clock.forward(seconds=1)
    assert (await site.sends_ada(known)).status_code == 201
    assert publisher.times == 2


async def test_a_revoked_key_stays_revoked_whatever_the_address_lists(
    site: Site, house: House, acme: Acme, publisher: Publisher, clock: Clock
) -> None:
    leaked, other = key("leaked"), key("other")
    await site.begins_with(leaked, other)
    ada = await site.seats_ada(leaked)

    assert await keys.revoke(house, acme.id, "leaked") == 1

    assert (await ada.state()).status_code == 401
    clock.forward(hours=2)
    assert await site.refuses_ada(leaked) == "key"
    assert publisher.times == 2, "it was looked at again"
    renamed = ECKey.import_key({**leaked.as_dict(private=True), "kid": "innocent"})
    publisher.lists(renamed, other)
    clock.forward(hours=2)
    assert await site.refuses_ada(renamed) == "key"


async def test_a_name_that_was_given_by_hand_or_means_another_key_now_is_not_taken(
    site: Site, acme: Acme, door: NewClient, publisher: Publisher, clock: Clock
) -> None:
    mine, theirs, other = key(acme.key.kid), key("theirs"), key("other")
    await site.begins_with(mine, theirs, other)
    assert await site.refuses_ada(mine) == "algorithm", "the name is the shared secret's"
    assert (await Script(door(), acme).open(ADA)).status_code == 201

    swapped = key("theirs")
    publisher.lists(swapped, other)
    clock.forward(hours=2)
    assert (await site.sends_ada(other)).status_code == 201
    assert (await site.sends_ada(swapped)).status_code == 401

    assert [left.kid for left in (await site.address()).left_out] == ["theirs"]


@pytest.mark.attack("A-32")
async def test_no_shared_secret_and_no_nameless_key_is_taken_from_an_address(
    site: Site, house: House, acme: Acme, door: NewClient, publisher: Publisher
) -> None:
    secret = OctKey.generate_key(256, {"kid": "shared"})
    publisher.lists(secret, ECKey.generate_key("P-256"))
    with pytest.raises(KeyRefusedError, match="no key that could be trusted"):
        await site.names_its_address()
    assert await store.key_address(house, acme.id) is None

    await site.begins_with(secret, key("good"))
    now = int(acme.clock().timestamp())
    forged = jwt.encode(
        {"alg": "HS256", "kid": "shared"},
        {"aud": str(acme.id), "sub": ADA.subject, "iat": now, "exp": now + 60},
        secret,
    )
    assert (await Script(door(), acme).open(identity_token=forged)).status_code == 401


@pytest.mark.attack("A-34")
async def test_a_token_that_names_where_its_key_lies_sends_nobody_there(
    site: Site, acme: Acme, door: NewClient, publisher: Publisher, clock: Clock
) -> None:
    await site.begins_with(key("known"))
    clock.forward(hours=2)
    mallorys = key("mallorys")
    now = int(acme.clock().timestamp())
    claims = {"aud": str(acme.id), "sub": ADA.subject, "iat": now, "exp": now + 60}
    for more in (
        {"jku": publisher.host.url("/mallory")},
        {"jwk": mallorys.as_dict(private=False)},
        {"x5u": publisher.host.url("/mallory"), "x5c": ["AAAA"]},
    ):
        header = {"alg": "ES256", "kid": "mallorys", **more}
        forged = jwt.encode(header, claims, mallorys, algorithms=["ES256"])
        assert (await Script(door(), acme).open(identity_token=forged)).status_code == 401
    assert all(asked.startswith("GET /jwks.json ") for asked in publisher.host.asked)


@pytest.mark.attack("A-36")
async def test_keys_of_an_address_sign_for_the_issuer_that_was_named(
    site: Site, acme: Acme, publisher: Publisher
) -> None:
    known = key("known")
    publisher.lists(known)
    await site.names_its_address("https://login.acme.example")

    for wrong in (
        {},
        {"iss": ""},
        {"iss": "https://login.acme.example/"},
        {"iss": ["https://login.acme.example"]},
    ):
        assert await site.refuses_ada(known, **wrong) == "issuer"
    assert (await site.sends_ada(known, iss="https://login.acme.example")).status_code == 201


async def test_who_rests_on_the_address_is_over_when_it_is_forgotten_and_the_address_can_come_back(
    site: Site, house: House, acme: Acme, door: NewClient, owner_db: Connection
) -> None:
    known = key("known")
    await site.begins_with(known)
    ada, bob = await site.seats_ada(known), Script(door(), acme)
    await bob.open(BOB)

    assert await key_address.forget(house, acme.id) == 1

    assert (await ada.state()).status_code == 401
    assert (await bob.state()).status_code == 200, "another key's"
    assert await site.refuses_ada(known) == "key"
    assert await key_address.forget(house, acme.id) == 0
    await site.names_its_address()
    assert (await site.sends_ada(known)).status_code == 201
    reasons = await owner_db.fetch("SELECT reason FROM audit_event WHERE kind = 'key_change' ORDER BY id")
    assert [row["reason"] for row in reasons] == [
        "key_address_named",
        "signing_key_found",
        "key_address_forgotten",
        "signing_key_gone",
        "key_address_named",
    ]


@pytest.mark.attack("A-28")
async def test_what_was_cut_off_when_the_address_was_forgotten_is_done_whole_when_it_is_asked_again(
    site: Site, house: House, acme: Acme, door: NewClient, owner_db: Connection
) -> None:
    known, bob = key("known"), Script(door(), acme)
    await site.begins_with(known)
    ada = await site.seats_ada(known)
    await bob.open(BOB)
    await cut_off_before_sessions_end(key_address.forget(house, acme.id), owner_db)
    assert await store.key_address(house, acme.id) is None, "its first step stands"
    assert (await ada.state()).status_code == 200, "and Ada is still in"

    assert await key_address.forget(house, acme.id) == 1

    assert (await ada.state()).status_code == 401
    assert (await bob.state()).status_code == 200, "another key's"
    assert (
        await owner_db.fetchval("SELECT count(*) FROM audit_event WHERE reason = 'key_address_forgotten'")
        == 1
    )
    assert await key_address.forget(house, acme.id) == 0


@pytest.mark.attack("A-35")
@pytest.mark.parametrize(
    "url",
    [
        "http://keys.example/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest",
        "https://[::ffff:127.0.0.1]/",
    ],
)
async def test_an_address_that_leads_inside_is_not_named(house: House, acme: Acme, url: str) -> None:
    with pytest.raises(KeyRefusedError, match="No key could be read"):
        await key_address.name(house, acme.id, url, "RS256", None)
    assert await store.key_address(house, acme.id) is None


async def test_the_debugger_knows_a_key_that_is_new_at_the_address(
    site: Site, house: House, acme: Acme, publisher: Publisher, clock: Clock
) -> None:
    from privity.proofs.verifying import explained

    await site.begins_with(key("old"))
    clock.forward(minutes=2)
    new = key("new")
    publisher.lists(new)

    assert (await explained(house, acme.id, token_by(new, acme))).accepted
