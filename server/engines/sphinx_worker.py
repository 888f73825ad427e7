"""pocketsphinx in a process of its own: `python -m server.engines.sphinx_worker`.

Not for its licence (BSD) but because it holds Python's lock while it decodes: in a thread of the server it stopped the
event loop for the length of the work (0.56 s for one sentence here).
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import Any

from server.core.audio import BYTES_PER_SAMPLE, HEARING_HZ
from server.core.errors import EngineMissing
from server.engines.child import serve
from server.engines.frames import Frame
from server.engines.pronounce import pronounce

SEGMENT_BYTES = 30 * HEARING_HZ * BYTES_PER_SAMPLE
"""A clip is decoded by segments of 30 s, so that a monologue can be stopped in the middle."""
_FRAME_MS = 10


class SphinxWork:
    """A decoder with the generic English model. A request holds `hints`; its payload is 16 kHz PCM16."""

    def __init__(self) -> None:
        self._decoder = _decoder()
        self._added: set[str] = set()

    def __call__(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        self._learn({str(hint).lower() for hint in request.header.get("hints", [])})
        for start in range(0, len(request.payload), SEGMENT_BYTES):
            if stopped.is_set():
                return
            offset_ms = start // BYTES_PER_SAMPLE * 1000 // HEARING_HZ
            yield Frame({"words": self._decode(request.payload[start : start + SEGMENT_BYTES], offset_ms)})

    def _decode(self, samples: bytes, offset_ms: int) -> list[tuple[str, int, int, float]]:
        """Words with start, end and probability. The whole clip is normalised at once, so no clip colours the next."""
        self._decoder.start_utt()
        self._decoder.process_raw(samples, False, True)
        self._decoder.end_utt()
        return [_word(segment, offset_ms) for segment in self._decoder.seg() or () if segment.word[0] not in "<[+"]

    def _learn(self, hints: set[str]) -> None:
        """Add the hints the dictionary lacks; a decoder that knows another case's words is replaced."""
        if not self._added <= hints:
            self._decoder, self._added = _decoder(), set()
        for hint in sorted(hints - self._added):
            phones = pronounce(hint)
            if phones and self._decoder.lookup_word(hint) is None:
                self._decoder.add_word(hint, phones, True)
                self._added.add(hint)


def _word(segment: Any, offset_ms: int) -> tuple[str, int, int, float]:
    text = segment.word.split("(")[0]
    start_ms, end_ms = segment.start_frame * _FRAME_MS, (segment.end_frame + 1) * _FRAME_MS
    return text, offset_ms + start_ms, offset_ms + end_ms, max(0.0, min(1.0, float(segment.prob)))


def _decoder() -> Any:
    try:
        from pocketsphinx import Decoder
    except ImportError:
        raise EngineMissing("pocketsphinx is not installed: pip install pocketsphinx") from None
    return Decoder(samprate=HEARING_HZ, loglevel="FATAL")


if __name__ == "__main__":
    serve(SphinxWork)
