"""espeak-ng in a process of its own: `python -m server.engines.embedded.espeak_worker`.

libespeak-ng is GPL-3.0-or-later; it is loaded here and nowhere else, and this module is never imported by the server.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from threading import Event
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.engines.children.child import serve
from server.engines.children.frames import Frame

_SYNCHRONOUS, _CHUNK_MS, _UTF8, _AT_CHARACTER = 2, 50, 1, 1
_RATE, _PITCH = 1, 3
_LIST_END, _WORD, _CLAUSE_END = 0, 1, 5


class _Event(ctypes.Structure):
    """`espeak_EVENT`; `text_position` counts characters from 1, `sample` from the beginning of the sound."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class EspeakWork:
    """The library, initialised. A request holds `text`, `voice`, `words_per_minute` and `pitch` (0 to 100)."""

    def __init__(self) -> None:
        self._library = _load()
        self._sound = bytearray()
        self._marks: list[tuple[int, int, int]] = []
        """Type, place in the text and sample of what was noticed while speaking."""
        self._stopped = Event()
        self._callback = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def __call__(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        self._stopped, self._sound, self._marks = stopped, bytearray(), []
        wanted = request.header
        if self._library.espeak_SetVoiceByName(str(wanted["voice"]).encode()) != 0:
            raise EngineError("espeak-ng has no such voice.", code="voice_missing")
        self._library.espeak_SetParameter(_RATE, int(wanted["words_per_minute"]), 0)
        self._library.espeak_SetParameter(_PITCH, int(wanted["pitch"]), 0)
        line = str(wanted["text"])
        text = line.encode()
        self._library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, _AT_CHARACTER, 0, _UTF8, None, None)
        ends = word_ends(line, self._marks, self._library.rate_hz)
        header = {"rate_hz": self._library.rate_hz, "closing": line[-9:], "words": len(ends), "ends": ends}
        yield Frame(header, bytes(self._sound))

    def _take(self, samples: Any, count: int, events: Any) -> int:
        if count > 0 and samples:
            self._sound += ctypes.string_at(samples, count * 2)
        at = 0
        while events[at].type != _LIST_END:
            self._marks.append((events[at].type, events[at].text_position, events[at].sample))
            at += 1
        return 1 if self._stopped.is_set() else 0


def word_ends(line: str, marks: Sequence[tuple[int, int, int]], rate_hz: int) -> list[float | None]:
    """In ms, for each word of `line`: a word ends where the next mark stands, be it a word or the end of a clause.

    espeak-ng says nothing of a word that it runs into the one before ("has been"): the last of such a group has the
    end, the others None.
    """
    words = line.split()
    starts, at = [], 0
    for word in words:
        starts.append(line.index(word, at))
        at = starts[-1] + len(word)
    ends: list[float | None] = [None] * len(words)
    owner = -1
    for kind, place, sample in marks:
        if kind not in (_WORD, _CLAUSE_END):
            continue
        following = bisect_right(starts, place - 1) - 1
        last = (following if kind == _WORD else bisect_left(starts, place)) - 1
        if owner >= 0 and last >= owner:
            ends[last] = 1000 * sample / rate_hz
        owner = following if kind == _WORD else -1
    return ends


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
