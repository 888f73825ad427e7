"""Hearing by faster-whisper from a local directory. Nothing is ever fetched here.

Decoding happens while the generator is iterated, so it is iterated inside the one worker thread; what is said is
decoded as a live turn needs it (one beam, one temperature, no memory of the turn before), and invented text is dropped.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from server.core.audio import Pcm
from server.core.errors import EngineError, EngineMissing
from server.engines.clip import check_clip, nothing_said
from server.engines.installed import version_of
from server.engines.offload import call
from server.engines.protocols import EngineInfo, Errand, Transcription

NEEDED = ("model.bin", "config.json", "tokenizer.json", "preprocessor_config.json")
"""Without the third the library would ask the network for one; without the fourth, 128-band models decode noise."""
_NO_SPEECH, _UNLIKELY, _REPETITIVE = 0.6, -1.0, 2.4
"""Whisper's own thresholds for silence, doubt and loops (voice.md 3.1)."""
_MOST_HINTS_CHARS = 200


@dataclass(frozen=True)
class WhisperSettings:
    """How a model is run."""

    directory: Path
    device: str = "auto"
    """`cpu`, `cuda` or `auto`."""
    threads: int = 0
    """CPU threads of one decode; 0: one a core, four at most."""
    most_tokens_per_s: int = 8
    """Bound on what may be written for a second of sound, since a decode cannot be broken off inside a window."""


class WhisperTranscriber:
    """A `Transcriber` over one loaded model; calls wait for each other. Raises `EngineMissing`, `EngineError`."""

    def __init__(self, settings: WhisperSettings) -> None:
        check_directory(settings.directory)
        self._settings = settings
        self._model = _load(settings)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="whisper")
        self.info = EngineInfo(
            part="hearing",
            name="faster-whisper",
            kind="local",
            version=version_of("faster-whisper"),
            licence="MIT; the model has a licence of its own",
            ready=True,
            notice=f"Model {settings.directory.name} on {self._model.model.device}.",
        )

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        """Recognise `pcm`. Words are not timed: that costs a second pass. Raises `EngineError`."""
        check_clip(pcm)
        tongue = language.lower().split("-")[0]
        if tongue != "en" and not self._model.model.is_multilingual:
            raise EngineError(
                "This Whisper model hears English only: choose a multilingual one.", code="language_unsupported"
            )
        if nothing_said(pcm):
            return Transcription("", 0.0)
        return await call(self._pool, lambda stop: self._hear(pcm, tongue, hints, stop))

    def close(self) -> None:
        """Let the thread go."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _hear(self, pcm: Pcm, language: str, hints: Sequence[str], stop: Event) -> Transcription:
        import numpy as np

        samples = np.frombuffer(pcm.data, "<i2").astype(np.float32) / 32768.0
        try:
            segments, _ = self._model.transcribe(
                samples,
                language=language,
                beam_size=1,
                temperature=0.0,
                condition_on_previous_text=False,
                without_timestamps=True,
                vad_filter=False,
                max_new_tokens=16 + self._settings.most_tokens_per_s * min(30, pcm.duration_ms // 1000 + 1),
                hotwords=", ".join(hints)[:_MOST_HINTS_CHARS] or None,
            )
            return transcription(_until(segments, stop))
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"faster-whisper failed with {type(error).__name__}.", code="engine_failed") from None


def transcription(segments: Iterable[Any]) -> Transcription:
    """Join the segments that hold speech; confidence is the mean probability of a token, weighted by length."""
    kept = [segment for segment in segments if not invented(segment)]
    text = " ".join(segment.text.strip() for segment in kept).strip()
    weight = sum(len(segment.text) for segment in kept)
    if not text:
        return Transcription("", 0.0)
    sure = sum(math.exp(min(0.0, segment.avg_logprob)) * len(segment.text) for segment in kept)
    return Transcription(text, sure / weight)


def invented(segment: Any) -> bool:
    """Whether a segment is what Whisper writes when nobody speaks, or a loop."""
    silent = segment.no_speech_prob > _NO_SPEECH and segment.avg_logprob < _UNLIKELY
    return bool(silent or segment.compression_ratio > _REPETITIVE)


def check_directory(directory: Path) -> None:
    """Raises `EngineMissing` naming what is not there; the library would take a wrong path for a name to download."""
    mend = "Download a model in CTranslate2 format and set BEDSIDE_HEARING_MODEL to its folder."
    if not directory.is_dir():
        raise EngineMissing(f"There is no model directory {directory}. {mend}")
    missing = [name for name in NEEDED if not (directory / name).is_file()]
    if missing:
        raise EngineMissing(f"The model directory {directory} lacks {', '.join(missing)}. {mend}")


def _until(segments: Iterable[Any], stop: Event) -> Iterable[Any]:
    for segment in segments:
        if stop.is_set():
            return
        yield segment


def _load(settings: WhisperSettings) -> Any:
    try:
        import ctranslate2
        from faster_whisper import WhisperModel
    except ImportError:
        raise EngineMissing("faster-whisper is not installed: pip install faster-whisper") from None
    device = settings.device
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    try:
        return WhisperModel(
            str(settings.directory),
            device=device,
            compute_type="float16" if device == "cuda" else "int8",
            cpu_threads=settings.threads or min(4, os.cpu_count() or 1),
            local_files_only=True,
        )
    except (RuntimeError, ValueError, OSError, KeyError) as error:
        raise EngineError(
            f"The model in {settings.directory} cannot be loaded ({type(error).__name__}): fetch it again.",
            code="model_corrupt",
        ) from None
