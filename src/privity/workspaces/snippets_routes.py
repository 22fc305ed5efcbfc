"""The code for a site's developer over HTTP, for the team."""

from litestar import get

from privity.people.door import signed_in
from privity.web import wire
from privity.workspaces.snippets import snippets


@get(
    "/api/v1/snippets",
    guards=[signed_in],
    scopes=["contacts:read"],
    summary="How a site signs who its users are, in its own language or framework",
)
async def list_snippets() -> wire.SnippetList:
    return wire.SnippetList(items=snippets())


handlers = [list_snippets]
