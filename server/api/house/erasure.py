"""/api/house/erasures: somebody leaves. Their account is emptied and their practice erased; attempts are a course's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from server.api.access import Person, Someone
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.api.tasks.kinds import Kind, register
from server.api.tasks.progress import Progress
from server.core.errors import Conflict, NotFound
from server.store.house.retention import ASKED, Belongings
from server.store.house.tasks import Task

router = APIRouter(prefix="/api/house/erasures", tags=["house"], responses=responses(401, 403))
REMOVED = "removed user"


class Leaving(Answer):
    """What erasing somebody would do."""

    id: str
    name: str
    practice: int
    """Encounters that are erased, for good."""
    attempts: int
    """Encounters that stay, without a name, for as long as their courses keep them."""
    posts: int
    """On reflection boards; erased."""
    marked: int
    """Encounters of others on which they set marks. These keep their name: they are somebody else's record."""
    only_staff_of: int
    """Courses that nobody else leads: until somebody does, they cannot be erased."""
    backups: str
    """Where they stay for now."""
    asked_at: str
    """When they asked for it themselves; empty: they did not."""


class Asked(Answer):
    """Somebody who asked to be erased."""

    id: str
    name: str
    asked_at: str


@router.get("")
async def list_asked(given: Given, _: Someone) -> list[Asked]:
    """Those who asked for it themselves and are still here, by name."""
    found = await given.store.erasure.asked()
    return [Asked(id=each.id, name=each.name, asked_at=str(each.about[ASKED])) for each in found]


@router.get("/{who}", responses=responses(404))
async def read_leaving(who: str, given: Given, _: Someone) -> Leaving:
    """A preview, by id or sign-in name; nothing is erased by looking. POST /api/tasks with kind `erasure` about the
    id erases.
    """
    found = await given.store.erasure.belongings(who)
    return Leaving(
        id=found.account.id, name=found.account.name or REMOVED, practice=len(found.practice),
        attempts=len(found.attempts),
        posts=found.posts, marked=found.marked, only_staff_of=len(found.only_staff_of),
        asked_at=str(found.account.about.get(ASKED, "")),
        backups="They stay in backups that were made before, until those are deleted or expire.",
    )  # fmt: skip


async def _allow(given: Services, person: Person, about: str, asked: Mapping[str, Any]) -> str:
    if asked:
        raise Conflict("Erasing somebody takes no other words.", code="bad_field")
    found = await given.store.erasure.belongings(about)
    if about != found.account.id:
        raise NotFound("An account is erased by its id.", code="account_not_found")
    _refuse(found, person)
    return "Erase an account"  # without its name: this title outlives it


def _refuse(found: Belongings, person: Person) -> None:
    if found.account.id == person.id:
        mend = "Ask another administrator."
        raise Conflict("You cannot erase the account that you are signed in with.", code="erasing_oneself", mend=mend)
    if found.only_staff_of:
        says = f"They are the only staff of {len(found.only_staff_of)} courses."
        raise Conflict(says, code="last_of_the_staff", mend="Add somebody else to these courses first.")


async def run_erasure(given: Services, task: Task, progress: Progress) -> dict[str, Any]:
    """In one transaction; then every file of the database is scrubbed."""
    progress(0, 2, "erasing")
    found, gone = await given.store.erasure.erase_person(task.about, task.owner)
    for each in gone:
        await given.rooms.drop(each)
    progress(1, 2, "emptying what deletion left behind")
    await given.store.erasure.scrub()
    return {"practice": len(gone), "attempts_left": len(found.attempts)}


register("erasure", Kind(run_erasure, _allow, roles=frozenset({"administrator"})))
