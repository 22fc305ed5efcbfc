"""Another product's hash at the door: off by default, until a date, for the one that it names, and no further."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import httpx
import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.vouching import legacy
from privity.web import limits
from privity.web.wire import LegacyProduct
from privity.workspaces import rules
from tests.attacks import proving
from tests.cast import ADA, BOB, MALLORY
from tests.clock import Clock
from tests.cut_off import cut_off_before_sessions_end
from tests.doors import Acme, Script
from tests.proofs.old_site import SECRETS, hashed
from tests.proofs.test_hashes import PROVES, REFUSED

pytestmark = pytest.mark.anyio

Door = Callable[[], httpx.AsyncClient]
PROOFS = "/widget/v1/session/proofs"
ADAS: dict[str, Any] = {
    "product": "intercom",
    "user_id": ADA.subject,
    "hash": hashed("intercom", ADA.subject),
}
BOBS: dict[str, Any] = {
    "product": "intercom",
    "user_id": BOB.subject,
    "hash": hashed("intercom", BOB.subject),
}
MONTH = timedelta(days=30)


@pytest.fixture
async def moving(house: House, acme: Acme) -> Acme:
    """A workspace that takes every product's hashes, and opens history to them, for a month."""
    for name in SECRETS:
        await turn_on(house, acme, name)
    await rules.change(house, acme.id, "history_from", "legacy")
    return acme


async def turn_on(house: House, acme: Acme, product: LegacyProduct, lasts: timedelta = MONTH) -> None:
    await legacy.turn_on(house, acme.id, product, SECRETS[product], house.clock() + lasts)


async def comes_with(door: Door, acme: Acme, told: dict[str, Any]) -> Script:
    person = Script(door(), acme)
    answer = await person.open(legacy=told)
    assert answer.status_code == 201, answer.text
    return person


def fault(answer: httpx.Response) -> tuple[int, str, str]:
    problem = answer.json()
    return answer.status_code, problem["code"], problem["detail"]


def as_told(told: Any) -> dict[str, Any]:
    fields = {"product": told.product, "hash": told.hash, "user_id": told.user_id, "email": told.email}
    return {name: value for name, value in fields.items() if value is not None}


# ── What it proves ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.attack("A-19")
async def test_it_is_off_by_default(door: Door, acme: Acme, owner_db: Connection) -> None:
    for _, told, _ in PROVES:
        answer = await Script(door(), acme).open(legacy=as_told(told))
        assert fault(answer) == (401, "invalid_identity", "legacy_off")
    assert await owner_db.fetchval("SELECT count(*) FROM session") == 0


async def test_every_good_hash_lets_its_user_in(door: Door, moving: Acme, owner_db: Connection) -> None:
    client = door()
    for why, told, _ in PROVES:
        person = Script(client, moving)
        assert (await person.open(legacy=as_told(told))).status_code == 201, why
        state = (await person.state()).json()
        assert state["contact"] == {"kind": "user", "assurance": "legacy", "name": None}
        assert state["history"] == "open"
    proved = await owner_db.fetch("SELECT provider, subject FROM contact_identity")
    assert {tuple(row) for row in proved} == {("legacy", subject) for _, _, subject in PROVES}


@pytest.mark.attack("A-20", "A-25", "A-26")
async def test_every_bad_hash_is_told_by_the_class_of_its_fault(
    door: Door, moving: Acme, owner_db: Connection
) -> None:
    client = door()
    assert len(REFUSED) < limits.REFUSED_TOKENS.amount, "a limit would hide the classes"
    for why, told, expected in REFUSED:
        answer = await Script(client, moving).open(legacy=as_told(told))
        assert fault(answer) == (401, "invalid_identity", expected), why
    assert await owner_db.fetchval("SELECT count(*) FROM session") == 0
    assert await owner_db.fetchval("SELECT count(*) FROM contact_identity") == 0


@pytest.mark.attack("A-26", without=proving.the_strictness_of_a_comparison)
async def test_what_is_no_text_is_refused_before_anything_is_looked_up(
    door: Door, moving: Acme, owner_db: Connection
) -> None:
    client = door()
    values: tuple[Any, ...] = (0, True, None, [], {}, {"$ne": None}, [["a"]], 1e308)
    answers = [
        (name, value, await Script(client, moving).open(legacy={**ADAS, name: value}))
        for name, value in product(("hash", "user_id", "email", "product"), values)
    ]
    assert [(name, value) for name, value, answer in answers if answer.status_code == 201] == []
    for name, value, answer in answers:
        assert answer.status_code in (400, 422), (name, value, answer.text)
    assert await owner_db.fetchval("SELECT count(*) FROM refused_proof") == 0


