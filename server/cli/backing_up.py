"""`backup` and `restore`: the whole installation in one file, and back again, with everything checked before."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from sqlalchemy import make_url

from server import __version__
from server.app import kept_files
from server.core.errors import SetupError
from server.settings import Settings, load_settings
from server.store.house.backup import make_backup, not_sqlite, usual_name
from server.store.house.restoring import Restored, examine, restore
from server.store.sql.clock import utc_now

_SHOWN_IDS = 20
NOT_IN_IT = """On a machine that is new to it, bring what is in no backup:
  - the settings (BEDSIDE_ variables) of the old one, keys of model servers among them
  - models: `bedside pull` fetches them again
  - cases and rubrics, if you keep your own in BEDSIDE_PERSONAS_DIR or BEDSIDE_RUBRICS_DIR
  - the start link and the bearer token: `bedside up --data '{folder}'` makes new ones; scripts need the new token"""


def backup(out: Path | None) -> None:
    """Raises `SetupError`."""
    settings = load_settings()
    database = database_file(settings, "back it up with")
    file = (out or Path(usual_name(utc_now()))).absolute()
    with Progress(TextColumn("Copying"), BarColumn(), DownloadColumn(), console=Console()) as bar:
        shown = bar.add_task("", total=None)
        made = make_backup(
            database, file, kept_files(settings), version=__version__,
            tell=lambda done, of: bar.update(shown, completed=done, total=of),
        )  # fmt: skip
    examine(file, file.parent)
    told = made.manifest
    typer.echo(
        f"Wrote {file}: {told.encounters} encounters, {told.entries} entries, {made.size:,} bytes.\n"
        f"sha256 {made.checksum}\nIt was unpacked and checked. `bedside restore {file}` puts it back.\n"
        "It is not encrypted; docs/backup.md says how to encrypt it before it leaves this machine."
    )


def restore_from(file: Path, data: Path | None, check: bool) -> None:
    """Raises `SetupError`; then nothing was changed."""
    if check:
        _tell_examined(file)
        return
    settings = _meant(data)
    database = database_file(settings, "restore it with pg_restore; you backed it up with")
    _tell_restored(database, restore(file.absolute(), database, kept_files(settings), named=data is not None))


def _meant(data: Path | None) -> Settings:
    """Where it is put back. Raises `SetupError` where the database that the settings name is no part of `data`."""
    settings = load_settings()
    if data is None or not settings.database_url:
        return settings if data is None else load_settings(data_dir=data)
    database = database_file(settings, "restore it with pg_restore; you backed it up with")
    if data.resolve() not in (database.parent, settings.data_dir.expanduser().resolve()):
        says = f"BEDSIDE_DATABASE_URL says that the database is {database}, which is not in {data}."
        mend = f"Unset it to restore into {data}, or give --data {database.parent} if that one is meant."
        raise SetupError(f"{says} {mend}", code="restore_elsewhere")
    return settings


def database_file(settings: Settings, verb: str) -> Path:
    """Raises `SetupError` where the database is no file, with what does it there."""
    if command := not_sqlite(settings.store_url):
        here = "This Bedside keeps its data in PostgreSQL"
        message = f"{here}: {verb}\n\n    {command}\n\nand keep calibration.json of the data folder beside it."
        raise SetupError(message, code="backup_postgresql")
    return Path(make_url(settings.store_url).database or "").resolve()


def _tell_examined(file: Path) -> None:
    told = examine(file.absolute()).manifest
    typer.echo(f"{file} is whole: {told.encounters} encounters, {told.entries} entries, made {told.made_at}.")


def _tell_restored(database: Path, done: Restored) -> None:
    told = done.examined.manifest
    typer.echo(
        f"Restored {database} as it was at {told.made_at}: {told.encounters} encounters. Everybody signs in anew."
    )
    if done.examined.older:
        typer.echo(f"It was made by an older Bedside ({told.version or told.tables}) and brought up to date.")
    if done.examined.audit_broken_at is not None:
        typer.echo(
            f"Its audit log does not hold from row {done.examined.audit_broken_at} on; see `bedside verify-audit`."
        )
    if done.aside is not None:
        typer.echo(f"What was there is in {done.aside}; delete it when you no longer need it.")
    else:
        typer.echo(NOT_IN_IT.format(folder=database.parent))
    if done.erased_since:
        shown = ", ".join(done.erased_since[:_SHOWN_IDS]) + (" …" if len(done.erased_since) > _SHOWN_IDS else "")
        typer.echo(f"Erased after this backup was made, and back now: {shown}. Erase them again.")
