"""What must hold for a test to mean anything."""


class NotSoError(Exception):
    """A premise does not hold: the test is told nothing, and an attack that was to be seen is not seen."""


def premise(holds: object, why: str) -> None:
    """Where a test runs `without` a defence too, in place of an assertion, which would be taken for the attack."""
    __tracebackhide__ = True
    if not holds:
        raise NotSoError(why)
