"""The composition root: the one place that reads settings, builds real engines and joins the rooms."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from fastapi import FastAPI

from server import __version__
from server.api.authoring.shelving import renew
from server.api.encounters.public_case import wording_digest
from server.api.house.upkeep import every_night
from server.api.premises import Checked, Premises
from server.api.routes import build_api
from server.api.services import Services
from server.api.tasks import running
from server.api.tickets import Tickets
from server.assess.calibrating.applying import InForce
from server.assess.calibrating.record import FILE as CALIBRATION
from server.assess.calibrating.record import Calibration, not_in_force
from server.assess.draft import Drafts
from server.assess.model.jobs import ModelRatings
from server.content.folders import Library, load_library
from server.content.shelf import Shelf
from server.core.case import Case
from server.core.errors import BedsideError
from server.core.events import Ended
from server.core.scoring.scoring import SCORER
from server.engines import catalog
from server.engines.asking import Asked
from server.engines.catalog import EngineChoice
from server.engines.chat.rating import RatingModel
from server.engines.protocols import Actor, DetectorFactory, EngineInfo, Transcriber, Voice
from server.live.door import LiveDoor
from server.live.listening import NearDetectors
from server.live.rooms import Rooms
from server.settings import Settings
from server.store.house.backup import not_sqlite
from server.store.sql.clock import utc_now
from server.store.store import Store

log = logging.getLogger(__name__)

ABANDONED_AFTER = timedelta(minutes=30)
"""As long as a live room waits for its learner."""
WEB_CLIENT = Path(__file__).resolve().parent.parent / "web_client"


@dataclass(frozen=True)
class HouseEngines:
    """The engines of this process. A part that is not there is None, and its info says why."""

    actor: Actor
    voice: Voice | None
    transcriber: Transcriber | None
    detectors: DetectorFactory | None
    built: tuple[Actor | Voice | Transcriber | DetectorFactory | RatingModel, ...]
    rater: RatingModel | None = None

    @property
    def infos(self) -> tuple[EngineInfo, ...]:
        """What health, doctor and the page say, every part included."""
        return (*(engine.info for engine in self.built), *lexical_infos())


def build_engines(settings: Settings) -> HouseEngines:
    """Raises `EngineMissing` for a named engine that is not here, `SetupError` for settings that contradict."""
    choice = engine_choice(settings)
    actor, voice = catalog.acting(choice), catalog.speaking(choice)
    transcriber, detectors = catalog.hearing(choice), catalog.detecting(choice)
    rater = catalog.rating(choice)
    return HouseEngines(
        actor,
        voice if voice.info.ready else None,
        transcriber if transcriber.info.ready else None,
        NearDetectors(detectors) if detectors.info.ready else None,
        (transcriber, voice, detectors, actor, *([rater] if rater else [])),
        rater,
    )


def engine_choice(settings: Settings) -> EngineChoice:
    """What the settings say, in the words of the catalog."""
    chat = settings.acting == "chat" or (settings.acting == "auto" and bool(settings.chat_url))
    return EngineChoice(
        hearing="none" if settings.hearing == "off" else settings.hearing,
        hearing_model=settings.hearing_model,
        hearing_device=settings.hearing_device,
        hearing_workers=settings.hearing_workers,
        hearing_url=settings.hearing_url,
        hearing_key=settings.hearing_key.get_secret_value(),
        speaking="none" if settings.speaking == "off" else settings.speaking,
        speaking_voice=settings.speaking_voice,
        speaking_url=settings.speaking_url,
        speaking_model=settings.speaking_model,
        speaking_key=settings.speaking_key.get_secret_value(),
        acting="chat" if chat else "scripted",
        chat_url=settings.chat_url,
        chat_model=settings.chat_model,
        chat_key=settings.chat_key.get_secret_value(),
        chat_price_in=settings.chat_price_in,
        chat_price_out=settings.chat_price_out,
        rating_url=settings.rating_url,
        rating_model=settings.rating_model,
        rating_key=settings.rating_key.get_secret_value(),
        models_dir=settings.models_dir,
    )


def lexical_infos() -> tuple[EngineInfo, EngineInfo]:
    """Observing and rating are ours, pure, and always there."""
    observing = EngineInfo("observing", "lexical", "embedded", __version__, "Apache-2.0", True)
    rating = EngineInfo(
        "rating",
        SCORER,
        "embedded",
        __version__,
        "Apache-2.0",
        True,
        "A draft from readable rules; faculty's mark is the record.",
    )
    return observing, rating


@dataclass
class House:
    """Everything that runs, joined."""

    api: FastAPI
    services: Services
    rooms: Rooms
    door: LiveDoor
    shelf: Shelf

    async def restart_soon(self) -> None:
        """Tell the clients that are connected to come back."""
        await self.door.restart()


@asynccontextmanager
async def open_house(
    settings: Settings, *, token: str, origins: frozenset[str], hosts: frozenset[str]
) -> AsyncIterator[House]:
    """Build everything, hand it out, and take it down in order. Raises `SetupError`, `EngineMissing`."""
    engines = build_engines(settings)
    library = load_library(settings.personas_dir, settings.rubrics_dir)
    for problem in library.problems:
        log.warning("library: %s", problem)
    calibrations = InForce(settings.data_dir.expanduser().absolute())
    for notice in not_in_force(calibrations, library.rubrics):
        log.warning("calibration: %s", notice)
    store = await Store.open(settings.store_url)
    shelf = await with_published(library, store)
    ears = next(info for info in engines.infos if info.part == "hearing")
    ratings = model_ratings(engines, store, library, ears, calibrations)
    drafts = Drafts(store, library.rubrics, ears, calibrations, ratings.want if ratings else None)
    rooms = Rooms(store, engines, drafts)
    door = LiveDoor(rooms, store, engines.detectors, capacity=settings.capacity)
    services = Services(
        store=store, shelf=shelf, personas=settings.personas_dir, rooms=rooms, live=door, drafts=drafts,
        tickets=Tickets(store),
        engines=engines.infos, token=token, origins=origins, hosts=hosts, secure=settings.secure,
        public_url=settings.public_url, capacity=settings.capacity,
        static=WEB_CLIENT if WEB_CLIENT.is_dir() else None, version=__version__,
        premises=premises(settings, engines, library),
    )  # fmt: skip
    await running.sweep(services, alone=settings.store_url.startswith("sqlite"))
    warming = asyncio.create_task(_warm(engines, drafts, rooms, store))
    rating = asyncio.create_task(_rate(ratings, store, alone=settings.store_url.startswith("sqlite")))
    nights = asyncio.create_task(every_night(services))
    try:
        yield House(build_api(services), services, rooms, door, shelf)
    finally:
        warming.cancel()
        rating.cancel()
        nights.cancel()
        await asyncio.gather(warming, rating, nights, return_exceptions=True)
        await running.close(services)
        await rooms.close()
        await catalog.close(*engines.built)
        await store.close()


async def with_published(library: Library, store: Store) -> Shelf:
    """The cases of the folder, and beside them those that were published here."""
    shelf = Shelf(library)
    await renew(shelf, store)
    for problem in shelf.troubles:
        log.warning("published case: %s", problem)
    return shelf


def premises(settings: Settings, engines: HouseEngines, library: Library) -> Premises:
    """Where this installation keeps its things."""

    async def ask() -> list[Checked]:
        told = await asyncio.gather(*map(catalog.ask, engines.built))
        return [_checked(engine.info.part, each) for engine, each in zip(engines.built, told, strict=True)]

    return Premises(
        settings.data_dir.expanduser().absolute(), kept_files(settings), not_sqlite(settings.store_url), ask,
        tuple(str(problem) for problem in library.problems), settings.chat_price_in, settings.chat_price_out,
    )  # fmt: skip


def _checked(part: str, told: Asked) -> Checked:
    return Checked(part, "fault" if told.fault else "doubt" if told.doubt else "ok", told.fault or told.doubt)


def kept_files(settings: Settings) -> tuple[Path, ...]:
    """What a backup holds beside the database."""
    return (settings.data_dir.expanduser().absolute() / CALIBRATION,)


def model_ratings(
    engines: HouseEngines, store: Store, library: Library, ears: EngineInfo, calibrations: Mapping[str, Calibration]
) -> ModelRatings | None:
    """What a model is still to read; None where none is set. Only what a learner agreed to is sent, or what a program
    opened, which agrees to nothing and stands for its owner.
    """
    if engines.rater is None:
        return None

    def agreed(case: Case, acknowledged: str) -> bool:
        return acknowledged in ("", wording_digest(case, engines.infos))

    return ModelRatings(store, engines.rater, library.rubrics, agreed, utc_now, ears, calibrations)


async def _rate(ratings: ModelRatings | None, store: Store, *, alone: bool) -> None:
    """Until cancelled. `alone`: no other process uses this database, so what is held is held by nobody."""
    if ratings is not None:
        if alone:
            await store.release_ratings()
        await ratings.run()


async def _warm(engines: HouseEngines, drafts: Drafts, rooms: Rooms, store: Store) -> None:
    """What need not hold up the first page: loading models, and what a crash left undone."""
    await catalog.warm(*engines.built)
    await drafts.make_missing()
    await end_abandoned(rooms, store, utc_now() - ABANDONED_AFTER)


async def end_abandoned(rooms: Rooms, store: Store, since: datetime) -> None:
    """End encounters that nobody came back to after the process died; what was said can still be reflected on."""
    for encounter_id in await store.left_alone(since):
        try:
            if (await rooms.snapshot(encounter_id)).phase in ("encounter", "paused"):
                await rooms.offer(encounter_id, Ended("abandoned"))
        except (BedsideError, LookupError, RuntimeError) as error:
            log.warning("encounter %s could not be ended: %s", encounter_id, getattr(error, "code", "unreadable"))
