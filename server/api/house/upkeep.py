"""/api/house/upkeep: what is done every night without being asked, and how long backups are kept."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from server.api.access import Person, Someone
from server.api.house.backups import KEEP_DAYS, backups_in, drop_old, made_at
from server.api.premises import Premises
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.tasks import running
from server.core.errors import BedsideError

router = APIRouter(prefix="/api/house/upkeep", tags=["house"], responses=responses(401, 403))
log = logging.getLogger(__name__)
NIGHT = Person("", roles=frozenset({"administrator"}))
"""Who does it: nobody, by the rules."""
LOOK_EVERY_S = 300.0
HOUR = 2


class UpkeepAsk(Ask):
    """What is to be done."""

    retention: bool
    """Erase every night what is due."""
    backup: bool
    """Back up every night."""
    hour: Annotated[int, Field(ge=0, le=23)]
    """From when on, by UTC."""
    keep_backups_days: Annotated[int, Field(ge=0, le=3_650)]
    """0: until somebody deletes them."""


class Upkeep(Answer):
    """What is done."""

    retention: bool
    backup: bool
    hour: int
    keep_backups_days: int
    last_at: datetime | None
    """When it was begun last; null: never."""
    server_time: datetime


@router.get("")
async def read_upkeep(given: Given, _: Someone) -> Upkeep:
    """As it is set."""
    return await upkeep_of(given)


@router.put("", responses=responses(422))
async def set_upkeep(ask: UpkeepAsk, given: Given, person: Someone) -> Upkeep:
    """From the next night on."""
    await given.store.house.put_rule("upkeep", person.id, **ask.model_dump())
    return await upkeep_of(given)


async def upkeep_of(given: Services) -> Upkeep:
    """Rules that were never set are: erase what is due, keep backups 35 days, make none by itself."""
    rule, last = await given.store.house.rule("upkeep"), await given.store.house.rule("last_night")
    return Upkeep(
        retention=rule.get("retention", True), backup=rule.get("backup", False), hour=rule.get("hour", HOUR),
        keep_backups_days=rule.get("keep_backups_days", KEEP_DAYS), server_time=given.clock(),
        last_at=datetime.fromisoformat(last["at"]) if last else None,
    )  # fmt: skip


async def every_night(given: Services) -> None:
    """Until cancelled. What fails is logged and tried again the next night."""
    while True:
        try:
            await one_look(given)
        except (BedsideError, OSError) as error:
            log.warning("upkeep failed: %s", getattr(error, "code", type(error).__name__))
        await asyncio.sleep(LOOK_EVERY_S)


async def one_look(given: Services) -> bool:
    """Do what is due tonight, if it was not begun yet, in whichever process looks first. True when it was begun."""
    rules = await upkeep_of(given)
    if await given.store.erasure.scrub_owed():
        await given.store.erasure.scrub()
    if not _is_due(rules) or not await given.store.house.begin_night(rules.last_at, rules.server_time):
        return False
    if rules.last_at is None:  # a new house has nothing to look after yet
        return False
    if rules.retention:
        await running.begin(given, NIGHT, "retention")
    if given.premises is not None and given.store.database.file is not None:
        await _look_after_backups(given, given.premises, rules)
    return True


def _is_due(rules: Upkeep) -> bool:
    """Since the last one, the hour has struck."""
    struck = rules.server_time.replace(hour=rules.hour, minute=0, second=0, microsecond=0)
    struck -= timedelta(days=1) if struck > rules.server_time else timedelta()
    return rules.last_at is None or rules.last_at < struck


async def _look_after_backups(given: Services, premises: Premises, rules: Upkeep) -> None:
    """One that is too old goes only when a newer one is there: otherwise one is made first, and it goes next night."""
    found = await asyncio.to_thread(backups_in, premises.backups)
    young = rules.server_time - timedelta(days=rules.keep_backups_days)
    expiring = bool(found) and rules.keep_backups_days > 0 and made_at(found[0]) <= young
    if rules.backup or expiring:
        await running.begin(given, NIGHT, "backup")
    if not expiring:
        await drop_old(given)
