"""Everything that happens to an encounter, as typed values. The log is these and nothing else.

Fields are text, whole numbers and plain tuples only, so that a log written today can be read in ten years. A result
carries the id of the clip, turn, item or reply it belongs to; an id that is no longer current means late, and late is
dropped by the conductor (`server.core.advance.is_late`), not raced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

EVENT_VERSION = 1
"""Raised when a stored event changes meaning; logs carry it."""

EndReason = Literal["learner", "time_up", "stop", "abandoned"]
"""Why a shell ends an encounter; the core itself may also end it as `sent_away`."""
CutReason = Literal["barge_in", "cancelled", "disconnected", "restart", "ended", "paused", "superseded", "stalled"]


@dataclass(frozen=True)
class Opened:
    """The encounter exists; the learner is at the door."""

    encounter_id: str
    case_id: str
    case_version: str
    case_digest: str
    portrayal: Literal["teaching", "assessment"] = "teaching"
    time_percent: int = 100
    """Time accommodation: 150 is time and a half, 0 is untimed."""
    variant: str = ""
    """Id of the variant that is played; empty: the case as written."""
    seed: int = 0
    """Where each list of lines begins: the same seed is the same for everyone, 0 is as written."""
    carried: Mapping[str, int | str] = field(default_factory=dict)
    """What an earlier act handed on: starts of numbers and choices."""
    acknowledged: str = ""
    """Digest of the briefing's wording that the learner agreed to; empty when a program opened the encounter."""
    retry_of: str = ""
    """The encounter that this one takes up again at one of its turns; empty for a first meeting."""
    retry_turn: str = ""
    """The learner's turn there, in place of which this one goes on."""
    retry_from: int = 0
    """How many turns came before it: they are that encounter's, and this log begins with the events that made them."""
    retry_beats: tuple[str, ...] = ()
    """The moments that lay open there."""
    tryout: bool = False
    """An author tries the case out: the clock may be moved on and a beat forced, and nothing of it is ever scored."""


@dataclass(frozen=True)
class Entered:
    """The learner goes in; the clock starts."""


@dataclass(frozen=True)
class SpeechBegan:
    clip: str
    """Id of the utterance; becomes the id of the turn."""


@dataclass(frozen=True)
class SpeechEnded:
    clip: str
    audio_ms: int
    """Length of the utterance."""


@dataclass(frozen=True)
class SpeechHeard:
    """Recognised words. Committing this event is what acknowledges a spoken turn."""

    clip: str
    text: str
    confidence_percent: int = 100
    words_percent: tuple[int, ...] = ()
    """The same for each word of `text`, as `str.split` sees them; empty where the engine does not tell."""


@dataclass(frozen=True)
class Murmured:
    """The learner said "mm-hm" or the like while the patient spoke, and the patient went on: no turn, but kept."""

    clip: str
    text: str
    audio_ms: int
    reply: str
    """What was being said."""
    confidence_percent: int = 100


@dataclass(frozen=True)
class SpeechUnclear:
    """There was speech, and no words can be relied on; the learner is asked to repeat."""

    clip: str
    reason: Literal["no_words", "engine_failed", "engine_broken", "too_long", "restart", "withdrawn"]
    """engine_broken: saying it again will not help."""


@dataclass(frozen=True)
class Typed:
    item: str
    text: str


@dataclass(frozen=True)
class TurnClosed:
    """The learner asks for an answer to what was typed."""


@dataclass(frozen=True)
class Acted:
    turn: str
    action: str
    """Id from the case's list."""


@dataclass(frozen=True)
class SilenceHeld:
    """The learner waited on purpose: measured by voice, told by a button in text."""

    turn: str
    duration_ms: int


@dataclass(frozen=True)
class SentenceReady:
    """One sentence of a reply, committed before its first sound leaves."""

    reply: str
    index: int
    """0, 1, 2 … without a gap."""
    text: str
    audio_ms: int
    """0 where the output is text."""
    word_ends_ms: tuple[int, ...] = ()
    """Where each word of `text` ends in its sound; empty where the voice does not tell."""


