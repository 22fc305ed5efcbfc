"""What happened, told in sentences, and where two worlds parted."""

import re
from dataclasses import dataclass, field
from difflib import unified_diff

_UNGUESSABLE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9_-]{40,}|(?<![0-9])[0-9]{6}(?=\n)"
)


class PartedError(AssertionError):
    """Two worlds that differ in other people's business alone sent this contact different things."""


@dataclass
class Story:
    """The sentences of a trace, in order."""

    told: list[str] = field(default_factory=list)
    summed_up: int | None = None

    def tell(self, sentence: str) -> None:
        self.told.append(sentence)

    def sum_up(self, sentence: str) -> None:
        """What follows is the same at the end of every trace: this sentence says it, and of the steps the last alone
        is told."""
        self.tell(sentence)
        self.summed_up = len(self.told)

    def compare(self, left: list[list[str]], right: list[list[str]]) -> None:
        if left == right:
            return
        told = [*self.told[: self.summed_up], *self.told[self.summed_up or len(self.told) :][-1:]]
        steps = "\n".join(f"  {number}. {sentence}" for number, sentence in enumerate(told, 1))
        difference = "\n".join(unified_diff(_flat(left), _flat(right), "one world", "the other", lineterm=""))
        raise PartedError(f"the contact can tell two worlds apart\n\n{steps}\n\n{difference}")


@dataclass
class Namer:
    """Calls what chance drew by the order in which it is first seen, so that only the rest is compared."""

    names: dict[str, str] = field(default_factory=dict)

    def without_chance(self, received: list[list[str]]) -> list[list[str]]:
        return [[_UNGUESSABLE.sub(self._name, line) for line in piece] for piece in received]

    def _name(self, found: re.Match[str]) -> str:
        return self.names.setdefault(found[0], f"<chance {len(self.names) + 1}>")


def _flat(received: list[list[str]]) -> list[str]:
    return [line for piece in received for line in (*piece, "")]
