"""One's own account: another password, and signing out wherever one is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from server.api.access import Person, Someone
from server.api.people.admitting import let_in, trying
from server.api.people.entrance import Typed
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Ask
from server.api.sign_in import set_cookie
from server.api.tickets import SIGN_IN_LIFE
from server.core.errors import Conflict, RequestError
from server.store.people.accounts import Account

router = APIRouter(prefix="/api/me", tags=["people"], responses=responses(401, 403, 422))


class NewPassword(Ask):
    """Both passwords."""

    current: Typed
    password: Typed
    """From now on."""


class SignOutEverywhere(Ask):
    """Where else."""

    keep_this: Annotated[bool, Field(description="This browser stays signed in.")]


@router.put("/password", status_code=204, responses=responses(409, 429))
async def change_password(
    ask: NewPassword, request: Request, response: Response, given: Given, person: Someone
) -> None:
    """Ends every other sign-in of this account. A wrong current password counts as a try to sign in."""
    account = await _own(given, person)
    tried = await trying(request, given, account.sign_in, account)
    if not await given.passwords.right(account.password, ask.current):
        await given.store.audit.note(person.id, "sign_in_failed", account.id)
        mend = "Type the one that you signed in with."
        raise RequestError("This is not your password.", code="sign_in_wrong", field="current", mend=mend)
    await given.store.admissions.forgive(tried)  # else new ones that are refused would count as failures to sign in
    hashed = await given.passwords.hashed(ask.password, (account.sign_in, account.name))
    changed = await given.store.admissions.change_password(account, hashed)
    await let_in(request, response, given, changed, tried)


@router.post("/sign-out", status_code=204)
async def sign_out_everywhere(ask: SignOutEverywhere, response: Response, given: Given, person: Someone) -> None:
    """Ends every sign-in of this person, with what runs on it, within seconds."""
    await given.store.admissions.end(person.id, person.id)
    kept = await given.tickets.admit(person.id) if ask.keep_this else ""
    set_cookie(response, given, kept, int(SIGN_IN_LIFE.total_seconds()) if kept else 0)


async def _own(given: Services, person: Person) -> Account:
    account = await given.store.people.account(person.id)
    if account is None:
        mend = "Make yourself an account on the people page, and sign in with that."
        raise Conflict("The start link has no password.", code="no_account", mend=mend)
    return account
