"""/api/house/backups: what was saved of this installation, and the task that saves it while encounters go on.

Putting one back is `bedside restore`, with the service stopped.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from server.api.access import Person, Someone
from server.api.house.premises import database_of, premises_of
from server.api.premises import Premises
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.api.tasks.kinds import Kind, register
from server.api.tasks.progress import Progress, Tell
from server.core.errors import Conflict, NotFound
from server.store.house.backup import ENDING, make_backup, usual_name
from server.store.house.restoring import Examined, examine
from server.store.house.tasks import Task

router = APIRouter(prefix="/api/house/backups", tags=["house"], responses=responses(401, 403))
_NAME = re.compile(r"[0-9A-Za-z-]{1,64}" + re.escape(ENDING))
MEGABYTE = 1_000_000
PACKING = 90
"""Of a hundred; the rest is trying it out."""


class BackupView(Answer):
    """One file."""

    name: str
    size: int
    """Bytes."""
    made_at: datetime
    expires_at: datetime | None
    """When it is removed by itself; null: never."""


class Backups(Answer):
    """What there is."""

    files: list[BackupView]
    """Newest first."""
    folder: str
    possible: bool
    """False: the database is kept by a server."""
    why_not: str
    """What backs it up instead, with the command."""
    restore: str
    """The command that puts the newest one back, with the service stopped."""


@router.get("")
async def list_backups(given: Given, _: Someone) -> Backups:
    """Those made from the page or at night. Files written elsewhere by `bedside backup` are not among them."""
    premises, days = premises_of(given), await keep_days(given)
    found = await asyncio.to_thread(backups_in, premises.backups)
    try:
        database_of(given)
        why_not = ""
    except Conflict as error:
        why_not = error.message
    views = [_view(path, days) for path in found]
    restore = f"./bedside restore '{found[0]}' --data '{premises.data}'" if found else ""
    return Backups(files=views, folder=str(premises.backups), possible=not why_not, why_not=why_not, restore=restore)


@router.get("/{name}", response_class=FileResponse, responses=responses(404))
async def take_backup(name: str, given: Given, person: Someone) -> FileResponse:
    """The file itself. It holds everything that was ever said here: whoever has it can read it. That is noted."""
    path = _named(given, name)
    await given.store.audit.note(person.id, "backup_taken", name)
    return FileResponse(path, media_type="application/octet-stream", filename=name)


@router.delete("/{name}", status_code=204, responses=responses(404))
async def delete_backup(name: str, given: Given, person: Someone) -> Response:
    """There is no way back."""
    _named(given, name).unlink(missing_ok=True)
    await given.store.audit.note(person.id, "backup_deleted", name)
    return Response(status_code=204)


def backups_in(folder: Path) -> list[Path]:
    """Newest first, by their names, which begin with their time."""
    found = [path for path in folder.glob(f"*{ENDING}") if _NAME.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, key=lambda path: path.name, reverse=True)


async def keep_days(given: Services) -> int:
    """How long a backup is kept; 0: until somebody deletes it."""
    rule = await given.store.house.rule("upkeep")
    return int(rule.get("keep_backups_days", KEEP_DAYS))


KEEP_DAYS = 35
"""Whoever was erased is gone from every backup after so many days."""


def made_at(path: Path) -> datetime:
    """From its name."""
    return datetime.strptime(path.name[:17], "%Y-%m-%d-%H%M%S").replace(tzinfo=UTC)


async def drop_old(given: Services) -> list[str]:
    """Remove those whose time is over. Returns their names; it is noted."""
    days, now = await keep_days(given), given.clock()
    if not days:
        return []
    old = [path for path in backups_in(premises_of(given).backups) if made_at(path) + timedelta(days=days) <= now]
    for path in old:
        path.unlink(missing_ok=True)
    if old:
        await given.store.audit.note("", "backups_expired", "", files=[path.name for path in old], days=days)
    return [path.name for path in old]


def _named(given: Services, name: str) -> Path:
    path = premises_of(given).backups / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound("There is no such backup.", code="backup_not_found", mend="GET /api/house/backups lists them.")
    return path


def _view(path: Path, days: int) -> BackupView:
    made = made_at(path)
    expires = made + timedelta(days=days) if days else None
    return BackupView(name=path.name, size=path.stat().st_size, made_at=made, expires_at=expires)


async def _allow(given: Services, _: Person, about: str, asked: Mapping[str, Any]) -> str:
    if about or asked:
        raise Conflict("A backup is of everything, and takes no words.", code="bad_field")
    premises_of(given)
    database_of(given)
    return "Back up this installation"


async def run_backup(given: Services, task: Task, progress: Progress) -> dict[str, Any]:
    """Copy, pack, and try out what came of it. Raises `SetupError`."""
    premises, name = premises_of(given), usual_name(given.clock())
    made: dict[str, Any] = await progress.in_thread(_back_up, database_of(given), premises, name, given.version)
    await given.store.audit.note(task.owner, "backup_made", name, sha256=made["sha256"], size=made["size"])
    return made


def _back_up(tell: Tell, database: Path, premises: Premises, name: str, version: str) -> dict[str, Any]:
    out = premises.backups / name

    def told(done: int, of: int) -> None:
        tell(PACKING * done // max(of, 1), 100, f"packing, {done // MEGABYTE} of {of // MEGABYTE} MB")

    tell(0, 100, "copying the database")
    made = make_backup(database, out, premises.kept, version=version, tell=told)
    manifest = _tried_out(tell, out).manifest
    facts = {"encounters": manifest.encounters, "entries": manifest.entries}
    return {"file": name, "size": made.size, "sha256": made.checksum, **facts}


def _tried_out(tell: Tell, out: Path) -> Examined:
    """One that cannot be restored, or that nobody waits for any more, is none."""
    try:
        tell(PACKING, 100, "unpacking it to see that it can be restored")
        examined = examine(out, out.parent)
        tell(100, 100, "tried out")
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return examined


register("backup", Kind(run_backup, _allow, roles=frozenset({"administrator"})))
