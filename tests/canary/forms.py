"""The forms in which a private word may leave the house: as it is, or dressed for a body, a page or a mail."""

import json
import quopri
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote, quote_plus
from uuid import UUID

SHORTEST = 10
"""Shorter words are said by everybody."""

BEGINNING = 8
"""No form of any word is shorter."""

_URLSAFE = bytes.maketrans(b"+/", b"-_")


def forms(word: str) -> frozenset[bytes]:
    """Each in lower case, as `heard` is: a word is searched for however it is written."""
    raw = word.encode()
    dressed = {
        word.casefold(),
        raw.hex(),
        quote(word, safe=""),
        quote_plus(word),
        escape(word),
        "".join(f"&#{ord(each)};" for each in word),
        "".join(f"&#x{ord(each):x};" for each in word),
        json.dumps(word)[1:-1],
        "".join(f"\\u{ord(each):04x}" for each in word),
    }
    found = {raw, *_quoted_printable(raw), *(each.encode() for each in dressed)}
    for content in (raw, *_packed(word)):
        found |= {content, *_in_base64(content)}
    return frozenset(each.lower() for each in found)


def heard(content: bytes) -> bytes:
    """What was sent, ready to be searched: as it came, in small letters of all alphabets, and without the line ends
    that mail puts into long words."""
    lower = content.lower()
    every_alphabet = content.decode("utf-8", "surrogateescape").lower().encode("utf-8", "surrogateescape")
    ways = (lower, every_alphabet, _in_one_line(every_alphabet), _in_one_line(lower))
    return b"\0".join(dict.fromkeys(ways))


class Searcher:
    """Finds which of many words are in something, looking at each of its bytes once: by what each form begins with."""

    def __init__(self, words: Iterable[str]) -> None:
        self._forms: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
        for word in words:
            for form in forms(word):
                self._forms[form[:BEGINNING]].append((form, word))
        self._found: dict[bytes, frozenset[str]] = {}

    def find(self, content: bytes) -> frozenset[str]:
        """What was sent to many alike is searched once."""
        if content not in self._found:
            self._found[content] = frozenset(self._search(heard(content)))
        return self._found[content]

    def _search(self, content: bytes) -> Iterator[str]:
        pieces = {content[n : n + BEGINNING] for n in range(len(content) - BEGINNING + 1)}
        for beginning in pieces & self._forms.keys():
            for form, word in self._forms[beginning]:
                if form in content:
                    yield word


def _in_one_line(content: bytes) -> bytes:
    for end in (b"=\r\n", b"=\n", b"\r\n", b"\n"):
        content = content.replace(end, b"")
    return content


def _quoted_printable(raw: bytes) -> set[bytes]:
    return {quopri.encodestring(raw, quotetabs=spaces).replace(b"=\n", b"") for spaces in (False, True)}


def _packed(word: str) -> list[bytes]:
    """An id also goes without its dashes, and as its 16 bytes."""
    try:
        packed = UUID(word)
    except ValueError:
        return []
    return [packed.hex.encode(), packed.bytes]


def _in_base64(content: bytes) -> set[bytes]:
    """What is sure of it wherever it stands in something longer: in each of three alignments, in both alphabets."""
    found = set()
    for shift in range(3):
        whole = b64encode(bytes(shift) + content)
        sure = whole[-(-8 * shift // 6) : 8 * (shift + len(content)) // 6]
        found |= {sure, sure.translate(_URLSAFE)}
    return found