@dataclass(frozen=True)
class ReplyWritten:
    """No more sentences will come. `source` tells who phrased it, for the record."""

    reply: str
    source: Literal["authored", "model", "fallback"] = "authored"
    why: str = ""
    """With `fallback`: the code of what kept the model's own words from being said, e.g. `model_slow`. With `model`:
    what cut them short, or `asked_again`.
    """
    tokens_in: int = 0
    tokens_out: int = 0
    """What the model counted; 0 where it does not count, or there is none."""


@dataclass(frozen=True)
class ReplyFailed:
    reply: str
    reason: str
    """One word: late, silent, restart …"""


@dataclass(frozen=True)
class Played:
    """All of a reply reached the learner."""

    reply: str
    audio_ms: int


@dataclass(frozen=True)
class Cut:
    """A reply stops here; `audio_ms` of it was played."""

    reply: str
    audio_ms: int
    reason: CutReason
    unspoken: str = ""
    """What had been written of it by then and had not been made into sound."""


@dataclass(frozen=True)
class Truncated:
    """The client says that less was heard than we believed. It only ever shortens."""

    reply: str
    audio_ms: int


@dataclass(frozen=True)
class Paused:
    by: Literal["learner", "words", "safety"] = "learner"


@dataclass(frozen=True)
class Resumed:
    pass


@dataclass(frozen=True)
class TimerFired:
    timer: str


@dataclass(frozen=True)
class Ended:
    reason: EndReason


@dataclass(frozen=True)
class Reflected:
    """The learner's own words and marks, given before any score is shown. Each may be empty."""

    reactions: str = ""
    felt: str = ""
    said: str = ""
    self_rating: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CorrectionProposed:
    """The learner says what they said in place of some words of a spoken turn of theirs. What was heard stays."""

    turn: str
    start_word: int
    """The first of the words, from 0, as `str.split` sees them."""
    end_word: int
    """The one after the last."""
    words: str
    """Empty: nothing was said there."""


@dataclass(frozen=True)
class CorrectionSettled:
    """A person of the faculty has decided on what was proposed."""

    turn: str
    start_word: int
    accepted: bool
    by: str


@dataclass(frozen=True)
class Cued:
    """Somebody who watches brings a beat, or one of the lines against stalling, forward. The learner is not told."""

    by: str
    """Who."""
    beat: str = ""
    prompt: int = -1
    """Number of the line in the case's `prompts`, from 0; -1 where it is a beat."""


@dataclass(frozen=True)
class CueTakenBack:
    """A cue that waited is not wanted any more. The learner is told of neither."""

    by: str
    beat: str = ""
    prompt: int = -1


@dataclass(frozen=True)
class Jumped:
    """In a try-out: the clock was moved on to this moment, at which this event is taken."""

    to_ms: int


@dataclass(frozen=True)
class Forced:
    """In a try-out: this beat is said now, whatever its trigger."""

    beat: str


Event = (
    Opened | Entered | SpeechBegan | SpeechEnded | SpeechHeard | SpeechUnclear | Murmured | Typed | TurnClosed | Acted
    | SilenceHeld | SentenceReady | ReplyWritten | ReplyFailed | Played | Cut | Truncated | Paused | Resumed
    | TimerFired | Ended | Reflected | CorrectionProposed | CorrectionSettled | Cued
    | CueTakenBack | Jumped | Forced
)  # fmt: skip
Untold = Cued | CueTakenBack
"""Nothing that a learner reads counts these: a number that is missing would give them away."""

EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__args__}


def to_record(event: Event) -> dict[str, Any]:
    """A JSON-ready mapping: the event's name under `event`, its fields beside it."""
    return {"event": type(event).__name__, **asdict(event)}


def from_record(record: Mapping[str, Any]) -> Event:
    """The inverse of `to_record`. Raises `ValueError` for an unknown event or field."""
    kind = EVENTS.get(str(record.get("event")))
    if kind is None:
        raise ValueError(f"unknown event {record.get('event')!r}")
    names = {f.name for f in fields(kind)}
    if unknown := set(record) - names - {"event"}:
        raise ValueError(f"{kind.__name__} has no field {sorted(unknown)[0]!r}")
    return kind(**{name: _tuple(value) for name, value in record.items() if name != "event"})


def _tuple(value: Any) -> Any:
    """JSON knows lists only; events hold tuples, so that they can be compared."""
    return tuple(value) if isinstance(value, list) else value
