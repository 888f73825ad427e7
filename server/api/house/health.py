"""GET /api/house/health: what runs, on what, how full it is, and the command that mends what is not in order."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from fastapi import APIRouter

from server.api.access import Someone
from server.api.health import Engine
from server.api.house.backups import backups_in, made_at
from server.api.premises import Checked, Premises
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.engines.protocols import EngineInfo

router = APIRouter(prefix="/api/house/health", tags=["house"], responses=responses(401, 403))
LITTLE_ROOM = 2_000_000_000
"""Bytes free on the disk of the data, below which it is said."""
OLD_BACKUP = timedelta(days=7)
"""After which it is said."""


class Storage(Answer):
    """Where the data lie."""

    kind: Literal["sqlite", "postgresql"]
    folder: str
    """The data folder; empty where there is none."""
    database_bytes: int | None
    """Null: a server keeps it."""
    free_bytes: int | None
    """On the disk of the data folder."""
    backups: int
    newest_backup: datetime | None


class HouseHealth(Answer):
    """The state of the house."""

    version: str
    server_time: datetime
    engines: list[Engine]
    findings: list[Checked]
    """Faults first."""
    running: int
    """Encounters that are live in this process."""
    capacity: int
    load: dict[str, float]
    """As GET /api/health has it."""
    storage: Storage


@router.get("", responses=responses(503))
async def read_health(given: Given, _: Someone) -> HouseHealth:
    """Asks engines behind an address whether they would answer, which takes up to three seconds. What needs a shell
    (models that could be pulled, servers nearby) `bedside doctor` says.
    """
    await given.store.ready()
    storage = await asyncio.to_thread(_storage, given)
    asked = await given.premises.ask() if given.premises else []
    readings = given.live.load.readings
    return HouseHealth(
        version=given.version, server_time=given.clock(), storage=storage,
        engines=[Engine(**asdict(engine)) for engine in given.engines],
        findings=_in_order(asked, given.engines, storage, given.premises, given.clock()),
        running=readings.rooms, capacity=given.capacity,
        load={name: float(value) for name, value in asdict(readings).items()},
    )  # fmt: skip


def _in_order(
    asked: Iterable[Checked],
    engines: Iterable[EngineInfo],
    storage: Storage,
    premises: Premises | None,
    now: datetime,
) -> list[Checked]:
    found = [
        *(Checked(each.part, "fault", each.notice) for each in engines if not each.ready),
        *asked,
        *_of_storage(storage, now),
        *(Checked("library", "doubt", says) for says in (premises.problems if premises else ())),
    ]
    return sorted(found, key=lambda each: ("fault", "doubt", "ok").index(each.state))


def _of_storage(storage: Storage, now: datetime) -> list[Checked]:
    found = [Checked("database", "ok")]
    if storage.free_bytes is not None and storage.free_bytes < LITTLE_ROOM:
        says = f"Only {storage.free_bytes // 1_000_000:,} MB are free. Make room before encounters are refused."
        found.append(Checked("disk", "fault", says))
    if storage.kind == "sqlite" and storage.folder and storage.newest_backup is None:
        says = "No backup was made here yet. Make one under Backups, or run: ./bedside backup"
        found.append(Checked("backup", "doubt", says))
    if storage.newest_backup is not None and now - storage.newest_backup > OLD_BACKUP:
        days = (now - storage.newest_backup).days
        says = f"The newest backup here is {days} days old. Make one, or have one made every night under Keeping."
        found.append(Checked("backup", "doubt", says))
    return found


def _storage(given: Services) -> Storage:
    file, premises = given.store.database.file, given.premises
    folder = premises.data if premises else file.parent if file else None
    times = [made_at(path) for path in backups_in(premises.backups)] if premises else []
    return Storage(
        kind="postgresql" if file is None else "sqlite", folder=str(folder or ""),
        database_bytes=_size(file) if file else None, free_bytes=shutil.disk_usage(folder).free if folder else None,
        backups=len(times), newest_backup=times[0] if times else None,
    )  # fmt: skip


def _size(file: Path) -> int:
    """With its log."""
    return sum(path.stat().st_size for path in (file, Path(f"{file}-wal")) if path.exists())
