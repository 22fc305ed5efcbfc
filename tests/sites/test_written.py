"""What `docs/integrate.md` tells a developer to copy is what was tested, to the letter."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests.sites.languages import LANGUAGES, Language
from tests.sites.servers import EVERY_EXAMPLE, Example

DOCUMENT = (Path(__file__).parents[2] / "docs" / "integrate.md").read_text("utf-8")
REGION = re.compile(r"^ *# region chat\n(.*?)^ *# endregion$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TITLES = {
    "python": "Python",
    "node": "Node.js",
    "php": "PHP",
    "ruby": "Ruby",
    "go": "Go",
    "java": "Java",
    "csharp": "C#",
}

every_example = pytest.mark.parametrize("example", EVERY_EXAMPLE, ids=lambda example: example.framework)
every_language = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)


@every_language
def test_the_snippet_stands_in_the_document_as_it_is(language: Language) -> None:
    [(_, shown)] = blocks(TITLES[language.name])
    assert shown == language.file.read_text("utf-8")


@every_example
def test_the_examples_lines_for_the_chat_are_those_of_the_document(example: Example) -> None:
    shown = [text for tongue, text in blocks(example.framework) if tongue == "python"]
    assert [text.strip() for text in shown] == chat_regions(example)


@every_example
def test_the_examples_page_has_the_documents_line(example: Example) -> None:
    [shown] = [text.strip() for tongue, text in blocks(example.framework) if tongue != "python"]
    assert shown in lines_outside(example)


@every_example
def test_the_whole_integration_is_under_fifteen_lines(example: Example) -> None:
    """Every line that would not be there without the chat: none outside the marked ones but the page's own names it."""
    marked = [line for region in chat_regions(example) for line in region.splitlines() if line.strip()]
    elsewhere = [line for line in lines_outside(example) if "privity" in line.lower()]
    assert len(elsewhere) == 1, elsewhere
    assert 0 < len(marked) + len(elsewhere) < 15


def blocks(title: str) -> list[tuple[str, str]]:
    """The code below a heading of the third order: each block's language, and its text."""
    [(_, section)] = [part for part in sections() if part[0] == title]
    found = BLOCK.findall(section)
    assert found, f"needs code under {title} for this test to mean anything"
    return found


def sections() -> list[tuple[str, str]]:
    titled = re.split(r"^#{2,3} (.+)$", DOCUMENT, flags=re.MULTILINE)[1:]
    return list(zip(titled[::2], titled[1::2], strict=True))


def chat_regions(example: Example) -> list[str]:
    return [dedent(region).strip() for region in REGION.findall(example.path.read_text("utf-8"))]


def lines_outside(example: Example) -> list[str]:
    return REGION.sub("", example.path.read_text("utf-8")).splitlines()
