"""The code for a site's developer, as `docs/integrate.md` shows it: what stands there is tested, and written once."""

import re
from collections.abc import Iterator
from functools import cache

from privity.web import wire
from privity.web.built import FOLDER, NotBuiltError

CHAPTERS = ("Your framework", "Your language")
_CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)
_SECTION = re.compile(r"^### (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def snippets() -> list[wire.SiteSnippet]:
    """Of each framework and language, in the page's order."""
    try:
        page = (FOLDER / "integrate.md").read_text("utf-8")
    except FileNotFoundError:
        raise NotBuiltError(
            "The front-end is not built. Run `python hatch_build.py` in the checkout."
        ) from None
    return list(snippets_in(page))


def snippets_in(page: str) -> Iterator[wire.SiteSnippet]:
    for title, chapter in _parts(_CHAPTER, page):
        if title in CHAPTERS:
            for name, section in _parts(_SECTION, chapter):
                yield wire.SiteSnippet(name=name, blocks=_blocks(section))


def _blocks(section: str) -> list[wire.CodeBlock]:
    return [wire.CodeBlock(language=language, code=code) for language, code in _BLOCK.findall(section)]


def _parts(heading: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    """Each heading with what stands below it."""
    split = heading.split(text)
    return zip(split[1::2], split[2::2], strict=True)
