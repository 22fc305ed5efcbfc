"""The wire's shapes as TypeScript: `python -m privity.web.wire_types` prints them, `--check FILE` compares.

Ids and times are strings there. Bounds on a length are the server's to hold; the limits that a person can
meet are given as constants, so that a client can say no before it sends.
"""

import argparse
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from types import UnionType
from typing import Any, Literal, cast, get_args, get_origin

from msgspec import NODEFAULT, Struct, inspect

from privity.web import limits, wire

ROOTS = (wire.Asked, wire.Answer, wire.FrameIn, wire.FrameOut)
HEADING = "// Made from src/privity/web/wire/ by `python -m privity.web.wire_types`; change it there.\n"
PLAIN: dict[type[inspect.Type], str] = {
    inspect.StrType: "string",
    inspect.UUIDType: "string",
    inspect.DateTimeType: "string",
    inspect.DateType: "string",
    inspect.IntType: "number",
    inspect.FloatType: "number",
    inspect.BoolType: "boolean",
    inspect.NoneType: "null",
}


def typescript() -> str:
    """The whole of `web/protocol/wire.ts`."""
    parts = [HEADING, *_limits(), *_words(), *_shapes(), *_choices()]
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m privity.web.wire_types", description=__doc__)
    parser.add_argument("--check", type=Path, metavar="FILE", help="exit with 1 if FILE says something else")
    file: Path | None = parser.parse_args(arguments).check
    if file is None:
        sys.stdout.write(typescript())
        return 0
    if file.is_file() and file.read_text("utf-8") == typescript():
        return 0
    sys.stderr.write(f"{file} is not what the wire says: python -m privity.web.wire_types > {file}\n")
    return 1


def _limits() -> Iterator[str]:
    for name, value in vars(limits).items():
        if isinstance(value, int):
            yield f"export const {name} = {value};\n"


def _words() -> Iterator[str]:
    """The named sets of words, such as `Assurance`."""
    for name, value in vars(wire).items():
        if get_origin(value) is Literal:
            yield f"export type {name} = {_one_of(get_args(value))};\n"


def _shapes() -> Iterator[str]:
    """Every shape that is sent. The roots themselves carry nothing."""
    for name, value in vars(wire).items():
        if isinstance(value, type) and issubclass(value, ROOTS) and value not in ROOTS:
            yield f"{_comment(value)}export interface {name} {{\n{''.join(_fields(value))}}}\n"


def _choices() -> Iterator[str]:
    """The unions of frames; the field `type` tells their members apart."""
    for name, value in vars(wire).items():
        if isinstance(value, UnionType):
            members = "".join(f"\n  | {shape.__name__}" for shape in get_args(value))
            yield f"export type {name} ={members};\n"


def _comment(shape: type[Struct]) -> str:
    if not shape.__doc__:
        return ""
    lines = cleandoc(shape.__doc__).splitlines()
    if len(lines) == 1:
        return f"/** {lines[0]} */\n"
    return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"


def _fields(shape: type[Struct]) -> Iterator[str]:
    struct = cast("inspect.StructType", inspect.type_info(shape))
    if struct.tag_field is not None:
        yield f'  {struct.tag_field}: "{struct.tag}";\n'
    for field in struct.fields:
        mark = "?" if _may_be_absent(shape, field) else ""
        yield f"  {field.encode_name}{mark}: {_type(field.type)};\n"


def _may_be_absent(shape: type[Struct], field: inspect.Field) -> bool:
    """What we send carries its defaults; what a client sends need not."""
    unset = field.default is NODEFAULT and field.default_factory is NODEFAULT
    return not field.required and (unset or issubclass(shape, wire.Asked | wire.FrameIn))


def _type(kind: inspect.Type) -> str:
    match kind:
        case inspect.StructType(cls=shape):
            return shape.__name__
        case inspect.LiteralType(values=words):
            return _named(words) or _one_of(words)
        case inspect.UnionType(types=members):
            return " | ".join(dict.fromkeys(_type(member) for member in members))
        case inspect.ListType(item_type=item):
            return f"{_type(item)}[]"
        case inspect.DictType(key_type=key, value_type=value):
            return f"Record<{_type(key)}, {_type(value)}>"
    return PLAIN[type(kind)]


def _named(words: tuple[Any, ...]) -> str | None:
    for name, value in vars(wire).items():
        if get_origin(value) is Literal and set(get_args(value)) == set(words):
            return name
    return None


def _one_of(words: tuple[Any, ...]) -> str:
    return " | ".join(f'"{word}"' for word in words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
