"""espeak-ng in a process of its own: `python -m server.engines.espeak_worker`.

libespeak-ng is GPL-3.0-or-later; it is loaded here and nowhere else, and this module is never imported by the server.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from threading import Event
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.engines.child import serve
from server.engines.frames import Frame

_SYNCHRONOUS, _CHUNK_MS, _UTF8, _AT_CHARACTER = 2, 50, 1, 1
_RATE, _PITCH = 1, 3
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class EspeakWork:
    """The library, initialised. A request holds `text`, `voice`, `words_per_minute` and `pitch` (0 to 100)."""

    def __init__(self) -> None:
        self._library = _load()
        self._sound = bytearray()
        self._stopped = Event()
        self._callback = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def __call__(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        self._stopped, self._sound = stopped, bytearray()
        wanted = request.header
        if self._library.espeak_SetVoiceByName(str(wanted["voice"]).encode()) != 0:
            raise EngineError("espeak-ng has no such voice.", code="voice_missing")
        self._library.espeak_SetParameter(_RATE, int(wanted["words_per_minute"]), 0)
        self._library.espeak_SetParameter(_PITCH, int(wanted["pitch"]), 0)
        text = str(wanted["text"]).encode()
        self._library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, _AT_CHARACTER, 0, _UTF8, None, None)
        yield Frame({"rate_hz": self._library.rate_hz}, bytes(self._sound))

    def _take(self, samples: Any, count: int, _events: object) -> int:
        if count > 0 and samples:
            self._sound += ctypes.string_at(samples, count * 2)
        return 1 if self._stopped.is_set() else 0


def _load() -> Any:
    try:
        import espeakng_loader

        library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path()
    except (ImportError, OSError, RuntimeError):
        raise EngineMissing("espeak-ng is not installed: pip install espeakng-loader") from None
    library.rate_hz = library.espeak_Initialize(_SYNCHRONOUS, _CHUNK_MS, data.encode(), 0)
    if library.rate_hz <= 0:
        raise EngineError("espeak-ng did not initialise.", code="engine_failed")
    return library


if __name__ == "__main__":
    serve(EspeakWork)
