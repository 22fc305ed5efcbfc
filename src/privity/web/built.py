"""Where the built front-end lies."""

from pathlib import Path

FOLDER = Path(__file__).with_name("static")


class NotBuiltError(Exception):
    """There is no front-end. The message says how to make it."""
