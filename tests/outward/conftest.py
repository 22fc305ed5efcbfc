"""Hosts to fetch from, and a way out that leads to them by the tests' own resolver."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from privity.outward.fetching import Outward
from tests.authority import Authority
from tests.hosts import HOST, Host, Resolver, Talk, hosting

NewHost = Callable[..., Awaitable[Host]]
NewOutward = Callable[..., Outward]


@pytest.fixture
async def a_host(authority: Authority) -> AsyncIterator[NewHost]:
    async with AsyncExitStack() as closing:

        async def made(talk: Talk, certified: str = HOST) -> Host:
            return await closing.enter_async_context(hosting(talk, authority.identity(certified)))

        yield made


@pytest.fixture
def outward(authority: Authority) -> NewOutward:
    """By the tests' own resolver, as it is told; to that host alone where the installation allows it."""

    def made(host: Host | None = None, *answers: list[str], seconds: float = 10) -> Outward:
        allowed = frozenset({f"{HOST}:{host.port}"}) if host is not None else frozenset[str]()
        return Outward(allowed, authority.trust(), Resolver([*answers] or [["127.0.0.1"]]), seconds)

    return made