async def test_a_page_brings_one_proof_and_not_two(door: Door, moving: Acme) -> None:
    answer = await Script(door(), moving).open(ADA, legacy=ADAS)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_valid")
    person = await comes_with(door, moving, ADAS)
    for body in (
        {"kind": "token"},
        {"kind": "code", "legacy": ADAS},
        {"kind": "code", "email": ADA.email, "legacy": ADAS},
        {"kind": "token", "email": ADA.email, "legacy": ADAS},
        {"kind": "token", "legacy": ADAS, "identity_token": moving.token(ADA)},
    ):
        answer = await person.call("POST", PROOFS, body)
        assert (answer.status_code, answer.json()["code"]) == (422, "not_valid"), body


async def test_the_answer_is_the_same_for_ada_as_for_nobody(door: Door, moving: Acme) -> None:
    ada = await comes_with(door, moving, ADAS)
    assert (await ada.start("something to hide")).status_code == 201
    known, unknown = [
        await Script(door(), moving).open(legacy={**ADAS, "user_id": name, "hash": "0" * 64})
        for name in (ADA.subject, "u-non")
    ]
    bare = [{**answer.json(), "refusal": None} for answer in (known, unknown)]
    assert bare[0] == bare[1]
    assert len(known.content) == len(unknown.content)


async def test_refusals_are_counted_and_limited(
    door: Door, moving: Acme, house: House, owner_db: Connection
) -> None:
    bad = {**ADAS, "hash": "0" * 64}
    client = door()
    await comes_with(door, moving, ADAS)
    for _ in range(limits.REFUSED_TOKENS.amount):
        assert (await Script(client, moving).open(legacy=bad)).status_code == 401
    assert (await Script(client, moving).open(legacy=bad)).status_code == 429
    await house.tally.flush()
    counted = await owner_db.fetch("SELECT accepted, refused FROM legacy_switch WHERE product = 'intercom'")
    assert [tuple(row) for row in counted] == [(1, limits.REFUSED_TOKENS.amount)]


# ── Bound to whom it names ───────────────────────────────────────────────────────────────────────────────────


async def test_ada_finds_her_history_by_her_hash(door: Door, moving: Acme) -> None:
    here = await comes_with(door, moving, ADAS)
    started = (await here.start("written under the old hash")).json()
    there = await comes_with(door, moving, ADAS)
    assert [item["id"] for item in await there.listed()] == [started["id"]]
    assert (await there.read(started["id"])).status_code == 200


@pytest.mark.attack("A-18", "A-23", "A-24")
async def test_no_other_hash_opens_what_is_adas(door: Door, moving: Acme) -> None:
    """Neither Bob's, nor one of Ada's own under another kind of identifier or at another product, nor her token."""
    ada = await comes_with(door, moving, ADAS)
    started = (await ada.start("for this identity alone")).json()
    others: list[dict[str, Any]] = [
        BOBS,
        {**BOBS, "email": ADA.email, "name": ADA.name},
        {"product": "intercom", "email": ADA.email, "hash": hashed("intercom", ADA.email)},
        {"product": "intercom", "email": ADA.subject, "hash": hashed("intercom", ADA.subject)},
        {"product": "chatwoot", "user_id": ADA.subject, "hash": hashed("chatwoot", ADA.subject)},
        {
            "product": "crisp",
            "email": ADA.subject,
            "user_id": ADA.subject,
            "hash": hashed("crisp", ADA.subject),
        },
    ]
    strangers = [await comes_with(door, moving, told) for told in others]
    by_token = Script(door(), moving)
    await by_token.open(ADA)
    for stranger in (*strangers, by_token):
        assert await stranger.listed() == []
        assert (await stranger.read(started["id"])).status_code == 404
    assert [item["id"] for item in await ada.listed()] == [started["id"]], "it is there to be found"


@pytest.mark.attack("A-18")
async def test_a_hash_of_bobs_renews_no_session_of_adas(door: Door, moving: Acme) -> None:
    ada = await comes_with(door, moving, ADAS)
    changed = await ada.call("POST", PROOFS, {"kind": "token", "legacy": BOBS})
    assert (changed.status_code, changed.json()["code"]) == (409, "identity_changed")
    assert (await ada.call("POST", PROOFS, {"kind": "token", "legacy": ADAS})).status_code == 200


@pytest.mark.attack("A-23")
async def test_what_rides_along_unsigned_is_a_claim_and_no_name_of_record(
    door: Door, moving: Acme, owner_db: Connection
) -> None:
    rest = {"email": ADA.email, "name": "Ada Lovelace, Director"}
    told = {
        "product": "intercom",
        "user_id": MALLORY.subject,
        "hash": hashed("intercom", MALLORY.subject),
        **rest,
    }
    await comes_with(door, moving, told)
    mallory = await comes_with(door, moving, told)
    assert (await mallory.state()).json()["contact"]["name"] is None
    identities = await owner_db.fetch("SELECT name, email, email_verified FROM contact_identity")
    assert [tuple(row) for row in identities] == [(None, None, False)]
    claims = await owner_db.fetch("SELECT kind, value FROM claim ORDER BY kind")
    assert [tuple(row) for row in claims] == [("email", ADA.email), ("name", rest["name"])], "each once"


