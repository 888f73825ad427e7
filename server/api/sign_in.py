"""Signing in with the one-time ticket of the printed link, and signing out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from server.api.access import Anybody, NotForeign, cookie_name
from server.api.problems import SignInNeeded, responses
from server.api.services import Given, Services
from server.api.shapes import Ask
from server.api.tickets import SIGN_IN_LIFE
from server.core.errors import Conflict
from server.store.observers import OBSERVER

router = APIRouter(prefix="/api", tags=["sign-in"], responses=responses(401, 403))


class Ticket(Ask):
    """What the printed link carries after its `#`."""

    ticket: Annotated[str, Field(min_length=1, max_length=200)]


@router.post("/tickets", status_code=204, responses=responses(409, 422))
async def use_ticket(ask: Ticket, request: Request, response: Response, given: Given, _: NotForeign) -> None:
    """Sets the sign-in cookie. A ticket is good once, for ten minutes; an invitation to watch, for thirty."""
    await _keep_apart(ask.ticket, request.cookies.get(cookie_name(given), ""), given)
    cookie = await given.tickets.redeem(ask.ticket)
    if cookie is None:
        mend = "Run `bedside up` again, or restart it, for a new one."
        raise SignInNeeded("This link was used already or is older than ten minutes.", code="ticket_used", mend=mend)
    _set(response, given, cookie, int(SIGN_IN_LIFE.total_seconds()))


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request, response: Response, given: Given, _: Anybody) -> None:
    """Ends the sign-in of this cookie, here and wherever it was copied."""
    await given.tickets.forget(request.cookies.get(cookie_name(given), ""))
    _set(response, given, "", 0)


async def _keep_apart(ticket: str, cookie: str, given: Services) -> None:
    """An invitation to watch does not sign out whoever opens it where they are signed in. Raises `Conflict`."""
    watches = (await given.tickets.meant_for(ticket) or "").startswith(OBSERVER)
    here = (await given.tickets.owner(cookie) or "") if watches and cookie else ""
    if here and not here.startswith(OBSERVER):
        raise Conflict(
            "Somebody is signed in in this browser.",
            code="signed_in_here",
            mend="Open the invitation in another browser or in a private window; it is still good.",
        )


def _set(response: Response, given: Services, value: str, max_age: int) -> None:
    response.set_cookie(
        cookie_name(given), value, max_age=max_age, path="/", httponly=True, samesite="strict", secure=given.secure
    )
