"""Choosing a password: what an invitation to an account, or a link after a reset, is good for, once.

A link that was used, is too old, was replaced, or belongs to an account that is closed gets one and the same answer.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from server.api.access import NotForeign
from server.api.people.admitting import let_in, try_of
from server.api.people.entrance import Typed
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.sign_in import GUESTS, keep_apart
from server.api.tickets import digest_of
from server.core.errors import NotFound
from server.store.people.accounts import Account

router = APIRouter(prefix="/api/invitations", tags=["people"], responses=responses(403, 404, 409, 422))
Ticket = Annotated[str, Field(min_length=1, max_length=200)]


class Shown(Ask):
    """What the link carries after its `#`."""

    ticket: Ticket


class Choice(Shown):
    """And the password that they chose."""

    password: Typed


class Invited(Answer):
    """Whose link it is."""

    name: str
    sign_in: str
    """What they sign in with from now on."""


@router.post("/read")
async def read_invitation(ask: Shown, given: Given, _: NotForeign) -> Invited:
    """Whom a link is for; it stays good."""
    account = await _invited(given, ask.ticket)
    return Invited(name=account.name, sign_in=account.sign_in)


@router.post("", status_code=204, responses=responses(401))
async def choose_password(ask: Choice, request: Request, response: Response, given: Given, _: NotForeign) -> None:
    """Uses the link up, keeps the password and signs them in. 409 where somebody else is signed in. A password that is
    refused leaves the link as good as it was.
    """
    account = await _invited(given, ask.ticket)
    await keep_apart(request, given, (account.id, *GUESTS))
    hashed = await given.passwords.hashed(ask.password, (account.sign_in, account.name))
    chosen = await given.store.admissions.choose(digest_of(ask.ticket), hashed, given.tickets.now())
    if chosen is None:
        raise _not_good()
    await let_in(request, response, given, chosen, await try_of(request, given, chosen.sign_in, chosen))


async def _invited(given: Services, ticket: str) -> Account:
    owner = await given.tickets.invited(ticket)
    account = await given.store.people.account(owner) if owner else None
    if account is None or not account.active:
        raise _not_good()
    return account


def _not_good() -> NotFound:
    says = "This link was used already, is too old, or was replaced by a newer one."
    mend = "If you have chosen a password, sign in with it; else ask your lab's administrator for a new link."
    return NotFound(says, code="invitation_not_good", mend=mend)
