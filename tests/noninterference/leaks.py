"""Leaks as they happen to others, each put into both worlds by the test: the machine must find every one.

None is a switch of the product's: a leak is a function of ours that stands in for one of the product's.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from litestar.types import ASGIApp

from privity.conversations import actions
from privity.conversations import store as conversations
from privity.conversations.model import Draft, Sent, Started
from privity.db.pool import Row
from privity.history import reading
from privity.history import store as history
from privity.house import House
from privity.policy.verdict import ListPermit, Permit
from privity.proofs.model import Caller
from privity.web import wire
from privity.web.limits import Rate
from privity.web.problems import Problem
from tests.noninterference.worlds import Twins, World

Seed = Callable[[Twins, pytest.MonkeyPatch], None]


@dataclass(frozen=True, slots=True)
class Leak:
    """`name` is how one speaks of it; `sentence` what it tells a contact of others."""

    name: str
    sentence: str
    seed: Seed


OF_CONVERSATIONS: list[Leak] = []


def leak(name: str, among: list[Leak] = OF_CONVERSATIONS) -> Callable[[Seed], Seed]:
    def noted(seed: Seed) -> Seed:
        among.append(Leak(name, (seed.__doc__ or "").strip(), seed))
        return seed

    return noted


async def counted(house: House, workspace: UUID, question: str, *arguments: Any) -> int:
    """How many there are in the whole workspace, whosever they are."""
    async with house.pools.team.within(workspace) as db:
        number: int = await db.fetchval(f"SELECT count(*) FROM {question}", *arguments)  # noqa: S608 - ours
        return number


@leak("an unread count")
def unread(_: Twins, patch: pytest.MonkeyPatch) -> None:
    """The list's unread counts the answers to everybody."""
    listed = reading.list_conversations

    async def leaky(
        house: House, permit: ListPermit, cursor: str | None, limit: int
    ) -> wire.ConversationList:
        answers = await counted(house, permit.workspace, "conversation WHERE last_author_kind = 'teammate'")
        page = await listed(house, permit, cursor, limit)
        for item in page.items:
            item.unread += answers
        return page

    patch.setattr(reading, "list_conversations", leaky)


@leak("a duplicate-value error")
def duplicate(_: Twins, patch: pytest.MonkeyPatch) -> None:
    """A `client_id` is taken where anybody used it before."""
    start = conversations.start

    async def leaky(house: House, caller: Caller, draft: Draft, page: str | None) -> Started:
        viewer = caller.viewer
        taken = await counted(
            house,
            viewer.workspace,
            "conversation WHERE client_id = $1 AND origin_session <> $2",
            draft.client_id,
            viewer.session,
        )
        if taken:
            raise Problem(409, "client_id_reused", "This client_id was already used for other words.")
        return await start(house, caller, draft, page)

    patch.setattr(conversations, "start", leaky)


@leak("an ETag")
def etag(twins: Twins, patch: pytest.MonkeyPatch) -> None:
    """The list carries a tag that changes with everybody's conversations."""

    async def tag(world: World, scope: Any) -> dict[str, str]:
        if scope["path"] != "/widget/v1/conversations":
            return {}
        everything = await world.db.fetchval(
            "SELECT count(*) FROM conversation WHERE workspace_id = $1 AND started_at = $2",
            world.workspace,
            world.clock(),
        )
        return {"ETag": sha256(str(everything).encode()).hexdigest()[:8]}

    _with_headers(twins, patch, tag)


@leak("a changed order")
def order(_: Twins, patch: pytest.MonkeyPatch) -> None:
    """Where the workspace is busy, the list begins at its other end."""
    list_page = history.list_page

    async def leaky(house: House, permit: ListPermit, *more: Any) -> list[Row]:
        rows = list(await list_page(house, permit, *more))
        busy = await counted(house, permit.workspace, "conversation") > len(rows)
        return rows[::-1] if busy else rows

    patch.setattr(history, "list_page", leaky)


@leak("one more header")
def header(twins: Twins, patch: pytest.MonkeyPatch) -> None:
    """A refusal of what exists says in a header why."""

    async def why(world: World, scope: Any) -> dict[str, str]:
        parts = scope["path"].split("/")
        if len(parts) < 5 or parts[3] != "conversations":
            return {}
        exists = await world.db.fetchval(
            "SELECT count(*) FROM conversation WHERE workspace_id = $1 AND id::text = $2",
            world.workspace,
            parts[4],
        )
        return {"X-Reason": "not_owner"} if exists else {}

    _with_headers(twins, patch, why)


@leak("a longer answer")
def longer(_: Twins, patch: pytest.MonkeyPatch) -> None:
    """The answer for what is somebody else's is one character longer than for what is nobody's."""
    permitted = actions.permitted

    async def leaky(house: House, caller: Caller, conversation: UUID) -> Any:
        try:
            return await permitted(house, caller, conversation)
        except Problem as problem:
            exists = await counted(house, caller.viewer.workspace, "conversation WHERE id = $1", conversation)
            if problem.status == 404 and exists:
                raise replace(problem, detail=f"{problem.detail} ") from None
            raise

    patch.setattr(actions, "permitted", leaky)
    patch.setattr("privity.history.routes.permitted", leaky)


@leak("a limit counted by address")
def limit(twins: Twins, patch: pytest.MonkeyPatch) -> None:
    """How often a mailbox was written to, for anybody, is told to whoever asks next."""
    for world in twins.both:
        limiter = world.house.limiter

        def loud(rate: Rate, name: str, *parts: str, limiter: Any = limiter) -> bool:
            limiter.take(rate, name, *parts)
            return True

        patch.setattr(limiter, "allows", loud)


@leak("a gap in seq")
def gap(_: Twins, patch: pytest.MonkeyPatch) -> None:
    """Messages are numbered through the whole workspace."""
    send = conversations.send

    async def leaky(house: House, caller: Caller, permit: Permit, draft: Draft) -> Sent:
        sent = await send(house, caller, permit, draft)
        others = await counted(house, permit.workspace, "conversation WHERE id <> $1", permit.conversation)
        return replace(sent, seq=sent.seq + others)

    patch.setattr(conversations, "send", leaky)


def _with_headers(twins: Twins, patch: pytest.MonkeyPatch, told: Callable[[World, Any], Any]) -> None:
    """Headers that are worked out with all of the world before one's eyes."""
    for world in twins.both:
        patch.setattr(world, "app", _telling(world, world.app, told))


def _telling(world: World, app: ASGIApp, told: Callable[[World, Any], Any]) -> Any:
    async def leaky(scope: Any, receive: Any, send: Any) -> None:
        more = await told(world, scope)

        async def telling(message: Any) -> None:
            if message["type"] == "http.response.start":
                lines = [(name.lower().encode(), value.encode()) for name, value in more.items()]
                message = {**message, "headers": [*message["headers"], *lines]}
            await send(message)

        await app(scope, receive, telling)

    return leaky
