"""Every refusal in one shape: RFC 9457 problem JSON with a code, a sentence, the field and a reference for the log.

No stack, SQL, path or text of an encounter is in it; what went wrong inside stands in the log under the same reference.
"""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from server.core.errors import BedsideError, Busy, EngineMissing, NotAllowed, RequestError, StoreError

log = logging.getLogger(__name__)


class SignInNeeded(NotAllowed):
    """Nobody is signed in, or no longer."""

    code = "sign_in_needed"
    status = 401


class BadBody(RequestError):
    """The body cannot be read at all."""

    code = "bad_json"
    status = 400


class TooLarge(RequestError):
    """The body is larger than any request of ours."""

    code = "too_large"
    status = 413


class WrongType(RequestError):
    """The body is not declared to be JSON."""

    code = "wrong_content_type"
    status = 415


class TooSlow(RequestError):
    """The body did not come in time."""

    code = "too_slow"
    status = 408


class TooOften(RequestError):
    """Somebody asks more often than they may."""

    code = "too_often"
    status = 429

    def __init__(self, message: str, *, wait_s: int, code: str | None = None, field: str = "", mend: str = "") -> None:
        super().__init__(message, code=code, field=field, mend=mend)
        self.wait_s = wait_s


class Problem(BaseModel):
    """What every error of this API looks like (RFC 9457)."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    type: str
    """A name for the kind of problem, `urn:bedside:problem:<code>`."""
    title: str
    """What its HTTP status means."""
    status: int
    code: str
    """For programs."""
    message: str
    """For people: what is wrong and how to mend it."""
    field: str
    """Which field of the request, dotted; empty when it is none."""
    ref: str
    """Stands beside the error in the server's log."""


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: which problems a route may answer with."""
    return {status: {"model": Problem} for status in statuses}


def problem(status: int, code: str, message: str, field: str = "", ref: str = "") -> JSONResponse:
    """The response itself."""
    told = Problem(
        type=f"urn:bedside:problem:{code}", title=HTTPStatus(status).phrase, status=status,
        code=code, message=message, field=field, ref=ref or reference(),
    )  # fmt: skip
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {"Retry-After": "5"} if status == 503 else {}
    return JSONResponse(told.model_dump(), status, headers, "application/problem+json")


def reference() -> str:
    """A short random name for one occurrence."""
    return f"e-{secrets.token_hex(4)}"


def problem_of(error: Exception) -> JSONResponse:
    """Any exception as a problem; one that is not the client's doing is logged under its reference."""
    if isinstance(error, RequestError):
        made = problem(error.status, error.code, error.message, error.field)
        if isinstance(error, TooOften):
            made.headers["Retry-After"] = str(error.wait_s)
        return made
    ref = reference()
    log.error("%s %s", ref, getattr(error, "code", type(error).__name__), exc_info=error)
    if isinstance(error, StoreError | Busy | EngineMissing):
        return problem(503, error.code, error.message, ref=ref)
    code = error.code if isinstance(error, BedsideError) else "internal"
    message = (
        f"Something went wrong in the server; what you sent may not have been done. Its log says why, under {ref}."
    )
    return problem(500, code, message, ref=ref)


async def _on_bedside(_: Request, error: Exception) -> JSONResponse:
    return problem_of(error)


async def _on_http(_: Request, error: Exception) -> JSONResponse:
    """What the framework refuses by itself: unknown paths and methods."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    code, message = _HTTP.get(error.status_code, ("http_error", "This request cannot be answered."))
    made = problem(error.status_code, code, message)
    made.headers.update(error.headers or {})
    return made


_HTTP = {
    400: ("bad_json", "The body is not JSON that can be read."),
    404: ("not_found", "There is nothing at this address. /docs lists what there is."),
    405: ("method_not_allowed", "This address does not take this method; see the Allow header."),
}


async def _on_validation(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    fault = error.errors()[0]
    where = [str(part) for part in fault["loc"]]
    field = ".".join(part for part in where[1:] if part != "[key]") if len(where) > 1 else ""
    return problem(422, "bad_field", _sentence(fault, field or "The body"), field)


def _sentence(fault: dict[str, Any], name: str) -> str:
    """What is wrong with one field and how to mend it; never the value itself."""
    limits = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return f"{name} is missing; add it."
        case "extra_forbidden":
            return f"There is no field {name[:60]}; take it out."
        case "literal_error":
            return f"{name} must be one of: {limits['expected']}."
        case "model_attributes_type" | "dict_type":
            return f"{name} must be a JSON object."
    return f"{name} cannot be used: {fault['msg'][0].lower()}{fault['msg'][1:]}."


def add_handlers(api: FastAPI) -> None:
    """Give `api` the one way to refuse."""
    api.add_exception_handler(BedsideError, _on_bedside)
    api.add_exception_handler(HTTPException, _on_http)
    api.add_exception_handler(RequestValidationError, _on_validation)
