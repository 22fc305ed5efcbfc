"""Where the server can be sent by whoever chooses an address: to the open internet by https, and nowhere else."""

import socket
from ipaddress import ip_address

import pytest

from privity.outward.fault import FetchError
from privity.outward.fetching import Outward, resolved
from privity.outward.networks import is_local, is_public
from privity.settings import Settings, SettingsError
from tests.hosts import Resolver
from tests.outward.conftest import NewOutward

PRIVATE = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.1.2.3 169.254.169.254
    169.254.0.1 172.16.0.1 172.31.255.254 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1
    198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
    64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::a00:1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2
    2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254
    fe80::1 fe80::1%1 fec0::1 ff02::1 ff0e::1
"""
PUBLIC = "8.8.8.8 1.1.1.1 93.184.216.34 100.128.0.1 172.32.0.1 2606:4700::1111 2a00:1450:4001::200e"
SECRETS = "169.254.169.254 fe80::1 224.0.0.1 0.0.0.0 fd00:ec2::254 fd00::1%1 ::ffff:10.0.0.1"
TWO_WAYS = r"""
    127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 0 0x0 127.0.0.1. 00127.0.0.1 1.2.3.0x1
    example.0x7f 127.000.000.001 localhost. ① ⓛocalhost.example [::1%25lo] [v1.x] [keys.example] exa_mple.com
    keys..example -a.example user@keys.example user:secret@127.0.0.1 keys.example\@127.0.0.1 keys.example%2f.evil
"""


@pytest.mark.attack("A-35", "A-222")
@pytest.mark.parametrize("address", PRIVATE.split())
async def test_a_name_that_leads_inside_is_not_followed(outward: NewOutward, address: str) -> None:
    with pytest.raises(FetchError) as refused:
        await outward(None, [address]).get("https://keys.example/jwks")
    assert refused.value.fault == "forbidden"


@pytest.mark.parametrize("address", PUBLIC.split())
def test_what_is_everybodys_may_be_reached(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.attack("A-222")
@pytest.mark.parametrize("host", TWO_WAYS.split())
async def test_a_host_that_two_readers_could_read_differently_is_refused_unasked(host: str) -> None:
    resolver = Resolver([["93.184.216.34"]])
    with pytest.raises(FetchError) as refused:
        await Outward(frozenset(), resolve=resolver).get(f"https://{host}/jwks")
    assert (refused.value.fault, resolver.asked) == ("address", 0)


@pytest.mark.attack("A-222")
@pytest.mark.parametrize(
    "url",
    [
        "http://keys.example/",
        "ftp://keys.example/",
        "gopher://keys.example/",
        "file:///etc/passwd",
        "dict://keys.example:6379/",
        "//keys.example/",
        "keys.example",
        "https:keys.example",
        "https://",
        "https:///jwks",
        "https://keys.example/#elsewhere",
        "https://keys.example/a b",
        "https://keys.example/\r\nX-Injected: 1",
        "https://keys.example:99999/",
        "https://keys.example/" + "a" * 2_000,
        "",
    ],
)
async def test_only_https_to_one_host_is_an_address(outward: NewOutward, url: str) -> None:
    with pytest.raises(FetchError) as refused:
        await outward().get(url)
    assert refused.value.fault == "address"


@pytest.mark.attack("A-222")
@pytest.mark.parametrize("port", [22, 80, 5432, 6379, 8443])
async def test_other_services_of_a_host_are_not_knocked_at(outward: NewOutward, port: int) -> None:
    with pytest.raises(FetchError) as refused:
        await outward(None, ["93.184.216.34"]).get(f"https://keys.example:{port}/")
    assert refused.value.fault == "port"


async def test_addresses_as_they_stand_are_judged_as_well() -> None:
    for host in ("127.0.0.1", "[::1]", "[::ffff:7f00:1]", "10.0.0.1", "169.254.169.254"):
        with pytest.raises(FetchError) as refused:
            await Outward().get(f"https://{host}/")
        assert refused.value.fault == "forbidden", host


async def test_the_machines_own_resolver_reads_spellings_that_we_do_not_hand_to_it() -> None:
    """Why they are refused by their spelling: the resolver turns some into this machine's own address."""
    assert socket.inet_aton("127.1") == socket.inet_aton("0x7f000001") == bytes((127, 0, 0, 1))
    assert await resolved("127.0.0.1", 443) == ["127.0.0.1"]


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "fd00:ec2::254", "fd00::1%1"]
)
async def test_not_even_a_host_that_the_installation_names_leads_to_the_links_secrets(address: str) -> None:
    outward = Outward(frozenset({"idp.internal:443"}), resolve=Resolver([[address]]))
    with pytest.raises(FetchError) as refused:
        await outward.get("https://idp.internal/")
    assert refused.value.fault == "forbidden"
    assert is_local(ip_address("10.0.0.1")), "where it may lead"


def test_the_installation_alone_names_hosts_of_its_own_network() -> None:
    told = Settings.of({"PRIVITY_ALLOW_LOCAL_FETCH": "idp.internal login.internal:8443 [::1]:444"})
    assert told.local_fetch == {"idp.internal:443", "login.internal:8443", "::1:444"}
    assert Settings.of({}).local_fetch == frozenset()
    for wrong in ("https://idp.internal", "idp.internal/path", "a@b", "idp.internal:port", "*:99999"):
        with pytest.raises(SettingsError, match="PRIVITY_ALLOW_LOCAL_FETCH"):
            Settings.of({"PRIVITY_ALLOW_LOCAL_FETCH": wrong})
