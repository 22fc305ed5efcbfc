"""Everybody who goes to a door. Each time with a session or a key that was made for it: an earlier act spoils none."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal
from uuid import uuid4

from privity.people.door import COOKIE
from privity.people.model import KEY_PREFIX, SCOPES, csrf_word
from privity.web.credential import Credential
from tests.cast import ADA, BOB, GRACE, Person
from tests.db.worlds import Seat, add_lead, add_teammate, add_user
from tests.doors import Acme
from tests.second_doors.town import PAGE, Sitting, Town

Gate = Literal["contact", "team"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`gate`: which one they pass; None for neither. `kind`: their column in the matrix. `scopes`: a key's."""

    name: str
    sits: Callable[[Town], Awaitable[Sitting]]
    gate: Gate | None = None
    kind: str = ""
    scopes: frozenset[str] = frozenset()


# ── Contacts ─────────────────────────────────────────────────────────────────────────────────────────────────


async def visitor(town: Town) -> Sitting:
    seat = await add_lead(town.db, town.acme.id)
    await town.db.execute("UPDATE contact SET kind = 'visitor' WHERE id = $1", seat.contact)
    return await _carried(town, town.acme, seat, ADA)


async def lead(town: Town) -> Sitting:
    return await _carried(town, town.acme, await add_lead(town.db, town.acme.id), ADA)


async def lead_who_says_she_is_ada(town: Town) -> Sitting:
    sitting = await lead(town)
    assert sitting.seat is not None
    for kind, value in (("email", ADA.email), ("name", ADA.name)):
        await town.db.execute(
            """INSERT INTO claim (workspace_id, id, contact_id, session_id, kind, value, key, at)
               VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, lower($5), now())""",
            sitting.acme.id,
            sitting.seat.contact,
            sitting.seat.id,
            kind,
            value,
        )
    return sitting


def user(person: Person, *, elsewhere: bool = False) -> Callable[[Town], Awaitable[Sitting]]:
    async def sits(town: Town) -> Sitting:
        acme = town.elsewhere if elsewhere else town.acme
        return await _carried(town, acme, await add_user(town.db, town.identities[acme.id, person]), person)

    return sits


async def ada_expired(town: Town) -> Sitting:
    sitting = await user(ADA)(town)
    assert sitting.seat is not None
    await town.db.execute(
        "UPDATE session SET expires_at = $2 WHERE id = $1", sitting.seat.id, town.house.clock()
    )
    return sitting


async def ada_signed_out(town: Town) -> Sitting:
    sitting = await user(ADA)(town)
    assert sitting.seat is not None
    await town.db.execute(
        "UPDATE session SET ended_at = $2, end_reason = 'signed_out' WHERE id = $1",
        sitting.seat.id,
        town.house.clock(),
    )
    return sitting


async def _carried(town: Town, acme: Acme, seat: Seat, person: Person) -> Sitting:
    credential = Credential.new(acme.id, seat.id, town.house.chance)
    await town.db.execute("UPDATE session SET secret_hash = $2 WHERE id = $1", seat.id, credential.hash())
    return Sitting(acme, {"Authorization": f"Bearer {credential.word()}"}, person, seat)


# ── The team ─────────────────────────────────────────────────────────────────────────────────────────────────


def teammate(
    role: str = "agent", *, elsewhere: bool = False, signed_out: bool = False, disabled: bool = False
) -> Callable[[Town], Awaitable[Sitting]]:
    async def sits(town: Town) -> Sitting:
        acme = town.elsewhere if elsewhere else town.acme
        account = await add_teammate(town.db, acme.id, replace(GRACE, email=f"{uuid4()}@acme.example"))
        now = town.house.clock()
        await town.db.execute(
            "UPDATE teammate SET role = $2, disabled_at = $3 WHERE id = $1",
            account,
            role,
            now if disabled else None,
        )
        credential = Credential.new(acme.id, uuid4(), town.house.chance)
        await town.db.execute(
            """INSERT INTO teammate_session (workspace_id, id, teammate_id, secret_hash, started_at, last_seen_at,
                                             expires_at, ended_at) VALUES ($1, $2, $3, $4, $5, $5, $6, $7)""",
            acme.id,
            credential.id,
            account,
            credential.hash(),
            now,
            now + timedelta(hours=1),
            now if signed_out else None,
        )
        csrf = {"X-Privity-CSRF": csrf_word(credential)}
        return Sitting(acme, {"Cookie": f"{COOKIE}={credential.word()}", **PAGE, **csrf})

    return sits


def key(
    scopes: frozenset[str], *, elsewhere: bool = False, revoked: bool = False
) -> Callable[[Town], Awaitable[Sitting]]:
    async def sits(town: Town) -> Sitting:
        acme = town.elsewhere if elsewhere else town.acme
        credential, now = Credential.new(acme.id, uuid4(), town.house.chance), town.house.clock()
        await town.db.execute(
            """INSERT INTO api_key (workspace_id, id, name, secret_hash, scopes, created_at, revoked_at)
               VALUES ($1, $2, 'a program', $3, $4, $5, $6)""",
            acme.id,
            credential.id,
            credential.hash(),
            sorted(scopes),
            now,
            now if revoked else None,
        )
        return Sitting(acme, {"Authorization": f"Bearer {KEY_PREFIX}{credential.word()}"})

    return sits


async def nobody(town: Town) -> Sitting:
    return Sitting(town.acme)


EVERYTHING = frozenset[str](SCOPES)

ACTORS = (
    Actor("nobody", nobody),
    Actor("a visitor", visitor, "contact", "visitor"),
    Actor("a lead who claims nothing", lead, "contact", "lead"),
    Actor("a lead who says that she is Ada", lead_who_says_she_is_ada, "contact", "lead"),
    Actor("Ada", user(ADA), "contact", "user"),
    Actor("Bob", user(BOB), "contact", "user"),
    Actor("Ada of another workspace", user(ADA, elsewhere=True), "contact", "user"),
    Actor("Ada, whose proof is over", ada_expired),
    Actor("Ada, signed out", ada_signed_out),
    Actor("a teammate", teammate(), "team", "teammate"),
    Actor("the owner", teammate("owner"), "team", "owner"),
    Actor("an auditor", teammate("auditor"), "team", "auditor"),
    Actor("another workspace's teammate", teammate(elsewhere=True), "team", "teammate"),
    Actor("another workspace's owner", teammate("owner", elsewhere=True), "team", "owner"),
    Actor("another workspace's auditor", teammate("auditor", elsewhere=True), "team", "auditor"),
    Actor("a teammate who signed out", teammate(signed_out=True)),
    Actor("a teammate whose account was taken away", teammate(disabled=True)),
    *(
        Actor(f"a key for {scope}", key(frozenset((scope,))), "team", "key", frozenset((scope,)))
        for scope in sorted(SCOPES)
    ),
    Actor("a key for everything", key(EVERYTHING), "team", "key", EVERYTHING),
    Actor("another workspace's key", key(EVERYTHING, elsewhere=True), "team", "key", EVERYTHING),
    Actor("a key that was revoked", key(EVERYTHING, revoked=True)),
)
