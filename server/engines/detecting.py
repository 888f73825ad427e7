"""Is somebody speaking? Silero VAD from the ONNX file that ships inside faster-whisper, frame by frame.

One session serves every microphone; state is per stream and is forgotten only between turns. The file is no public
interface of faster-whisper: a contract test pins its place and its inputs.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.core.sound.audio import BYTES_PER_SAMPLE, HEARING_HZ
from server.engines.installed import version_of
from server.engines.protocols import FRAME_SAMPLES, Detector, EngineInfo

_CONTEXT_SAMPLES = 64
"""What the model sees of the frame before."""
_NOTHING = bytes(FRAME_SAMPLES * BYTES_PER_SAMPLE)
_SETTLED = 16
"""Frames without any sound at all (a muted microphone) after which the model has settled and need not be asked."""
_STATE_SHAPE = (1, 1, 128)


def model_path() -> Path:
    """Where the model lies, found without importing faster-whisper (that takes a third of a second)."""
    package = find_spec("faster_whisper")
    if package is None or not package.submodule_search_locations:
        raise EngineMissing("Voice detection needs faster-whisper's files: pip install faster-whisper")
    path = Path(package.submodule_search_locations[0]) / "assets" / "silero_vad_v6.onnx"
    if not path.is_file():
        raise EngineMissing(f"{path} is missing: pip install --force-reinstall faster-whisper")
    return path


class SileroDetectors:
    """A `DetectorFactory` over one shared ONNX session. Raises `EngineMissing`, `EngineError`."""

    def __init__(self, path: Path | None = None) -> None:
        self._session = _session(path or model_path())
        self.info = EngineInfo(
            part="detecting",
            name="silero-vad",
            kind="embedded",
            version=f"6 (faster-whisper {version_of('faster-whisper')})",
            licence="MIT",
            ready=True,
        )

    def detector(self) -> Detector:
        return SileroDetector(self._session)


class SileroDetector:
    """The state of one microphone stream; not to be shared between streams.

    Input, output and both states are bound once: handing arrays to the session and taking them back costs a fifth of
    the whole. The state is read from one half of its array and written to the other, turn and turn about.
    """

    def __init__(self, session: Any) -> None:
        import numpy as np

        self._session = session
        self._window = np.zeros((1, _CONTEXT_SAMPLES + FRAME_SAMPLES), np.float32)
        self._states = np.zeros((2, 2, *_STATE_SHAPE), np.float32)
        self._found = np.zeros(1, np.float32)
        self._runs = (self._bound(0, 1), self._bound(1, 0))
        self._turn = self._nothing = 0

    def reset(self) -> None:
        self._window[:] = 0
        self._states[:] = 0
        self._nothing = 0

    def probability(self, frame: bytes) -> float:
        """Takes exactly `FRAME_SAMPLES` samples of 16 kHz PCM16 and 0.2 ms. Raises `EngineError` for another length."""
        import numpy as np

        if len(frame) != FRAME_SAMPLES * BYTES_PER_SAMPLE:
            raise EngineError(f"A frame is {FRAME_SAMPLES} samples at {HEARING_HZ} Hz.", code="wrong_frame")
        self._nothing = self._nothing + 1 if frame == _NOTHING else 0
        if self._nothing > _SETTLED:
            return 0.0
        window = self._window[0]
        window[:_CONTEXT_SAMPLES] = window[-_CONTEXT_SAMPLES:]
        np.multiply(np.frombuffer(frame, "<i2"), np.float32(1 / 32768), out=window[_CONTEXT_SAMPLES:])
        self._session.run_with_iobinding(self._runs[self._turn])
        self._turn = 1 - self._turn
        return float(self._found[0])

    def _bound(self, old: int, new: int) -> Any:
        import numpy as np

        binding = self._session.io_binding()
        binding.bind_cpu_input("input", self._window)
        binding.bind_output("speech_probs", "cpu", 0, np.float32, [1], self._found.ctypes.data)
        for which, (before, after) in enumerate((("h", "hn"), ("c", "cn"))):
            binding.bind_cpu_input(before, self._states[old, which])
            place = self._states[new, which].ctypes.data
            binding.bind_output(after, "cpu", 0, np.float32, list(_STATE_SHAPE), place)
        return binding


def _session(path: Path) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception:  # noqa: BLE001 - onnxruntime has a class of its own for every kind of bad file
        raise EngineError(
            f"{path} is not the voice detector: reinstall faster-whisper.", code="engine_failed"
        ) from None
