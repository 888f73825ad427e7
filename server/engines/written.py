"""From what a recogniser wrote, segment by segment, to what was said: invented segments are left out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from server.core.sound.phantoms import Written, invented, too_fast
from server.engines.protocols import HeardWord, Transcription

UNKNOWN_CONFIDENCE = 0.5
"""For a recogniser that does not say how sure it is: the least that counts."""
MOST_HINTS_CHARS = 200
_LONG = 9
"""Letters from which a word is worth a hint."""
_SENTENCE_END = (".", "!", "?", ":", "\N{HORIZONTAL ELLIPSIS}")


@dataclass(frozen=True)
class Segment:
    """One stretch of a transcription. `words` are one for each of `text.split()`, or none."""

    text: str
    no_speech: float | None = None
    mean_logprob: float | None = None
    words: tuple[HeardWord, ...] = ()

    @property
    def confidence(self) -> float:
        """0 to 1: the mean probability of a token."""
        return UNKNOWN_CONFIDENCE if self.mean_logprob is None else math.exp(min(0.0, self.mean_logprob))


def said(segments: Iterable[Segment], *, voiced_ms: int, hints: Sequence[str] = ()) -> Transcription:
    """Join the segments that are not invented; confidence is their mean, weighted by length."""
    found = list(segments)
    silent = max((segment.no_speech or 0.0 for segment in found), default=0.0)
    kept = [segment for segment in found if segment.text.strip() and not _invented(segment, hints)]
    text = " ".join(" ".join(segment.text.split()) for segment in kept)
    if not text or too_fast(text, voiced_ms):
        return Transcription("", 0.0, no_speech=silent)
    weight = sum(len(segment.text) for segment in kept)
    sure = sum(segment.confidence * len(segment.text) for segment in kept) / weight
    words = tuple(word for segment in kept for word in segment.words)
    if [word.text for word in words] != text.split():
        words = ()
    return Transcription(text, sure, words, no_speech=max(segment.no_speech or 0.0 for segment in kept))


def _invented(segment: Segment, hints: Sequence[str]) -> bool:
    return invented(Written(segment.text, segment.no_speech, segment.mean_logprob), hints=hints) is not None


def timed(words: Sequence[HeardWord], within_ms: int) -> tuple[HeardWord, ...]:
    """`words` with times inside the clip, none before the one ahead of it; a recogniser's may be neither."""
    placed: list[HeardWord] = []
    for word in words:
        start = min(within_ms, max(word.start_ms, placed[-1].start_ms if placed else 0))
        placed.append(replace(word, start_ms=start, end_ms=min(within_ms, max(start, word.end_ms))))
    return tuple(placed)


def vocabulary(hints: Sequence[str]) -> tuple[str, ...]:
    """The words of the hints that a recogniser may not know, in order: names and long words, 200 characters at most.

    Whole texts as a prompt are read back into noise (faster-whisper issue 853 and others), so it is given few words.
    """
    found: dict[str, str] = {}
    for hint in hints:
        for word in _rare(hint):
            found.setdefault(word.lower(), word)
    kept: list[str] = []
    for word in found.values():
        if len(", ".join([*kept, word])) > MOST_HINTS_CHARS:
            break
        kept.append(word)
    return tuple(kept)


def _rare(hint: str) -> list[str]:
    """Words with a capital that does not begin a sentence, and long ones; of a bare name, every word."""
    found, first = [], hint.rstrip().endswith(_SENTENCE_END)
    for token in hint.split():
        word = re.sub(r"^\W+|\W+$", "", token)
        if word and ((word[0].isupper() and not first) or len(word) >= _LONG):
            found.append(word)
        first = token.endswith(_SENTENCE_END)
    return found
