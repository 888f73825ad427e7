"""GET /api/house/usage: how much was practised, with what, and what it cost. Nobody is named."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from server.api.access import Someone
from server.api.csv_text import answer_csv
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.core.errors import NotFound
from server.store.house.usage import Used

router = APIRouter(prefix="/api/house/usage", tags=["house"], responses=responses(401, 403))
MOST_SHOWN = 500


class UsedView(Answer):
    """One case in one month (UTC)."""

    case_id: str
    month: str
    encounters: int
    ended: int
    minutes: float
    replies_failed: int
    """Replies that never came."""
    replies_refused: int
    """Replies of a model that could not be used; the case's own line was said in their place."""
    hearing_failed: int
    tokens_in: int
    """As the chat model counted them."""
    tokens_out: int
    cost: float | None
    """At the price that is set now; null where none is set."""


class InUseView(Answer):
    """One version of a case."""

    case_id: str
    version: str
    digest: str
    encounters: int
    running: int
    first_at: datetime
    last_at: datetime
    on_shelf: bool
    """New encounters begin with exactly this one."""


class HeldWithView(Answer):
    """One encounter of a version."""

    id: str
    portrayal: str
    created_at: datetime
    ended: str
    """Why it ended; empty while it has not."""


class RatedWithView(Answer):
    """What drafts were made with."""

    rubric: str
    rubric_version: str
    rater: str
    hearing: str
    encounters: int


class UsageView(Answer):
    """All of it."""

    months: list[UsedView]
    """Newest first."""
    cases: list[InUseView]
    drafts: list[RatedWithView]
    engines: dict[str, str]
    """In use now, by part."""


@router.get("")
async def read_usage(given: Given, _: Someone) -> UsageView:
    """Counts by case and month; the versions of cases, rubrics and engines that encounters were held with."""
    shelf = {case.digest for case in given.shelf.cases.values()}
    usage = given.store.usage
    return UsageView(
        months=[_view(each, given) for each in await usage.by_month()],
        cases=[InUseView(**asdict(each), on_shelf=each.digest in shelf) for each in await usage.cases_in_use()],
        drafts=[RatedWithView(**asdict(each)) for each in await usage.rated_with()],
        engines={info.part: f"{info.name} {info.version}".strip() for info in given.engines},
    )


@router.get("/versions/{digest}", responses=responses(404))
async def read_version(digest: str, given: Given, _: Someone) -> list[HeldWithView]:
    """Which encounters were held with one version of a case, newest first, at most 500; not whose they are."""
    found = await given.store.usage.held_with(digest, MOST_SHOWN)
    if not found:
        mend = "GET /api/house/usage lists those that are in use."
        raise NotFound("No encounter was held with such a version.", code="version_not_found", mend=mend)
    return [HeldWithView(**asdict(each)) for each in found]


@router.get("/file.csv", response_class=Response)
async def take_usage(given: Given, _: Someone) -> Response:
    """The months, for a spreadsheet."""
    rows = [_view(each, given).model_dump() for each in await given.store.usage.by_month()]
    return answer_csv("bedside-usage.csv", tuple(UsedView.model_fields), (tuple(row.values()) for row in rows))


def _view(used: Used, given: Services) -> UsedView:
    premises = given.premises
    cost = None
    if premises and (premises.price_in or premises.price_out):
        cost = round((used.tokens_in * premises.price_in + used.tokens_out * premises.price_out) / 1_000_000, 4)
    return UsedView(**asdict(used) | {"minutes": round(used.minutes, 1)}, cost=cost)
