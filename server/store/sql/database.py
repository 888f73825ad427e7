"""A database, opened: one writer, a few readers, and what differs between SQLite and PostgreSQL kept in here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from server.core.errors import SetupError, StoreError
from server.store.sql import postgres, sqlite
from server.store.sql.failures import explained
from server.store.sql.schema import is_current, migrate
from server.store.sql.writer import Writer

T = TypeVar("T")
READERS = 4
"""Threads and connections for reading."""


@dataclass(frozen=True)
class Engines:
    """What is open of one database."""

    reading: Engine
    writing: Engine | None
    """None: opened for reading only."""
    scrub: Callable[[Engine], None]
    lock: int | None = None
    """SQLite's lock on its file."""

    def close(self) -> None:
        """Let go of connections and files."""
        self.reading.dispose()
        if self.writing is not None:
            self.writing.dispose()
        if self.lock is not None:
            sqlite.unlock(self.lock)


def open_engines(url: str, *, reading: bool = False) -> Engines:
    """Check, migrate and open the database at `url`; `reading` changes nothing and may stand beside a server.

    Raises `SetupError` with what to change.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "postgresql":
        return _read_postgres(parsed) if reading else _open_postgres(parsed)
    path = Path(parsed.database or "").resolve()
    return _read_sqlite(path) if reading else _open_sqlite(path)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        backend = ""
    if backend not in ("sqlite", "postgresql"):
        raise SetupError("BEDSIDE_DATABASE_URL must begin with sqlite:/// or postgresql://", code="bad_database_url")
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise SetupError(
            "BEDSIDE_DATABASE_URL names no file: write sqlite:////folder/bedside.db", code="bad_database_url"
        )
    return parsed


def _open_sqlite(path: Path) -> Engines:
    sqlite.prepare_folder(path)
    held = sqlite.lock(path)
    try:
        sqlite.check(path)
        if not path.exists():
            _make_sqlite(path)
        sqlite.inspect(path)
        writing = sqlite.engine(path, writing=True)
        _prepare(writing, _called(path), migrate)
    except BaseException:
        sqlite.unlock(held)
        raise
    return Engines(sqlite.engine(path, writing=False, size=READERS), writing, sqlite.scrub, held)


def _read_sqlite(path: Path) -> Engines:
    sqlite.check(path)
    if not path.exists():
        raise SetupError(
            f"{_called(path)} is not there yet. Start Bedside once with `bedside up`.", code="store_missing"
        )
    engine = sqlite.engine(path, writing=False, size=READERS)
    _prepare(engine, _called(path), _require_current)
    return Engines(engine, None, sqlite.scrub)


def _make_sqlite(path: Path) -> None:
    """Made beside its place and moved there whole, so that a crash never leaves half a database under the name."""
    new = sqlite.unfinished_file(path)
    engine = sqlite.engine(new, writing=True)
    _prepare(engine, _called(path), migrate)
    sqlite.scrub(engine)
    engine.dispose()
    new.replace(path)


def _open_postgres(url: URL) -> Engines:
    writing = postgres.engine(url, writing=True)
    _prepare(writing, _called(url), migrate)
    return Engines(postgres.engine(url, writing=False, size=READERS), writing, postgres.scrub)


def _read_postgres(url: URL) -> Engines:
    engine = postgres.engine(url, writing=False, size=READERS)
    _prepare(engine, _called(url), _require_current)
    return Engines(engine, None, postgres.scrub)


def _called(where: Path | URL) -> str:
    """A database's name in a message; never its password."""
    if isinstance(where, Path):
        return f"The database {where}"
    return f"The database {where.database or ''} on {where.host or where.query.get('host') or 'this machine'}"


def _prepare(engine: Engine, name: str, step: Callable[[Connection, str], None]) -> None:
    """Run `step` in one transaction; what fails closes the engine. Raises `SetupError`."""
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                postgres.one_at_a_time(connection)
            step(connection, name)
    except SQLAlchemyError as error:
        engine.dispose()
        raise SetupError(f"{name} could not be opened: {explained(error)}", code="store_unusable") from error
    except SetupError:
        engine.dispose()
        raise


def _require_current(connection: Connection, name: str) -> None:
    if not is_current(connection, name):
        raise SetupError(f"{name} is older than this Bedside. Start it once with `bedside up`.", code="store_older")


class Database:
    """The asynchronous face of one database: reads in a few threads, writes in one."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._open = True
        self._writer = Writer(engines.writing) if engines.writing is not None else None
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        self._held: Connection | None = None
        """Says to other processes that this one serves."""

    @property
    def file(self) -> Path | None:
        """Where it lies; None where a server keeps it."""
        url = self._engines.reading.url
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None

    @property
    def writer(self) -> Writer:
        """The one that writes. Raises `StoreError` where the database was opened for reading."""
        if self._writer is None:
            raise StoreError("The database was opened for reading only.", code="store_read_only")
        return self._writer

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """The value of `unit`, after its commit. Raises `BedsideError`; then nothing of it was stored."""
        return await asyncio.wrap_future(self.writer.submit(unit))

    async def read(self, unit: Callable[[Connection], T]) -> T:
        """The value of `unit` over one consistent view. Raises `BedsideError`."""
        if not self._open:
            raise StoreError("The database is closed; the server is stopping.", code="store_closed")
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, unit)

    async def scrub(self) -> None:
        """Empty what deletion left behind."""
        await asyncio.wrap_future(self.writer.submit_alone(self._engines.scrub))

    async def serve_alone(self) -> bool:
        """Whether no other process serves this database; from now on until `close` others are told that this one does.
        A SQLite file is locked anyway. Raises `StoreError`.
        """
        url = self._engines.reading.url
        if url.get_backend_name() == "postgresql" and self._held is None:
            self._held = await asyncio.get_running_loop().run_in_executor(self._readers, _hold, url)
            return self._held is not None
        return True

    async def ready(self) -> None:
        """Raises `StoreError` when the database does not answer."""
        await self.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())

    def _read(self, unit: Callable[[Connection], T]) -> T:
        try:
            with self._engines.reading.connect() as connection:
                return unit(connection)
        except SQLAlchemyError as error:
            raise explained(error) from error

    def close(self) -> None:
        """Finish what was begun, then let go of files and connections. May be called twice."""
        if not self._open:
            return
        self._open = False
        if self._writer is not None:
            self._writer.close()
        self._readers.shutdown()
        if self._held is not None:
            postgres.let_go(self._held)
        self._engines.close()


def _hold(url: URL) -> Connection | None:
    try:
        return postgres.hold(url)
    except SQLAlchemyError as error:
        raise explained(error) from error
