"""The coarse facts of a client: its network for the limiter, its browser's name for the team."""

import re
from ipaddress import IPv6Address, ip_address
from typing import Any

from litestar.connection import ASGIConnection

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux|X11", "Linux"),
)


def network_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    return network_at(connection.client.host if connection.client else "unknown")


def network_at(host: str) -> str:
    """The network that a limit counts: an IPv4 address, also one that comes as IPv6, or the /64 of an IPv6 one."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


def client_of(user_agent: str) -> str | None:
    """Such as "Firefox on Linux"; versions and everything else are not kept."""
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    return f"{browser} on {system}" if browser and system else browser or system


def _first(names: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for mark, name in names if re.search(mark, text)), None)
