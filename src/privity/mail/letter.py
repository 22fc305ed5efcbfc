"""A letter, and what the rooms know of the post."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain text to one address. It starts a thread of its own and asks for no answer."""

    to: str
    subject: str
    text: str


class Post(Protocol):
    """Where letters go."""

    @property
    def delivers(self) -> bool:
        """Whether a letter can reach anybody."""

    def send(self, letter: Letter) -> None:
        """Take a letter. Returns at once, alike for every address; whether it arrives is known later, elsewhere."""


class NoPost:
    """Nobody named a mail server."""

    delivers = False

    def send(self, letter: Letter) -> None:
        raise LookupError(f"there is no post to take a letter of {len(letter.text)} characters")
