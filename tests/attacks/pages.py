"""What the pages do with what they are told, and how that is taken out: in the bundles, on their way to the browser."""

import re
from collections.abc import Callable

from litestar import Response

from privity.web.headers import Row
from privity.web.static_files import StaticFile
from privity.workspaces import routes
from tests.attacks.harness import Breach, defence

_TEXT = re.compile(r"\b(\w+)\.createTextNode\((\w+)\)")
_END = re.compile(r"\bend\(\)\{[^}]*clearTimeout\(\w+\);this\.#\w+\.abort\(\)\}")
_LOOK = re.compile(r"(\w+)===parent&&\1!==window&&\w+\.includes\(\w+\)&&")


@defence
def the_text_that_is_never_markup(breach: Breach) -> None:
    """Text is put into the page as if it were a document, and no policy forbids it."""
    _rewritten(
        breach, lambda text: _TEXT.sub(r'Object.assign(\1.createElement("span"),{innerHTML:\2})', text)
    )
    breach.replace(routes, "page_policy", lambda *_: "frame-ancestors *")


@defence
def the_panels_look_at_who_speaks(breach: Breach) -> None:
    """The panel takes a port from any window."""
    _rewritten(breach, lambda text: _LOOK.sub("", text))


@defence
def the_epoch(breach: Breach) -> None:
    """What was begun for one person goes on when the next one is there."""
    _rewritten(breach, lambda text: _END.sub("end(){}", text))


def _rewritten(breach: Breach, change: Callable[[str], str]) -> None:
    def answer(file: StaticFile, accepts: str, row: Row) -> Response[bytes]:
        changed = change(file.plain.decode()).encode()
        return Response(changed, media_type=file.media_type, headers={**row, "Cache-Control": "no-store"})

    breach.replace(StaticFile, "answer", answer)
