"""Loading a Whisper model: on what it runs, in which numbers; what is wrong with it is found before anybody speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

from server.core.errors import EngineError, EngineMissing

COMPUTE_TYPES = {"cpu": ("int8", "int8_float32", "float32"), "cuda": ("float16", "int8_float16", "float32")}
"""In order of preference; the first that this machine's processor can do is taken."""


class Stopped(Exception):
    """Nobody wants the answer any more."""


@dataclass(frozen=True)
class _Way:
    device: str
    compute_type: str


def open_model(directory: str, device: str, threads: int, *, warm: Callable[[Any], None]) -> tuple[Any, dict[str, Any]]:
    """A model on which `warm` has run, and what is worth knowing of it. With `auto`, a GPU that fails is done without.

    Raises `EngineMissing`, and `EngineError` (`model_corrupt`, `no_memory`, `no_device`).
    """
    notice = ""
    for way in _ways(device):
        try:
            model = _load(directory, way, threads, warm)
        except EngineError as error:
            if way.device == "cpu" or device != "auto":
                raise
            notice = f"The GPU is not used: {error.message}"
            continue
        languages = list(model.supported_languages)
        return model, {
            "device": way.device, "compute_type": way.compute_type, "languages": languages, "notice": notice,
        }  # fmt: skip
    raise EngineError("This machine can run no Whisper model.", code="engine_failed")


def _ways(device: str) -> list[_Way]:
    """What to try: with `auto` a GPU where there is one, then the processor."""
    import ctranslate2

    devices = ["cuda", "cpu"] if device == "auto" else [device]
    if device == "auto" and not ctranslate2.get_cuda_device_count():
        devices = ["cpu"]
    return [_Way(each, _compute_type(each)) for each in devices]


def _compute_type(device: str) -> str:
    """The best of `COMPUTE_TYPES` that the device can do. Raises `EngineError` (`no_device`)."""
    import ctranslate2

    try:
        able = ctranslate2.get_supported_compute_types(device)
    except (RuntimeError, ValueError) as error:
        raise EngineError(f"There is no usable device {device} ({type(error).__name__}).", code="no_device") from None
    return next((each for each in COMPUTE_TYPES[device] if each in able), "default")


def _load(directory: str, way: _Way, threads: int, warm: Callable[[Any], None]) -> Any:
    listening = _listening()
    try:
        model = listening(
            directory, device=way.device, compute_type=way.compute_type, cpu_threads=threads, local_files_only=True
        )
        warm(model)
    except MemoryError:
        raise EngineError("There is not enough memory for the model: choose a smaller one.", code="no_memory") from None
    except Exception as error:  # noqa: BLE001 - its readers raise whatever they meet, bare Exception among it
        raise EngineError(
            f"The model in {directory} cannot be run on {way.device} ({_why(error)}): fetch it again.",
            code="model_corrupt",
        ) from None
    return model


def _why(error: Exception) -> str:
    """In a few words: what of the library's own message is about files, devices and shapes, never about speech."""
    text = str(error)
    for sign, meaning in _MEANINGS.items():
        if sign in text:
            return meaning
    return type(error).__name__


_MEANINGS = {
    "incomplete": "model.bin is cut short",
    "invalid payload size": "model.bin is cut short or damaged",
    "Unsupported model binary version": "model.bin is of another version or is no model",
    "input features shape": "its preprocessor_config.json is missing or of another model",
    "out of memory": "out of memory",
    "is not found or cannot be loaded": "a library of the GPU is missing",
    "CUDA": "the GPU failed",
}


def _listening() -> Any:
    try:
        from faster_whisper import WhisperModel
    except ImportError:
        raise EngineMissing("faster-whisper is not installed: pip install faster-whisper") from None

    class Listening(WhisperModel):  # type: ignore[misc] # the library ships no types
        """Keeps what the encoder heard, for the alignment of words, and looks between steps whether to go on."""

        stopped = Event()
        heard: Any = None

        def encode(self, features: Any) -> Any:
            self._look()
            self.heard = super().encode(features)
            self._look()
            return self.heard

        def _look(self) -> None:
            if self.stopped.is_set():
                raise Stopped

    return Listening
