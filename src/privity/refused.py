"""What somebody of the house asks for and cannot have, in a sentence for them. What contacts meet is a Problem."""


class RefusedError(Exception):
    """What an owner or the operator asked cannot be. The message is a sentence for them: why, and what can be."""

    def beside_its_field(self) -> str:
        """The same, said where what was asked still stands, under a name of its own."""
        return str(self)


class NotThereError(RefusedError):
    """What an owner or the operator named is not there."""
