"""From what a client sends to values that may be used, and from problems to answers. Knows no room."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from traceback import extract_tb
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from litestar import Request, Response
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    SerializationException,
    ValidationException,
)

from privity.refused import NotThereError, RefusedError
from privity.web.limits import PAGE_CHARACTERS
from privity.web.problems import Problem, not_found

PROBLEM_JSON = "application/problem+json"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)

log = structlog.get_logger()


def path_id(text: str) -> UUID:
    """An id in a path; what is no id is answered like an id that does not exist."""
    try:
        return UUID(text)
    except ValueError:
        raise not_found() from None


def clean_text(text: str, field: str) -> str:
    """Text as it was sent, if it may be stored: not blank, no control characters but line feed and tab."""
    if _CONTROL.search(text):
        raise Problem(422, "not_valid", f"`{field}` has control characters that can't be stored.")
    if not text.strip():
        raise Problem(422, "not_valid", f"`{field}` is empty.")
    return text


def clean_body(text: str) -> str:
    return clean_text(text.replace("\r\n", "\n"), "body")


def clean_email(text: str) -> str:
    """The key of an e-mail address: its ASCII lower case as a whole. No dots, plus or look-alikes are folded."""
    key = text.strip().lower() if text.isascii() else ""
    if len(key) > 254 or not _ADDRESS.fullmatch(key):
        raise Problem(422, "not_valid", "`email` is not an e-mail address.")
    return key


def clean_page(text: str | None) -> str | None:
    """The origin and path of a page; query and fragment are dropped unseen."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or _CONTROL.search(text):
        return None
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:PAGE_CHARACTERS]


def require_json(headers: Mapping[str, str]) -> None:
    """A body must say that it is JSON: a page of another site cannot send that unasked."""
    sends_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if sends_body and media_type != "application/json":
        raise Problem(415, "not_json", "Send the body as application/json.")


def problem_response(problem: Problem) -> Response[bytes]:
    return Response(
        content=json.dumps(problem.body()).encode(),
        status_code=problem.status,
        media_type=PROBLEM_JSON,
        headers=dict(problem.headers),
    )


def answer_problem(_: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    return problem_response(problem)


def answer_refused(_: Request[Any, Any, Any], refused: RefusedError) -> Response[bytes]:
    return problem_response(Problem(422, "not_valid", refused.beside_its_field()))


def answer_not_there(_: Request[Any, Any, Any], __: NotThereError) -> Response[bytes]:
    """As everywhere: over the wire what is not there looks like what is not yours."""
    return problem_response(not_found())


def answer_framework_error(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """The framework's own refusals, in our words. What it would quote of a request is not passed on."""
    return problem_response(_as_problem(error))


def answer_not_ready(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The database cannot be reached, or did not finish: nothing was stored half, and trying again is right."""
    log.warning("not ready", method=request.method, error=type(error).__name__)
    return problem_response(
        Problem(503, "not_ready", "The chat can't do that just now. Try again.", headers={"Retry-After": "1"})
    )


def answer_bad_utf8(_: Request[Any, Any, Any], __: UnicodeDecodeError) -> Response[bytes]:
    return problem_response(_bad_json())


def answer_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    # Where it happened, not what it said: a database's error quotes the row, and neither ids nor words belong in a log.
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-6:]]
    log.error("request failed", method=request.method, error=type(error).__name__, where=where)
    return problem_response(Problem(500, "failed", "Something failed here. Nothing was stored half."))


def _as_problem(error: HTTPException) -> Problem:
    if isinstance(error, NotFoundException):
        return not_found()
    if isinstance(error, MethodNotAllowedException):
        return Problem(405, "method_not_allowed", "This address does not take that method.")
    if isinstance(error, ValidationException):
        return Problem(422, "not_valid", _what_is_wrong(error))
    if error.status_code == 413:
        return Problem(413, "too_large", "The request is too large.")
    if isinstance(error, SerializationException | ClientException):
        return _bad_json()
    return Problem(error.status_code, "refused", "The request was refused.")


def _bad_json() -> Problem:
    return Problem(400, "bad_json", "The body is not valid JSON in UTF-8.")


def _what_is_wrong(error: ValidationException) -> str:
    faults = error.extra if isinstance(error.extra, list) else []
    said = [
        f"`{fault['key']}`: {fault['message']}" for fault in faults if "key" in fault and "message" in fault
    ]
    return "Not valid: " + ("; ".join(said) or "the body or a parameter has the wrong shape") + "."


ExceptionHandlers = dict[type[Exception] | int, Callable[..., Response[bytes]]]

EXCEPTION_HANDLERS: ExceptionHandlers = {
    Problem: answer_problem,
    RefusedError: answer_refused,
    NotThereError: answer_not_there,
    HTTPException: answer_framework_error,
    UnicodeDecodeError: answer_bad_utf8,
    Exception: answer_unexpected,
}
