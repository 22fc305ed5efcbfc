"""What the doctor found: one line, whether it is well, and else how to mend it."""

from typing import Literal

from msgspec import Struct

State = Literal["well", "look", "ill"]


class Finding(Struct):
    """`look` is worth a look, `ill` must be mended."""

    about: str
    state: State
    what: str
    mend: str | None = None
