"""Identity tokens, and credentials of every kind: judged by what they are, and not by what they say."""

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from joserfc import jws
from joserfc.jwk import RSAKey

from privity.db.pool import Connection
from privity.house import House
from privity.mail.outbox import Outbox
from tests.attacks import credentials, identities, locks, proving
from tests.attacks.people import HIDDEN, Victim
from tests.cast import ADA, GRACE, Person
from tests.clock import Clock
from tests.doors import Acme, Script
from tests.premise import premise
from tests.proofs.test_mailbox import mailed
from tests.proofs.test_tokens import RSA_PRIVATE, b64, private_pem, public_pem, signed
from tests.provider import Provider
from tests.team.desk import Desk

Door = Callable[[], httpx.AsyncClient]
NewContact = Callable[[], Script]


@pytest.fixture
def said(acme: Acme, clock: Clock) -> dict[str, Any]:
    """What a good token of Ada's says."""
    now = int(clock().timestamp())
    return {"aud": str(acme.id), "sub": ADA.subject, "iat": now, "exp": now + 300}


async def assert_nobody_comes_in(contact: Script, tokens: Iterator[str]) -> None:
    tried = 0
    for token in tokens:
        answer = await contact.open(identity_token=token)
        assert (answer.status_code, answer.json()["code"]) == (401, "invalid_identity"), token
        tried += 1
    assert tried, "needs something to try"


@pytest.mark.attack("A-31", without=proving.the_keys_own_algorithm)
async def test_a_token_that_is_not_signed_proves_nobody(
    acme: Acme, said: dict[str, Any], new_contact: NewContact
) -> None:
    def unsigned() -> Iterator[str]:
        for alg in ("none", "None", "NONE", "nOnE", "", None, ["none", "HS256"]):
            head = b64(json.dumps({"alg": alg, "kid": acme.key.kid}).encode())
            yield f"{head}.{b64(json.dumps(said).encode())}."
            yield f"{head}.{b64(json.dumps(said).encode())}.{acme.token(ADA).rpartition('.')[2]}"
        yield acme.token(ADA).rpartition(".")[0]
        yield acme.token(ADA).rpartition(".")[0] + "."

    await assert_nobody_comes_in(new_contact(), unsigned())


@pytest.mark.attack("A-32", without=proving.the_keys_own_algorithm)
async def test_a_public_key_signs_nothing(
    house: House, acme: Acme, said: dict[str, Any], new_contact: NewContact, owner_db: Connection
) -> None:
    pem = public_pem(RSA_PRIVATE)
    key = uuid4()
    await owner_db.execute(
        "INSERT INTO signing_key (workspace_id, id, kid, alg, material, created_at)"
        " VALUES ($1, $2, 'ronald', 'RS256', $3, $4)",
        acme.id,
        key,
        house.keyring.seal("signing key", pem, key.bytes),
        house.clock(),
    )
    good = jws.serialize_compact(
        {"alg": "RS256", "kid": "ronald"},
        json.dumps(said).encode(),
        RSAKey.import_key(private_pem(RSA_PRIVATE)),
    )

    def confused() -> Iterator[str]:
        for secret in (
            pem,
            pem.rstrip(),
            pem.replace(b"\n", b"\r\n"),
            pem.decode().split("-----")[2].encode(),
        ):
            for alg in ("HS256", "HS512", "RS256", "PS256", "ES256"):
                yield signed(said, {"alg": alg, "kid": "ronald"}, secret)
        yield good.rpartition(".")[0] + "." + b64(bytes(256))
        yield good.rpartition(".")[0] + "." + b64(bytes(64))

    await assert_nobody_comes_in(new_contact(), confused())
    assert (await new_contact().open(identity_token=good)).status_code == 201, "the real one must pass"


