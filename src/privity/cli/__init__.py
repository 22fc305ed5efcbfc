"""The command line: `commands.py` is the table of what there is to ask, the other files declare and do it."""

import sys
from inspect import iscoroutinefunction

from privity.cli.console import complain
from privity.cli.faults import sentence_of

INTERRUPTED = 130


def main() -> None:
    """The program `privity`: ends with 1 where something stood in its way, with 2 where it was not understood."""
    from cyclopts import CycloptsError

    try:
        _run()
    except CycloptsError as misunderstanding:
        complain(f"{misunderstanding} See `privity --help`.")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as failure:
        sentence = sentence_of(failure)
        if sentence is None:
            raise
        complain(sentence)
        sys.exit(1)


def _run() -> None:
    from privity.cli.commands import app

    command, told, _ = app.parse_args(exit_on_error=False, print_error=False)
    doing = command(*told.args, **told.kwargs)
    # Help and the version are plain functions, and need no event loop.
    if iscoroutinefunction(command):
        import uvloop

        uvloop.run(doing)
