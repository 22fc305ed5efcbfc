"""Signing keys: what is taken, what is trusted, and what a revocation ends."""

from collections.abc import Callable

import asyncpg
import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc import jwt
from joserfc.jwk import RSAKey

from privity.db.pool import SERVER_SETTINGS, Connection
from privity.house import House
from privity.vouching import keys, store
from privity_client import SigningKey
from tests.cast import ADA, BOB
from tests.clock import Clock
from tests.cut_off import cut_off_before_sessions_end
from tests.database import Database
from tests.doors import Acme, Script

NewClient = Callable[[], httpx.AsyncClient]
PrivateKey = Ed25519PrivateKey | X25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
LONG_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)


async def another_key(house: House, acme: Acme) -> Acme:
    """Acme as it signs with a second key."""
    key = keys.new_secret(house.clock())
    await keys.add(house, acme.id, key)
    return Acme(acme.id, SigningKey(key.kid, key.material.decode()), acme.clock)


@pytest.mark.attack("A-28")
async def test_who_rests_on_a_revoked_key_is_over_at_once_and_others_go_on(
    house: House, acme: Acme, door: NewClient
) -> None:
    newer = await another_key(house, acme)
    ada, bob = Script(door(), acme), Script(door(), newer)
    await ada.open(ADA)
    await bob.open(BOB)
    assert (await ada.state()).status_code == (await bob.state()).status_code == 200, "both live"

    ended = await keys.revoke(house, acme.id, acme.key.kid)

    assert ended == 1
    refused = await ada.state()
    assert (refused.status_code, refused.json()["code"]) == (401, "session_over")
    assert (await bob.state()).status_code == 200
    assert (await Script(door(), acme).open(ADA)).status_code == 401, "it proves nobody any more"


async def test_who_was_proved_again_with_the_newer_key_goes_on(
    house: House, acme: Acme, door: NewClient
) -> None:
    newer = await another_key(house, acme)
    ada = Script(door(), acme)
    await ada.open(ADA)
    renewed = await ada.call(
        "POST", "/widget/v1/session/proofs", {"kind": "token", "identity_token": newer.token(ADA)}
    )
    assert renewed.status_code == 200, renewed.text

    assert await keys.revoke(house, acme.id, acme.key.kid) == 0
    assert (await ada.state()).status_code == 200


async def test_a_visitor_rests_on_no_key(house: House, acme: Acme, door: NewClient) -> None:
    visitor = Script(door(), acme)
    await visitor.open()

    assert await keys.revoke(house, acme.id, acme.key.kid) == 0
    assert (await visitor.state()).status_code == 200


async def test_who_revokes_a_key_again_is_told_that_it_was(house: House, acme: Acme) -> None:
    await keys.revoke(house, acme.id, acme.key.kid)

    with pytest.raises(keys.RevokedBeforeError, match=f"{acme.key.kid} was revoked already"):
        await keys.revoke(house, acme.id, acme.key.kid)
    with pytest.raises(keys.NoSuchKeyError, match="never-there"):
        await keys.revoke(house, acme.id, "never-there")


@pytest.mark.attack("A-28")
async def test_a_revocation_that_was_cut_off_is_done_whole_when_it_is_asked_again(
    house: House, acme: Acme, ada: Script, owner_db: Connection
) -> None:
    await cut_off_before_sessions_end(keys.revoke(house, acme.id, acme.key.kid), owner_db)
    assert await owner_db.fetchval("SELECT revoked_at FROM signing_key") is not None, "its first step stands"
    assert (await ada.state()).status_code == 200, "and Ada is still in"

    assert await keys.revoke(house, acme.id, acme.key.kid) == 1

    assert (await ada.state()).status_code == 401
    assert await told_by(owner_db) == ["signing_key_revoked", "key_revoked"]


@pytest.mark.attack("A-28")
async def test_a_log_that_fails_keeps_nobody_in(
    house: House, acme: Acme, ada: Script, database: Database
) -> None:
    await as_superuser(database, "REVOKE INSERT ON audit_event FROM privity_audit")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await keys.revoke(house, acme.id, acme.key.kid)
    assert (await ada.state()).status_code == 401


async def told_by(owner_db: Connection) -> list[str]:
    """What the log says that the operator did."""
    rows = await owner_db.fetch("SELECT reason FROM audit_event WHERE actor = 'operator' ORDER BY id")
    return [row["reason"] for row in rows]


