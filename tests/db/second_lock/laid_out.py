"""A plan laid out in the database, and what the judge ought to be told of it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from privity.db.pool import Connection
from privity.policy.facts import Assurance, Conversation, Viewer
from privity.secret import SecretBytes
from privity.web.credential import Credential
from tests.cast import Person
from tests.clock import MONDAY_MORNING as NOW
from tests.db.second_lock.colleagues import Colleague, hire
from tests.db.second_lock.plans import Named, Plan, Said, Sits
from tests.db.worlds import (
    Identity,
    Seat,
    add_identity,
    add_lead,
    add_link,
    add_teammate,
    add_user,
    note,
    say,
)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session as it was laid out. `viewer` is what the gate ought to make of it; None where it lives no more."""

    seat: Seat
    credential: Credential
    viewer: Viewer | None


@dataclass(frozen=True, slots=True)
class Heard:
    """The messages of a conversation, in order; `own_word` is whether its session said one of the public ones."""

    public: tuple[UUID, ...]
    notes: tuple[UUID, ...]
    own_word: bool


@dataclass(frozen=True, slots=True)
class World:
    towns: tuple[UUID, UUID]
    history_from: Assurance
    identities: tuple[UUID, ...]
    contacts: dict[UUID, set[UUID]]
    colleagues: tuple[Colleague, ...]
    sittings: tuple[Sitting, ...]
    conversations: tuple[Conversation, ...]
    heard: dict[UUID, Heard]


async def lay_out(db: Connection, plan: Plan) -> World:
    async with db.transaction():
        towns = await _town(db, plan), await _town(db, plan)
        identities = [await _identity(db, towns[one.town], one) for one in plan.named]
        seats = [await _seat(db, towns, identities, one) for one in plan.sits]
        for tie in plan.tied:
            await _tie(db, identities[tie.one], identities[tie.other], tie.stands)
        for offer in plan.offered:
            await _offer(db, seats[offer.begun], seats[offer.to], offer.state)
        teammates = [
            await add_teammate(db, town, Person("Grace", f"{uuid4()}@acme.example", "")) for town in towns
        ]
        conversations, heard = [], {}
        for said in plan.said:
            conversation = await _begin(db, towns, identities, seats, plan, said)
            heard[conversation.id] = await _hear(db, conversation, teammates[said.town], said)
            conversations.append(conversation)
        sittings = [await _sitting(db, plan, place, seats, identities) for place in range(len(seats))]
        colleagues = [await hire(db, towns[works.town], works) for works in plan.works]
    ids = tuple(one.id for one in identities)
    contacts = {
        town: {
            *(one.contact for one in seats if one.workspace == town),
            *(one.contact for one in identities if one.workspace == town),
        }
        for town in towns
    }
    return World(
        towns,
        _asked(plan),
        ids,
        contacts,
        tuple(colleagues),
        tuple(sittings),
        tuple(conversations),
        heard,
    )


def _asked(plan: Plan) -> Assurance:
    if plan.history_from == "legacy" and not plan.legacy_is_on:
        return Assurance.SIGNED
    return Assurance.of(plan.history_from)


async def _town(db: Connection, plan: Plan) -> UUID:
    town = uuid4()
    await db.execute(
        "INSERT INTO workspace (id, name, history_from, created_at) VALUES ($1, 'Acme', $2, $3)",
        town,
        plan.history_from,
        NOW,
    )
    if plan.legacy_is_on:
        await db.execute(
            """INSERT INTO legacy_switch (workspace_id, id, product, secret, on_at, until)
               VALUES ($1, $2, 'crisp', '', $3, $4)""",
            town,
            uuid4(),
            NOW,
            NOW + timedelta(days=30),
        )
    return town


async def _identity(db: Connection, town: UUID, named: Named) -> Identity:
    identity = await add_identity(db, town, Person("Somebody", "somebody@example.com", f"u-{uuid4()}"))
    if named.erased:
        await db.execute("UPDATE contact_identity SET erased_at = $2 WHERE id = $1", identity.id, NOW)
    return identity


