"""A whole class at once: a roster is looked at first, and then all of it is done or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from server.api.access import Someone
from server.api.courses.course_people import fits
from server.api.encounters.encounters import base_url
from server.api.people.accounts import new_account
from server.api.people.links import Link, address, link, links_file
from server.api.people.roster_text import Roster, RosterLine, match_accounts, match_courses, read_roster
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.tickets import ACCOUNT_LIFE
from server.core.errors import RequestError
from server.core.roles import Part
from server.store.people.accounts import Account
from server.store.people.administering import Newcomer
from server.store.people.course_people import Member

router = APIRouter(prefix="/api/accounts", tags=["people"], responses=responses(401, 403, 422))
MOST_CHARACTERS = 300_000


class RosterText(Ask):
    """A file, as text."""

    text: Annotated[str, Field(max_length=MOST_CHARACTERS)]
    """CSV with the columns name, sign_in, roles, course and time_percent; the last three may be left out or empty."""
    make: bool = False
    """Do it; else it is only looked at."""


class RosterFault(Answer):
    """One thing wrong."""

    line: int
    """1-based; the head is line 1."""
    column: str
    """Empty for the whole line."""
    message: str


class RosterRow(Answer):
    """One person in it."""

    line: int
    name: str
    sign_in: str
    roles: list[str]
    course: str
    time_percent: int
    here: bool
    """They have an account already: it stays as it is, and only comes into the course."""


class RosterView(Answer):
    """What a roster means."""

    rows: list[RosterRow]
    faults: list[RosterFault]
    """Nothing is done while there is one."""
    links: list[Link]
    """Of everybody who is new, once it is done; they are shown once."""
    file: str
    """The same as CSV, to keep or to send by mail merge."""


@router.post("/roster")
async def take_roster(ask: RosterText, request: Request, given: Given, person: Someone) -> RosterView:
    """Shows what a roster would do, with every fault in it; with `make`, does all of it, or nothing (422)."""
    roster, there, courses = await _read(given, ask.text)
    if not ask.make or roster.faults:
        if ask.make:
            raise _faulty(roster)
        return _view(roster, there, [])
    base = base_url(request, given)
    newcomers, links = _newcomers(given, [each for each in roster.lines if each.sign_in not in there], base)
    accounts = there | {each.account.sign_in: each.account for each in newcomers}
    members = [_member(each, accounts, courses) for each in roster.lines if each.course]
    await given.store.admissions.make(person.id, newcomers, members)
    return _view(roster, there, links)


async def _read(given: Services, text: str) -> tuple[Roster, dict[str, Account], dict[str, list[str]]]:
    """The roster with its faults, the accounts in it that there are, and the courses by code."""
    roster = await asyncio.to_thread(read_roster, text)
    there = await given.store.people.signing_in_as(each.sign_in for each in roster.lines)
    courses = await given.store.admissions.courses_by_code()
    match_accounts(roster, there)
    match_courses(roster, courses)
    _match_parts(roster)
    roster.faults.sort(key=lambda fault: (fault.line, fault.column))
    return roster, there, courses


def _newcomers(given: Services, lines: Sequence[RosterLine], base: str) -> tuple[list[Newcomer], list[Link]]:
    newcomers, links = [], []
    for each in lines:
        made = new_account(each.name, each.sign_in, each.roles, each.time_percent)
        secret, kept = given.tickets.fresh("invite", ACCOUNT_LIFE)
        newcomers.append(Newcomer(made, kept))
        links.append(link(made, address(base, secret), kept))
    return newcomers, links


def _match_parts(roster: Roster) -> None:
    """Find lines that would put somebody on a staff who could not open the course."""
    for each in roster.lines:
        if each.course and not fits(each.roles, _part(each)):
            mend = "Give them one of these roles, or leave the course empty."
            roster.fault(each.line, "course", f"Only educators and faculty are on the staff of a course. {mend}")


def _part(each: RosterLine) -> Part:
    """Students learn in it; whoever is no student is on its staff."""
    return "learner" if "student" in each.roles else "staff"


def _member(each: RosterLine, accounts: dict[str, Account], courses: dict[str, list[str]]) -> Member:
    return Member(courses[each.course.casefold()][0], accounts[each.sign_in].id, _part(each))


def _faulty(roster: Roster) -> RequestError:
    first, more = roster.faults[0], len(roster.faults) - 1
    where = f"Line {first.line}" + (f", column {first.column}" if first.column else "")
    rest = f" And {more} more." if more else ""
    return RequestError(f"{where}: {first.message}{rest} Nobody was added.", code="roster_faulty", field="text")


def _view(roster: Roster, there: dict[str, Account], links: list[Link]) -> RosterView:
    rows = [
        RosterRow(
            line=each.line, name=each.name, sign_in=each.sign_in, roles=list(each.roles), course=each.course,
            time_percent=each.time_percent, here=each.sign_in in there,
        )
        for each in roster.lines
    ]  # fmt: skip
    faults = [RosterFault(line=each.line, column=each.column, message=each.message) for each in roster.faults]
    return RosterView(rows=rows, faults=faults, links=links, file=links_file(links))