async def test_what_cannot_be_a_claim_locks_nobody_out(
    door: Door, moving: Acme, owner_db: Connection
) -> None:
    await comes_with(door, moving, {**ADAS, "email": "no address", "name": "n" * 999})
    await comes_with(door, moving, {**ADAS, "email": "", "name": "\0"})
    assert await owner_db.fetchval("SELECT count(*) FROM claim") == 0


async def test_a_lead_who_is_proved_by_a_hash_is_offered_what_they_wrote(door: Door, moving: Acme) -> None:
    lead = Script(door(), moving)
    await lead.open()
    started = (await lead.start("before I was known")).json()
    risen = await lead.call("POST", PROOFS, {"kind": "token", "legacy": ADAS})
    assert risen.status_code == 201
    lead.secret = risen.json()["session"]["token"]
    offered = (await lead.call("GET", "/widget/v1/adoptable")).json()
    assert [item["conversation_id"] for item in offered["items"]] == [started["id"]]


async def test_messages_keep_the_assurance_under_which_they_were_written(
    door: Door, moving: Acme, owner_db: Connection
) -> None:
    ada = await comes_with(door, moving, ADAS)
    assert (await ada.start("proved by an old hash")).status_code == 201
    assert await owner_db.fetchval("SELECT assurance FROM message") == "legacy"


# ── Until when ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_it_opens_no_history_where_the_workspace_asks_for_a_signature(
    door: Door, acme: Acme, house: House
) -> None:
    await turn_on(house, acme, "intercom")
    earlier = await comes_with(door, acme, ADAS)
    started = (await earlier.start("in this session")).json()
    assert [item["id"] for item in await earlier.listed()] == [started["id"]]
    later = await comes_with(door, acme, ADAS)
    assert (await later.state()).json()["history"] == "locked"
    assert await later.listed() == []
    assert (await later.read(started["id"])).status_code == 404


async def test_a_session_on_it_lasts_as_long_as_on_a_token_and_never_beyond_the_date(
    door: Door, moving: Acme, clock: Clock
) -> None:
    ada = await comes_with(door, moving, ADAS)
    clock.forward(seconds=50)
    assert (await ada.state()).status_code == 200
    proof = (await ada.state()).json()["proof"]["expires_at"]
    assert proof == (clock() + timedelta(hours=1, seconds=-50)).isoformat().replace("+00:00", "Z")

    clock.forward(days=30, minutes=-10)
    last = await comes_with(door, moving, ADAS)
    ends = (await last.state()).json()["session"]["expires_at"]
    assert ends == (clock() + timedelta(minutes=9, seconds=10)).isoformat().replace("+00:00", "Z")


async def test_after_the_date_it_proves_nobody_and_a_signature_is_asked_for_history(
    door: Door, moving: Acme, clock: Clock, owner_db: Connection
) -> None:
    coded = "UPDATE session SET kind = 'browser', assurance = 'mailbox', idle = '24 hours', expires_at = $1"
    ada = await comes_with(door, moving, ADAS)
    await ada.start("kept by a weaker proof than a signature")
    await owner_db.execute(coded, clock() + timedelta(days=60))
    clock.forward(hours=23)
    assert (await ada.state()).json()["history"] == "open", "a mailbox is more than a hash"
    await owner_db.execute("UPDATE session SET last_seen_at = $1", clock() + MONTH)

    clock.forward(days=30)

    answer = await Script(door(), moving).open(legacy=ADAS)
    assert fault(answer) == (401, "invalid_identity", "legacy_off")
    assert (await ada.state()).json()["history"] == "locked"
    assert await ada.listed() != [], "what this very session wrote stays its own"


@pytest.mark.attack("A-28")
async def test_switched_off_it_ends_what_rests_on_it_at_once(
    door: Door, moving: Acme, house: House, owner_db: Connection
) -> None:
    ada = await comes_with(door, moving, ADAS)
    by_crisp = await comes_with(
        door, moving, {"product": "crisp", "email": ADA.email, "hash": hashed("crisp", ADA.email)}
    )
    assert await legacy.turn_off(house, moving.id, "intercom") == 1
    assert (await ada.state()).json()["code"] == "session_over"
    assert (await by_crisp.state()).status_code == 200
    assert fault(await Script(door(), moving).open(legacy=ADAS)) == (401, "invalid_identity", "legacy_off")
    told = await owner_db.fetch(
        "SELECT kind, reason FROM audit_event WHERE reason LIKE 'legacy_o%' ORDER BY id"
    )
    assert [tuple(row) for row in told][-2:] == [
        ("policy_change", "legacy_off"),
        ("session_end", "legacy_off"),
    ]


