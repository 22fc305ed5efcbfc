"""A post that keeps its letters to be looked at: for the demo and for tests."""

from collections import deque

from privity.mail.letter import Letter

KEPT = 50


class Outbox:
    delivers = True

    def __init__(self) -> None:
        self.letters: deque[Letter] = deque(maxlen=KEPT)

    def send(self, letter: Letter) -> None:
        self.letters.appendleft(letter)
