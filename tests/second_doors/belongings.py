"""What somebody may call their own, made fresh, by what it is an id of; and what is there and is not theirs."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import msgspec

from privity.vouching.discovery import Discovery
from tests.cast import BOB, Person
from tests.db.worlds import (
    Identity,
    Seat,
    add_contact,
    add_conversation,
    add_identity,
    add_lead,
    add_link,
    add_teammate,
    add_user,
    end_session,
)
from tests.second_doors.lists import LISTS, bearers, goes_on
from tests.second_doors.town import EVE, Sitting, Standing, Town

OF_THE_PROVED = ("offered_id", "adoption_id", "link_id")
"""What nobody has of their own who proved nothing."""


async def own(town: Town, sitting: Sitting, name: str) -> str:
    """An id of this kind that is theirs."""
    assert name in KINDS, f"tests/second_doors/belongings.py has to say what somebody's own {name} is"
    return str(await KINDS[name](town, sitting))


async def foreign(town: Town, sitting: Sitting, name: str) -> list[str]:
    """Ids of this kind that are there, and are not theirs."""
    if name == "conversation_id":
        return [*_of_others(town, sitting), *await _not_taken_yet(town, sitting)]
    if name == "offered_id":
        return [*_of_others(town, sitting), *await _offered_to_another(town, sitting)]
    if name in LISTS:
        return [await own(town, stranger, name) for stranger in await bearers(town, name)]
    strangers = [Sitting(town.other(sitting.acme))]
    if name in ("adoption_id", "device_id", "link_id"):
        strangers = [await town.neighbour(acme, sitting.person) for acme in (sitting.acme, strangers[0].acme)]
    return [await own(town, stranger, name) for stranger in strangers]


async def whosever(town: Town, sitting: Sitting, name: str) -> list[str]:
    """Ids of this kind that are there: their own, or their workspace's, and others'."""
    mine = [await own(town, sitting, name)] if may_have(sitting, name) else []
    return [*mine, *await foreign(town, sitting, name)]


def may_have(sitting: Sitting, name: str) -> bool:
    """Whether they have one wherever they stand: where a list goes on, only those know whom its door lets in."""
    return name not in LISTS and (name not in OF_THE_PROVED or _proved(sitting) is not None)


def made_up(name: str) -> str:
    """An id that nobody has, of the form that those of its kind have."""
    return {"kid": f"key-{uuid4().hex[:8]}", "external_id": f"u-{uuid4()}"}.get(name, str(uuid4()))


def _proved(sitting: Sitting) -> UUID | None:
    return sitting.seat.identity if sitting.seat is not None else None


# ── Conversations ────────────────────────────────────────────────────────────────────────────────────────────


def _of_others(town: Town, sitting: Sitting) -> list[str]:
    return [str(one.id) for one in town.standing if not _is_own(sitting, one)]


def _is_own(sitting: Sitting, one: Standing) -> bool:
    if one.erased or one.workspace != sitting.acme.id:
        return False
    return sitting.seat is None or (one.owner is not None and one.owner == sitting.seat.identity)


async def _not_taken_yet(town: Town, sitting: Sitting) -> list[str]:
    """What is on offer to them: neither readable nor writable until they take it."""
    return [str(await _offered(town, sitting))] if _proved(sitting) is not None else []


async def _offered_to_another(town: Town, sitting: Sitting) -> list[str]:
    """To another identity, from this very browser; and to the same one, from another browser."""
    if sitting.seat is None:
        return [
            str(await _offered(town, await town.neighbour(acme, sitting.person)))
            for acme in (sitting.acme, town.other(sitting.acme))
        ]
    neighbour = await town.neighbour(sitting.acme, sitting.person)
    found = [await _offer(town, sitting.seat, _proved(neighbour))]
    if sitting.seat.identity is not None:
        at_home = await add_user(
            town.db, Identity(sitting.acme.id, sitting.seat.identity, sitting.seat.contact)
        )
        found.append(await _offer(town, at_home, sitting.seat.identity))
    return [str(conversation) for conversation in found]


async def _conversation(town: Town, sitting: Sitting) -> UUID:
    seat = await _seat(town, sitting)
    conversation = await add_conversation(town.db, seat, f"mine is {uuid4()}", "all mine")
    town.owners[conversation] = seat.identity or seat.id
    return conversation


async def _offered(town: Town, sitting: Sitting) -> UUID:
    """What the same browser wrote before its person proved who they are."""
    assert sitting.seat is not None
    return await _offer(town, sitting.seat, sitting.seat.identity)


async def _offer(town: Town, browser: Seat, identity: UUID | None) -> UUID:
    """What was written in this seat's browser before, on offer to this identity alone."""
    assert identity is not None
    before = await add_lead(town.db, browser.workspace)
    conversation = await add_conversation(town.db, before, "before I signed in")
    await end_session(town.db, before)
    await town.db.execute(
        "INSERT INTO offer (workspace_id, session_id, identity_id, until) VALUES ($1, $2, $3, $4)",
        before.workspace,
        before.id,
        identity,
        town.clock() + timedelta(hours=1),
    )
    await town.db.execute(
        "UPDATE session SET offer_sessions = offer_sessions || $1::uuid WHERE id = $2", before.id, browser.id
    )
    return conversation


