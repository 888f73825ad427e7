"""People of a lab at the door: with an account, roles and a sign-in, as a browser of theirs would come."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from argon2 import PasswordHasher
from fastapi import FastAPI

from server.api.access import new_encounter_id
from server.api.services import Services
from server.core.assigning.terms import Terms
from server.core.events import Opened
from server.core.roles import Part, Role
from server.store.courses.assignments import Assignment
from server.store.courses.attempts import Wanted
from server.store.courses.courses import Course
from server.store.people.accounts import ACCOUNT, Account
from server.store.people.course_people import Member
from tests.api.conftest import client
from tests.api.house import OWN

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes in microseconds; what it makes is as good to a test as the real thing."""


async def with_account(
    given: Services, roles: Sequence[Role] = ("student",), name: str = "Ann", **values: object
) -> Account:
    """Somebody new, who has not signed in; `values` are fields of `Account`."""
    key = secrets.token_urlsafe(16)
    made = {"sign_in": f"{name}-{key[:6]}".casefold(), "name": name, "roles": tuple(roles), **values}
    account = Account(f"{ACCOUNT}{key}", **made)  # type: ignore[arg-type]
    await given.store.people.add([account])
    return account


@asynccontextmanager
async def at_the_door(api: FastAPI, given: Services, account_id: str) -> AsyncIterator[httpx2.AsyncClient]:
    """The browser of somebody who is there already, signed in on our own page."""
    async with client(api, Origin=OWN) as visitor:
        visitor.cookies.set("bedside", await given.tickets.admit(account_id))
        yield visitor


@asynccontextmanager
async def signed_in_as(
    api: FastAPI, given: Services, roles: Sequence[Role] = ("student",), name: str = "Ann", **values: object
) -> AsyncIterator[tuple[httpx2.AsyncClient, Account]]:
    """Somebody new, with their browser."""
    account = await with_account(given, roles, name, **values)
    async with at_the_door(api, given, account.id) as visitor:
        yield visitor, account


async def a_course(given: Services, staff: Account | str, title: str = "Year 1", **values: Any) -> Course:
    """A new course with this person on its staff; `values` are fields of `Course`."""
    owner = staff if isinstance(staff, str) else staff.id
    course = Course(f"crs_{secrets.token_urlsafe(16)}", owner, title, **values)
    await given.store.courses.add(course)
    return course


async def enrolled(
    given: Services, course_id: str, account: Account | str, part: Part = "learner", **values: Any
) -> Member:
    """Somebody put into a course; `values` are fields of `Member`."""
    member = Member(course_id, account if isinstance(account, str) else account.id, part, **values)
    await given.store.courses.enrol([member], by="local")
    return member


async def an_assignment(given: Services, course_id: str, case_id: str = "ada-brook", **terms: Any) -> Assignment:
    """A published assignment with the case as the shelf has it; `terms` are fields of `Terms`."""
    case = given.shelf.cases[case_id]
    wanted = Terms(**{"title": "Meet Ada", "case_id": case_id, "published": True, **terms})
    made = Assignment(f"asg_{secrets.token_urlsafe(16)}", course_id, wanted, digest=case.digest)
    await given.store.assignments.add(made, case)
    return made


async def an_attempt(given: Services, assignment: Assignment, account: Account, **values: Any) -> str:
    """The id of an encounter of theirs for this assignment, at its door; `values` are fields of `Opened`."""
    case = await given.store.assignments.case(assignment.digest)
    opened = Opened(new_encounter_id(), case.case_id, case.case_version, case.digest, **values)
    wanted = Wanted(assignment.id, account.id, case, opened, lot=0)
    return (await given.store.attempts.begin(wanted, given.clock())).encounter_id
