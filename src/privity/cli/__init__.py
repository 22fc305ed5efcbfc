"""The command line: `commands.py` says what there is to ask, the other files do it."""

import sys

from privity.cli.console import complain
from privity.cli.faults import sentence_of


def main() -> None:
    """The program `privity`: ends with 1 where something stood in its way, with 2 where it was not understood."""
    from cyclopts import CycloptsError

    from privity.cli.commands import app

    try:
        app(exit_on_error=False, print_error=False)
    except CycloptsError as misunderstanding:
        complain(f"{misunderstanding} See `privity --help`.")
        sys.exit(2)
    except Exception as failure:
        sentence = sentence_of(failure)
        if sentence is None:
            raise
        complain(sentence)
        sys.exit(1)
