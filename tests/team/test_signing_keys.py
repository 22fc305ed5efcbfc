"""Whom the workspace trusts is its owner's to say, and nobody else's."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from privity.db.pool import Connection
from privity.house import House
from privity.people.actions import add_key, add_teammate
from privity_client import SigningKey
from tests.cast import ADA, Person
from tests.doors import Acme, Script
from tests.team.conftest import NewClient
from tests.team.desk import PASSWORD, Desk, Program

OLGA = Person("Olga Ivanova", "olga@acme.example", "t-olga")


@pytest.fixture
async def owner(house: House, acme: Acme, door: NewClient) -> Desk:
    await add_teammate(house, acme.id, email=OLGA.email, name=OLGA.name, password=PASSWORD, role="owner")
    desk = Desk(door())
    await desk.sign_in(OLGA)
    return desk


async def test_the_inbox_is_told_who_is_an_owner(owner: Desk, grace: Desk) -> None:
    assert (await owner.get("/me"))["role"] == "owner"
    assert (await grace.get("/me"))["role"] == "agent"


async def test_an_owner_adds_a_key_whose_secret_is_shown_once_and_proves_ada(
    owner: Desk, acme: Acme, door: NewClient
) -> None:
    added = await owner.call("POST", "/keys", {})
    assert added.status_code == 201, added.text
    made = added.json()
    newer = Acme(acme.id, SigningKey(made["kid"], made["secret"]), acme.clock)

    assert (await Script(door(), newer).open(ADA)).status_code == 201
    listed = await owner.call("GET", "/keys")
    assert made["secret"] not in listed.text
    lines = {line["kid"]: line for line in listed.json()["items"]}
    assert set(lines) == {acme.key.kid, made["kid"]}
    assert lines[made["kid"]]["last_used_at"] is not None
    assert lines[acme.key.kid]["last_used_at"] is None


async def test_an_owner_revokes_a_key_and_learns_how_many_that_ended(
    owner: Desk, acme: Acme, door: NewClient, owner_db: Connection
) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)

    revoked = await owner.call("DELETE", f"/keys/{acme.key.kid}")

    assert (revoked.status_code, revoked.json()) == (200, {"sessions_ended": 1})
    assert (await ada.state()).status_code == 401
    assert (await owner.call("DELETE", f"/keys/{acme.key.kid}")).status_code == 404
    [line] = (await owner.get("/keys"))["items"]
    assert line["revoked_at"] is not None
    olga = await owner_db.fetchval("SELECT id FROM teammate WHERE email = $1", OLGA.email)
    noted = await owner_db.fetch(
        "SELECT actor, actor_id FROM audit_event WHERE reason IN ('signing_key_revoked', 'key_revoked')"
    )
    assert [tuple(who) for who in noted] == [("teammate", olga)] * 2, "the log names who did it"


async def test_a_public_key_is_taken_without_a_secret_and_a_bad_one_sent_back_with_the_reason(
    owner: Desk,
) -> None:
    public = Ed25519PrivateKey.generate().public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    taken = await owner.call("POST", "/keys", {"public_key": pem})
    assert (taken.json()["alg"], taken.json()["secret"]) == ("EdDSA", "")

    for wrong, told in (
        ({"public_key": "my key"}, "no public key in PEM"),
        ({"public_key": pem, "alg": "RS256"}, "RSA keys alone"),
        ({"alg": "RS256"}, "a public key"),
    ):
        refused = await owner.call("POST", "/keys", wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, "not_valid")
        assert told in refused.json()["detail"]


async def test_an_owner_names_a_key_lets_it_stop_and_reads_how_it_is_used(
    owner: Desk, acme: Acme, house: House, door: NewClient
) -> None:
    made = (await owner.call("POST", "/keys", {"name": "The new shop", "issuer": "shop.example"})).json()
    await Script(door(), acme).open(ADA)
    at = (acme.clock() + timedelta(minutes=5)).isoformat()

    stopping = await owner.call("POST", f"/keys/{acme.key.kid}/stop", {"at": at})
    await house.tally.flush()

    assert stopping.status_code == 200, stopping.text
    assert stopping.json()["sessions_bounded"] == 1
    lines = {line["kid"]: line for line in (await owner.get("/keys"))["items"]}
    newer, older = lines[made["kid"]], lines[acme.key.kid]
    assert (newer["name"], newer["issuer"], newer["stops_at"]) == ("The new shop", "shop.example", None)
    assert (older["stops_at"], older["accepted"], older["refused"]) == (stopping.json()["stops_at"], 1, 0)


async def test_an_instant_that_is_past_or_of_no_zone_stops_nothing(owner: Desk, acme: Acme) -> None:
    for at in (acme.clock().isoformat(), "2027-01-31T12:00:00", "soon"):
        refused = await owner.call("POST", f"/keys/{acme.key.kid}/stop", {"at": at})
        assert (refused.status_code, refused.json()["code"]) == (422, "not_valid"), at
    ahead = {"at": (acme.clock() + timedelta(days=1)).isoformat()}
    assert (await owner.call("POST", "/keys/made-up/stop", ahead)).status_code == 404


@pytest.mark.attack("A-216")
async def test_who_is_no_owner_neither_sees_nor_changes_a_key(
    grace: Desk, house: House, acme: Acme, door: NewClient
) -> None:
    program = Program(door(), key=await add_key(house, acme.id, "crm", ["contacts:read", "contacts:write"]))
    for somebody in (grace, program):
        for method, path, body in (
            ("GET", "/keys", None),
            ("POST", "/keys", {}),
            ("POST", f"/keys/{acme.key.kid}/stop", {"at": "2099-01-01T00:00:00Z"}),
            ("DELETE", f"/keys/{acme.key.kid}", None),
            ("DELETE", "/keys/made-up", None),
        ):
            refused = await somebody.call(method, path, body)
            assert (refused.status_code, refused.json()["code"]) == (403, "not_in_reach")
    assert (await Script(door(), acme).open(ADA)).status_code == 201, "the key still proves"
