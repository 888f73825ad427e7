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
from server.core.errors import Conflict
from server.store.debriefing.boards import MEMBER
from server.store.encounters.markers import MARKER
from server.store.encounters.observers import OBSERVER

router = APIRouter(prefix="/api", tags=["sign-in"], responses=responses(401, 403))
GUESTS = (OBSERVER, MARKER, MEMBER)
"""Sign-ins that open one encounter, or one board, and nothing else begin so."""


class Ticket(Ask):
    """What the printed link carries after its `#`."""

    ticket: Annotated[str, Field(min_length=1, max_length=200)]


@router.post("/tickets", status_code=204, responses=responses(409, 422))
async def use_ticket(ask: Ticket, request: Request, response: Response, given: Given, _: NotForeign) -> None:
    """Sets the sign-in cookie. A ticket is good once, for ten minutes; an invitation to watch, for thirty; one to
    mark, for seven days.
    """
    if (await given.tickets.meant_for(ask.ticket) or "").startswith(GUESTS):
        await keep_apart(request, given, GUESTS)
    cookie = await given.tickets.redeem(ask.ticket)
    if cookie is None:
        mend = "Run `bedside up` again, or restart it, for a new one."
        raise SignInNeeded("This link was used already or is too old.", code="ticket_used", mend=mend)
    set_cookie(response, given, cookie, int(SIGN_IN_LIFE.total_seconds()))


@router.post("/sign-out", status_code=204)
async def sign_out(request: Request, response: Response, given: Given, _: Someone) -> None:
    """Ends the sign-in of this cookie, here and wherever it was copied."""
    await given.tickets.forget(request.cookies.get(cookie_name(given), ""))
    set_cookie(response, given, "", 0)


async def keep_apart(request: Request, given: Services, replaced: str | tuple[str, ...]) -> str:
    """Who is signed in in this browser; empty for nobody. An invitation signs out only those whose sign-in begins
    with `replaced`. Raises `Conflict`.
    """
    cookie = request.cookies.get(cookie_name(given), "")
    here = (await given.tickets.owner(cookie) or "") if cookie else ""
    if here and not here.startswith(replaced):
        raise Conflict(
            "Somebody is signed in in this browser.",
            code="signed_in_here",
            mend="Open the invitation in another browser or in a private window; it is still good.",
        )
    return here


def set_cookie(response: Response, given: Services, value: str, max_age: int, which: str = "") -> None:
    """The sign-in of this browser, for `max_age` seconds; `which` stands behind the cookie's name."""
    name = cookie_name(given) + which
    response.set_cookie(name, value, max_age=max_age, path="/", httponly=True, samesite="strict", secure=given.secure)
