"""Speaking by Piper voice files. piper-tts is GPL-3.0-or-later and runs in its own process; see `piper_worker`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from server.core.errors import EngineMissing
from server.engines.children.voice import ChildVoice
from server.engines.children.worker import DEFAULT_LIMITS, Worker, WorkerLimits
from server.engines.description import Description
from server.engines.installed import version_of
from server.engines.piper.graph import read_graph
from server.engines.piper.voices import choose, speakers_in
from server.engines.protocols import EngineInfo


class PiperVoice(ChildVoice):
    """A `Voice` from one `NAME.onnx` with its `NAME.onnx.json`, or from all those of a folder.

    Raises `EngineMissing` where the wheel or a file is not there, `EngineError` `voice_corrupt` for a configuration
    that is none; `start` raises it for a corrupt `.onnx`. Both name the file.
    """

    def __init__(self, voice: Path, *, limits: WorkerLimits = DEFAULT_LIMITS) -> None:
        if find_spec("piper") is None:
            raise EngineMissing("Piper is not installed: pip install piper-tts")
        self.speakers = speakers_in(voice)
        self.paths = list(dict.fromkeys(speaker.path for speaker in self.speakers))
        info = EngineInfo(
            part="speaking",
            name="piper",
            kind="local",
            version=version_of("piper-tts"),
            licence="GPL-3.0-or-later (in a process of its own); each voice has a licence of its own",
            ready=True,
            notice=f"Voice {_listed([path.stem for path in self.paths])}.",
        )
        default = choose(self.speakers, Description()).path
        worker = Worker("server.engines.piper.worker", [str(default)], name=f"Piper ({default.name})", limits=limits)
        super().__init__(info, worker, self._request_for)

    def start(self) -> None:
        """Look at every file and load the voice of those who are not described, blocking."""
        for path in self.paths:
            read_graph(path)
        super().start()

    def _request_for(self, line: str, wanted: Description) -> dict[str, Any]:
        speaker = choose(self.speakers, wanted)
        return {
            "text": line,
            "voice": str(speaker.path),
            "stretch": wanted.stretch,
            "speaker": speaker.number,
        }


def _listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 4 else f"{', '.join(names[:3])} and {len(names) - 3} more"
