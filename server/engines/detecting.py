"""Is somebody speaking? Silero VAD from the ONNX file that ships inside faster-whisper, frame by frame.

One session serves every microphone; state is per stream and is forgotten only between turns. The file is no public
interface of faster-whisper: a contract test pins its place and its inputs.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from server.core.audio import BYTES_PER_SAMPLE, HEARING_HZ
from server.core.errors import EngineError, EngineMissing
from server.engines.installed import version_of
from server.engines.protocols import FRAME_SAMPLES, Detector, EngineInfo

_CONTEXT_SAMPLES = 64
"""What the model sees of the frame before."""
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
    """The state of one microphone stream; not to be shared between streams."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.reset()

    def reset(self) -> None:
        import numpy as np

        self._h = np.zeros(_STATE_SHAPE, np.float32)
        self._c = np.zeros(_STATE_SHAPE, np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, np.float32)

    def probability(self, frame: bytes) -> float:
        """Takes exactly `FRAME_SAMPLES` samples of 16 kHz PCM16 and 0.2 ms. Raises `EngineError` for another length."""
        import numpy as np

        if len(frame) != FRAME_SAMPLES * BYTES_PER_SAMPLE:
            raise EngineError(f"A frame is {FRAME_SAMPLES} samples at {HEARING_HZ} Hz.", code="wrong_frame")
        samples = np.frombuffer(frame, "<i2").astype(np.float32) / 32768.0
        window = np.concatenate((self._context, samples))[None]
        output, self._h, self._c = self._session.run(None, {"input": window, "h": self._h, "c": self._c})
        self._context = samples[-_CONTEXT_SAMPLES:]
        return float(output.item())


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
