"""Which addresses of the internet are everybody's. What is not known to be is refused."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

IpAddress = IPv4Address | IPv6Address

# By IANA's registry for special purposes; 224.0.0.0/4 and above are for many, or for nobody.
_V4_SPECIAL = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
# One block is handed out. Whatever carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo) leads out of it again.
_V6_PUBLIC = IPv6Network("2000::/3")
_V6_SPECIAL = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
# Amazon's machines find their secrets at an address that looks like one of an own network.
_SECRETS = IPv6Network("fd00:ec2::/32")
_LOCAL = tuple(
    IPv4Network(network)
    for network in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
) + tuple(IPv6Network(network) for network in ("::1/128", "fc00::/7"))


def is_public(address: IpAddress) -> bool:
    """Whether an address is one host's on the open internet."""
    match address:
        case IPv4Address():
            return not any(address in network for network in _V4_SPECIAL)
        case IPv6Address():
            is_special = any(address in network for network in _V6_SPECIAL)
            return address.scope_id is None and address in _V6_PUBLIC and not is_special


def is_local(address: IpAddress) -> bool:
    """Whether an address is of this machine or its own network. The link's, where clouds keep their secrets, is not."""
    if isinstance(address, IPv6Address) and (address.scope_id is not None or address in _SECRETS):
        return False
    return any(address.version == network.version and address in network for network in _LOCAL)


def written(host: str) -> IpAddress | None:
    """The address that a host is written as, in the one canonical way; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None
