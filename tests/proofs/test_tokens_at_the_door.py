"""The table of tokens once more, through HTTP: each fault is told by its class, and nothing is stored of it."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from privity.db.pool import Connection
from privity.keyring import Keyring
from privity.web import limits
from tests.clock import Clock
from tests.proofs.test_tokens import ACCEPTED, GOOD_CLAIMS, KEYS, NOW, REFUSED, WORKSPACE, signed

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]


@pytest.fixture
async def site(owner_db: Connection, keyring: Keyring, clock: Clock) -> None:
    """The workspace of the table, with its keys, at its time."""
    assert clock() == NOW, "the table's tokens were made for this moment"
    await owner_db.execute(
        "INSERT INTO workspace (id, name, created_at) VALUES ($1, 'Acme', $2)", WORKSPACE, NOW
    )
    for key in KEYS.values():
        await owner_db.execute(
            """INSERT INTO signing_key (workspace_id, id, kid, alg, material, created_at, issuer)
               VALUES ($1, $2, $3, $4, $5, $6, $7)""",
            WORKSPACE,
            key.id,
            key.kid,
            key.alg,
            keyring.seal("signing key", key.material, key.id.bytes),
            NOW,
            key.issuer,
        )


async def brought(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post(
        "/widget/v1/sessions", json={"workspace": str(WORKSPACE), "identity_token": token}
    )


@pytest.mark.parametrize("refused", [REFUSED[::2], REFUSED[1::2]], ids=["one half", "the other"])
async def test_every_bad_token_is_told_by_the_class_of_its_fault(
    door: Door, site: None, owner_db: Connection, refused: list[tuple[str, str, str]]
) -> None:
    client = door()
    assert (await brought(client, signed(GOOD_CLAIMS))).status_code == 201, "a good token must be let in"
    sessions = await owner_db.fetchval("SELECT count(*) FROM session")
    assert len(refused) < limits.REFUSED_TOKENS.amount, "a limit would hide the classes"
    for why, token, fault in refused:
        answer = await brought(client, token)
        assert answer.status_code == 401, why
        problem = answer.json()
        assert (problem["code"], problem["detail"]) == ("invalid_identity", fault), why
        assert "u-ada" not in answer.text
    assert await owner_db.fetchval("SELECT count(*) FROM session") == sessions
    assert await owner_db.fetchval("SELECT count(*) FROM refused_proof") == len(refused)


async def test_every_good_token_is_let_in(door: Door, site: None) -> None:
    client = door()
    for why, token in ACCEPTED:
        assert (await brought(client, token)).status_code == 201, why


@pytest.mark.attack("A-235")
async def test_the_answer_to_a_bad_token_is_the_same_for_ada_as_for_nobody(door: Door, site: None) -> None:
    client = door()
    assert (await brought(client, signed(GOOD_CLAIMS))).status_code == 201, "ada must be known"
    stale = int((NOW - timedelta(hours=2)).timestamp())
    times = {"iat": stale, "exp": stale + 60}
    known = await brought(client, signed({**GOOD_CLAIMS, **times}))
    unknown = await brought(client, signed({**GOOD_CLAIMS, **times, "sub": "u-never-seen"}))
    without = [{**answer.json(), "refusal": None} for answer in (known, unknown)]
    assert without[0] == without[1]
    assert len(known.content) == len(unknown.content)


async def test_an_address_that_could_not_be_stored_is_left_out_and_locks_nobody_out(
    door: Door, site: None, owner_db: Connection
) -> None:
    for odd in ("ada\x00@example.com", "ada@example.com\n", "a" * 255):
        assert (await brought(door(), signed({**GOOD_CLAIMS, "email": odd}))).status_code == 201
        assert await owner_db.fetchval("SELECT email FROM contact_identity") is None