async def _adopted(town: Town, sitting: Sitting) -> UUID:
    assert sitting.seat is not None
    conversation, adoption = await _offered(town, sitting), uuid4()
    await town.db.execute(
        """UPDATE conversation SET owner = $2, contact_id = $3 WHERE id = $1""",
        conversation,
        sitting.seat.identity,
        sitting.seat.contact,
    )
    await town.db.execute(
        """INSERT INTO adoption (workspace_id, id, conversation_id, identity_id, session_id, next_seq, at)
           SELECT workspace_id, $2, id, owner, origin_session, next_seq, $3 FROM conversation WHERE id = $1""",
        conversation,
        adoption,
        town.clock(),
    )
    return adoption


# ── People ───────────────────────────────────────────────────────────────────────────────────────────────────


async def _session(town: Town, sitting: Sitting) -> UUID:
    return (await add_lead(town.db, sitting.acme.id)).id


async def _contact(town: Town, sitting: Sitting) -> UUID:
    return await add_contact(town.db, sitting.acme.id)


async def _teammate(town: Town, sitting: Sitting) -> UUID:
    return await add_teammate(town.db, sitting.acme.id, Person("Somebody", f"{uuid4()}@example.com", ""))


async def _subject(town: Town, sitting: Sitting) -> str:
    subject = f"u-{uuid4()}"
    await add_identity(town.db, sitting.acme.id, Person("Somebody", f"{subject}@example.com", subject))
    return subject


async def _identity(town: Town, sitting: Sitting) -> UUID:
    somebody = Person("Somebody", f"{uuid4()}@example.com", f"u-{uuid4()}")
    return (await add_identity(town.db, sitting.acme.id, somebody)).id


async def _device(town: Town, sitting: Sitting) -> UUID:
    return (await _seat(town, sitting)).id


async def _link(town: Town, sitting: Sitting) -> UUID:
    seat = await _seat(town, sitting)
    assert seat.identity is not None
    other = Person("The same", f"{uuid4()}@example.com", f"u-{uuid4()}")
    linked = await add_identity(town.db, sitting.acme.id, other)
    return await add_link(town.db, Identity(seat.workspace, seat.identity, seat.contact), linked)


async def _mailbox(town: Town, sitting: Sitting) -> str:
    return (BOB if sitting.acme is town.acme else EVE).email


async def _seat(town: Town, sitting: Sitting) -> Seat:
    """The session in which it was said: their own, or for the team a user's of their workspace."""
    if sitting.seat is not None:
        return sitting.seat
    seat = (await town.neighbour(sitting.acme, sitting.person)).seat
    assert seat is not None
    return seat


# ── What the owner set up ────────────────────────────────────────────────────────────────────────────────────


async def _signing_key(town: Town, sitting: Sitting) -> str:
    key = uuid4()
    await town.db.execute(
        """INSERT INTO signing_key (workspace_id, id, kid, alg, material, created_at)
           VALUES ($1, $2, $3, 'HS256', 'opens nothing', $4)""",
        sitting.acme.id,
        key,
        f"key-{key.hex[:8]}",
        town.clock(),
    )
    return f"key-{key.hex[:8]}"


async def _provider(town: Town, sitting: Sitting) -> UUID:
    provider = uuid4()
    at = f"https://{provider}.example"
    discovery = Discovery(f"{at}/authorize", f"{at}/token", ("RS256",), ("none",), False, ())
    await town.db.execute(
        """INSERT INTO sign_in_provider (workspace_id, id, name, issuer, client_id, added_at, looked_at,
                                         discovered_at, discovery)
           VALUES ($1, $2, 'Acme ID', $3, 'privity', $4, $4, $4, $5)""",
        sitting.acme.id,
        provider,
        at,
        town.clock(),
        msgspec.json.encode(discovery).decode(),
    )
    return provider


KINDS: dict[str, Callable[[Town, Sitting], Awaitable[UUID | str]]] = {
    "conversation_id": _conversation,
    "offered_id": _offered,
    "adoption_id": _adopted,
    "session_id": _session,
    "contact_id": _contact,
    "teammate_id": _teammate,
    "external_id": _subject,
    "kid": _signing_key,
    "provider_id": _provider,
    "identity_id": _identity,
    "device_id": _device,
    "link_id": _link,
    "mailbox": _mailbox,
    **{name: partial(goes_on, name=name) for name in LISTS},
}
