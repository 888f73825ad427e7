"""Erasing what its time is over for, and people who leave; each leaves a row of the audit behind, and no byte else.

What is erased is gone from every file of the database only once it was scrubbed. Between the two a note is kept that
this is still owed, so that a crash in between is made up for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from server.core.assigning.retention import Due, on_hold
from server.core.errors import NotFound
from server.store.audit import note
from server.store.courses.attempt_rows import read_attempts
from server.store.encounters.retries import erase_with_retries
from server.store.house.rules import find_rule, put_rule
from server.store.people.accounts import Account, change_account, find_account, find_by_sign_in, require_account
from server.store.people.failed_sign_ins import Try
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables import encounters, marks, posts, sign_ins
from server.store.sql.tables_of_a_lab import (
    accounts,
    assignments,
    attempts,
    course_people,
    failed_sign_ins,
    kept_lists,
    tasks,
)

OWED = "scrub_owed"
ASKED = "erasure_asked_at"
"""In what somebody said of themselves: when they asked to be erased."""
BATCH = 20
"""Encounters in one transaction: live turns are written in between."""


@dataclass(frozen=True)
class Belongings:
    """What is there of one person."""

    account: Account
    practice: tuple[str, ...]
    """Ids of encounters that are theirs alone; retries of them are among them."""
    attempts: tuple[str, ...]
    """Ids of those that were made for an assignment: a course's record."""
    posts: int
    """On reflection boards."""
    marked: int
    """Encounters of others on which they set marks: the record of these, which keeps their name."""
    only_staff_of: tuple[str, ...]
    """Courses that nobody else leads."""


class Erasure:
    """Erasing in one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def erase_due(self, due: Sequence[Due], by: str, now: datetime) -> list[str]:
        """Of these attempts (at most `BATCH` at a time), those that nobody put on hold since. Returns ids that are
        gone, retries too. `scrub` afterwards.
        """
        return await self._database.write(lambda connection: erase_due(connection, due, by, now))

    async def belongings(self, who: str) -> Belongings:
        """By an account's id or its sign-in name. Raises `NotFound`."""
        return await self._database.read(lambda connection: belongings(connection, who))

    async def asked(self) -> list[Account]:
        """Who asked to be erased and is still here, by name."""
        return await self._database.read(asked)

    async def erase_person(self, account_id: str, by: str) -> tuple[Belongings, list[str]]:
        """Empty the account and erase their practice; attempts stay for as long as their course keeps them. Returns
        what there was, and the ids of encounters that are gone. All of it or nothing; `scrub` afterwards. Raises
        `NotFound`.
        """
        return await self._database.write(lambda connection: erase_person(connection, account_id, by))

    async def scrub(self) -> None:
        """Leave no byte of what was erased in any file of the database."""
        await self._database.scrub()
        await self._database.write(lambda connection: put_rule(connection, OWED, {}))

    async def scrub_owed(self) -> bool:
        """Whether something was erased and the server stopped before it was scrubbed."""
        return bool(await self._database.read(lambda connection: find_rule(connection, OWED)))


def erase_due(connection: Connection, due: Sequence[Due], by: str, now: datetime) -> list[str]:
    ids = [each.encounter_id for each in due]
    there = {each.encounter_id: each for each in read_attempts(connection, attempts.c.encounter_id.in_(ids))}
    gone: list[str] = []
    for each in due:
        found = there.get(each.encounter_id)
        if found is None or on_hold(found.held, found.held_until, now) or found.appealed:
            continue
        gone += erase_with_retries(connection, each.encounter_id)
        facts = {"assignment": found.assignment_id, "learner": found.learner, "why": each.why}
        note(connection, by, "attempt_erased", each.encounter_id, **facts, due_since=each.since.isoformat())
    if gone:
        put_rule(connection, OWED, {"since": now.isoformat()})
    return gone


def asked(connection: Connection) -> list[Account]:
    query = select(accounts.c.id).where(accounts.c.body.like(f'%"{ASKED}"%')).order_by(accounts.c.name, accounts.c.id)
    found = (find_account(connection, account_id) for account_id in connection.execute(query).scalars().all())
    return [account for account in found if account is not None and account.about.get(ASKED)]


def belongings(connection: Connection, who: str) -> Belongings:
    """Raises `NotFound`."""
    account = find_account(connection, who) or find_by_sign_in(connection, who)
    if account is None:
        mend = "Look at their sign-in name again, under people."
        raise NotFound("There is no such account.", code="account_not_found", mend=mend)
    account_id = account.id
    for_course = select(attempts.c.encounter_id)
    mine = select(encounters.c.id).where(encounters.c.owner == account_id).order_by(encounters.c.created_at)
    posted = connection.execute(select(posts.c.id).where(posts.c.author == account_id)).all()
    set_on = select(marks.c.encounter_id).join(encounters, encounters.c.id == marks.c.encounter_id).distinct()
    marked = set_on.where(marks.c.author == account_id, encounters.c.owner != account_id)
    return Belongings(
        account,
        tuple(connection.execute(mine.where(encounters.c.id.not_in(for_course))).scalars()),
        tuple(connection.execute(mine.where(encounters.c.id.in_(for_course))).scalars()),
        len(posted),
        len(connection.execute(marked).all()),
        _only_staff_of(connection, account_id),
    )


def _only_staff_of(connection: Connection, account_id: str) -> tuple[str, ...]:
    staff = course_people.c.part == "staff"
    others = select(course_people.c.course_id).where(staff, course_people.c.person != account_id)
    query = select(course_people.c.course_id).where(staff, course_people.c.person == account_id)
    return tuple(connection.execute(query.where(course_people.c.course_id.not_in(others))).scalars())


def erase_person(connection: Connection, account_id: str, by: str) -> tuple[Belongings, list[str]]:
    require_account(connection, account_id)  # locked before what lets them in, as everywhere
    found = belongings(connection, account_id)
    gone: list[str] = []
    for each in found.practice:
        if each not in gone:
            gone += erase_with_retries(connection, each)
    _forget(connection, found)
    nobody = {"sign_in": f"removed {account_id}", "name": "", "roles": (), "password": "", "active": False}
    change_account(connection, account_id, **nobody, time_percent=100, about={}, seen_at=None)
    note(connection, by, "person_erased", account_id, practice=len(gone), attempts_left=len(found.attempts))
    put_rule(connection, OWED, {"since": utc_now().isoformat()})
    return found, gone


def _forget(connection: Connection, found: Belongings) -> None:
    """What else is theirs: ways in, posts, own lists, running tasks, and what a course noted about them."""
    person = found.account.id
    for column in (sign_ins.c.owner, posts.c.author, kept_lists.c.owner, tasks.c.owner):
        connection.execute(delete(column.table).where(column == person))
    tried = Try.of(found.account.sign_in, "").who
    connection.execute(delete(failed_sign_ins).where(failed_sign_ins.c.who == tried))
    recorded = select(assignments.c.course_id).join(attempts, attempts.c.assignment_id == assignments.c.id)
    still = recorded.where(attempts.c.learner == person)
    mine = course_people.c.person == person
    connection.execute(delete(course_people).where(mine, course_people.c.course_id.not_in(still)))
    connection.execute(update(course_people).where(mine).values(body="{}"))
