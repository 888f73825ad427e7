"""Engines for a machine that cannot hear or speak: encounters there are typed. They say why, and pretend nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Literal

from server.core.errors import EngineMissing
from server.core.sound.audio import Pcm
from server.engines.protocols import Detector, EngineInfo, Errand, Speech, Transcription


def _info(part: Literal["hearing", "speaking", "detecting"], notice: str) -> EngineInfo:
    return EngineInfo(
        part=part, name="none", kind="embedded", version="", licence="Apache-2.0", ready=False, notice=notice
    )


class NoTranscriber:
    """A `Transcriber` that hears nothing and says so."""

    def __init__(self, notice: str) -> None:
        self.info = _info("hearing", notice)

    async def transcribe(
        self,
        pcm: Pcm,  # noqa: ARG002
        *,
        language: str,  # noqa: ARG002
        hints: Sequence[str],  # noqa: ARG002
        errand: Errand | None = None,  # noqa: ARG002
    ) -> Transcription:
        """Raises `EngineMissing` always: an empty text would mean that no words were said."""
        raise EngineMissing(self.info.notice)


class NoVoice:
    """A `Voice` that makes no sound: the patient's words are shown as text."""

    def __init__(self, notice: str) -> None:
        self.info = _info("speaking", notice)

    async def speak(self, text: str, *, voice: str) -> AsyncIterator[Speech]:  # noqa: ARG002
        """Yields nothing; `info.ready` is false, so that the page says why there is no sound."""
        nothing: tuple[Speech, ...] = ()
        for sound in nothing:
            yield sound


class NoDetectors:
    """A `DetectorFactory` that cannot tell speech; push-to-talk and typing remain."""

    def __init__(self, notice: str) -> None:
        self.info = _info("detecting", notice)

    def detector(self) -> Detector:
        """Raises `EngineMissing` always."""
        raise EngineMissing(self.info.notice)
