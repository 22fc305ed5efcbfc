"""The code for the site's language, where a command tells what its developer has to change."""

from rich.markup import escape

from privity.cli.console import CommandError
from privity.workspaces.snippets import snippets


def lines_of(language: str) -> list[str]:
    """The snippet of this language or framework, by its name in any case."""
    known = {snippet.name.lower(): snippet for snippet in snippets()}
    found = known.get(language.lower())
    if found is None:
        names = ", ".join(snippet.name for snippet in known.values())
        raise CommandError(f"There is no code for {language!r} here, but for: {names}.")
    return [f"[bold]{escape(found.name)}[/]", *(escape(block.code) for block in found.blocks)]