async def _seat(db: Connection, towns: tuple[UUID, UUID], identities: list[Identity], sits: Sits) -> Seat:
    seat = (
        await add_lead(db, towns[sits.town]) if sits.who is None else await add_user(db, identities[sits.who])
    )
    await db.execute(
        """UPDATE session SET assurance = $2, kind = $3, expires_at = $4, last_seen_at = $5, ended_at = $6,
                              end_reason = CASE WHEN $6::timestamptz IS NOT NULL THEN 'ended' END
            WHERE id = $1""",
        seat.id,
        sits.proof,
        "page" if sits.proof in ("signed", "legacy") else "browser",
        NOW if sits.state == "expired" else NOW + timedelta(hours=1),
        NOW - timedelta(minutes=30) if sits.state == "silent" else NOW,
        NOW if sits.state == "ended" else None,
    )
    return seat


async def _tie(db: Connection, one: Identity, other: Identity, stands: bool) -> None:
    link = await add_link(db, one, other)
    if not stands:
        await db.execute("UPDATE identity_link SET ended_at = $2, why = 'renamed' WHERE id = $1", link, NOW)


async def _offer(db: Connection, begun: Seat, to: Seat, state: str) -> None:
    await db.execute(
        """INSERT INTO offer (workspace_id, session_id, identity_id, until, settled_at, outcome)
           VALUES ($1, $2, $3, $4, $5, CASE WHEN $5::timestamptz IS NOT NULL THEN 'left' END)""",
        begun.workspace,
        begun.id,
        to.identity,
        NOW if state == "over" else NOW + timedelta(hours=1),
        NOW if state == "settled" else None,
    )
    await db.execute(
        "UPDATE session SET offer_sessions = offer_sessions || $2::uuid WHERE id = $1", to.id, begun.id
    )


async def _begin(
    db: Connection,
    towns: tuple[UUID, UUID],
    identities: list[Identity],
    seats: list[Seat],
    plan: Plan,
    said: Said,
) -> Conversation:
    origin = seats[said.session] if said.session is not None else None
    owner = identities[said.owner] if said.owner is not None else None
    on_card = origin or owner
    assert on_card is not None, "somebody is whose it is, or where it began"
    # Who erases somebody erases what they own.
    erased = said.erased or (said.owner is not None and plan.named[said.owner].erased)
    found = Conversation(
        towns[said.town], uuid4(), origin.id if origin else None, owner.id if owner else None, erased
    )
    await db.execute(
        """INSERT INTO conversation
               (workspace_id, id, contact_id, origin_session, owner, client_id, started_at, last_at, last_id,
                last_author_kind, last_excerpt, erased_at)
           VALUES ($1, $2, $3, $4, $5, gen_random_uuid(), $6, $6, $2, 'contact', '', $7)""",
        found.workspace,
        found.id,
        on_card.contact,
        found.origin_session,
        found.owner,
        NOW,
        NOW if erased else None,
    )
    if origin and owner and origin.identity != owner.id:
        await db.execute(
            """INSERT INTO adoption (workspace_id, id, conversation_id, identity_id, session_id, next_seq, at)
               VALUES ($1, gen_random_uuid(), $2, $3, $4, 1, $5)""",
            found.workspace,
            found.id,
            owner.id,
            origin.id,
            NOW,
        )
    return found


async def _hear(db: Connection, conversation: Conversation, teammate: UUID, said: Said) -> Heard:
    public, notes = [], []
    for kind in said.words:
        if kind == "note":
            notes.append(await note(db, conversation.id, "a note", teammate=teammate))
        elif conversation.origin_session is not None:
            public.append(await say(db, conversation.id, "a word", session=conversation.origin_session))
        else:
            public.append(await say(db, conversation.id, "a word", teammate=teammate))
    return Heard(tuple(public), tuple(notes), bool(public) and conversation.origin_session is not None)


async def _sitting(
    db: Connection, plan: Plan, place: int, seats: list[Seat], identities: list[Identity]
) -> Sitting:
    seat, sits = seats[place], plan.sits[place]
    credential = Credential(seat.workspace, seat.id, SecretBytes(seat.id.bytes))
    await db.execute("UPDATE session SET secret_hash = $2 WHERE id = $1", seat.id, credential.hash())
    if sits.state != "lives":
        return Sitting(seat, credential, None)
    linked = {
        identities[b].id
        for tie in plan.tied
        for a, b in ((tie.one, tie.other), (tie.other, tie.one))
        if tie.stands and a == sits.who
    }
    offered = {seats[one.begun].id for one in plan.offered if one.to == place and one.state == "open"}
    viewer = Viewer(
        seat.workspace,
        seat.id,
        Assurance.of(sits.proof),
        seat.identity,
        frozenset(linked),
        frozenset(offered),
    )
    return Sitting(seat, credential, viewer)
