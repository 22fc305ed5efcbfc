"""The name of a site, as a browser writes an origin: what `frame-ancestors` and a page's first message are held to."""

import re
from urllib.parse import urlsplit

from privity.web.problems import Problem

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?)*")
_IPV6 = re.compile(r"\[[0-9a-f:.]+\]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))


def clean_site(text: str) -> str:
    """`https://www.example.com`, whatever of a page's address was given with it; refused where it names no one site."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        raise _no_site() from None
    host = _host_of(parts.netloc)
    if parts.scheme not in _DEFAULT_PORTS or host is None:
        raise _no_site()
    shown_port = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown_port}"


def is_private(origin: str) -> bool:
    """Whether nobody between a browser and this origin can listen: encrypted, or never leaving the machine."""
    parts = urlsplit(origin)
    host = parts.netloc.rpartition(":")[0] if parts.port else parts.netloc
    return parts.scheme == "https" or host in _LOOPBACK or host.endswith(".localhost")


def _host_of(netloc: str) -> str | None:
    """Of nothing but letters that stand in a header as they are: no name with a password, no `*`, no umlaut."""
    host = re.sub(r":\d*$", "", netloc.lower())
    return host if len(host) <= 253 and (_HOST.fullmatch(host) or _IPV6.fullmatch(host)) else None


def _no_site() -> Problem:
    return Problem(422, "not_valid", "`site` must be a website's address, such as https://www.example.com.")
