"""What the server fetches comes from the very host that was named and judged, whole and in time, or not at all."""

import asyncio
import json

import pytest

from privity.outward.fault import FetchError
from privity.outward.fetching import Outward, trusted
from privity.web.limits import FETCH_BYTES
from tests.attacks import outward
from tests.authority import Authority
from tests.hosts import HOST, Resolver, saying
from tests.outward.conftest import NewHost, NewOutward

KEYS = json.dumps({"keys": []}).encode()
REDIRECTS = (301, 302, 303, 307, 308)


async def fault_of(outward: Outward, url: str) -> str:
    with pytest.raises(FetchError) as refused:
        (await outward.get(url)).json()
    return refused.value.fault


async def test_a_name_is_looked_up_once_and_that_address_is_asked_by_the_name(
    a_host: NewHost, authority: Authority
) -> None:
    host = await a_host(saying(KEYS))
    resolver = Resolver([["127.0.0.1"], ["192.0.2.1"]])
    outward = Outward(frozenset({f"{HOST}:{host.port}"}), authority.trust(), resolver)

    assert (await outward.get(host.url("/jwks?v=1"))).json() == {"keys": []}

    assert resolver.asked == 1
    assert host.names == [HOST]
    assert host.asked[0].startswith("GET /jwks?v=1 HTTP/1.1\r\n")
    assert f"\r\nhost: {HOST}:{host.port}\r\n" in host.asked[0].lower()


@pytest.mark.attack("A-223", without=outward.the_one_look_at_a_name)
async def test_a_name_that_is_public_first_and_private_then_is_not_asked_by_its_second_address(
    a_host: NewHost, authority: Authority
) -> None:
    """The port is the host's own, and so allowed; the name is judged by the answer that is connected to."""
    host = await a_host(saying(KEYS))
    rebinding = Resolver([["198.51.100.7"], ["127.0.0.1"]])
    outward = Outward(frozenset({f"{HOST}:{host.port}"}), authority.trust(), rebinding)

    assert await fault_of(outward, host.url()) == "forbidden"
    assert (rebinding.asked, host.asked) == (1, [])


@pytest.mark.attack("A-223")
@pytest.mark.parametrize(
    "mixed", [["93.184.216.34", "127.0.0.1"], ["2606:4700::1", "::1"], ["::1", "8.8.8.8"]]
)
async def test_one_private_address_among_public_ones_closes_the_name(
    outward: NewOutward, mixed: list[str]
) -> None:
    assert await fault_of(outward(None, mixed), f"https://{HOST}/jwks") == "forbidden"


@pytest.mark.attack("A-35", "A-223")
@pytest.mark.parametrize("status", REDIRECTS)
async def test_no_redirect_is_followed(a_host: NewHost, outward: NewOutward, status: int) -> None:
    inside = await a_host(saying(KEYS))
    host = await a_host(
        saying(b"", f"HTTP/1.1 {status} Elsewhere\r\nLocation: https://127.0.0.1:{inside.port}/jwks")
    )

    assert await fault_of(outward(host), host.url()) == "redirect"
    assert host.asked, "it was asked"
    assert inside.asked == []


@pytest.mark.attack("A-35")
async def test_an_answer_without_an_end_is_cut_off(a_host: NewHost, outward: NewOutward) -> None:
    sent = 0

    async def pour(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            writer.write(b" " * 65_536)
            await writer.drain()
            sent += 65_536

    host = await a_host(pour)

    assert await fault_of(outward(host), host.url()) == "too_large"
    assert sent < 50_000_000


async def test_an_answer_of_exactly_the_limit_is_read(a_host: NewHost, outward: NewOutward) -> None:
    host = await a_host(saying(KEYS.ljust(FETCH_BYTES)))

    assert (await outward(host).get(host.url())).json() == {"keys": []}


@pytest.mark.attack("A-35")
async def test_an_answer_that_drips_is_given_up(a_host: NewHost, outward: NewOutward) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    host = await a_host(drip)

    assert await fault_of(outward(host, seconds=2), host.url()) == "too_slow"
    assert host.asked, "it began to answer"


@pytest.mark.attack("A-35")
async def test_nothing_is_unpacked(a_host: NewHost, outward: NewOutward) -> None:
    host = await a_host(
        saying(b"\x1f\x8b", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip")
    )

    assert await fault_of(outward(host), host.url()) == "encoded"
    assert "accept-encoding: identity" in host.asked[0].lower()


@pytest.mark.attack("A-35", "A-224")
async def test_what_an_inner_page_says_is_in_no_complaint(a_host: NewHost, outward: NewOutward) -> None:
    secret = b"the canary of an inner page"
    for head in ("HTTP/1.1 500 Oops", "HTTP/1.1 200 OK\r\nContent-Type: text/html"):
        host = await a_host(saying(secret, head))
        with pytest.raises(FetchError) as refused:
            (await outward(host).get(host.url())).json()
        assert "canary" not in str(refused.value)
        assert host.asked, "it was asked, and answered"


async def test_json_is_json_by_name_and_by_content(a_host: NewHost, outward: NewOutward) -> None:
    for head, body in (
        ("HTTP/1.1 200 OK\r\nContent-Type: text/html", KEYS),
        ("HTTP/1.1 200 OK", KEYS),
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json", b"{"),
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json", b"[" * 100_000),
    ):
        host = await a_host(saying(body, head))
        assert await fault_of(outward(host), host.url()) == "not_json", head


async def test_a_host_with_anothers_certificate_is_not_heard(a_host: NewHost, outward: NewOutward) -> None:
    host = await a_host(saying(KEYS), certified="another.example")

    assert await fault_of(outward(host), host.url()) == "certificate"
    assert host.asked == []


async def test_the_worlds_authorities_do_not_vouch_for_ours(a_host: NewHost, outward: NewOutward) -> None:
    host = await a_host(saying(KEYS))
    by_default = Outward(frozenset({f"{HOST}:{host.port}"}), trusted(), Resolver([["127.0.0.1"]]))

    assert await fault_of(by_default, host.url()) == "certificate"


@pytest.mark.attack("A-223")
async def test_a_proxy_of_the_environment_is_not_asked(
    a_host: NewHost, outward: NewOutward, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = await a_host(saying(KEYS))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert (await outward(host).get(host.url())).status == 200


async def test_of_several_addresses_the_first_that_answers_is_heard(
    a_host: NewHost, outward: NewOutward
) -> None:
    host = await a_host(saying(KEYS))

    assert (await outward(host, ["127.0.0.9", "127.0.0.1"]).get(host.url())).status == 200


async def test_a_host_that_is_down_or_unknown_is_said_to_be(outward: NewOutward, a_host: NewHost) -> None:
    host = await a_host(saying(KEYS))
    assert await fault_of(outward(host, ["127.0.0.9"]), host.url()) == "unreachable"
    assert await fault_of(outward(host, []), host.url()) == "unresolved"


async def test_several_who_need_the_same_in_one_moment_ask_once(outward: NewOutward) -> None:
    done = 0

    async def ask() -> None:
        nonlocal done
        await asyncio.sleep(0)
        done += 1

    way = outward()
    await asyncio.gather(*(way.together("keys", ask) for _ in range(10)))
    assert done == 1
    await way.together("keys", ask)
    assert done == 2
