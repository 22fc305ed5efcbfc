"""The second lock holds the same structure as the judge: one world with everything in it, asked both ways."""

from dataclasses import dataclass
from itertools import product
from uuid import UUID

import pytest

from privity.db.pool import Connection, Pools
from privity.policy.facts import Assurance, Case, Conversation, Viewer
from privity.policy.verdict import Permit, decide, decide_list
from tests.cast import ADA, BOB
from tests.clock import MONDAY_MORNING, Clock
from tests.db.worlds import (
    Seat,
    add_conversation,
    add_identity,
    add_lead,
    add_user,
    add_workspace,
    end_session,
)


@dataclass(frozen=True)
class Everything:
    """Each place where a conversation can have begun, with each owner that it can have, erased or not."""

    conversations: list[Conversation]
    viewers: dict[str, tuple[Seat, Viewer]]


@pytest.fixture
async def everything(owner_db: Connection) -> Everything:
    acme = await add_workspace(owner_db)
    ada, bob = await add_identity(owner_db, acme, ADA), await add_identity(owner_db, acme, BOB)
    lead, risen = await add_lead(owner_db, acme), await add_lead(owner_db, acme)
    ada_now, ada_yesterday = await add_user(owner_db, ada), await add_user(owner_db, ada)
    bob_now = await add_user(owner_db, bob)
    for seat in (risen, ada_yesterday):
        await end_session(owner_db, seat)
    conversations = [
        await _begun(owner_db, seat, owner, erased)
        for seat, owner, erased in product(
            (lead, risen, ada_now, ada_yesterday, bob_now), (None, ada.id, bob.id), (False, True)
        )
    ]
    conversations += await _elsewhere(owner_db)
    return Everything(
        conversations,
        {
            "a lead": (lead, _viewer(lead, Assurance.NONE)),
            "Ada, who rose": (ada_now, _viewer(ada_now, Assurance.SIGNED, offered=frozenset({risen.id}))),
            "Bob": (bob_now, _viewer(bob_now, Assurance.SIGNED)),
        },
    )


@pytest.mark.parametrize("who", ["a lead", "Ada, who rose", "Bob"])
@pytest.mark.parametrize("assurance", [None, Assurance.CLAIMED])
async def test_a_list_holds_exactly_what_opens_one_by_one(
    everything: Everything, pools: Pools, clock: Clock, who: str, assurance: Assurance | None
) -> None:
    """`assurance`: as if the session had proved less than it did; the list must then be shorter in the same way."""
    seat, proved = everything.viewers[who]
    viewer = proved if assurance is None else _viewer(seat, assurance, proved.offered)
    permit = decide_list(viewer, Assurance.SIGNED, clock())

    rows = await pools.contact.fetch(
        "SELECT id FROM contact_list($1, $2, $3, $4, $5, NULL, NULL, 1000)",
        permit.workspace,
        permit.session,
        permit.identity,
        permit.covers == "live and owned",
        permit.at,
    )

    opens = {found.id for found in everything.conversations if _opens(viewer, found, clock)}
    assert opens, "somebody sees something, else this says nothing"
    assert {row["id"] for row in rows} == opens


@pytest.mark.parametrize("who", ["a lead", "Ada, who rose", "Bob"])
async def test_a_page_opens_exactly_where_the_judge_says_yes(
    everything: Everything, pools: Pools, clock: Clock, who: str
) -> None:
    seat, viewer = everything.viewers[who]
    for conversation in everything.conversations:
        names = (seat.workspace, seat.id, seat.identity, conversation.id, clock())
        standing = await pools.contact.row("SELECT * FROM contact_case($1, $2, $3, $4, $5)", *names)
        page = await pools.contact.fetch(
            "SELECT * FROM contact_page($1, $2, $3, $4, $5, NULL, NULL, 50)", *names
        )

        assert standing is not None
        assert standing["lives"]
        opens = _opens(viewer, conversation, clock)
        assert (standing["id"] is not None, bool(page)) == (opens, opens), conversation


def _opens(viewer: Viewer, conversation: Conversation, clock: Clock) -> bool:
    return isinstance(decide(Case(viewer, conversation, Assurance.SIGNED), clock()), Permit)


def _viewer(seat: Seat, assurance: Assurance, offered: frozenset[UUID] = frozenset()) -> Viewer:
    return Viewer(seat.workspace, seat.id, assurance, seat.identity, frozenset(), offered)


async def _begun(db: Connection, seat: Seat, owner: UUID | None, erased: bool) -> Conversation:
    conversation = await add_conversation(db, seat, "hello")
    await db.execute(
        "UPDATE conversation SET owner = $2, erased_at = $3 WHERE id = $1",
        conversation,
        owner,
        MONDAY_MORNING if erased else None,
    )
    return Conversation(seat.workspace, conversation, seat.id, owner, erased)


async def _elsewhere(db: Connection) -> list[Conversation]:
    workspace = await add_workspace(db, "Elsewhere")
    ada = await add_user(db, await add_identity(db, workspace, ADA))
    return [await _begun(db, ada, ada.identity, erased=False)]
