"""Speaking by flite (CMU, permissive), the embedded voice: a system library reached through ctypes.

One lock for the whole library: a voice's features are global, and nothing in flite promises more. Its synthesis is
quick (a fortieth of real time here) and cannot be broken off: text goes in by short pieces, with a look at `stop`
between them.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
import unicodedata
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path
from threading import Event, Lock
from typing import Any

from server.core.audio import Pcm
from server.core.errors import EngineError, EngineMissing
from server.engines.child_voice import slices
from server.engines.description import Description, describe
from server.engines.offload import stream
from server.engines.protocols import EngineInfo, Speech
from server.engines.speakable import pieces, speakable

VOICES = ("slt", "rms", "awb", "kal16")
"""slt: a woman. rms, awb: men, awb the higher. kal16: a man, older technique, clear and flat; only by its name."""
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
_STRETCH, _MEAN = b"duration_stretch", b"int_f0_target_mean"
"""flite keeps the pointer to a feature's name, not a copy: the bytes have to live as long as the process."""
_LOCK = Lock()


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


class FliteVoice:
    """A `Voice` of flite's compiled-in speakers. Raises `EngineMissing` where the library is not installed."""

    def __init__(self) -> None:
        self._library = _library()
        self._voices: dict[str, Any] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="flite")
        self.info = EngineInfo(
            part="speaking",
            name="flite",
            kind="embedded",
            version="2",
            licence="CMU flite licence (BSD-like)",
            ready=True,
            notice="A plain synthetic voice: age and pace are audible, emotion is not.",
        )

    async def speak(self, text: str, *, voice: str) -> AsyncGenerator[Speech]:
        """Yield 16 kHz sound in slices. Raises `EngineError` `unsayable` for letters that flite has no sound for."""
        line = _latin(speakable(text))
        if not line:
            return
        wanted = describe(voice)
        async with aclosing(stream(self._pool, lambda stop: self._sound(line, wanted, stop))) as sound:
            async for speech in sound:
                yield speech

    def close(self) -> None:
        """Let the thread go."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _sound(self, line: str, wanted: Description, stop: Event) -> Iterator[Speech]:
        for piece in pieces(line):
            if stop.is_set():
                return
            yield from slices(self._synthesise(piece, wanted))

    def _synthesise(self, piece: str, wanted: Description) -> Pcm:
        with _LOCK:
            voice = self._voice(pick(wanted), wanted)
            wave = self._library.flite_text_to_wave(piece.encode("ascii"), voice)
            if not wave:
                raise EngineError("flite made no sound of a text.", code="engine_failed")
            try:
                sound = wave.contents
                return Pcm(ctypes.string_at(sound.samples, sound.num_samples * 2), sound.sample_rate)
            finally:
                self._library.delete_wave(wave)

    def _voice(self, name: str, wanted: Description) -> Any:
        if name not in self._voices:
            self._voices[name] = _register(name)
        voice = self._voices[name]
        features = ctypes.c_void_p(voice.contents.features)
        self._library.feat_set_float(features, _STRETCH, wanted.stretch)
        if name in _MEAN_HZ:
            self._library.feat_set_float(features, _MEAN, _MEAN_HZ[name] * wanted.pitch)
        return voice


def pick(wanted: Description) -> str:
    """The nearest voice: one named in the description, else by sex and age (rms: a man neither young nor old, at his
    own pitch, which it cannot change). A thing that speaks sounds like one.
    """
    for name in VOICES:
        if name in wanted.names:
            return name
    if "system" in wanted.names:
        return "kal16"
    if wanted.sex == "female":
        return "slt"
    return "rms" if wanted.age == "adult" and wanted.pitch == 1.0 else "awb"


def _latin(line: str) -> str:
    """`line` in ASCII: accents fall away. Raises `EngineError` where nothing that can be said is left of words."""
    plain = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode()
    if line and not any(char.isalnum() for char in plain):
        raise EngineError("flite has English voices only and cannot say this text.", code="unsayable")
    return plain


def _library() -> Any:
    library = _open("flite")
    library.flite_init()
    library.flite_text_to_wave.restype = ctypes.POINTER(_Wave)
    library.flite_text_to_wave.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    library.delete_wave.argtypes = [ctypes.POINTER(_Wave)]
    library.feat_set_float.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float]
    return library


def _register(name: str) -> Any:
    register = getattr(_open(f"flite_cmu_us_{name}"), f"register_cmu_us_{name}")
    register.restype, register.argtypes = ctypes.POINTER(_Voice), [ctypes.c_void_p]
    return register(None)


def _open(name: str) -> Any:
    """The shared library `name`. Raises `EngineMissing` with the command that installs it."""
    for path in _places(name):
        try:
            return ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
        except OSError:
            continue
    raise EngineMissing(f"flite is not installed: {MEND}")


def _places(name: str) -> Iterator[str]:
    # not find_library first: it runs gcc and ldconfig, half a second for each of three libraries
    for ending in (".so.1", ".so", ".dylib"):
        yield from (str(path) for folder in _FOLDERS if (path := Path(folder) / f"lib{name}{ending}").exists())
    if found := ctypes.util.find_library(name):
        yield found
