"""One utterance in the decoder while it is being said: cut into segments where the speaker pauses.

A segment that has ended is never decoded again, so at a pause only its last moments are left to do. Means of the
cepstrum (what the microphone and the voice add to every sound) go on from one segment to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Event
from typing import Any

import numpy as np

from server.core.sound.audio import BYTES_PER_SAMPLE, HEARING_HZ, Pcm, bytes_for
from server.engines.clip import nothing_said

Word = tuple[str, int, int, float]
"""Text, start and end in ms, probability."""

SEGMENT_BYTES = 30 * HEARING_HZ * BYTES_PER_SAMPLE
"""No segment is longer than 30 s, so that a monologue can be stopped in the middle."""
QUIETEST_SHARE = 0.05
"""Of the loudest sample so far. What follows a pause and stays below it is the room (26 dB below the voice)."""
MEANS_BYTES = bytes_for(2_000, HEARING_HZ)
"""An unknown microphone's means are taken from so much of its first utterance, which then is decoded late."""
MEANS_SEARCH = "means"
"""Name of a search that costs nothing: 2 s of sound go through it for their means."""
_QUIET_BYTES = bytes_for(500, HEARING_HZ)
"""Kept of a silence, for the first consonant after it."""
_SLICE_BYTES = bytes_for(96, HEARING_HZ)
"""Between two slices it is looked whether anybody still wants to know."""
_FRAME_MS = 10


class Segments:
    """What was said in one utterance so far."""

    def __init__(self, decoder: Any, *, means_known: bool) -> None:
        self._decoder = decoder
        self.means_known = means_known
        """Whether the decoder's means are this microphone's."""
        self._words: list[Word] = []
        self._held = b""
        """Sound since the last segment, as long as nothing is begun: the end of a silence, or too little speech."""
        self._before = 0
        """Bytes before the segment under way, or before what is held."""
        self._decoded = 0
        """Bytes of the segment under way."""
        self._under_way = False
        self._loudest = 0

    def feed(self, sound: bytes, stopped: Event) -> None:
        """Take more sound; leaves off when `stopped` is set."""
        self._loudest = max(self._loudest, _peak(sound))
        if self._under_way:
            self._decode(sound, stopped)
            return
        self._held += sound
        if not self._somebody_speaks():
            silence, self._held = self._held[:-_QUIET_BYTES], self._held[-_QUIET_BYTES:]
            self._before += len(silence)
        elif self.means_known or len(self._held) >= MEANS_BYTES:
            self._begin(stopped)

    def pause(self, stopped: Event) -> list[Word]:
        """All words so far; the segment under way ends."""
        if not self._under_way and self._somebody_speaks():
            self._begin(stopped)
        self.end()
        return self._words

    def end(self) -> None:
        """End the segment under way, if there is one: the decoder is free for something else."""
        if not self._under_way:
            return
        self._under_way = False
        self._decoder.end_utt()
        self._words += words_of(self._decoder, self._before)
        self._before += self._decoded

    def _begin(self, stopped: Event) -> None:
        """Begin a segment with what is held."""
        held, self._held = self._held, b""
        if not self.means_known:
            self._learn_means(held)
        self._open()
        self._decode(held, stopped)

    def _open(self) -> None:
        self._decoder.start_utt()
        self._under_way, self._decoded = True, 0

    def _learn_means(self, sound: bytes) -> None:
        usual = self._decoder.current_search()
        self._decoder.activate_search(MEANS_SEARCH)
        self._decoder.start_utt()
        self._decoder.process_raw(sound, False, True)
        self._decoder.end_utt()
        self._decoder.activate_search(usual)
        # as where it begins, and not only where it is: sums from before would come back at the segment's end
        self._decoder.set_cmn(self._decoder.get_cmn(False))
        self.means_known = True

    def _decode(self, sound: bytes, stopped: Event) -> None:
        for start in range(0, len(sound), _SLICE_BYTES):
            if stopped.is_set():
                return
            if self._decoded >= SEGMENT_BYTES:
                self.end()
                self._open()
            piece = sound[start : start + _SLICE_BYTES]
            self._decoder.process_raw(piece, False, False)
            self._decoded += len(piece)

    def _somebody_speaks(self) -> bool:
        return not nothing_said(Pcm(self._held)) and _peak(self._held) >= QUIETEST_SHARE * self._loudest


def words_of(decoder: Any, bytes_before: int) -> list[Word]:
    """The words of the segment that has just ended, without noises and silence."""
    before_ms = bytes_before // BYTES_PER_SAMPLE * 1000 // HEARING_HZ
    found: Iterable[Any] = decoder.seg() or ()
    return [_word(segment, before_ms) for segment in found if segment.word[0] not in "<[+"]


def _word(segment: Any, before_ms: int) -> Word:
    text = segment.word.split("(")[0]
    start_ms, end_ms = segment.start_frame * _FRAME_MS, (segment.end_frame + 1) * _FRAME_MS
    return text, before_ms + start_ms, before_ms + end_ms, max(0.0, min(1.0, float(segment.prob)))


def _peak(sound: bytes) -> int:
    samples = np.frombuffer(sound, "<i2")
    return max(int(samples.max()), -int(samples.min())) if samples.size else 0
