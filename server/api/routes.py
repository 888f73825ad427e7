"""`build_api`: the routes, the guard round them, the page beside them."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from server.api import (
    carried,
    cases,
    corrections,
    docs_page,
    encounters,
    health,
    observations,
    observers,
    realtime,
    reflections,
    reports,
    scorecards,
    sign_in,
    transcripts,
)
from server.api.guard import Guard
from server.api.problems import add_handlers, responses
from server.api.services import Services

ABOUT = "Practise the conversation before the patient. Every error is a problem (RFC 9457) with a code and a sentence."
_ROOMS = (
    health, cases, carried, encounters, transcripts, corrections, reflections, scorecards, reports, observers,
    observations, sign_in, realtime, docs_page,
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
    if services.static is not None and services.static.is_dir():
        api.mount("/", StaticFiles(directory=services.static, html=True), name="page")
    api.add_middleware(Guard, hosts=services.hosts)
    return api
