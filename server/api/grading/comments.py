"""/api/grading/comments: words that graders use again, their own and those of their courses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from server.api.access import Person, Someone
from server.api.grading.doors import require_staff
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.texts import storable
from server.core.errors import RequestError
from server.store.marking.comment_bank import BankComment

router = APIRouter(prefix="/api/grading/comments", tags=["grading"], responses=responses(401, 403))
Id = Annotated[str, Field(max_length=200)]


class NewComment(Ask):
    """To be kept."""

    text: Annotated[str, Field(min_length=1, max_length=2_000)]
    dimension: Id = ""
    """Of the rubric that it is for; empty: any."""
    course: Id = ""
    """For everybody on that course's staff; empty: for yourself."""


class CommentView(Answer):
    """A comment to use again."""

    id: str
    text: str
    dimension: str
    course: str
    """Whose it is; empty: your own."""


@router.get("", responses=responses(404))
async def list_comments(given: Given, person: Someone, course: Id = "") -> list[CommentView]:
    """Your own, then those of the course."""
    found = await given.store.comment_bank.of(await _owners(given, person, course))
    return [_view(each) for each in sorted(found, key=lambda each: each.owner != person.id)]


@router.post("", status_code=201, responses=responses(404, 409, 422))
async def keep_comment(ask: NewComment, given: Given, person: Someone) -> CommentView:
    """The same once more changes nothing."""
    await _owners(given, person, ask.course)
    text = storable(ask.text).strip()
    if not text:
        raise RequestError("A comment has words.", code="no_words", field="text", mend="Write some.")
    owner = ask.course or person.id
    return _view(await given.store.comment_bank.add(owner, text, storable(ask.dimension)))


@router.delete("/{comment_id}", status_code=204, responses=responses(404))
async def drop_comment(comment_id: str, given: Given, person: Someone, course: Id = "") -> None:
    """One of your own, or with `course` one of that course's."""
    await given.store.comment_bank.drop(await _owners(given, person, course), comment_id)


async def _owners(given: Services, person: Person, course: str) -> Iterable[str]:
    if course:
        await require_staff(given, person, course)
    return [person.id, *([course] if course else [])]


def _view(comment: BankComment) -> CommentView:
    course = comment.owner if comment.owner.startswith("crs_") else ""
    return CommentView(id=comment.id, text=comment.text, dimension=comment.dimension, course=course)
