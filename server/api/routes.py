"""`build_api`: the routes, the guard round them, the page beside them."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from server.api import (
    board_posts,
    boards,
    carried,
    cases,
    corrections,
    debriefs,
    docs_page,
    encounters,
    health,
    human_transcripts,
    markers,
    marking,
    observations,
    observers,
    realtime,
    reflections,
    reports,
    retries,
    scorecards,
    sign_in,
    transcripts,
    writings,
)
from server.api.guard import Guard
from server.api.people import me
from server.api.permits import permit_of
from server.api.problems import add_handlers, responses
from server.api.services import Services

ABOUT = "Practise the conversation before the patient. Every error is a problem (RFC 9457) with a code and a sentence."
_ROOMS = (
    health, cases, carried, encounters, transcripts, corrections, reflections, scorecards, reports, observers,
    observations, markers, marking, sign_in, realtime, docs_page,
    debriefs, writings, retries, human_transcripts, boards, board_posts,
    me,
)  # fmt: skip


def build_api(services: Services) -> FastAPI:
    """The whole web application over `services`, whose owner starts and stops what they hold."""
    api = FastAPI(
        title="Bedside",
        version=services.version or "0",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=responses(422),
    )
    api.state.services = services
    add_handlers(api)
    for room in _ROOMS:
        api.include_router(room.router)
        _require_permits(room.router)
    if services.static is not None and services.static.is_dir():
        api.mount("/", StaticFiles(directory=services.static, html=True), name="page")
    api.add_middleware(Guard, hosts=services.hosts)
    return api


def _require_permits(router: APIRouter) -> None:
    """Raises `LookupError` for a route that nobody decided who may call."""
    for route in router.routes:
        for method in getattr(route, "methods", ()):
            permit_of(f"{method} {route.path}")  # type: ignore[attr-defined]
