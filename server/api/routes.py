"""`build_api`: the routes, the guard round them, the page beside them."""

from __future__ import annotations

from fastapi import APIRouter, Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from server.api import docs_page, health, sign_in
from server.api.authoring import checks, files, publishing, reviews, tries
from server.api.authoring.shelving import current_cases
from server.api.courses import assignments, attempts, briefing, course_list, course_people, releases, sharing, status
from server.api.debriefing import board_posts, boards, debriefs, reflections, retries, writings
from server.api.encounters import briefings, carried, cases, corrections, encounters, observers, realtime, transcripts
from server.api.grading import (
    calibration,
    calibration_applying,
    cohorts,
    comments,
    marks_file,
    may_show,
    playlists,
    queue,
    remarks,
    running,
    trials,
)
from server.api.guard import Guard
from server.api.house import audit_log, backups, erasure, freeze, retention, upkeep, usage
from server.api.house import health as house_health
from server.api.marking import human_transcripts, markers, marking, observations, reports, scorecards
from server.api.people import accounts, background, entrance, invitations, links, me, own_account, own_data, roster
from server.api.permits import permit_of
from server.api.problems import add_handlers, responses
from server.api.services import Services
from server.api.tasks import task_list

ABOUT = "Practise the conversation before the patient. Every error is a problem (RFC 9457) with a code and a sentence."
_ROOMS = (
    health, cases, carried, encounters, briefings, transcripts, corrections, reflections, scorecards, reports,
    observers, observations, markers, marking, sign_in, realtime, docs_page,
    debriefs, writings, retries, human_transcripts, boards, board_posts,
    me, own_data, background, entrance, invitations, own_account, accounts, links, roster,
    freeze, house_health, audit_log, backups, retention, erasure, upkeep, usage,
    checks, files, reviews, publishing, tries,
    task_list, cohorts, may_show, playlists,
    remarks, queue, running, comments, marks_file, calibration, calibration_applying, trials,
    course_list, course_people, assignments, attempts, briefing, status, releases, sharing,
)  # fmt: skip
_ASK_FOR_CASES = (
    cases, carried, encounters, briefings, realtime, files, tries, task_list, assignments, attempts, briefing,
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
        api.include_router(room.router, dependencies=[Depends(current_cases)] if room in _ASK_FOR_CASES else [])
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
