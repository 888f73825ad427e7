"""Child processes that each hear one clip at a time, with one fair queue in front of them all.

A child that dies under a clip costs nobody anything: the clip is tried once more on a fresh one. After many clips a
child is replaced by a fresh one that is already loaded, since recognisers have been reported to grow (faster-whisper
issue 1055); the clip under way is finished first.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from server.core.errors import EngineError
from server.engines.children.following import DEFAULT_LIMITS, Following, FollowingLimits
from server.engines.children.frames import Frame
from server.engines.children.lanes import Lanes
from server.engines.children.worker import Worker
from server.engines.protocols import Errand, Transcription

log = logging.getLogger(__name__)


class Decoders:
    """`count` workers behind `Lanes`. `first` is one that runs already."""

    def __init__(
        self, make: Callable[[], Worker], count: int, *, first: Worker | None = None, renew_after: int = 0
    ) -> None:
        self._workers = [*(make() for _ in range(count - (first is not None))), *([first] if first else [])]
        self._renew_after = renew_after
        """Clips after which a child is replaced; 0: never."""
        self._answered = [0] * count
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="hearing")
        self._renewing = ThreadPoolExecutor(1, thread_name_prefix="hearing-renewal")
        self._closed = threading.Event()
        self._following: set[Following] = set()
        self.lanes = Lanes(count)

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The one that is asked first stands last."""
        return tuple(self._workers)

    def start(self) -> None:
        """Have one child ready, blocking. Raises `EngineMissing`, `EngineError`."""
        self._workers[-1].start()

    async def ask(self, header: dict[str, Any], payload: bytes, errand: Errand | None) -> list[Frame]:
        """The frames that answer one request. Cancelling leaves the queue, or ends the work. Raises `EngineError`."""
        lane = await self.lanes.enter(errand or Errand())
        stop = threading.Event()
        try:
            job = self._pool.submit(self._answer, lane, header, payload, stop)
        except RuntimeError:
            self.lanes.leave(lane)
            raise _closed() from None
        # the place is free when the work has ended, which may be after nobody waits for it any more
        job.add_done_callback(lambda _: self._after(lane))
        try:
            return await asyncio.wrap_future(job)
        finally:
            stop.set()

    def follow(
        self,
        first: dict[str, Any],
        read: Callable[[Frame, int], Transcription],
        limits: FollowingLimits = DEFAULT_LIMITS,
    ) -> Following | None:
        """Lend a child to an utterance that is only beginning; None where none can be spared. Raises `EngineError`."""
        lane = self.lanes.borrow()
        if lane is None:
            return None
        following = Following(partial(self._answer_part, lane), first, read, limits)
        try:
            job = self._pool.submit(following.run)
        except RuntimeError:
            self.lanes.leave(lane)
            raise _closed() from None
        self._following.add(following)
        job.add_done_callback(lambda _: self._after_utterance(following, lane))
        return following

    def close(self) -> None:
        """End the child processes; a clip under way fails with `engine_closed`."""
        self._closed.set()
        for following in self._following.copy():
            following.close()
        for worker in self._workers:
            worker.close()
        self._pool.shutdown(wait=False)
        self._renewing.shutdown(wait=False, cancel_futures=True)

    def _answer(self, lane: int, header: dict[str, Any], payload: bytes, stop: threading.Event) -> list[Frame]:
        worker = self._workers[lane]
        try:
            return self._twice(worker, header, payload, stop)
        finally:
            if self._closed.is_set():
                worker.close()

    def _twice(self, worker: Worker, header: dict[str, Any], payload: bytes, stop: threading.Event) -> list[Frame]:
        for again in (True, False):
            if self._closed.is_set():
                break
            try:
                return list(worker.request(header, stop, payload))
            except EngineError as error:
                again = again and error.code == "engine_crashed" and not stop.is_set()
                if not again and not self._closed.is_set():
                    raise
        raise _closed()

    def _answer_part(self, lane: int, header: dict[str, Any], piece: bytes, stop: threading.Event) -> list[Frame]:
        """A part of an utterance is sent once: a fresh child would not know what went before."""
        worker = self._workers[lane]
        try:
            return list(worker.request(header, stop, piece))
        finally:
            if self._closed.is_set():
                worker.close()

    def _after_utterance(self, following: Following, lane: int) -> None:
        self._following.discard(following)
        self._after(lane)

    def _after(self, lane: int) -> None:
        self._answered[lane] += 1
        if self._renew_after and self._answered[lane] >= self._renew_after:
            self._answered[lane] = 0
            with suppress(RuntimeError):
                self._renewing.submit(self._renew, self._workers[lane])
        self.lanes.leave(lane)

    def _renew(self, worker: Worker) -> None:
        try:
            worker.renew()
        except EngineError as error:
            log.warning("a hearing process could not be replaced and goes on: %s", error.code)
        if self._closed.is_set():
            worker.close()


def _closed() -> EngineError:
    return EngineError("Hearing was closed.", code="engine_closed")
