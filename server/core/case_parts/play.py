"""What may happen in a case: facts, beats, the learner's actions, and what they lead to.

Conditions (`when`, `trigger`) are the small language of `server.core.conditions`.
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
    when: str = ""
    """A condition that must hold before it may be said, e.g. `not present:son` or `curtain == 'drawn'`."""
    times_asked: int = 1
    """How often it must be asked for, with care, before it is told: a second careful question earns more."""
    brief: tuple[str, ...] = ()
    """The short answer to a closed or leading question; the rest is kept for an open one. Lines rotate."""
    instead: tuple[str, ...] = ()
    """What is said when it is asked for and still locked; lines rotate. Empty: as for any question without an
    answer.
    """
    waits: bool = True
    """Once its door is open it is told as soon as trust allows. False: only in the next reply, or when asked for."""
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
class Aside(Strict):
    """A line of another cast member that follows in the same breath; they may speak to each other."""

    speaker: str
    say: str
    shown: str = ""


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
    to: str = ""
    """Cast id of the member it is said to; empty for the learner."""
    then: tuple[Aside, ...] = ()
    """What others say straight after it, in order."""
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
    toward: str = ""
    """Cast id of the person who must be spoken to; what is said to others leaves it open. Empty: anybody."""


@dataclass(frozen=True)
class Outcome(Strict):
    reveal: tuple[str, ...] = ()
    """Facts whose door this opens; a trust threshold still holds."""
    effect: Mapping[str, int] = field(default_factory=dict)
    set: Mapping[str, str] = field(default_factory=dict)
    say: str = ""
    """Said at the head of the next reply, by `speaker`."""
    shown: str = ""
    speaker: str = ""
    """Cast id; empty: the speaker of the beat."""
    enters: tuple[str, ...] = ()
    """Cast ids of who comes into the room."""
    leaves: tuple[str, ...] = ()


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
    """Any of these signs, made in the window, addresses the beat: a move, `move@word|word` (the move in a turn that
    uses one of the words), `asks:fact` (a question for that fact) or `did:action`.
    """
    trigger: Trigger = field(default_factory=Trigger)
    fallback_at_min: float | None = None
    """Required for a core beat: by this minute it is delivered whatever happened."""
    speaker: str = ""
    max_fires: int = 1
    unprompted_after_s: float | None = None
    """Seconds of quiet after which it is delivered without anybody having spoken, once its trigger holds."""
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
    directions: tuple[str, ...] = ()
    """For the debriefing: two or three ways to meet this moment, each what one might do and why it could help here;
    never a sentence to recite.
    """


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
    toward: str = ""
    """Cast id of the person it is done to; empty for the first of the cast."""
    when: str = ""
    """A condition without which the page does not offer it."""
    outcome: Outcome = field(default_factory=Outcome)
    """What it leads to by itself: a curtain drawn, a son sent for a cup of tea."""


@dataclass(frozen=True)
class Ending(Strict):
    success: str
    good_enough: str = ""


@dataclass(frozen=True)
class Safety(Strict):
    learner_distress: Literal["pause_and_offer"] = "pause_and_offer"
    prompt_injection: Literal["in_role"] = "in_role"
