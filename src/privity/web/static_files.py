"""The built front-end, held in memory: few files, each with its compressed form and how long it may be kept."""

import gzip
from dataclasses import dataclass
from html import escape
from pathlib import Path

import msgspec
from litestar import Response
from msgspec import Struct

from privity.web.built import FOLDER, NotBuiltError
from privity.web.headers import Row

MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath fill='%232f4b8f' d='M4 2h8a3 3 0 0 1 3 3v4a3 3 0 0 1-3 3H2a1 1 0 0 1-1-1V5a3 3 0 0 1 3-3z'/%3E%3C/svg%3E"
)


@dataclass(frozen=True, slots=True)
class StaticFile:
    plain: bytes
    compressed: bytes
    media_type: str

    def answer(self, accepts: str, row: Row) -> Response[bytes]:
        if "gzip" not in accepts:
            return Response(self.plain, media_type=self.media_type, headers=dict(row))
        return Response(
            self.compressed, media_type=self.media_type, headers={**row, "Content-Encoding": "gzip"}
        )


class Entry(Struct, frozen=True):
    """A front-end's first script, its style, and what that script fetches at once (`along`) or when it needs it."""

    js: str
    css: str = ""
    along: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """`files` by their path below `/assets/`; `manifest` names each front-end's entry files."""

    files: dict[str, StaticFile]
    manifest: dict[str, Entry]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "FrontEnd":
        try:
            manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=dict[str, Entry])
        except FileNotFoundError:
            raise NotBuiltError(
                "The front-end is not built. Run `python hatch_build.py` in the checkout."
            ) from None
        files = {
            path.relative_to(folder).as_posix(): _read(path)
            for path in sorted(folder.rglob("*"))
            if path.suffix in MEDIA_TYPES
        }
        return cls(files, manifest)

    def page(self, entry: str, title: str, meta: dict[str, str]) -> bytes:
        """The one HTML page of an entry. What it is told stands in `<meta>`: no line of script is inline."""
        parts = self.manifest[entry]
        along = "".join(f'<link rel="modulepreload" href="/assets/{path}">' for path in parts.along)
        told = "".join(
            f'<meta name="{escape(name)}" content="{escape(content)}">' for name, content in meta.items()
        )
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
            '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
            f"<title>{escape(title)}</title>{told}"
            f'<link rel="icon" href="{ICON}">'
            f'<link rel="stylesheet" href="/assets/{parts.css}">{along}'
            f'<script type="module" src="/assets/{parts.js}"></script>'
            '</head><body><div id="app"></div></body></html>'
        ).encode()


def html_answer(page: bytes, row: Row, policy: str) -> Response[bytes]:
    return Response(page, media_type="text/html", headers={**row, "Content-Security-Policy": policy})


def _read(path: Path) -> StaticFile:
    plain = path.read_bytes()
    return StaticFile(plain, gzip.compress(plain, 9, mtime=0), MEDIA_TYPES[path.suffix])
