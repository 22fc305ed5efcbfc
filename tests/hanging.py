"""The doors of all houses of a run, hung once: the framework takes longer over them than most tests over the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

import pytest
from litestar import Litestar

from privity import app


@contextmanager
def hung_once() -> Iterator[None]:
    """Each house still has its own state, and its own word on what goes out. All else is the same for all of them."""
    hung: list[Litestar] = []

    def hang(**how: Any) -> Litestar:
        if not hung:
            hung.append(Litestar(**how))
        doors = copy(hung[0])
        doors.state, doors.before_send = how["state"], how["before_send"]
        return doors

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "Litestar", hang)
        yield


def hung_anew(patch: pytest.MonkeyPatch) -> None:
    """Where a test changes what the doors are made of."""
    patch.setattr(app, "Litestar", Litestar)
