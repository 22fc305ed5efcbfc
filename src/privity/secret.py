"""Words and bytes that are used and never shown: not by a log, an error's own words, or a person at a prompt."""

HIDDEN = "(secret)"


class SecretBytes(bytes):
    """Bytes like any, but for what they say of themselves."""

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __format__(self, _: str) -> str:
        return HIDDEN


class SecretText(str):
    """Text like any, but for what it says of itself: `reveal` is the one way to write it somewhere."""

    __slots__ = ()

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __format__(self, _: str) -> str:
        return HIDDEN

    def reveal(self) -> str:
        return str.__str__(self)
