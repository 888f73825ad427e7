"""Signing in with the one-time ticket of the printed link, and signing out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from server.api.access import NotForeign, Someone, cookie_name
from server.api.problems import SignInNeeded, responses
from server.api.services import Given, Services
from server.api.shapes import Ask
from server.api.tickets import SIGN_IN_LIFE

router = APIRouter(prefix="/api", tags=["sign-in"], responses=responses(401, 403))


class Ticket(Ask):
    """What the printed link carries after its `#`."""

    ticket: Annotated[str, Field(min_length=1, max_length=200)]


@router.post("/tickets", status_code=204, responses=responses(422))
async def use_ticket(ask: Ticket, response: Response, given: Given, _: NotForeign) -> None:
    """Sets the sign-in cookie. A ticket is good once, for ten minutes."""
    cookie = await given.tickets.redeem(ask.ticket)
    if cookie is None:
        mend = "Run `bedside up` again, or restart it, for a new one."
        raise SignInNeeded("This link was used already or is older than ten minutes.", code="ticket_used", mend=mend)
    _set(response, given, cookie, int(SIGN_IN_LIFE.total_seconds()))


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request, response: Response, given: Given, _: Someone) -> None:
    """Ends the sign-in of this cookie, here and wherever it was copied."""
    await given.tickets.forget(request.cookies.get(cookie_name(given), ""))
    _set(response, given, "", 0)


def _set(response: Response, given: Services, value: str, max_age: int) -> None:
    response.set_cookie(
        cookie_name(given), value, max_age=max_age, path="/", httponly=True, samesite="strict", secure=given.secure
    )
