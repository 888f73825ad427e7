"""Text that nobody said: what recognisers write into silence, noise and breath. Pure.

About one Whisper segment in a hundred held an invented phrase, more where there were long pauses (Koenecke et al.,
"Careless Whisper", FAccT 2024), and no single rule finds them all (Baranski et al., arXiv 2501.11378); so there are
several, each narrow, as a student must neither be marked on words they did not say nor lose words they did.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Reason = Literal["silence", "loop", "too_fast", "hints", "known"]

_NO_SPEECH, _UNLIKELY, _REPETITIVE = 0.6, -1.0, 2.4
"""Whisper's own thresholds for silence, for doubt and for loops (faster-whisper's defaults)."""
_DOUBTFUL_SPEECH = 0.3
"""Probability of no speech from which a known phantom phrase is believed to be one. Half of the threshold for silence:
a phrase from the list is further evidence. Not measured here; see `known`."""
_MOST_WORDS_PER_S = 6.0
"""Nobody says more in a second of sound; quick English has four (voice.md 3.1: more than six was invented)."""
_SPARE_WORDS = 2
"""Words by which a short answer may exceed that: `Yes I do` takes less than half a second."""
_LEAST_LEAKED = 4
"""Hints in a row from which words are taken for the hints themselves; `Mrs Eileen Novak` is three."""
_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")

_CREDITS = (
    "thanks for watching",
    "thank you for watching",
    "thank you so much for watching",
    "thanks for watching and i'll see you next time",
    "thank you for listening",
    "thanks for listening",
    "please subscribe",
    "please subscribe to my channel",
    "like and subscribe",
    "don't forget to subscribe",
    "subscribe to my channel",
    "see you in the next video",
    "i'll see you in the next video",
    "see you next time",
    "subtitles by the amara org community",
    "subtitles by",
    "subtitles made by the amara org community",
    "transcribed by https otter ai",
    "transcription by castingwords",
    "captions by",
    "copyright",
    "all rights reserved",
    "satsang with mooji",
    "www mooji org",
    "you're watching",
)
"""How videos end and who wrote their subtitles: Whisper learnt from those. From the lists in faster-whisper issues 183
and 843, WhisperLive issue 185 and Baranski et al.; nobody says these to a patient."""
_SMALL = (
    "you",
    "thank you",
    "thank you very much",
    "thank you so much",
    "thanks",
    "bye",
    "bye bye",
    "okay",
    "oh",
    "so",
    "the",
    "the end",
    "i'm sorry",
    "hmm",
    "yeah",
    "i",
    "a",
    "and",
    "music",
    "applause",
    "silence",
    "beep",
    "foreign",
)
"""The same lists' shorter ones, most of which a student does say: dropped only where speech is in doubt."""


@dataclass(frozen=True)
class Written:
    """One segment as a recogniser wrote it, and what the recogniser said of it."""

    text: str
    no_speech: float | None = None
    """Probability, 0 to 1, that nobody speaks; None where the recogniser does not tell."""
    mean_logprob: float | None = None
    """Mean natural logarithm of its tokens' probabilities, or None."""


def invented(written: Written, *, hints: Sequence[str] = ()) -> Reason | None:
    """Why a segment is held to be invented, or None. `hints` are those the recogniser was given, in order."""
    if silence(written):
        return "silence"
    if loop(written.text):
        return "loop"
    if leaked(written.text, hints):
        return "hints"
    return "known" if known(written) else None


def silence(written: Written) -> bool:
    """Nobody spoke, says the recogniser, and its words are unlikely. Unlikely words alone are only mumbled."""
    if written.no_speech is None or written.mean_logprob is None:
        return False
    return written.no_speech > _NO_SPEECH and written.mean_logprob < _UNLIKELY


def loop(text: str) -> bool:
    """The same again and again: packed to less than two fifths, or one phrase over and over without a break.

    `No, no, no, no` and `It's all right, it's all right, it's all right` are what people say.
    """
    raw = text.strip().encode()
    if len(raw) > len(zlib.compress(raw)) * _REPETITIVE:
        return True
    words = _words(text)
    return any(_longest_run(words, size) >= max(4, 8 // size) for size in range(1, 7))


def too_fast(text: str, voiced_ms: int) -> bool:
    """More words than a mouth can say in `voiced_ms` of sound (the clip's length, where no more is known)."""
    return len(_words(text)) > _SPARE_WORDS + _MOST_WORDS_PER_S * voiced_ms / 1000


def leaked(text: str, hints: Sequence[str]) -> bool:
    """The hints themselves, read back: four or more of them in their order and nothing else.

    One hint, or two, is a name that a student says.
    """
    said, given = _words(text), [_words(hint) for hint in hints]
    for first in range(len(given)):
        row: list[str] = []
        for last in range(first, len(given)):
            row += given[last]
            if row == said and last - first + 1 >= _LEAST_LEAKED:
                return True
    return False


def known(written: Written) -> bool:
    """One of the phrases that recognisers are known to invent, and speech is in doubt.

    `Thank you` stays where speech is sure. Of a recogniser that does not tell, only credits of videos are dropped.
    """
    phrase = " ".join(_words(written.text))
    if written.no_speech is None:
        return phrase in _CREDITS
    return written.no_speech > _DOUBTFUL_SPEECH and (phrase in _CREDITS or phrase in _SMALL)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


def _longest_run(words: Sequence[str], size: int) -> int:
    """How often the most repeated phrase of `size` words stands directly behind itself, itself included."""
    best, run = 0, 0
    for place in range(len(words) - size):
        run = run + 1 if words[place] == words[place + size] else 0
        best = max(best, run)
    return best // size + 1 if words else 0
