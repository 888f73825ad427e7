"""One thread writes. What is queued while it commits goes into the next transaction together.

A unit is a function of a connection. Each runs in a savepoint of its own, so that one that is refused takes nothing
with it; its future is done after the commit, never before.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import groupby
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from server.core.errors import BedsideError, StoreError
from server.store.sql.failures import explained

T = TypeVar("T")
LARGEST_GROUP = 256
"""Units in one transaction."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job:
    unit: Callable[[Any], Any]
    alone: bool = False
    """Is given the engine, outside a transaction."""
    future: Future[Any] = field(default_factory=Future)

    def starts(self) -> bool:
        """False when whoever asked has gone; from here on it cannot be called off."""
        return self.future.set_running_or_notify_cancel()


@dataclass(frozen=True)
class _Outcome:
    value: Any = None
    error: BedsideError | None = None

    def tell(self, job: _Job) -> None:
        if self.error is None:
            job.future.set_result(self.value)
        else:
            job.future.set_exception(self.error)


class Writer:
    """All writes of one process to one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._open = True
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, unit: Callable[[Connection], T]) -> Future[T]:
        """Run `unit` in a transaction. The future raises `BedsideError` when nothing of it was stored."""
        return self._put(_Job(unit))

    def submit_alone(self, unit: Callable[[Engine], T]) -> Future[T]:
        """Run `unit` between two transactions: for VACUUM and its like, which no transaction may hold."""
        return self._put(_Job(unit, alone=True))

    def close(self) -> None:
        """Finish what is queued, then end the thread. May be called twice."""
        with self._gate:
            self._open = False
            self._queue.put(None)
        self._thread.join()

    def _put(self, job: _Job) -> Future[Any]:
        with self._gate:
            if not self._open:
                raise StoreError("The database is closed; the server is stopping.", code="store_closed")
            self._queue.put(job)
        return job.future

    def _run(self) -> None:
        while self._open or not self._queue.empty():
            for alone, jobs in groupby(self._take(), key=lambda job: job.alone):
                running = [job for job in jobs if job.starts()]
                if alone:
                    self._each_alone(running)
                elif running:
                    self._together(running)

    def _take(self) -> list[_Job]:
        """Wait for work, then take all there is: nobody else takes from the queue."""
        jobs = [self._queue.get()]
        while len(jobs) < LARGEST_GROUP and not self._queue.empty():
            jobs.append(self._queue.get())
        return [job for job in jobs if job is not None]

    def _each_alone(self, jobs: Sequence[_Job]) -> None:
        for job in jobs:
            try:
                outcome = _Outcome(job.unit(self._engine))
            except BaseException as error:  # noqa: BLE001 - whatever it was, the caller is told and the thread lives
                outcome = _refusal(error)
            outcome.tell(job)

    def _together(self, jobs: Sequence[_Job]) -> None:
        """One transaction. When it breaks, nothing of it stands, and each unit is tried by itself."""
        try:
            with self._engine.begin() as connection:
                outcomes = [_attempt(connection, job) for job in jobs]
        except BaseException as error:  # noqa: BLE001 - as above
            if len(jobs) > 1:
                for job in jobs:
                    self._together([job])
                return
            outcomes = [_refusal(error)]
        for job, outcome in zip(jobs, outcomes, strict=True):
            outcome.tell(job)


def _attempt(connection: Connection, job: _Job) -> _Outcome:
    """One unit in its savepoint. Any failure but a refusal breaks the whole transaction.

    SQLite has rolled everything back by itself when a disk is full; a savepoint, and the work before it, is gone then.
    """
    savepoint = connection.begin_nested()
    try:
        value = job.unit(connection)
    except (BedsideError, IntegrityError) as error:
        savepoint.rollback()
        return _refusal(error)
    savepoint.commit()
    return _Outcome(value)


def _refusal(error: BaseException) -> _Outcome:
    told = explained(error)
    if told is not error:
        told.__cause__ = error
        log.warning("write refused (%s): %s", told.code, type(getattr(error, "orig", error)).__name__)
    return _Outcome(error=told)
