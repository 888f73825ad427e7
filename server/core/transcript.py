"""The transcript as heard: turns, and the arithmetic from played sound to heard words.

A patient's turn keeps the sentences that were committed beside `text`, the part of them that reached the learner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from server.core.lexicon import content_stems
from server.core.moves import Context, Observation

TurnKind = Literal["said", "shown", "action", "silence"]
LEARNER = "learner"
END_TOLERANCE_MS = 80
"""A sentence cut this close to its end was heard whole: what is left is the fall of the voice."""


@dataclass(frozen=True)
class Sentence:
    text: str
    audio_ms: int
    """0 where the output is text: then delivered is heard."""
    word_ends_ms: tuple[int, ...] = ()
    """Where each word ends in the sound; empty where that is not known."""


@dataclass(frozen=True)
class Plan:
    """What a reply is for; chosen by the director before a word of it exists."""

    lines: tuple[str, ...] = ()
    """Authored words: the scripted actor's text, a model's fallback."""
    direction: str = ""
    beat: str = ""
    """The beat this reply carries, if any."""
    facts: tuple[str, ...] = ()
    """Facts this reply may tell."""
    to_turn: str = ""
    """The learner's turn it answers; empty when the patient speaks unprompted."""
    closing: bool = False
    """The encounter ends with this reply."""
    speaker: str = ""
    """Cast id; empty: whoever owns its beat or facts, else the first of the cast."""
    shown: str = ""
    """What is seen as it begins."""
    ends: str = ""
    """With `closing`: why the encounter ends, if not because time is up."""
    first: tuple[str, ...] = ()
    """The lines among `lines` that an outcome called for; said again in the next reply when they were not heard."""
    because: str = ""
    """With `beat`: why the director chose it, as one word: overdue, triggered, cued, forced."""


@dataclass(frozen=True)
class Worded:
    """Who phrased a reply, and what that took."""

    source: str = ""
    """authored, model or fallback; empty while it is being written."""
    why: str = ""
    """Code of what kept a model's own words from being said, or cut them short."""
    tokens_in: int = 0
    tokens_out: int = 0
    """What the model counted."""


@dataclass(frozen=True)
class Turn:
    """One entry of the transcript."""

    id: str
    speaker: str
    """`learner` or a cast id."""
    kind: TurnKind
    text: str
    """What was said as far as it was heard, or what was shown or done."""
    at_ms: int
    """Encounter time at which it began."""
    heard_ms: int = 0
    """How much of its sound reached the learner; for the learner's own speech, its length."""
    closed: bool = True
    """False while a reply is still being written or spoken."""
    failed: str = ""
    """Why a reply came to nothing, as one word; empty when it did not."""
    cut: bool = False
    """The reply was not said or not heard to its end, for whatever reason."""
    talked_over: bool = False
    """It was cut because the learner began to speak."""
    sentences: tuple[Sentence, ...] = ()
    """What was made into sound, or delivered as text; `text` is the part of it that was heard."""
    worded: Worded = Worded()
    """Who phrased it."""
    unspoken: str = ""
    """What had been written beyond that when the reply was cut."""
    written: bool = False
    """No more sentences will come."""
    plan: Plan | None = None
    observations: tuple[Observation, ...] = ()
    confidence: float = 1.0
    """How sure the recogniser was, 0 to 1; 1 for typed words."""
    words_percent: tuple[int, ...] = ()
    """The same in percent for each word of `text`; empty where that is not known."""
    context: Context | None = None
    """In what the learner's words were observed, but for the story so far, which the turns before tell."""
    as_heard: str = ""
    """What was heard, where `text` is an accepted correction of it; only in copies made to be scored."""
    toward: str = ""
    """Cast id of the person whom the learner spoke to or did it to."""
    barred: bool = False
    """A barrier kept these words from the patient."""
    out_of_role: bool = False
    """Never scored: stop and pause words, the learner's own distress."""

    @property
    def moves(self) -> frozenset[str]:
        return frozenset(observation.move for observation in self.observations)

    @property
    def audio_ms(self) -> int:
        """Length of everything committed so far."""
        return sum(sentence.audio_ms for sentence in self.sentences)


def heard_text(sentences: Sequence[Sentence], audio_ms: int) -> str:
    """The words of `sentences` that fit into the first `audio_ms` of their sound.

    Inside a sentence a word was heard when it had ended by then; where its voice does not tell where words end, they
    are placed in proportion to their characters.
    """
    heard: list[str] = []
    start = 0
    for sentence in sentences:
        left = audio_ms - start
        if sentence.audio_ms and (left <= 0 or sentence.audio_ms - left > END_TOLERANCE_MS):
            heard += [_part(sentence, left)] if left > 0 else []
            break
        heard.append(sentence.text)
        start += sentence.audio_ms
    return " ".join(part for part in heard if part)


def _part(sentence: Sentence, left_ms: int) -> str:
    """Whole words that end within the first `left_ms`."""
    words = sentence.text.split()
    ends = sentence.word_ends_ms if len(sentence.word_ends_ms) == len(words) else _proportional(sentence, words)
    return " ".join(word for word, end in zip(words, ends, strict=True) if end <= left_ms)


def _proportional(sentence: Sentence, words: Sequence[str]) -> list[float]:
    ends, at = [], 0
    for word in words:
        at = sentence.text.index(word, at) + len(word)
        ends.append(at / len(sentence.text) * sentence.audio_ms)
    return ends


def share_heard(text: str, heard: str) -> float:
    """Share, 0 to 1, of the meaningful words of `text` that are in `heard`; 1 when `text` has none."""
    wanted = content_stems(text)
    return len(wanted & content_stems(heard)) / len(wanted) if wanted else 1.0


def last_said(turns: Iterable[Turn], by_learner: bool) -> Turn | None:
    """The latest spoken turn with words, of the learner or of anybody else."""
    said = (t for t in reversed(tuple(turns)) if t.kind == "said" and t.text and (t.speaker == LEARNER) is by_learner)
    return next(said, None)
