"""Where a fetch goes: an https address that names one host, in the one way to write it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from privity.outward.fault import FetchError
from privity.outward.networks import written

HTTPS = 443
ADDRESS_CHARACTERS = 2_000
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}", re.IGNORECASE)
# A name that ends in a number is an address to some, written in octal, hex or with parts left out.
_ENDS_IN_A_NUMBER = re.compile(r"(?:^|\.)(?:0x[0-9a-f]*|[0-9]+)$", re.IGNORECASE)
_PRINTABLE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Target:
    """`is_allowed_local`: the installation's settings name it, so that it may be of the own network."""

    url: str
    host: str
    port: int
    is_allowed_local: bool

    @classmethod
    def parse(cls, url: str, allowed_local: Collection[str]) -> "Target":
        """Refuses what two readers could take for two hosts, and every port but that of https."""
        if len(url) > ADDRESS_CHARACTERS or not _PRINTABLE.fullmatch(url) or "\\" in url or "#" in url:
            raise FetchError("address")
        try:
            parts = urlsplit(url)
            port = parts.port or HTTPS
        except ValueError:
            raise FetchError("address") from None
        host = parts.hostname
        if (
            parts.scheme != "https"
            or host is None
            or "@" in parts.netloc
            or not _is_host(host, "[" in parts.netloc)
        ):
            raise FetchError("address")
        is_allowed = f"{host}:{port}" in allowed_local
        if port != HTTPS and not is_allowed:
            raise FetchError("port")
        return cls(url, host, port, is_allowed)


def _is_host(host: str, is_bracketed: bool) -> bool:
    address = written(host)
    if is_bracketed or address is not None:
        return address is not None and "%" not in host
    return len(host) <= 253 and _HOST.fullmatch(host) is not None and not _ENDS_IN_A_NUMBER.search(host)
