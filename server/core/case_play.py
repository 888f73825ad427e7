"""The playable part of a case: cast, state, facts, beats, learner actions and rehearsals.

Conditions (`when`, `trigger`, `enter_when`) are the small language of `server.core.conditions`.
Moves are the names listed in `server.core.moves.MOVES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from server.core.strict import Strict

Disclosure = Literal["volunteered", "if_asked_open", "if_asked_direct", "if_trust", "never_verbal"]
BeatKind = Literal["cue", "concern", "challenge", "behaviour", "disclosure", "question"]


@dataclass(frozen=True)
class Sound(Strict):
    """How a cast member sounds; an engine picks its nearest voice."""

    sex: Literal["female", "male"] = "female"
    age: Literal["child", "adult", "old"] = "adult"
    pace: Literal["slow", "normal", "fast"] = "normal"

    def __str__(self) -> str:
        return f"{self.sex} {self.age} {self.pace}"


@dataclass(frozen=True)
class Speech(Strict):
    register: str = "everyday"
    max_sentences: int = 3
    patience_ms: int = 900
    """Silence after the learner's last word before this person answers, 200 to 4000."""
    typical_phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reaction(Strict):
    """What somebody says to a kind of turn when nothing more important is due. Lines rotate."""

    to: tuple[str, ...]
    """Any of these moves, or `topic:<word>` for a word the learner used."""
    lines: tuple[str, ...]
    when: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Unscripted(Strict):
    """Policy for a question the case has no fact for, by kind. Never a false `no` to a clinical question."""

    kind: str
    asked: tuple[str, ...]
    """Questions or offers of this kind, in the learner's words; they compete with those of the facts."""
    lines: tuple[str, ...]
    sure: bool = False
    """The author vouches that these lines are true of this person, so that they may say no."""
    statements: bool = False
    """Also answers what is announced and not asked: `I'll just take your blood pressure`."""


@dataclass(frozen=True)
class Barrier(Strict):
    """Something between the learner's words and this person, e.g. hearing loss."""

    id: str
    when: str
    lines: tuple[str, ...]
    """What is answered instead; lines rotate."""
    longer_than_words: int = 0
    """The barrier stops only turns with more words than this; 0 stops every turn."""
    let_through: tuple[str, ...] = ()
    """Turns with any of these moves are understood."""
    shown: str = ""