@pytest.mark.attack("A-28")
async def test_what_was_cut_off_when_it_was_switched_off_is_done_whole_when_it_is_asked_again(
    door: Door, moving: Acme, house: House, owner_db: Connection
) -> None:
    ada = await comes_with(door, moving, ADAS)
    by_crisp = await comes_with(
        door, moving, {"product": "crisp", "email": ADA.email, "hash": hashed("crisp", ADA.email)}
    )
    await cut_off_before_sessions_end(legacy.turn_off(house, moving.id, "intercom"), owner_db)
    assert "intercom" not in await products_on(house, moving), "its first step stands"
    assert (await ada.state()).status_code == 200, "and Ada is still in"

    assert await legacy.turn_off(house, moving.id, "intercom") == 1

    assert (await ada.state()).status_code == 401
    assert (await by_crisp.state()).status_code == 200
    with pytest.raises(legacy.SwitchRefusedError, match="intercom is not on"):
        await legacy.turn_off(house, moving.id, "intercom")


async def products_on(house: House, acme: Acme) -> set[str]:
    return {line.product for line in await legacy.switches(house, acme.id) if line.is_on(house.clock())}


# ── Sign-out ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_sign_out_ends_that_session_and_no_other(door: Door, moving: Acme) -> None:
    here, there = await comes_with(door, moving, ADAS), await comes_with(door, moving, ADAS)
    assert (await here.end()).status_code == 204
    assert (await here.state()).status_code == 401
    assert (await there.state()).status_code == 200
    assert (await Script(door(), moving).open(legacy=ADAS)).status_code == 201


async def everywhere(person: Script) -> None:
    answer = await person.call("POST", "/widget/v1/session/sign-out-everywhere", {})
    assert answer.status_code == 204


async def test_sign_out_everywhere_uses_the_hash_up(door: Door, moving: Acme, clock: Clock) -> None:
    here, there = await comes_with(door, moving, ADAS), await comes_with(door, moving, ADAS)
    bob = await comes_with(door, moving, BOBS)
    await everywhere(here)
    clock.forward(days=3)
    assert (await there.state()).status_code == 401
    assert fault(await Script(door(), moving).open(legacy=ADAS)) == (401, "invalid_identity", "legacy_spent")
    assert (await Script(door(), moving).open(legacy=BOBS)).status_code == 201
    assert (await bob.state()).status_code == 401, "its page is long gone"


async def test_a_signed_token_of_the_same_person_brings_the_hash_back(
    door: Door, moving: Acme, clock: Clock
) -> None:
    await everywhere(await comes_with(door, moving, ADAS))
    stale = moving.token(ADA, lifetime=timedelta(hours=1))
    clock.forward(minutes=1)
    for person in (BOB, MALLORY):
        assert (await Script(door(), moving).open(person)).status_code == 201
        assert (await Script(door(), moving).open(legacy=ADAS)).status_code == 401, (
            "another person's says nothing"
        )
    assert (await Script(door(), moving).open(identity_token=stale)).status_code == 201
    assert (await Script(door(), moving).open(legacy=ADAS)).status_code == 401, (
        "it was signed before the sign-out"
    )

    assert (await Script(door(), moving).open(ADA)).status_code == 201

    assert (await Script(door(), moving).open(legacy=ADAS)).status_code == 201


@pytest.mark.parametrize(("verified", "status"), [(True, 201), (False, 401)])
async def test_an_address_brings_its_hash_back_only_if_the_site_checked_it(
    door: Door, moving: Acme, clock: Clock, verified: bool, status: int
) -> None:
    by_address = {"product": "crisp", "email": ADA.email, "hash": hashed("crisp", ADA.email)}
    await everywhere(await comes_with(door, moving, by_address))
    clock.forward(minutes=1)
    token = moving.token(ADA, email_verified=verified)
    assert (await Script(door(), moving).open(identity_token=token)).status_code == 201
    assert (await Script(door(), moving).open(legacy=by_address)).status_code == status


async def test_a_new_secret_begins_anew_and_the_old_ones_hashes_stay_dead(
    door: Door, moving: Acme, house: House, clock: Clock
) -> None:
    await everywhere(await comes_with(door, moving, ADAS))
    clock.forward(minutes=1)
    await legacy.turn_off(house, moving.id, "intercom")
    await legacy.turn_on(house, moving.id, "intercom", "another-secret-4Kx9Vb2", clock() + MONTH)
    assert fault(await Script(door(), moving).open(legacy=ADAS)) == (401, "invalid_identity", "legacy_hash")