@pytest.mark.attack("A-34", without=proving.the_keys_of_the_workspace)
async def test_a_token_that_brings_its_key_along_proves_nobody(
    acme: Acme, said: dict[str, Any], new_contact: NewContact
) -> None:
    own = b"a key of Mallory's own, as long as it need be"
    brought: list[dict[str, Any]] = [
        {"jwk": {"kty": "oct", "k": b64(own)}},
        {"jku": "https://mallory.example/jwks"},
        {"jku": "https://shop.example@mallory.example/jwks"},
        {"x5u": "https://mallory.example/chain.pem"},
        {"x5c": [b64(own)]},
    ]
    kids: list[dict[str, Any]] = [{"kid": "mallory"}, {"kid": acme.key.kid}, {}]
    tokens = (signed(said, {"alg": "HS256", **kid, **more}, own) for more in brought for kid in kids)

    await assert_nobody_comes_in(new_contact(), tokens)


@pytest.mark.attack("A-36", without=proving.the_audience)
async def test_a_token_for_somebody_else_proves_nobody_here(
    acme: Acme, elsewhere: Acme, said: dict[str, Any], new_contact: NewContact
) -> None:
    secret, kid = acme.key.secret, acme.key.kid
    assert secret is not None
    other = str(elsewhere.id)

    def misaddressed() -> Iterator[str]:
        for aud in (None, "", [], other, [other], [str(acme.id), other], str(acme.id).upper(), "*"):
            yield signed({**said, "aud": aud}, {"alg": "HS256", "kid": kid}, secret.encode())
        yield signed(
            {k: v for k, v in said.items() if k != "aud"}, {"alg": "HS256", "kid": kid}, secret.encode()
        )
        yield elsewhere.token(ADA)

    await assert_nobody_comes_in(new_contact(), misaddressed())


@pytest.mark.attack("A-37", without=proving.the_bounds_of_a_tokens_life)
async def test_a_token_that_lasts_too_long_or_not_any_more_proves_nobody(
    acme: Acme, said: dict[str, Any], new_contact: NewContact
) -> None:
    secret, now = acme.key.secret, said["iat"]
    assert secret is not None
    lives: list[dict[str, Any]] = [
        {"exp": 9_999_999_999},
        {"exp": None},
        {"exp": str(now + 300)},
        {"exp": -1},
        {"exp": 1e400},
        {"exp": now - 1},
        {"iat": now + 3600, "exp": now + 3900},
        {"iat": now - 7200, "exp": now - 3600},
        {"nbf": now + 600},
    ]
    head = {"alg": "HS256", "kid": acme.key.kid}
    tokens = (signed({**said, **life}, head, secret.encode()) for life in lives)

    await assert_nobody_comes_in(new_contact(), tokens)


@pytest.mark.attack("A-38", without=proving.the_refusal_of_a_bad_proof)
async def test_ada_whose_proof_ran_out_does_not_write_on_as_a_lead(
    ada: Victim, acme: Acme, new_contact: NewContact, clock: Clock, owner_db: Connection
) -> None:
    stale = acme.token(ADA)
    clock.forward(minutes=11)

    unsent = await ada.script.send(ada.conversation, "my new address is 4 Canary Row")
    again = await new_contact().open(identity_token=stale, claims={"email": ADA.email, "name": ADA.name})

    assert (unsent.status_code, unsent.json()["code"]) == (401, "proof_over")
    assert (again.status_code, again.json()["detail"]) == (401, "expired")
    assert await owner_db.fetchval("SELECT count(*) FROM contact WHERE kind <> 'user'") == 0
    assert await owner_db.fetchval("SELECT count(*) FROM message") == 1


