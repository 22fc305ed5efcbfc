"""What every answer says to the browser that gets it: one table, a row for each kind of answer.

No row lets another origin read anything: `Access-Control-Allow-Origin` is never sent.
"""

from collections.abc import Mapping
from types import MappingProxyType

Row = Mapping[str, str]

# Built names carry a hash of their content, so that they never change. The loader's name is on customers' pages.
_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_MINUTES = "public, max-age=300, stale-while-revalidate=86400"

_UNUSED = (
    "accelerometer",
    "bluetooth",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)


def _row(also: Row, unlike: Row | None = None) -> Row:
    return MappingProxyType({**(unlike or {}), **also})


WORDS = _row(
    {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
"""An answer of the API, a refusal, a redirect: kept by nobody, shown in no frame, a document to nobody."""

INBOX = _row({"Cross-Origin-Embedder-Policy": "require-corp", "Origin-Agent-Cluster": "?1"}, WORDS)
"""The team's page: in no frame, and in no group with a window that opened it. Its policy is its own."""

PANEL = _row(
    {
        "Cross-Origin-Embedder-Policy": "require-corp",
        # A frame's own is without effect; a window that the panel opens for a sign-in may answer it.
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
        # A site that isolates itself shows only frames that say they may be there. `frame-ancestors` says where.
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Origin-Agent-Cluster": "?1",
    },
    {name: said for name, said in WORDS.items() if name != "X-Frame-Options"},
)
"""The chat's frame on a customer's page. Which pages may hold it stands in its policy."""

SIGNED_IN = _row({"Cross-Origin-Opener-Policy": "unsafe-none"}, WORDS)
"""The window in which somebody signed in, on its way back: it may still speak to the panel that opened it."""

LOADER = _row(
    {
        "Cache-Control": _FOR_MINUTES,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Encoding",
    },
    WORDS,
)
"""The script that customers' pages load, and those that stand in for another product's."""

ASSET = _row({"Cache-Control": _FOR_GOOD, "Vary": "Accept-Encoding"}, WORDS)
"""What our own pages load: alike for everybody, and so the only thing that may be kept."""

ENCRYPTED = ("Strict-Transport-Security", "max-age=63072000")
"""On every answer of a chat that is reached by https."""


def page_policy(own_origin: str, frame_ancestors: str) -> str:
    """Scripts and styles of our own files alone, no inline line, no sink that takes text for markup."""
    socket = own_origin.replace("http", "ws", 1)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors {frame_ancestors}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
