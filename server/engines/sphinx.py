"""Hearing by pocketsphinx: the embedded recogniser, for demonstration and tests.

Its generic English model hears clean read speech and little else. Of the hints it takes words that its dictionary lacks
and no more: it is never told what to expect, so that nobody is heard to say what they did not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from server.core.audio import Pcm
from server.core.errors import EngineError, EngineMissing
from server.engines.clip import check_clip, nothing_said
from server.engines.decoders import Decoders
from server.engines.installed import version_of
from server.engines.protocols import EngineInfo, Errand, HeardWord, Transcription
from server.engines.worker import Worker, WorkerLimits
from server.engines.written import timed

_MOST_HINTS = 1000
"""Words of the hints that are looked up; the first ones are the case's own."""
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
        self._decoders = Decoders(
            lambda: Worker("server.engines.sphinx_worker", name="pocketsphinx", limits=limits), decoders
        )

    @property
    def backlog_s(self) -> float:
        """About how long a newcomer would wait for a decoder."""
        return self._decoders.lanes.backlog_s

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        """Recognise English. Raises `EngineError`; cancelling frees the decoder."""
        check_clip(pcm)
        if not language.lower().startswith("en"):
            raise EngineError("pocketsphinx hears English only: choose faster-whisper.", code="language_unsupported")
        if nothing_said(pcm):
            return Transcription("", 0.0)
        words = dict.fromkeys(word for hint in hints for word in re.findall(r"[a-z]+", hint.lower()))
        frames = await self._decoders.ask({"hints": sorted([*words][:_MOST_HINTS])}, pcm.data, errand)
        return transcription([word for frame in frames for word in frame.header["words"]], pcm.duration_ms)

    def start(self) -> None:
        """Load one decoder now, blocking."""
        self._decoders.start()

    def close(self) -> None:
        """End the child processes."""
        self._decoders.close()


def transcription(found: list[Any], duration_ms: int) -> Transcription:
    """Words as the child sends them, as a `Transcription`; confidence is their mean."""
    words = timed(
        [HeardWord(str(text), int(start), int(end), float(sure)) for text, start, end, sure in found], duration_ms
    )
    confidence = sum(word.confidence for word in words) / len(words) if words else 0.0
    return Transcription(" ".join(word.text for word in words), confidence, words)