@pytest.mark.attack("A-20", without=identities.the_letters_of_a_subject)
@pytest.mark.parametrize("who_comes_first", ["Ada", "the others"])
async def test_another_spelling_of_adas_subject_is_somebody_else(
    ada: Victim, acme: Acme, new_contact: NewContact, who_comes_first: str
) -> None:
    """Each with a signature that is good for it: a site may have all of them, and then they are its own people."""
    spellings = [
        *("U-ada", "u-ADA", "u-ada.", "u-ada+x", "\uff55-ada", "u\u2010ada", "u-\u0430da", "u-\u1d2cda"),
        *("\u00e9", "e\u0301", "k", "\u212a", "i", "\u0131", "\u00df", "ss", "\ufb01", "fi"),
    ]
    people = [Person("Somebody", ADA.email, spelling) for spelling in spellings]
    if who_comes_first == "the others":
        people.reverse()
    own: dict[str, str] = {}
    for person in people:
        somebody = new_contact()
        assert (await somebody.open(person)).status_code == 201, person.subject
        assert await somebody.listed() == [], f"{person.subject} begins with nothing"
        assert HIDDEN not in (await somebody.read(ada.conversation)).text
        own[person.subject] = (await somebody.start(f"as {person.subject}")).json()["id"]

    again = new_contact()
    await again.open(ADA)
    assert [line["id"] for line in await again.listed()] == [ada.conversation]
    for person in people:
        somebody = new_contact()
        await somebody.open(person)
        assert [line["id"] for line in await somebody.listed()] == [own[person.subject]], person.subject


@pytest.mark.attack("A-40", without=proving.the_kinds_of_credentials)
async def test_each_credential_opens_its_own_door_and_no_other(
    house: House, coded: Acme, ada: Victim, grace: Desk, door: Door, provider: Provider, outbox: Outbox
) -> None:
    mallory = Script(door(), coded)
    await mallory.open()
    words = await credentials.words(house, coded, ada, grace, provider, mallory)
    words["a code"] = mailed(outbox)
    doors = credentials.doors(coded, grace, door, mallory)
    opened = {
        (word, name)
        for name, knock in doors.items()
        for word in words
        if (await knock(words[word])).is_success
    }

    premise(opened >= credentials.DIAGONAL, "each opens its own, or it opens nothing")
    assert opened == credentials.DIAGONAL


@pytest.mark.attack("A-41", without=proving.the_subject_alone)
async def test_a_token_makes_nobody_more_than_a_user_of_its_subject(
    ada: Victim, acme: Acme, said: dict[str, Any], new_contact: NewContact, elsewhere: Acme, grace: Desk
) -> None:
    secret, me = acme.key.secret, await grace.get("/me")
    assert secret is not None
    adas = (await grace.get(f"/conversations/{ada.conversation}"))["contact"]["id"]
    more = {"role": "admin", "type": "teammate", "is_verified": True, "workspace_id": str(elsewhere.id)}
    more |= {"contact_id": adas, "user_id": ADA.subject, "identity_id": adas}
    for subject in (me["teammate"]["id"], GRACE.email, "0", "-1", "system", adas):
        mallory = new_contact()
        token = signed(
            {**said, **more, "sub": subject}, {"alg": "HS256", "kid": acme.key.kid}, secret.encode()
        )
        opened = await mallory.open(identity_token=token)

        assert opened.json()["contact"]["kind"] == "user"
        assert (await mallory.call("GET", "/api/v1/me")).status_code == 401
        assert HIDDEN not in (await mallory.read(ada.conversation)).text
        assert await mallory.listed() == []


@pytest.mark.attack("A-90", without=locks.the_secrets_comparison)
async def test_who_knows_the_id_of_a_session_and_guesses_its_secret_is_nobody(
    ada: Victim, new_contact: NewContact, owner_db: Connection
) -> None:
    word = ada.script.secret
    assert word is not None
    raw = base64.urlsafe_b64decode(word + "==")
    neighbours = [
        raw[:32] + bytes(32),
        raw[:-1] + bytes([raw[-1] ^ 1]),
        raw[:32] + raw[:32],
        raw[:31] + raw[31:],
    ]
    for guess in neighbours[:3]:
        ada.script.secret = base64.urlsafe_b64encode(guess).decode().rstrip("=")
        assert (await ada.script.read(ada.conversation)).status_code == 401

    secrets = set()
    for _ in range(20):
        visitor = new_contact()
        await visitor.open()
        assert visitor.secret is not None
        secrets.add(base64.urlsafe_b64decode(visitor.secret + "==")[32:])
    assert len(secrets) == 20
    assert {len(secret) for secret in secrets} == {32}
    stored = await owner_db.fetchval("SELECT string_agg(s::text, '') FROM session s")
    assert not [secret for secret in secrets if secret.hex() in stored], "kept as hashes alone"
