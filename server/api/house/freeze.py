"""A freeze for an exam window: from when until when no engine, case or rubric changes.

Whatever would change one of them asks `server.store.house.rules.refuse_frozen` in its own unit of the store. Engines
are chosen by settings at start, which nothing here can refuse: the page says what differs from what was in use when the
freeze was set.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from server.api.access import Someone
from server.api.house.moments import Moment, in_utc
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.texts import storable
from server.core.errors import RequestError
from server.store.house.rules import FROZEN, Freeze, Frozen

router = APIRouter(prefix="/api/house/freeze", tags=["house"], responses=responses(401, 403))
LONGEST = timedelta(days=92)


class FreezeAsk(Ask):
    """What is not to change, and when."""

    begins: Moment | None = None
    """With its time zone; none: now."""
    until: Moment
    """With its time zone. The server's clock decides."""
    what: Annotated[list[Frozen], Field(min_length=1, max_length=3)]
    why: Annotated[str, Field(max_length=200)] = ""
    """For those who meet it, e.g. `OSCE week`."""


class FreezeView(Answer):
    """The freeze that was set last."""

    begins: datetime
    until: datetime
    what: list[Frozen]
    why: str
    by: str
    """The name of whoever set it; empty: not known."""
    in_force: bool
    """It has begun and not ended."""
    differs: list[str]
    """What is in use now and was not when it was set, in sentences."""
    server_time: datetime


class FreezeState(Answer):
    """Whether anything is frozen."""

    freeze: FreezeView | None


@router.get("")
async def read_freeze(given: Given, _: Someone) -> FreezeState:
    """For everybody on the staff, so that a page can say why something cannot be done."""
    freeze = await given.store.house.freeze()
    return FreezeState(freeze=None if freeze is None else _view(freeze, given))


@router.put("", responses=responses(422))
async def set_freeze(ask: FreezeAsk, given: Given, person: Someone) -> FreezeView:
    """In place of any other. What is in use now is kept beside it, to be compared."""
    now = given.clock()
    begins, until = in_utc(ask.begins or now, "begins"), in_utc(ask.until, "until")
    _refuse_window(begins, until, now)
    what = tuple(each for each in FROZEN if each in ask.what)
    freeze = Freeze(begins, until, what, " ".join(storable(ask.why).split()), in_use(given))
    return _view(await given.store.house.put_freeze(freeze, person.id), given)


@router.delete("", status_code=204, responses=responses(404))
async def lift_freeze(given: Given, person: Someone) -> Response:
    """From this moment everything may be changed again."""
    await given.store.house.lift_freeze(person.id)
    return Response(status_code=204)


def in_use(given: Services) -> dict[str, dict[str, str]]:
    """What a freeze is to keep: each by its id, with its version."""
    return {
        "engines": {info.part: f"{info.name} {info.version}".strip() for info in given.engines},
        "cases": {case.case_id: f"{case.case_version} ({case.digest[:8]})" for case in given.shelf.cases.values()},
        "rubrics": {
            name: f"{rubric.rubric_version} ({rubric.digest[:8]})" for name, rubric in given.shelf.rubrics.items()
        },
    }


def differences(freeze: Freeze, now_in_use: Mapping[str, Mapping[str, str]]) -> list[str]:
    """In sentences: what a freeze should have kept and is another now."""
    return [
        f"{what}: {name} was {before.get(name, 'not there')} and is {after.get(name, 'not there')}."
        for what in freeze.what
        for before, after in [(freeze.as_it_was.get(what, {}), now_in_use[what])]
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def _refuse_window(begins: datetime, until: datetime, now: datetime) -> None:
    said = f"The server's time is {now:%d %B %Y, %H:%M} UTC."
    if until <= now:
        raise RequestError(f"This end has passed. {said}", code="freeze_over", field="until", mend="Name a later one.")
    if begins >= until:
        raise RequestError("It would end before it begins.", code="freeze_backwards", field="begins")
    if until - begins > LONGEST:
        mend = "Name an earlier end; it can be set again."
        raise RequestError(f"A freeze lasts at most {LONGEST.days} days.", code="freeze_long", field="until", mend=mend)


def _view(freeze: Freeze, given: Services) -> FreezeView:
    now = given.clock()
    return FreezeView(
        begins=freeze.begins, until=freeze.until, what=list(freeze.what), why=freeze.why, by=freeze.by,
        in_force=freeze.begins <= now < freeze.until, differs=differences(freeze, in_use(given)), server_time=now,
    )  # fmt: skip
