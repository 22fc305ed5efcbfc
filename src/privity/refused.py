"""What somebody of the house asks for and cannot have, in a sentence for them. What contacts meet is a Problem."""


class RefusedError(Exception):
    """What an owner or the operator asked cannot be. The message is a sentence for them: why, and what can be."""


class NotThereError(RefusedError):
    """What an owner or the operator named is not there."""
