"""Speaking by a Piper voice file. piper-tts is GPL-3.0-or-later and runs in its own process; see `piper_worker`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from server.core.errors import EngineMissing
from server.engines.child_voice import ChildVoice
from server.engines.description import Description
from server.engines.installed import version_of
from server.engines.protocols import EngineInfo
from server.engines.worker import DEFAULT_LIMITS, Worker, WorkerLimits


class PiperVoice(ChildVoice):
    """A `Voice` from `NAME.onnx` and `NAME.onnx.json`.

    Raises `EngineMissing` where the wheel or a file is not there. A corrupt file is an `EngineError` that names it,
    raised by `start` or by the first `speak`.
    """

    def __init__(self, voice: Path, *, limits: WorkerLimits = DEFAULT_LIMITS) -> None:
        if find_spec("piper") is None:
            raise EngineMissing("Piper is not installed: pip install piper-tts")
        for path in (voice, Path(f"{voice}.json")):
            if not path.is_file():
                raise EngineMissing(f"{path} is missing: a Piper voice is two files, NAME.onnx and NAME.onnx.json.")
        info = EngineInfo(
            part="speaking",
            name="piper",
            kind="local",
            version=version_of("piper-tts"),
            licence="GPL-3.0-or-later (in a process of its own); the voice has a licence of its own",
            ready=True,
            notice=f"Voice {voice.stem}.",
        )
        worker = Worker("server.engines.piper_worker", [str(voice)], name=f"Piper ({voice.name})", limits=limits)
        super().__init__(info, worker, request_for)


def request_for(line: str, wanted: Description) -> dict[str, Any]:
    """`line` as a request to the child. Of a voice with several speakers, a number in the description picks one."""
    numbers = [int(name) for name in wanted.names if name.isdecimal()]
    return {"text": line, "stretch": wanted.stretch, "speaker": numbers[0] if numbers else None}