@dataclass(frozen=True)
class Portrayal(Strict):
    """Training notes to whoever plays this person."""

    appearance_and_behaviour: str
    affect_baseline: str
    opening_statement: str
    closing_statement: str
    speech: Speech = field(default_factory=Speech)
    never: tuple[str, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    unscripted: tuple[Unscripted, ...] = ()
    dont_know: tuple[str, ...] = ("I don't know.",)
    """Answers to a question about the world that has no fact: what this person cannot know. Lines rotate."""
    evasions: tuple[str, ...] = ()
    """Answers to a question about this person that has no fact: they say neither yes nor no. Empty: `dont_know`."""
    lead_ins: tuple[str, ...] = ()
    """Said before a fact that is asked for again, e.g. `Like I said.`"""
    barriers: tuple[Barrier, ...] = ()
    deflections: tuple[str, ...] = ("I don't follow you.",)
    """Answers, in role, to an attempt to break the role."""
    disallowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class CastMember(Strict):
    id: str
    role_type: Literal["patient", "relative", "carer", "colleague", "supervisor", "system"]
    name: str
    age: int
    public: str
    """What the learner may know beforehand, one sentence."""
    private: str
    """What only whoever plays this person may know; holds no fact that is locked."""
    portrayal: Portrayal
    pronouns: str = ""
    preferred_name: str = ""
    communication_needs: Mapping[str, str] = field(default_factory=dict)
    voice: Sound = field(default_factory=Sound)
    ideas: str = ""
    concerns: str = ""
    expectations: str = ""
    impact: str = ""


@dataclass(frozen=True)
class Number(Strict):
    """A state variable that is counted."""

    start: int
    min: int = 0
    max: int = 10


@dataclass(frozen=True)
class Choice(Strict):
    """A state variable that is one of a few words, from worst to best."""

    start: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Mood(Strict):
    """An emotional state: entered when its condition holds (the last one listed that holds wins)."""

    id: str
    enter_when: str
    affect: str
    lines: tuple[str, ...]
    """What is said when nothing else is due; lines rotate."""
    shown: str = ""


@dataclass(frozen=True)
class Response(Strict):
    """What a learner's move does to the state."""

    move: str
    effect: Mapping[str, int] = field(default_factory=dict)
    set: Mapping[str, str] = field(default_factory=dict)
    when: str = ""


@dataclass(frozen=True)
class State(Strict):
    numbers: Mapping[str, Number]
    choices: Mapping[str, Choice] = field(default_factory=dict)
    moods: tuple[Mood, ...] = ()
    de_escalation: tuple[Response, ...] = ()
    escalation: tuple[Response, ...] = ()


@dataclass(frozen=True)
class Fact(Strict):
    """Something this person knows. A locked fact is in no prompt."""

    id: str
    disclosure: Disclosure
    say: str = ""
    show: str = ""
    """For `never_verbal`: what is seen instead."""
    min_trust: int = 0
    """Holds whatever opened the door: a question, a beat, a second asking."""
    asked: tuple[str, ...] = ()
    """Questions that ask for it, in the learner's words; written as examples, matched by meaningful words."""
    again: tuple[str, ...] = ()
    """What is said when it was told and is asked for again; then, or where there is none, `say` after a lead-in."""
    owner: str = ""
    """Cast id; empty for the first of the cast."""
    objective: str = ""


@dataclass(frozen=True)
class Trigger(Strict):
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delivery(Strict):
    """`verbatim` is said word for word; `improvise` directs, with two or more authored `lines` for the scripted
    actor.
    """

    verbatim: str = ""
    improvise: str = ""
    lines: tuple[str, ...] = ()
    shown: str = ""
    """Unspoken behaviour, captioned."""
    cue_words: tuple[str, ...] = ()
    """The words that carry the cue: once they were heard, the beat was heard. Empty: nearly the whole line must be."""


@dataclass(frozen=True)
class Opportunity(Strict):
    """What a beat opens for the learner."""

    objective: str
    window_turns: int = 2
    feelings: tuple[str, ...] = ()
    """Families of feeling (see `server.core.lexicon`) that are right to name here."""
    topics: tuple[str, ...] = ()
    """Words that show the learner speaks to this moment, e.g. quiet, home, Tom."""


@dataclass(frozen=True)
class Outcome(Strict):
    reveal: tuple[str, ...] = ()
    """Facts whose door this opens; a trust threshold still holds."""
    effect: Mapping[str, int] = field(default_factory=dict)
    set: Mapping[str, str] = field(default_factory=dict)
    say: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Beat(Strict):
    """A hidden moment of the encounter."""

    id: str
    kind: BeatKind
    core: bool
    """Core beats reach every learner; earned beats are reported apart."""
    deliver: Delivery
    opportunity: Opportunity
    success_if: tuple[str, ...]
    """Any of these moves, made in the window, addresses the beat."""
    trigger: Trigger = field(default_factory=Trigger)
    fallback_at_min: float | None = None
    """Required for a core beat: by this minute it is delivered whatever happened."""
    speaker: str = ""
    max_fires: int = 1
    alone: bool = False
    """Nothing else is said with it: it waits while a question is answered and, once overdue, replaces the answer."""
    follows: tuple[str, ...] = ()
    """Facts after which it may be said in one breath; after other answers it waits until overdue. Empty: after any."""
    eased_if: tuple[str, ...] = ()
    """If the learner made any of these moves before, `eased` is delivered instead (an earned beat without it is let
    go).
    """
    eased: Delivery | None = None
    on_success: Outcome = field(default_factory=Outcome)
    on_miss: Outcome = field(default_factory=Outcome)


@dataclass(frozen=True)
class TimedPrompt(Strict):
    """A line that keeps the encounter from stalling."""

    at_min: float
    say: str
    if_not: str = ""
    """A beat: the prompt is dropped once it was heard."""


@dataclass(frozen=True)
class Checkpoint(Strict):
    id: str
    when: str


@dataclass(frozen=True)
class Action(Strict):
    """Something the learner can do, from a short list on the page."""

    id: str
    label: str
    """On the button: `Sit down beside her`."""
    text: str
    """In the transcript: `sits down beside her`."""
    moves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step(Strict):
    """One thing an authored learner does: exactly one of the three."""

    say: str = ""
    do: str = ""
    wait_s: float = 0.0


@dataclass(frozen=True)
class Expectation(Strict):
    addressed: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    not_offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rehearsal(Strict):
    """An authored learner: replies tied to beats where one is open, else the next of `steps`."""

    nurse: Literal["skilled", "average", "poor"]
    steps: tuple[Step, ...]
    replies: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    """By beat id: what this learner does, in order, while that beat's opportunity is open."""
    expect: Expectation = field(default_factory=Expectation)


@dataclass(frozen=True)
class Ending(Strict):
    success: str
    good_enough: str = ""


@dataclass(frozen=True)
class Safety(Strict):
    learner_distress: Literal["pause_and_offer"] = "pause_and_offer"
    prompt_injection: Literal["in_role"] = "in_role"
