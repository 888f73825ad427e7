"""/api/courses/{id}/people: who learns, who teaches, in which group, and with which accommodations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fastapi import APIRouter

from server.api.access import Someone
from server.api.courses.course_list import one_line
from server.api.courses.doors import access_course
from server.api.courses.shapes import CoursePerson, NewPeople, PersonChange
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.tickets import LOCAL
from server.core.errors import RequestError
from server.core.roles import TEACHERS, Part, Role
from server.store.courses.courses import Course
from server.store.people.accounts import Account
from server.store.people.course_people import Member

router = APIRouter(prefix="/api/courses/{course_id}/people", tags=["courses"], responses=responses(401, 403, 404))
OWNER, ERASED = "The owner of this installation", "Somebody whose account was erased"


@router.get("")
async def list_people(course_id: str, given: Given, person: Someone) -> list[CoursePerson]:
    """In the order of their names."""
    await access_course(given, person, course_id)
    return await _views(given, await given.store.courses.people(course_id))


@router.post("", responses=responses(422))
async def add_people(course_id: str, ask: NewPeople, given: Given, person: Someone) -> list[CoursePerson]:
    """All of them or none; who is in it already stays as they are. Returns everybody who is in the course."""
    course = await access_course(given, person, course_id)
    accounts = await _accounts(given, ask.sign_ins)
    _require_fit(accounts, ask.part)
    group = _group(course, ask.group)
    await given.store.courses.enrol([Member(course_id, each.id, ask.part, group) for each in accounts], person.id)
    return await _views(given, await given.store.courses.people(course_id))


@router.put("/{member}", responses=responses(409, 422))
async def change_person(course_id: str, member: str, ask: PersonChange, given: Given, person: Someone) -> CoursePerson:
    """409 where nobody would be left on the staff who can open it."""
    course = await access_course(given, person, course_id)
    account = await given.store.people.account(member)
    if member != LOCAL:
        _require_fit([account] if account else [], ask.part)
    values = ask.model_dump() | {"group": _group(course, ask.group)}
    changed = await given.store.courses.change_member(course_id, member, person.id, **values)
    return (await _views(given, [changed]))[0]


@router.delete("/{member}", status_code=204, responses=responses(409))
async def drop_person(course_id: str, member: str, given: Given, person: Someone) -> None:
    """Out of the course; what they made for it stays, and has been made should they come back. 409 for the last of the
    staff who can open it.
    """
    await access_course(given, person, course_id)
    await given.store.courses.drop_member(course_id, member, person.id)


async def names_of(given: Services, persons: Iterable[str]) -> dict[str, str]:
    """How others see them."""
    found = await given.store.people.several(persons)
    return {each: _name(each, found.get(each)) for each in persons}


def _name(person: str, account: Account | None) -> str:
    if person == LOCAL:
        return OWNER
    return account.name if account and account.name else ERASED


async def _accounts(given: Services, sign_ins: Sequence[str]) -> list[Account]:
    """Raises `RequestError` that names everybody who is not known."""
    found = {each: await given.store.people.named(each) for each in sign_ins if each.strip()}
    if unknown := [name for name, account in found.items() if account is None]:
        says = f"Nobody signs in as: {', '.join(unknown[:20])}. Nobody was added."
        mend = "Correct the names, or ask your lab's administrator to invite them."
        raise RequestError(says, code="unknown_people", field="sign_ins", mend=mend)
    return [account for account in found.values() if account is not None]


def _require_fit(accounts: Sequence[Account], part: Part) -> None:
    """Whoever reads learners' words has a role that may."""
    if wrong := [each.name for each in accounts if not fits(each.roles, part)]:
        says = f"Only educators and faculty are on the staff of a course, and these are neither: {', '.join(wrong)}."
        mend = "Ask your lab's administrator for the role."
        raise RequestError(says, code="not_staff", field="part", mend=mend)


def fits(roles: Iterable[Role], part: Part) -> bool:
    """Whether somebody with these roles may be that in a course."""
    return part != "staff" or not {*TEACHERS}.isdisjoint(roles)


def _group(course: Course, named: str) -> str:
    name = one_line(named)
    if name and name not in course.groups:
        mend = "Add the group to the course first, or leave it empty."
        raise RequestError(f"This course has no group {name}.", code="no_group", field="group", mend=mend)
    return name


async def _views(given: Services, members: Sequence[Member]) -> list[CoursePerson]:
    accounts = await given.store.people.several(each.person for each in members)
    made = [_view(each, accounts.get(each.person)) for each in members]
    return sorted(made, key=lambda each: (each.part != "staff", each.name.casefold(), each.person))


def _view(member: Member, account: Account | None) -> CoursePerson:
    return CoursePerson(
        person=member.person, name=_name(member.person, account), sign_in=account.sign_in if account else "",
        part=member.part, group=member.group, time_percent=member.time_percent, text_mode=member.text_mode,
        extra_attempts=member.extra_attempts, active=member.person == LOCAL or bool(account and account.active),
    )  # fmt: skip
