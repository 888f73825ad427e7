"""Who is here, and signing in with a name and a password.

An unknown name, a closed account, an account without a password and a wrong password are answered with one sentence,
after the same work.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from server.api.access import NotForeign, identified
from server.api.people.admitting import let_in, trying
from server.api.people.me import Me, me_of
from server.api.problems import SignInNeeded, responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask

router = APIRouter(prefix="/api", tags=["people"], responses=responses(403))
Typed = Annotated[str, Field(min_length=1, max_length=1_024)]
"""A password as it was typed, perhaps with its accents beside its letters."""


class Entrance(Answer):
    """What the page asks first."""

    accounts: bool
    """Somebody has an account here; else the start link is the only way in."""
    me: Me | None
    """Who is signed in; None: nobody."""
    why: str
    """Why they are not any more, where there is something to say: their account was closed."""


class SignIn(Ask):
    """Who somebody says they are."""

    sign_in: Annotated[str, Field(min_length=1, max_length=200)]
    password: Typed


@router.get("/sign-in")
async def read_entrance(request: Request, given: Given, _: NotForeign) -> Entrance:
    """Who is here, and which ways there are in. That nobody is here is an answer, and no error."""
    me, why = await _here(request, given)
    return Entrance(accounts=not await given.store.people.none_yet(), me=me, why=why)


async def _here(request: Request, given: Services) -> tuple[Me | None, str]:
    try:
        return await me_of(given, await identified(request)), ""
    except SignInNeeded as nobody:
        return None, nobody.message if nobody.code == "account_closed" else ""


@router.post("/sign-in", status_code=204, responses=responses(401, 409, 422, 429))
async def sign_in(ask: SignIn, request: Request, response: Response, given: Given, _: NotForeign) -> None:
    """Sets the sign-in cookie, for twelve hours. 429 with Retry-After once five tries from one place, or twenty from
    everywhere, have failed within a quarter of an hour.
    """
    account = await given.store.people.named(ask.sign_in)
    tried = await trying(request, given, ask.sign_in, account)
    right = await given.passwords.right(account.password if account and account.active else "", ask.password)
    if account is None or not right:
        await given.store.audit.note("nobody", "sign_in_failed", account.id if account else "")
        mend = "Look at both again. Your lab's administrator can send a link to choose a new password."
        raise SignInNeeded("This name and this password do not belong together.", code="sign_in_wrong", mend=mend)
    await let_in(request, response, given, account, tried)
    if renewed := await given.passwords.renewed(account.password, ask.password):
        await given.store.admissions.renew(account, renewed)
