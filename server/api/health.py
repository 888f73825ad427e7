"""GET /api/health: is it running, and with which engines. Open to everybody: it says nothing about anybody."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from fastapi import APIRouter

from server.api.consent import consent
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer

router = APIRouter(prefix="/api/health", tags=["health"])


class Engine(Answer):
    """One engine."""

    part: str
    """hearing, speaking, detecting, acting, observing or rating"""
    name: str
    kind: Literal["embedded", "local", "remote"]
    """embedded: comes with the install; local: a model on this machine; remote: another machine."""
    version: str
    licence: str
    ready: bool
    notice: str
    """A limit worth knowing, or why it is not ready and what mends that."""
    host: str
    """For a remote engine, the machine that is sent the words."""


class Health(Answer):
    """The server and its parts."""

    status: Literal["ok", "limited"]
    """limited: an engine is not ready; typed encounters may still work."""
    version: str
    engines: list[Engine]
    load: dict[str, float]
    """rooms, lag_p95_ms of the event loop, backlog_s before the recogniser, cpu (0 to 1), refusing (1: new encounters
    are turned away for now)
    """
    consent: str
    """Where speech goes, for the consent screen."""


@router.get("", responses=responses(503))
async def health(given: Given) -> Health:
    """503 when the database does not answer."""
    await given.store.ready()
    engines = [Engine(**asdict(engine)) for engine in given.engines]
    status: Literal["ok", "limited"] = "ok" if all(engine.ready for engine in engines) else "limited"
    load = {name: float(value) for name, value in asdict(given.live.load.readings).items()}
    return Health(status=status, version=given.version, engines=engines, load=load, consent=consent(given.engines))
