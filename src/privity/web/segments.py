"""A request before any door: addresses that name something by a word of the site's own, and what no door takes."""

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


def without_preflights(scope: Scope) -> Scope:
    """No page of another origin is told what it might ask: the question is a method that no door takes."""
    # The framework would answer it by itself, before any guard, with what each door takes.
    if scope["type"] == ScopeType.HTTP and scope["method"] == "OPTIONS":
        return {**scope, "method": "TRACE"}
    return scope


def opened(segment: str) -> str:
    """A segment of the path as its client meant it."""
    return unquote(segment)
