"""The accounts of a lab, for its administrator: looked for, made, changed and closed. Links are in `links`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from server.api.access import Person, Someone
from server.api.courses.shapes import Edition
from server.api.encounters.encounters import base_url
from server.api.people.links import Link, address, link
from server.api.people.naming import Roles, SignInName, TimePercent, one_line, sign_in_name
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.tickets import ACCOUNT_LIFE
from server.core.errors import Conflict, NotFound
from server.core.roles import Role
from server.store.people.accounts import ACCOUNT, Account, State, Wish
from server.store.people.administering import Newcomer

router = APIRouter(prefix="/api/accounts", tags=["people"], responses=responses(401, 403, 422))
Name = Annotated[str, Field(min_length=1, max_length=100)]


class NewAccount(Ask):
    """Somebody who shall come in."""

    name: Name
    """As others see them."""
    sign_in: SignInName
    roles: Roles
    time_percent: TimePercent = 100


class AccountChange(Ask):
    """What shall be otherwise; what is left out stays."""

    edition: Edition
    """The last that was seen."""
    name: Name | None = None
    sign_in: SignInName | None = None
    roles: Roles | None = None
    time_percent: TimePercent | None = None
    active: bool | None = None
    """False closes the account: it is signed out everywhere, and what runs on it ends within seconds."""


class AccountView(Answer):
    """One account."""

    id: str
    name: str
    sign_in: str
    roles: list[str]
    time_percent: int
    active: bool
    has_password: bool
    """False: they were invited, or their password was reset, and they have not chosen one yet."""
    link_until: datetime | None
    """Until when the link is good that lets them choose one; None: there is none, or it ran out."""
    erased: bool
    """Nobody's any more: it cannot be changed."""
    edition: int
    """Goes with a change, which is refused where somebody else has changed it meanwhile."""
    made_at: datetime
    seen_at: datetime | None
    """Last signed in."""


class AccountPage(Answer):
    """Some of those that were looked for."""

    accounts: list[AccountView]
    total: int
    """How many there are in all."""


@router.get("")
async def list_accounts(
    given: Given,
    _: Someone,
    text: Annotated[str, Query(max_length=100)] = "",
    role: Role | None = None,
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> AccountPage:
    """By name. `text` is part of a name or a sign-in name; `waiting`: no password was chosen yet."""
    found, total = await given.store.people.search(Wish(text, role or "", state or ""), limit, offset)
    return AccountPage(accounts=await _views(given, found), total=total)


@router.post("", status_code=201, responses=responses(409))
async def make_account(ask: NewAccount, request: Request, given: Given, person: Someone) -> Link:
    """A new account, and the link by which its owner comes in."""
    made = new_account(one_line(ask.name, "name"), sign_in_name(ask.sign_in), tuple(ask.roles), ask.time_percent)
    secret, kept = given.tickets.fresh("invite", ACCOUNT_LIFE)
    await given.store.admissions.make(person.id, [Newcomer(made, kept)])
    return link(made, address(base_url(request, given), secret), kept)


@router.get("/{account_id}", responses=responses(404))
async def read_account(account_id: str, given: Given, _: Someone) -> AccountView:
    """One of them."""
    account = await given.store.people.account(account_id)
    if account is None:
        raise no_account()
    return (await _views(given, [account]))[0]


@router.put("/{account_id}", responses=responses(404, 409))
async def change_account(account_id: str, ask: AccountChange, given: Given, person: Someone) -> AccountView:
    """Roles take effect at once. 409 for taking oneself the way back, which somebody else has to do, and
    `changed_meanwhile` where somebody else has changed it.
    """
    _refuse_locking_out(ask, account_id, person)
    values = ask.model_dump(exclude_none=True, exclude={"edition"})
    if ask.name is not None:
        values["name"] = one_line(ask.name, "name")
    if ask.sign_in is not None:
        values["sign_in"] = sign_in_name(ask.sign_in)
    if ask.roles is not None:
        values["roles"] = tuple(ask.roles)
    changed = await given.store.admissions.alter(person.id, account_id, ask.edition, **values)
    return (await _views(given, [changed]))[0]


def new_account(name: str, sign_in: str, roles: tuple[Role, ...], time_percent: int) -> Account:
    """With 128 random bits for an id."""
    return Account(f"{ACCOUNT}{secrets.token_urlsafe(16)}", sign_in, name, roles, time_percent=time_percent)


async def _views(given: Services, found: Sequence[Account]) -> list[AccountView]:
    """Without what nobody needs to see."""
    waiting = [each.id for each in found if each.waiting]
    until = await given.store.admissions.links(waiting, given.tickets.now()) if waiting else {}
    return [_view(each, until.get(each.id)) for each in found]


def _view(account: Account, link_until: datetime | None) -> AccountView:
    return AccountView(
        id=account.id, name=account.name, sign_in=account.sign_in, roles=list(account.roles),
        time_percent=account.time_percent, active=account.active, has_password=bool(account.password),
        made_at=account.made_at, seen_at=account.seen_at, link_until=link_until, erased=account.erased,
        edition=account.edition,
    )  # fmt: skip


def no_account() -> NotFound:
    return NotFound("There is no such account.", code="account_not_found", mend="GET /api/accounts lists them.")


def _refuse_locking_out(ask: AccountChange, account_id: str, person: Person) -> None:
    if account_id != person.id:
        return
    mend = "Ask another administrator, or use the start link."
    if ask.active is False:
        raise Conflict("This is your own account.", code="own_account", field="active", mend=mend)
    if ask.roles is not None and "administrator" not in ask.roles:
        raise Conflict("You would no longer be an administrator.", code="own_account", field="roles", mend=mend)
