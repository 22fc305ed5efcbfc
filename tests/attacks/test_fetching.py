"""What the server fetches: never from inside, however the way there is written."""

import json

import pytest

from privity.outward.fault import FetchError
from privity.outward.fetching import Outward
from tests.attacks import outward
from tests.authority import Authority
from tests.hosts import HOST, Resolver, saying
from tests.outward.conftest import NewHost, a_host

__all__ = ["a_host"]

INSIDE = "::ffff:127.0.0.1"
"""This machine, written as an address of the other family."""


@pytest.mark.attack("A-222", without=outward.the_judgment_of_addresses)
async def test_what_is_inside_is_not_asked_by_another_spelling(a_host: NewHost, authority: Authority) -> None:
    host = await a_host(saying(json.dumps({"keys": []}).encode()))
    fetches = Outward(frozenset({f"{HOST}:{host.port}"}), authority.trust(), Resolver([[INSIDE]]))

    with pytest.raises(FetchError) as refused:
        await fetches.get(host.url())
    assert refused.value.fault == "forbidden"
    assert host.asked == []
