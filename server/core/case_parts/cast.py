"""The people of a case: who they are, how they sound, and the training notes of whoever plays them.

Conditions (`when`) are the small language of `server.core.conditions`; moves are those of `server.core.moves`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from server.core.case_parts.play import Outcome
from server.core.case_parts.state import State
from server.core.strict import Strict


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
    """Any of these signs (a move, `move@word`, `asks:fact`, `did:action`), or `topic:<word>` for a word they used."""
    lines: tuple[str, ...]
    when: str = ""
    shown: str = ""
    outcome: Outcome = field(default_factory=Outcome)
    """What it leads to besides: somebody goes out, a door opens, a choice is set. Its `say` follows the line."""
    outranks_beats: bool = False
    """It deserves an answer: a beat waits for the next turn, unless its time has come."""
    after: str = ""
    """A beat: only while its moment is open or has just closed with this turn."""


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
class Mishearing(Strict):
    """A word that is taken for another, and what is answered to that."""

    of: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Barrier(Strict):
    """Something between the learner's words and this person, e.g. hearing loss, or a language."""

    id: str
    when: str
    lines: tuple[str, ...]
    """What is answered instead; lines rotate."""
    longer_than_words: int = 0
    """The barrier stops only turns with more words than this, or faster ones; 0 stops every turn."""
    faster_than_wpm: int = 0
    """Spoken turns faster than this many words a minute are stopped too, from the measured length of the speech.
    0: pace does not matter. A typed turn has no pace.
    """
    mishears: tuple[Mishearing, ...] = ()
    """Words of a stopped turn that are taken for others; the first that was said is answered."""
    let_through: tuple[str, ...] = ()
    """Turns with any of these moves are understood."""
    shown: str = ""


@dataclass(frozen=True)
class Habit(Strict):
    """What comes every few replies whatever was said: a thread that is lost, a pain that catches, the time asked."""

    id: str
    every_turns: int
    """Of the learner's turns."""
    lines: tuple[str, ...]
    """Said after the answer; lines rotate."""
    when: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Closing(Strict):
    """An opening or closing for one way that things can stand; the first whose condition holds."""

    when: str
    say: str


@dataclass(frozen=True)
class Walkout(Strict):
    """This person ends the conversation: the first of the cast for good, anybody else by going out."""

    when: str
    say: str
    shown: str = ""
    ends: bool = False
    """The encounter is over with it, though it is not the first of the cast who goes."""


@dataclass(frozen=True)
class Portrayal(Strict):
    """Training notes to whoever plays this person. A `system` member needs none of them."""

    appearance_and_behaviour: str = ""
    affect_baseline: str = ""
    opening_statement: str = ""
    """Verbatim; needed for the first of the cast only."""
    closing_statement: str = ""
    """Verbatim, when time is up; needed for the first of the cast only."""
    openings: tuple[Closing, ...] = ()
    """Openings for beginnings that differ, e.g. by what an earlier act handed on; else `opening_statement`."""
    closings: tuple[Closing, ...] = ()
    """Closings for ends that differ; `closing_statement` when none holds."""
    walkouts: tuple[Walkout, ...] = ()
    habits: tuple[Habit, ...] = ()
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
    role_type: Literal["patient", "relative", "carer", "colleague", "supervisor", "clinician", "system"]
    """`system` is a thing that speaks or shows: a monitor, a count sheet."""
    name: str
    public: str
    """What the learner may know beforehand, one sentence."""
    private: str = ""
    """What only whoever plays this person may know; holds no fact that is locked."""
    age: int = 0
    """0 where it is nobody's business, or for a thing."""
    portrayal: Portrayal = field(default_factory=Portrayal)
    called: tuple[str, ...] = ()
    """Words by which a learner turns to this person: `doctor`, `Dr Hale`. The words of the name count anyway."""
    present: bool = True
    """False: comes in later, by an outcome's `enters`."""
    state: State = field(default_factory=State)
    """For members after the first: their own state. The first one's is the case's `state`."""
    pronouns: str = ""
    preferred_name: str = ""
    communication_needs: Mapping[str, str] = field(default_factory=dict)
    voice: Sound = field(default_factory=Sound)
    ideas: str = ""
    concerns: str = ""
    expectations: str = ""
    impact: str = ""
