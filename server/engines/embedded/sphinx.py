"""Hearing by pocketsphinx: the embedded recogniser, for demonstration and tests.

Its generic English model hears clean read speech and little else. Of the hints it takes words that its dictionary lacks
and no more: it is never told what to expect, so that nobody is heard to say what they did not.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.core.sound.audio import Pcm
from server.engines.children.decoders import Decoders
from server.engines.children.frames import Frame
from server.engines.children.worker import Worker, WorkerLimits
from server.engines.clip import check_clip, nothing_said
from server.engines.installed import version_of
from server.engines.protocols import EngineInfo, Errand, HeardWord, Transcription, Utterance
from server.engines.written import timed

_MOST_HINTS = 1000
"""Words of the hints that are looked up; the first ones are the case's own."""
_STREAMS_KEPT = 256
"""Microphones whose means are remembered; one that is forgotten begins as a new one does."""
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
            lambda: Worker("server.engines.embedded.sphinx_worker", name="pocketsphinx", limits=limits), decoders
        )
        self._means: OrderedDict[str, str] = OrderedDict()
        self._means_lock = threading.Lock()

    @property
    def backlog_s(self) -> float:
        """About how long a newcomer would wait for a decoder."""
        return self._decoders.lanes.backlog_s

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        """Recognise English. Raises `EngineError`; cancelling frees the decoder."""
        check_clip(pcm)
        _check_language(language)
        if nothing_said(pcm):
            return Transcription("", 0.0)
        frames = await self._decoders.ask({"hints": _looked_up(hints)}, pcm.data, errand)
        return transcription([word for frame in frames for word in frame.header["words"]], pcm.duration_ms)

    def begin(self, *, language: str, hints: Sequence[str], errand: Errand) -> Utterance | None:
        """Listen along to English; None when no decoder can be spared. Raises `EngineError`."""
        _check_language(language)
        first = {"hints": _looked_up(hints), "means": self._means.get(errand.stream, "")}

        def read(answer: Frame, duration_ms: int) -> Transcription:
            self._remember(errand.stream, str(answer.header["means"]))
            return transcription(answer.header["words"], duration_ms)

        return self._decoders.follow(first, read)

    def _remember(self, stream: str, means: str) -> None:
        """What a microphone and a voice add to every sound: known from one utterance of a stream to the next."""
        if not stream or not means:
            return
        with self._means_lock:
            self._means[stream] = means
            self._means.move_to_end(stream)
            if len(self._means) > _STREAMS_KEPT:
                self._means.popitem(last=False)

    def start(self) -> None:
        """Load one decoder now, blocking."""
        self._decoders.start()

    def close(self) -> None:
        """End the child processes."""
        self._decoders.close()


def _check_language(language: str) -> None:
    if not language.lower().startswith("en"):
        raise EngineError("pocketsphinx hears English only: choose faster-whisper.", code="language_unsupported")


def _looked_up(hints: Sequence[str]) -> list[str]:
    words = dict.fromkeys(word for hint in hints for word in re.findall(r"[a-z]+", hint.lower()))
    return sorted([*words][:_MOST_HINTS])


def transcription(found: list[Any], duration_ms: int) -> Transcription:
    """Words as the child sends them, as a `Transcription`; confidence is their mean."""
    words = timed(
        [HeardWord(str(text), int(start), int(end), float(sure)) for text, start, end, sure in found], duration_ms
    )
    confidence = sum(word.confidence for word in words) / len(words) if words else 0.0
    return Transcription(" ".join(word.text for word in words), confidence, words)
