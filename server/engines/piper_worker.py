"""Piper in a process of its own: `python -m server.engines.piper_worker NAME.onnx`.

piper-tts is GPL-3.0-or-later; it is imported here and nowhere else, and this module is never imported by the server.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.engines.child import serve
from server.engines.frames import Frame


class PiperWork:
    """A loaded voice. A request holds `text`, `stretch` (factor on length) and `speaker` (number, or null)."""

    def __init__(self, path: Path) -> None:
        voice_class = _voice_class()
        _check_config(path)
        self._session = _Session(path)
        config = json.loads(Path(f"{path}.json").read_text("utf-8"))
        try:
            from piper.config import PiperConfig

            self._voice = voice_class(config=PiperConfig.from_dict(config), session=self._session)
        except (KeyError, TypeError, ValueError):
            raise EngineError(f"{path}.json is not the configuration of a Piper voice.", code="voice_corrupt") from None

    def __call__(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        from piper import SynthesisConfig

        speakers = self._voice.config.num_speakers
        speaker = min(int(request.header.get("speaker") or 0), speakers - 1) if speakers > 1 else None
        config = SynthesisConfig(
            speaker_id=speaker,
            length_scale=self._voice.config.length_scale * float(request.header.get("stretch", 1.0)),
            # a whisper must stay quieter than a shout, so levels are left as the voice made them
            normalize_audio=False,
        )
        with self._session.stopping(stopped):
            for chunk in self._voice.synthesize(str(request.header["text"]), config):
                yield Frame({"rate_hz": chunk.sample_rate}, chunk.audio_int16_bytes)


class _Session:
    """An ONNX session on one thread whose running synthesis can be broken off."""

    def __init__(self, path: Path) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # sentences differ in length: an arena would keep the longest for ever (voice.md 3.2, 6)
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        try:
            self._inner = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception:  # noqa: BLE001 - onnxruntime has a class of its own for every kind of bad file
            raise EngineError(
                f"{path} is not a voice that can be loaded: fetch it again.", code="voice_corrupt"
            ) from None
        self._run_options: Any = None

    def run(self, outputs: Any, inputs: Any) -> Any:
        return self._inner.run(outputs, inputs, self._run_options)

    def stopping(self, stopped: Event) -> _Stopping:
        """Within this, setting `stopped` terminates the run under way."""
        import onnxruntime as ort

        self._run_options = ort.RunOptions()
        return _Stopping(self._run_options, stopped)


class _Stopping:
    def __init__(self, run_options: Any, stopped: Event) -> None:
        self._run_options, self._stopped, self._over = run_options, stopped, False
        self._watch = Thread(target=self._wait, daemon=True)

    def __enter__(self) -> None:
        self._watch.start()

    def __exit__(self, *_: object) -> bool:
        stopped, self._over = self._stopped.is_set(), True
        self._stopped.set()
        self._watch.join()
        return stopped  # a run that was broken off raises; that is no failure

    def _wait(self) -> None:
        self._stopped.wait()
        if not self._over:
            self._run_options.terminate = True


def _voice_class() -> Any:
    try:
        from piper import PiperVoice
    except ImportError:
        raise EngineMissing("Piper is not installed: pip install piper-tts") from None
    return PiperVoice


def _check_config(path: Path) -> None:
    try:
        json.loads(Path(f"{path}.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise EngineError(f"{path}.json cannot be read as JSON: fetch the voice again.", code="voice_corrupt") from None


if __name__ == "__main__":
    serve(lambda: PiperWork(Path(sys.argv[1])))
