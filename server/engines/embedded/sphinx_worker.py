"""pocketsphinx in a process of its own: `python -m server.engines.embedded.sphinx_worker`.

Not for its licence (BSD) but because it holds Python's lock while it decodes: in a thread of the server it stopped the
event loop for the length of the work (0.56 s for one sentence here).
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.core.sound.audio import HEARING_HZ
from server.engines.children.child import serve
from server.engines.children.frames import Frame
from server.engines.embedded.pronounce import pronounce
from server.engines.embedded.sphinx_segments import MEANS_SEARCH, SEGMENT_BYTES, Segments, Word, words_of


class SphinxWork:
    """A decoder with the generic English model. A request's payload is 16 kHz PCM16, and it is one of two kinds.

    A whole clip, with `hints`. Or a part of an utterance that goes on: the first has `hints` and `means` (of the
    cepstrum; empty: not known) and begins it, and each that has `pause` is answered with the words so far and `means`.
    """

    def __init__(self) -> None:
        self._decoder = _decoder()
        self._added: set[str] = set()
        self._unknown_means: str = self._decoder.get_cmn(False)
        self._segments: Segments | None = None

    def __call__(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        if "part" in request.header:
            yield from self._follow(request, stopped)
            return
        self._make_ready(request)
        for start in range(0, len(request.payload), SEGMENT_BYTES):
            if stopped.is_set():
                return
            yield Frame({"words": self._decode(request.payload[start : start + SEGMENT_BYTES], start)})

    def _follow(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        if request.header["part"] == 0:
            self._make_ready(request)
            means = request.header["means"]
            self._decoder.set_cmn(means or self._unknown_means)
            self._segments = Segments(self._decoder, means_known=bool(means))
        if self._segments is None:
            raise EngineError("The decoder was started again in the middle of an utterance.", code="engine_crashed")
        self._segments.feed(request.payload, stopped)
        if "pause" in request.header and not stopped.is_set():
            words = self._segments.pause(stopped)
            means = self._decoder.get_cmn(False) if self._segments.means_known else ""
            yield Frame({"words": words, "means": means})

    def _make_ready(self, request: Frame) -> None:
        """Give up an utterance that nobody ended, and learn the hints."""
        if self._segments is not None:
            self._segments.end()
            self._segments = None
        self._learn({str(hint).lower() for hint in request.header.get("hints", [])})

    def _decode(self, samples: bytes, bytes_before: int) -> list[Word]:
        """The whole clip is normalised at once, so no clip colours the next."""
        self._decoder.start_utt()
        self._decoder.process_raw(samples, False, True)
        self._decoder.end_utt()
        return words_of(self._decoder, bytes_before)

    def _learn(self, hints: set[str]) -> None:
        """Add the hints the dictionary lacks; a decoder that knows another case's words is replaced."""
        if not self._added <= hints:
            self._decoder, self._added = _decoder(), set()
        for hint in sorted(hints - self._added):
            phones = pronounce(hint)
            if phones and self._decoder.lookup_word(hint) is None:
                self._decoder.add_word(hint, phones, True)
                self._added.add(hint)


def _decoder() -> Any:
    try:
        from pocketsphinx import Decoder
    except ImportError:
        raise EngineMissing("pocketsphinx is not installed: pip install pocketsphinx") from None
    decoder = Decoder(samprate=HEARING_HZ, loglevel="FATAL")
    decoder.add_keyphrase(MEANS_SEARCH, "hello")
    return decoder


if __name__ == "__main__":
    serve(SphinxWork)
