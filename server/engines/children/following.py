"""An utterance on its way to a decoder while it is being said: sound goes in on the event loop, a thread passes it on.

The thread sends one piece, waits for its answer, and takes what has come meanwhile, so what is unread stays here, where
it is bounded. An utterance has a bounded life: whoever forgets to close one does not keep its decoder.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from time import monotonic
from typing import Any

from server.core.errors import EngineError
from server.core.sound.audio import BYTES_PER_SAMPLE, HEARING_HZ, Pcm, bytes_for
from server.engines.children.frames import Frame
from server.engines.clip import check_clip
from server.engines.protocols import Transcription

Ask = Callable[[dict[str, Any], bytes, threading.Event], list[Frame]]
"""Sends one request to the decoder and waits for its answer. Setting the event ends that early."""
_PIECE_BYTES = bytes_for(1_000, HEARING_HZ)
"""Sent at once; less than a pipe holds, so sending never waits for a child that hangs."""


@dataclass(frozen=True)
class FollowingLimits:
    """How long an utterance may hold a decoder."""

    life_s: float = 70.0
    """60 s of sound, and time for what is said about its end."""
    idle_s: float = 10.0
    """Without sound and without a pause."""
    unread_ms: int = 60_000
    """Sound that waits for the decoder."""


DEFAULT_LIMITS = FollowingLimits()


class Following:
    """An `Utterance`. `run` belongs to a thread, everything else to any."""

    def __init__(
        self, ask: Ask, first: dict[str, Any], read: Callable[[Frame, int], Transcription], limits: FollowingLimits
    ) -> None:
        """`first`: what goes with the first piece. `read` makes words of an answer and of the ms fed so far."""
        self._ask = ask
        self._first = first
        self._read = read
        self._limits = limits
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._unread = bytearray()
        self._pauses: list[Future[Transcription]] = []
        self._failure: EngineError | None = None
        self._dies_at = monotonic() + limits.life_s
        self._parts = self._sent = 0

    def feed(self, pcm: Pcm) -> None:
        """More of it. Never blocks; what cannot be taken is refused, and `pause` then says why."""
        with self._changed:
            refusal = self._refusal(pcm)
            if refusal is not None:
                self._fail(refusal)
            elif self._failure is None:
                self._unread += pcm.data
                self._changed.notify()

    async def pause(self) -> Transcription:
        """What was said so far; more may follow. Raises `EngineError`."""
        answer: Future[Transcription] = Future()
        with self._changed:
            if self._failure is not None:
                raise _again(self._failure)
            self._pauses.append(answer)
            self._changed.notify()
        return await asyncio.wrap_future(answer)

    def close(self) -> None:
        """Let the decoder go."""
        self._fail(EngineError("The utterance was closed.", code="engine_closed"))

    def run(self) -> None:
        """Pass on what comes until it is closed or fails."""
        try:
            while self._failure is None:
                self._pass_on()
        except EngineError as error:
            self._fail(error)

    def _pass_on(self) -> None:
        """One piece; the pauses go with the last one of what is unread."""
        with self._changed:
            self._wait()
            if self._failure is not None:
                return
            piece = bytes(self._unread[:_PIECE_BYTES])
            del self._unread[:_PIECE_BYTES]
            pauses = [] if self._unread else self._take_pauses()
        header = {"part": self._parts} | (self._first if self._parts == 0 else {}) | ({"pause": True} if pauses else {})
        self._parts += 1
        self._sent += len(piece)
        self._answer(pauses, header, piece)

    def _answer(self, pauses: list[Future[Transcription]], header: dict[str, Any], piece: bytes) -> None:
        try:
            frames = self._ask(header, piece, self._stop)
            for pause in pauses:
                pause.set_result(self._read(frames[-1], self._sent // BYTES_PER_SAMPLE * 1000 // HEARING_HZ))
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, however it failed
            told = (
                error if isinstance(error, EngineError) else EngineError(f"Hearing failed with {type(error).__name__}.")
            )
            self._fail(told)
            _refuse([pause for pause in pauses if not pause.done()], self._failure or told)

    def _take_pauses(self) -> list[Future[Transcription]]:
        """Those that somebody still waits for."""
        taken = [pause for pause in self._pauses if pause.set_running_or_notify_cancel()]
        self._pauses.clear()
        return taken

    def _wait(self) -> None:
        """Until there is something to do. Raises `EngineError` (`hearing_timeout`)."""
        patience_s = min(self._limits.idle_s, self._dies_at - monotonic())
        if not self._changed.wait_for(lambda: self._unread or self._pauses or self._failure, max(0.0, patience_s)):
            raise EngineError("Nothing more was heard of an utterance for too long.", code="hearing_timeout")
        if monotonic() >= self._dies_at:
            raise EngineError("An utterance went on for too long.", code="hearing_timeout")

    def _refusal(self, pcm: Pcm) -> EngineError | None:
        if len(self._unread) + len(pcm.data) > bytes_for(self._limits.unread_ms, HEARING_HZ):
            return EngineError("The recogniser cannot keep up with an utterance.", code="hearing_behind")
        try:
            check_clip(pcm)
        except EngineError as error:
            return error
        return None

    def _fail(self, error: EngineError) -> None:
        """The first failure stands."""
        with self._changed:
            self._failure = self._failure or error
            self._unread.clear()
            self._stop.set()
            waiting = self._take_pauses()
            self._changed.notify()
        _refuse(waiting, self._failure)


def _refuse(pauses: list[Future[Transcription]], error: EngineError) -> None:
    for pause in pauses:
        pause.set_exception(_again(error))


def _again(error: EngineError) -> EngineError:
    """The same, for somebody else to raise."""
    return EngineError(str(error), code=error.code)
