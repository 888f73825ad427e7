"""Hearing by pocketsphinx: the embedded recogniser, for demonstration and tests.

Its generic English model hears clean read speech and little else. Of the hints it takes words that its dictionary lacks
and no more: it is never told what to expect, so that nobody is heard to say what they did not.
"""

from __future__ import annotations

import queue
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from threading import Event
from typing import Any

from server.core.audio import Pcm
from server.core.errors import EngineError, EngineMissing
from server.engines.clip import check_clip, nothing_said
from server.engines.installed import version_of
from server.engines.offload import call
from server.engines.protocols import EngineInfo, Errand, HeardWord, Transcription
from server.engines.worker import Worker, WorkerLimits

_LIMITS = WorkerLimits(reply_s=60.0, stop_s=0.25)


class SphinxTranscriber:
    """A `Transcriber` over `decoders` child processes. Raises `EngineMissing` where the wheel is not installed."""

    def __init__(self, *, decoders: int = 2, limits: WorkerLimits = _LIMITS) -> None:
        if find_spec("pocketsphinx") is None:
            raise EngineMissing(
                "pocketsphinx is not installed: pip install pocketsphinx (there is no wheel for Linux on ARM; "
                "choose faster-whisper or typed encounters there)."
            )
        self.info = EngineInfo(
            part="hearing",
            name="pocketsphinx",
            kind="embedded",
            version=version_of("pocketsphinx"),
            licence="BSD-2-Clause; model BSD-like",
            ready=True,
            notice="A demonstration engine: it mishears real voices often, so marks on it are for practice only.",
        )
        self._workers = [
            Worker("server.engines.sphinx_worker", name="pocketsphinx", limits=limits) for _ in range(decoders)
        ]
        self._free: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in self._workers:
            self._free.put(worker)
        self._pool = ThreadPoolExecutor(decoders, thread_name_prefix="pocketsphinx")

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        """Recognise English. Raises `EngineError`; cancelling frees the decoder."""
        check_clip(pcm)
        if not language.lower().startswith("en"):
            raise EngineError("pocketsphinx hears English only: choose faster-whisper.", code="language_unsupported")
        if nothing_said(pcm):
            return Transcription("", 0.0)
        words = sorted({word for hint in hints for word in re.findall(r"[a-z]+", hint.lower())})
        return await call(self._pool, lambda stop: self._hear(pcm, words, stop))

    def start(self) -> None:
        """Load one decoder now, blocking."""
        self._workers[-1].start()

    def close(self) -> None:
        """End the child processes."""
        for worker in self._workers:
            worker.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _hear(self, pcm: Pcm, hints: list[str], stop: Event) -> Transcription:
        worker = self._free.get()
        try:
            frames = list(worker.request({"hints": hints}, stop, pcm.data))
        finally:
            self._free.put(worker)
        return transcription([word for frame in frames for word in frame.header["words"]])


def transcription(found: list[Any]) -> Transcription:
    """Words as the child sends them, as a `Transcription`; confidence is their mean."""
    words = tuple(HeardWord(str(text), int(start), int(end), float(sure)) for text, start, end, sure in found)
    confidence = sum(word.confidence for word in words) / len(words) if words else 0.0
    return Transcription(" ".join(word.text for word in words), confidence, words)
