"""The code for the site's language, where a command tells what its developer has to change."""

from typing import Annotated, Any

import msgspec
from cyclopts import Parameter
from rich.text import Text

from privity.cli.console import CommandError, marked
from privity.web import wire

Language = Annotated[
    str | None, Parameter(help="With the code for the site's language or framework, such as Django.")
]


def snippet_for(language: str | None) -> wire.SiteSnippet | None:
    """That of this language or framework, by its name in any case; none where none was asked for."""
    from privity.workspaces.snippets import snippets

    if language is None:
        return None
    known = {snippet.name.lower(): snippet for snippet in snippets()}
    found = known.get(language.lower())
    if found is None:
        names = ", ".join(snippet.name for snippet in known.values())
        raise CommandError(f"There is no code for {language!r} here, but for: {names}.")
    return found


def lines_of(snippet: wire.SiteSnippet | None) -> list[str | Text]:
    if snippet is None:
        return []
    return [marked("[bold]{}[/]", snippet.name), *(block.code for block in snippet.blocks)]


def with_code(answer: wire.Answer, snippet: wire.SiteSnippet | None) -> Any:
    """What a script reads: the answer, and under `code` the snippet that was asked for."""
    return answer if snippet is None else msgspec.structs.asdict(answer) | {"code": snippet}
