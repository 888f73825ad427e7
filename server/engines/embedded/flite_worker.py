"""flite in a process of its own: `python -m server.engines.embedded.flite_worker`.

Nothing in flite promises to outlive a text that it does not understand; here a crash costs a sentence. A synthesis can
be broken off once its waveform is being made, which is half its work; the half before that takes a hundredth of the
speech's own time, so text goes in by short pieces.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.engines.children.child import serve
from server.engines.children.frames import Frame
from server.engines.speakable import pieces

MEND = "apt-get install libflite1" if sys.platform.startswith("linux") else "brew install flite"
_FOLDERS = (
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
    "/usr/local/lib",
    "/opt/homebrew/lib",
    "/opt/local/lib",
)
_MEAN_HZ = {"slt": 176.0, "awb": 130.0, "kal16": 95.0}
"""Each voice's own mean pitch, measured; rms takes its melody from elsewhere and its pitch cannot be set."""
_STRETCH, _MEAN, _STREAMING = b"duration_stretch", b"int_f0_target_mean", b"streaming_info"
"""flite keeps the pointer to a feature's name, not a copy: the bytes have to live as long as the process."""
_TOKEN, _WHITESPACE = b"Token", b"whitespace"
_END = b"daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end"
"""From a token to its last word's last syllable's last segment, and when that ends, in seconds."""
_GO_ON, _BREAK_OFF = 0, -1
_FIRST = "slt"
"""Loaded at once: the voice of whoever is not described."""


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class _Voice(ctypes.Structure):
    """The head of `cst_voice`: all that is read here."""

    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


class _Streaming(ctypes.Structure):
    """The head of `cst_audio_streaming_info`."""

    _fields_ = (("min_buffsize", ctypes.c_int), ("callback", ctypes.c_void_p))


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "flite_synth_text": (ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_void_p]),
    "delete_utterance": (None, [ctypes.c_void_p]),
    "utt_wave": (ctypes.POINTER(_Wave), [ctypes.c_void_p]),
    "utt_relation": (ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_char_p]),
    "relation_head": (ctypes.c_void_p, [ctypes.c_void_p]),
    "item_next": (ctypes.c_void_p, [ctypes.c_void_p]),
    "ffeature_float": (ctypes.c_float, [ctypes.c_void_p, ctypes.c_char_p]),
    "ffeature_string": (ctypes.c_char_p, [ctypes.c_void_p, ctypes.c_char_p]),
    "feat_set_float": (None, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float]),
    "feat_set": (None, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]),
    "new_audio_streaming_info": (ctypes.POINTER(_Streaming), []),
    "audio_streaming_info_val": (ctypes.c_void_p, [ctypes.c_void_p]),
}


class FliteWork:
    """The library. A request holds `text` (ASCII), `voice`, `stretch` (factor on length) and `pitch` (factor)."""

    def __init__(self) -> None:
        self._library = _library()
        self._voices: dict[str, Any] = {}
        self._stopped = Event()
        self._callback = _Callback(lambda *_: _BREAK_OFF if self._stopped.is_set() else _GO_ON)
        self._voice(_FIRST, 1.0, 1.0)

    def __call__(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        self._stopped, wanted = stopped, request.header
        voice = self._voice(str(wanted["voice"]), float(wanted["stretch"]), float(wanted["pitch"]))
        for piece in pieces(str(wanted["text"])):
            if stopped.is_set():
                return
            yield self._spoken(piece, voice)

    def _spoken(self, piece: str, voice: Any) -> Frame:
        utterance = self._library.flite_synth_text(piece.encode("ascii"), voice)
        if not utterance:
            raise EngineError("flite made no sound of a text.", code="engine_failed")
        try:
            if self._stopped.is_set():
                return Frame()
            wave, ends = self._library.utt_wave(utterance).contents, self._ends(utterance)
            header = {"rate_hz": wave.sample_rate, "closing": piece[-9:], "words": len(piece.split()), "ends": ends}
            return Frame(header, ctypes.string_at(wave.samples, wave.num_samples * 2))
        finally:
            self._library.delete_utterance(utterance)

    def _ends(self, utterance: Any) -> list[float | None]:
        """In ms, for each token between white space; None for one that is not spoken."""
        ends: list[float | None] = []
        relation = self._library.utt_relation(utterance, _TOKEN)
        token = self._library.relation_head(relation) if relation else None
        while token:
            end = 1000 * self._library.ffeature_float(token, _END) or None
            if ends and not self._library.ffeature_string(token, _WHITESPACE):
                ends[-1] = end or ends[-1]
            else:
                ends.append(end)
            token = self._library.item_next(token)
        return ends

    def _voice(self, name: str, stretch: float, pitch: float) -> Any:
        if name not in self._voices:
            self._voices[name] = self._register(name)
        features = self._voices[name].contents.features
        self._library.feat_set_float(features, _STRETCH, stretch)
        if name in _MEAN_HZ:
            self._library.feat_set_float(features, _MEAN, _MEAN_HZ[name] * pitch)
        return self._voices[name]

    def _register(self, name: str) -> Any:
        register = getattr(_open(f"flite_cmu_us_{name}"), f"register_cmu_us_{name}")
        register.restype, register.argtypes = ctypes.POINTER(_Voice), [ctypes.c_void_p]
        voice = register(None)
        streaming = self._library.new_audio_streaming_info()
        streaming.contents.callback = ctypes.cast(self._callback, ctypes.c_void_p)
        self._library.feat_set(voice.contents.features, _STREAMING, self._library.audio_streaming_info_val(streaming))
        return voice


def _library() -> Any:
    library = _open("flite")
    library.flite_init()
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def _open(name: str) -> Any:
    """The shared library `name`. Raises `EngineMissing` with the command that installs it."""
    for path in places(name):
        try:
            return ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
        except OSError:
            continue
    raise EngineMissing(f"flite is not installed: {MEND}")


def places(name: str) -> Iterator[str]:
    """Where the shared library `name` is, best first."""
    # not find_library first: it runs gcc and ldconfig, half a second for each of three libraries
    for ending in (".so.1", ".so", ".dylib"):
        yield from (str(path) for folder in _FOLDERS if (path := Path(folder) / f"lib{name}{ending}").exists())
    if found := ctypes.util.find_library(name):
        yield found


if __name__ == "__main__":
    serve(FliteWork)
