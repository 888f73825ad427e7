"""GET /api/house/usage: how much was practised, with what, and what it cost. Nobody is named."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass, fields

from fastapi import APIRouter
from starlette.responses import Response

from server.api.access import Someone
from server.api.csv_text import answer_csv
from server.api.premises import Premises
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer
from server.core.errors import NotFound
from server.store.house.usage import HeldWith, InUse, RatedWith, Used

router = APIRouter(prefix="/api/house/usage", tags=["house"], responses=responses(401, 403))
MOST_SHOWN = 500


@dataclass(frozen=True)
class Month(Used):
    """One case in one month, and its price."""

    cost: float | None = None
    """At the price that is set now; null where none is set."""


@dataclass(frozen=True)
class Version(InUse):
    """One version of a case."""

    on_shelf: bool
    """New encounters begin with exactly this one."""


class UsageView(Answer):
    """All of it."""

    months: list[Month]
    """Newest first."""
    cases: list[Version]
    drafts: list[RatedWith]
    engines: dict[str, str]
    """In use now, by part."""


@router.get("")
async def read_usage(given: Given, _: Someone) -> UsageView:
    """Counts by case and month; the versions of cases, rubrics and engines that encounters were held with."""
    shelf = {case.digest for case in given.shelf.cases.values()}
    usage = given.store.usage
    return UsageView(
        months=[_priced(each, given.premises) for each in await usage.by_month()],
        cases=[Version(**asdict(each), on_shelf=each.digest in shelf) for each in await usage.cases_in_use()],
        drafts=await usage.rated_with(),
        engines={info.part: f"{info.name} {info.version}".strip() for info in given.engines},
    )


@router.get("/versions/{digest}", responses=responses(404))
async def read_version(digest: str, given: Given, _: Someone) -> list[HeldWith]:
    """Which encounters were held with one version of a case, newest first, at most 500; not whose they are."""
    found = await given.store.usage.held_with(digest, MOST_SHOWN)
    if not found:
        mend = "GET /api/house/usage lists those that are in use."
        raise NotFound("No encounter was held with such a version.", code="version_not_found", mend=mend)
    return found


@router.get("/file.csv", response_class=Response)
async def take_usage(given: Given, _: Someone) -> Response:
    """The months, for a spreadsheet."""
    rows = [_priced(each, given.premises) for each in await given.store.usage.by_month()]
    return answer_csv("bedside-usage.csv", [each.name for each in fields(Month)], [astuple(row) for row in rows])


def _priced(used: Used, premises: Premises | None) -> Month:
    cost = None
    if premises and (premises.price_in or premises.price_out):
        cost = round((used.tokens_in * premises.price_in + used.tokens_out * premises.price_out) / 1_000_000, 4)
    return Month(**asdict(used) | {"minutes": round(used.minutes, 1)}, cost=cost)