async def as_superuser(database: Database, statement: str) -> None:
    connection = await asyncpg.connect(**database.superuser(), server_settings=SERVER_SETTINGS)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.mark.attack("A-216")
async def test_what_happened_to_a_key_is_in_the_audit_log(
    house: House, acme: Acme, door: NewClient, owner_db: Connection
) -> None:
    newer = await another_key(house, acme)
    await Script(door(), newer).open(ADA)
    await keys.revoke(house, acme.id, newer.key.kid)

    assert await told_by(owner_db) == ["signing_key_added", "signing_key_revoked", "key_revoked"]


@pytest.mark.attack("A-29", "A-115")
async def test_the_list_tells_everything_but_the_secret(house: House, acme: Acme, clock: Clock) -> None:
    newer = await another_key(house, acme)
    lines = await store.keys(house, acme.id)

    assert {line.kid for line in lines} == {acme.key.kid, newer.key.kid}
    assert newer.key.secret not in repr(lines)


def pem_of(private: PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    ("private", "asked", "alg"),
    [
        (Ed25519PrivateKey.generate(), None, "EdDSA"),
        (ec.generate_private_key(ec.SECP256R1()), None, "ES256"),
        (LONG_RSA, None, "RS256"),
        (LONG_RSA, "PS256", "PS256"),
    ],
)
def test_a_public_key_is_taken_and_fixed_to_one_algorithm(
    clock: Clock, private: PrivateKey, asked: keys.RsaAlgorithm | None, alg: str
) -> None:
    taken = keys.given(pem_of(private), clock(), asked)

    assert (taken.alg, taken.material, taken.secret) == (alg, pem_of(private), None)


@pytest.mark.attack("A-19")
@pytest.mark.parametrize(
    ("given", "told"),
    [
        (LONG_RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), "private key"),
        (b"-----BEGIN EC PRIVATE KEY-----", "private key"),
        (b"-----BEGIN CERTIFICATE-----", "certificate"),
        (pem_of(rsa.generate_private_key(public_exponent=65537, key_size=1024)), "1024 bits"),  # noqa: S505
        (pem_of(ec.generate_private_key(ec.SECP384R1())), "curve secp384r1"),
        (pem_of(X25519PrivateKey.generate()), "cannot sign"),
        (b"nothing of the kind", "no public key in PEM"),
        (b"", "no public key in PEM"),
    ],
)
def test_what_cannot_be_trusted_is_sent_back_with_the_reason(clock: Clock, given: bytes, told: str) -> None:
    with pytest.raises(keys.KeyRefusedError, match=told):
        keys.given(given, clock())


def test_only_an_rsa_key_leaves_a_choice(clock: Clock) -> None:
    with pytest.raises(keys.KeyRefusedError, match="signs EdDSA"):
        keys.given(pem_of(Ed25519PrivateKey.generate()), clock(), "PS256")


async def test_a_site_that_keeps_its_rsa_key_to_itself_proves_ada(
    house: House, acme: Acme, door: NewClient
) -> None:
    key = keys.given(pem_of(LONG_RSA), house.clock(), "PS256")
    await keys.add(house, acme.id, key)
    claims = {"aud": str(acme.id), "sub": ADA.subject, "iat": now_of(acme), "exp": now_of(acme) + 300}
    private = RSAKey.import_key(LONG_RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    def signed(alg: str) -> str:
        return jwt.encode({"alg": alg, "kid": key.kid}, claims, private, algorithms=[alg])

    ada = Script(door(), acme)
    assert (await ada.open(identity_token=signed("PS256"))).json()["contact"]["assurance"] == "signed"
    refused = await Script(door(), acme).open(identity_token=signed("RS256"))
    assert (refused.status_code, refused.json()["detail"]) == (401, "algorithm"), "a key has one algorithm"


def now_of(acme: Acme) -> int:
    return int(acme.clock().timestamp())


def test_a_secret_made_here_is_long_and_never_the_same(clock: Clock) -> None:
    one, other = keys.new_secret(clock()), keys.new_secret(clock())

    assert one.material != other.material
    assert len(one.material) >= 32
    assert one.kid.startswith("key-2026-03-02-")
