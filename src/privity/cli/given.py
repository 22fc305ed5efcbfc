"""What comes on standard input, where no other account of the machine and no history of a shell can read it."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SECRET_CHARACTERS = 4096


def secret_given() -> str:
    with asking():
        return sys.stdin.read(SECRET_CHARACTERS).rstrip("\r\n")


@contextmanager
def asking() -> Iterator[None]:
    """While somebody is asked, Ctrl-C ends the command at once.

    The event loop's own answer to it is to cancel the task, which then goes on waiting for what nobody types.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
