"""Hearing by faster-whisper from a local directory, in supervised processes. Nothing is ever fetched here.

How a clip is decoded stands in `whisper_worker`, who is heard next in `lanes`, what is held to be invented in
`server.core.sound.phantoms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.core.sound.audio import Pcm
from server.engines.children.decoders import Decoders
from server.engines.children.frames import Frame
from server.engines.children.worker import Worker, WorkerLimits
from server.engines.clip import check_clip, nothing_said
from server.engines.cores import usable_cores
from server.engines.installed import version_of
from server.engines.protocols import EngineInfo, Errand, HeardWord, Transcription
from server.engines.weights.files import check_hearing_model
from server.engines.written import Segment, said, timed, vocabulary

_CORES_A_WORKER = 4
"""Beyond four threads one decode gains little; up to four cores one worker with all of them does as much as several
with one each, and is quicker for each clip (measured: 1.11-1.20 clips/s against 1.17-1.24 on two cores)."""
_MOST_WORKERS = 4
_LIMITS = WorkerLimits(start_s=180.0, reply_s=60.0, stop_s=20.0)
"""A decode cannot be broken off inside a window of 30 s; waiting for its end is cheaper than loading again."""


@dataclass(frozen=True)
class WhisperSettings:
    """How a model is run."""

    directory: Path
    device: str = "auto"
    """`cpu`, `cuda` or `auto`."""
    workers: int = 0
    """Processes that decode at the same time; 0: by the cores that there are, and one on a GPU."""
    renew_after: int = 500
    """Clips after which a process is replaced by a fresh one, as memory has been reported to grow; 0: never."""


@dataclass(frozen=True)
class Crew:
    """How many processes, and threads in each."""

    workers: int
    threads: int


def crew(cores: int, *, workers: int = 0, device: str = "cpu") -> Crew:
    """Never more threads than cores, over all workers together, unless more workers than cores are asked for."""
    if device != "cpu":
        return Crew(workers or 1, 1)
    count = workers or max(1, min(_MOST_WORKERS, cores // _CORES_A_WORKER))
    return Crew(count, max(1, min(_CORES_A_WORKER, cores // count)))


class WhisperTranscriber:
    """A `Transcriber` over child processes that each hold the model.

    Making one loads the model in the first of them and decodes once. Raises `EngineMissing`, `EngineError`.
    """

    def __init__(self, settings: WhisperSettings, *, limits: WorkerLimits = _LIMITS) -> None:
        check_directory(settings.directory)
        if find_spec("faster_whisper") is None:
            raise EngineMissing("faster-whisper is not installed: pip install faster-whisper")
        self._settings, self._limits = settings, limits
        first = self._first()
        about = first.about
        self._languages = frozenset(map(str, about["languages"]))
        team = crew(usable_cores(), workers=settings.workers, device=about["device"])
        self._decoders = Decoders(
            lambda: self._worker(team.threads), team.workers, first=first, renew_after=settings.renew_after
        )
        self.info = EngineInfo(
            part="hearing",
            name="faster-whisper",
            kind="local",
            version=version_of("faster-whisper"),
            licence="MIT; the model has a licence of its own",
            ready=True,
            notice=_notice(settings.directory.name, about, team),
        )

    @property
    def backlog_s(self) -> float:
        """About how long a newcomer would wait for a decoder."""
        return self._decoders.lanes.backlog_s

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        """Recognise `pcm`. Raises `EngineError`; cancelling leaves the queue, or lets the decoder go when it can."""
        check_clip(pcm)
        tongue = language.lower().split("-")[0]
        if tongue not in self._languages:
            raise EngineError(
                "This Whisper model does not hear that language: choose a multilingual one.",
                code="language_unsupported",
            )
        if nothing_said(pcm):
            return Transcription("", 0.0)
        few = vocabulary(hints)
        frames = await self._decoders.ask({"language": tongue, "hints": few}, pcm.data, errand)
        return transcription(frames, pcm.duration_ms, few)

    def start(self) -> None:
        """Have a process ready, blocking. The first was loaded when this was made."""
        self._decoders.start()

    def close(self) -> None:
        """End the child processes."""
        self._decoders.close()

    def _first(self) -> Worker:
        team = crew(usable_cores(), workers=self._settings.workers)
        worker = self._worker(team.threads)
        try:
            worker.start()
        except EngineError as error:
            worker.close()
            if error.code == "engine_crashed":
                raise EngineError(
                    f"The program that loads the model in {self._settings.directory} died: the model is damaged, or "
                    "too large for the memory of this machine. Fetch it again, or choose a smaller one.",
                    code="model_corrupt",
                ) from None
            raise
        return worker

    def _worker(self, threads: int) -> Worker:
        arguments = (str(self._settings.directory), self._settings.device, str(threads))
        return Worker(
            "server.engines.whisper.worker", arguments, name="faster-whisper", limits=self._limits, threads=threads
        )


def transcription(frames: Iterable[Frame], duration_ms: int, hints: Sequence[str] = ()) -> Transcription:
    """What the child sent, without what it invented."""
    return said([_segment(frame.header, duration_ms) for frame in frames], voiced_ms=duration_ms, hints=hints)


def _segment(sent: dict[str, Any], duration_ms: int) -> Segment:
    words = [HeardWord(str(text), int(start), int(end), float(sure)) for text, start, end, sure in sent["words"]]
    return Segment(str(sent["text"]), float(sent["no_speech"]), float(sent["mean_logprob"]), timed(words, duration_ms))


def check_directory(directory: Path) -> None:
    """Raises `EngineMissing` naming what is wrong; the library would take a wrong path for a name to download."""
    try:
        check_hearing_model(directory)
    except EngineMissing as error:
        raise EngineMissing(
            f"{error.message} Fetch one with `bedside pull hearing base.en` and set BEDSIDE_HEARING_MODEL to its name."
        ) from None


def _notice(name: str, about: dict[str, Any], team: Crew) -> str:
    processes = "1 process" if team.workers == 1 else f"{team.workers} processes"
    threads = f" of {team.threads} threads" if about["device"] == "cpu" and team.threads > 1 else ""
    how = f"Model {name} on {about['device']} ({about['compute_type']}), {processes}{threads}."
    return f"{how} {about['notice']}".strip()
