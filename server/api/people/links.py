"""Links by which somebody chooses the password of their account: shown once, good once, for seven days.

Only a hash of each is kept, so a lost one is replaced. A new link for somebody who has a password is a reset.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from server.api.access import Someone
from server.api.csv_text import write_csv
from server.api.encounters.encounters import base_url
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer, Ask
from server.api.tickets import ACCOUNT_LIFE
from server.store.people.accounts import Account, folded
from server.store.people.sign_ins import Secret

router = APIRouter(prefix="/api/accounts", tags=["people"], responses=responses(401, 403))
MOST = 1_000
"""Links at once; a roster has no more people."""
_FILE_HEAD = ("name", "sign_in", "link", "good_until")


class Link(Answer):
    """Give it to them; it is shown once."""

    id: str
    """The account's."""
    name: str
    sign_in: str
    address: str
    until: datetime


class WhoWaits(Ask):
    """For whom."""

    accounts: Annotated[list[Annotated[str, Field(max_length=64)]], Field(min_length=1, max_length=MOST)]
    """Ids."""


class Renewed(Answer):
    """Links in place of those that were made before."""

    links: list[Link]
    """By name."""
    file: str
    """The same as CSV, to keep or to send by mail merge."""
    left: int
    """How many were left as they are: they have chosen a password by now, or their account is closed."""


@router.post("/{account_id}/link", status_code=201, responses=responses(404, 409))
async def new_link(account_id: str, request: Request, given: Given, person: Someone) -> Link:
    """A reset: the password is gone, every sign-in ends, and so does a link that was made before."""
    secret, kept = given.tickets.fresh("invite", ACCOUNT_LIFE)
    account = await given.store.admissions.invite(person.id, account_id, kept)
    return link(account, address(base_url(request, given), secret), kept)


@router.post("/links", status_code=201, responses=responses(422))
async def renew_links(ask: WhoWaits, request: Request, given: Given, person: Someone) -> Renewed:
    """For those of these who have not chosen a password yet. Nobody's password is reset by it."""
    fresh = {each: given.tickets.fresh("invite", ACCOUNT_LIFE) for each in ask.accounts}
    invitations = {name: kept for name, (_, kept) in fresh.items()}
    renewed = await given.store.admissions.renew_links(person.id, invitations)
    base = base_url(request, given)
    by_name = sorted(renewed.values(), key=lambda each: (folded(each.name), each.id))
    links = [link(each, address(base, fresh[each.id][0]), fresh[each.id][1]) for each in by_name]
    return Renewed(links=links, file=links_file(links), left=len(fresh) - len(links))


def address(base: str, secret: str) -> str:
    """Of the page on which a password is chosen; what is behind `#` never reaches a server's log."""
    return f"{base}/#ticket={secret}&invite=1"


def link(account: Account, at: str, kept: Secret) -> Link:
    """As it is shown, once."""
    return Link(id=account.id, name=account.name, sign_in=account.sign_in, address=at, until=kept.until)


def links_file(links: Iterable[Link]) -> str:
    """As CSV; empty where there are none."""
    rows = [(each.name, each.sign_in, each.address, f"{each.until:%Y-%m-%d %H:%M} UTC") for each in links]
    return write_csv(_FILE_HEAD, rows) if rows else ""
