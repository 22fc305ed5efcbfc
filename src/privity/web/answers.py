"""From problems to answers. Knows no room."""

import json
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from typing import Any

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
from privity.web.problems import Problem, not_found

PROBLEM_JSON = "application/problem+json"

log = structlog.get_logger()


def problem_response(problem: Problem) -> Response[bytes]:
    return Response(
        content=json.dumps(problem.body()).encode(),
        status_code=problem.status,
        media_type=PROBLEM_JSON,
        headers=dict(problem.headers),
    )


def answer_problem(_: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    return problem_response(problem)


def answer_refused(request: Request[Any, Any, Any], refused: RefusedError) -> Response[bytes]:
    """Told to a teammate who was let in, since the sentence is for them. At any other door it is a fault of ours."""
    if "member" not in request.scope["state"]:
        return answer_unexpected(request, refused)
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
