"""One log for everything in the process, on standard error: for people on a terminal, else a line of JSON an event."""

import logging
import sys
from pathlib import Path
from traceback import extract_tb
from typing import TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

PLAIN = (str, int, float, bool, type(None))


def configure(out: TextIO | None = None) -> None:
    """Once, at the start of a command that serves."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _say_where_it_failed,
        _say_plain_words_alone,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_say_what_a_library_has_to_say, *shared], processors=[_drop_marks, _renderer()]
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _renderer() -> Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer()


def _drop_marks(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, name, event)


def _say_what_a_library_has_to_say(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Its own sentence, without what it would fill in: an address with its query, an object with all that it holds."""
    event["event"] = str(event["_record"].msg).partition("\n")[0]
    event["from"] = event["_record"].name
    return event


def _say_plain_words_alone(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """By their type, and not by a list of names that somebody would have to keep: a secret, a message of the wire or
    whatever else holds something is said by its kind."""
    return {name: value if name.startswith("_") else _plain(value) for name, value in event.items()}


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    # Exactly these types: a secret is a text as well.
    return value if type(value) in PLAIN else f"<{type(value).__name__}>"


def _say_where_it_failed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Where, not what: an exception's own words may quote what somebody wrote, or a secret."""
    failure = event.pop("exc_info", None)
    error = sys.exc_info()[1] if failure is True else failure[1] if isinstance(failure, tuple) else failure
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["where"] = [
            f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-6:]
        ]
    return event
