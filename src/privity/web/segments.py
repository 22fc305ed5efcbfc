"""Addresses that name something by a word of the site's own, which may hold a slash."""

import re
from urllib.parse import unquote

from litestar.enums import ScopeType
from litestar.types import Scope

_SLASH_OR_PERCENT = re.compile("%(?=2[Ff]|25)")


def with_whole_segments(scope: Scope) -> Scope:
    """An encoded slash divides nothing on the way to its handler, which finds it with `opened`.

    A server gives the path decoded, where `a%2Fb` is two segments, and `a%2F` is `a`: somebody else's id.
    """
    raw = scope.get("raw_path")
    if scope["type"] != ScopeType.HTTP or not raw or b"%2" not in raw:
        return scope
    scope["path"] = unquote(_SLASH_OR_PERCENT.sub("%25", raw.decode("ascii", "replace")))
    return scope


def opened(segment: str) -> str:
    """A segment of the path as its client meant it."""
    return unquote(segment)
