"""Frames for a debriefing, as data: their phases, what each asks, and which of the report's material it shows.

PEARLS after Eppich and Cheng (2015), GAS after WISER and the American Heart Association, Gibbs' reflective cycle
(1988), plus-delta, and Debriefing with Good Judgment after Rudolph and others. The questions are our own wording. A
report is feedback; a debriefing is a talk between people, for which each of these frames is a guide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shows = Literal["own_words", "gap", "timeline", "cards", "profile", "keep", "moment"]
Takes = Literal["", "reactions", "description", "analysis", "summary"]


@dataclass(frozen=True)
class Phase:
    """One step of a frame."""

    id: str
    heading: str
    questions: tuple[str, ...]
    shows: tuple[Shows, ...] = ()
    """Which material stands beside it."""
    takes: Takes = ""
    """Which of the case's own questions are asked here as well."""


@dataclass(frozen=True)
class Frame:
    """A way to debrief."""

    id: str
    name: str
    about: str
    """When it suits."""
    phases: tuple[Phase, ...]


PEARLS = Frame(
    "PEARLS",
    "PEARLS",
    "Reactions, then what happened, then a closer look, then what to take along. For a full debriefing.",
    (
        Phase("reactions", "Reactions", ("How are you now, in a few words?",), ("own_words",), "reactions"),
        Phase(
            "description",
            "Description",
            ("What was this conversation about, in your words? Keep it short.",),
            ("timeline",),
            "description",
        ),
        Phase(
            "analysis",
            "Analysis",
            (
                "Which of these moments would you look at first, and what were you trying to do there?",
                "What did you notice at the time, and what only now?",
            ),
            ("cards", "gap", "profile"),
            "analysis",
        ),
        Phase("summary", "Summary", ("What do you keep? What do you try next time?",), ("keep", "moment"), "summary"),
    ),
)
GAS = Frame(
    "GAS",
    "Gather, analyse, summarise",
    "Three steps, made for debriefing yourself.",
    (
        Phase(
            "gather",
            "Gather",
            ("How did it go, from your side?", "What do you remember of what they said first?"),
            ("own_words", "timeline"),
            "description",
        ),
        Phase(
            "analyse",
            "Analyse",
            ("Where did the talk turn, and what had just been said?", "What made you choose what you said there?"),
            ("cards", "gap", "profile"),
            "analysis",
        ),
        Phase("summarise", "Summarise", ("Name one thing to keep and one to try.",), ("keep", "moment"), "summary"),
    ),
)
GIBBS = Frame(
    "gibbs",
    "Gibbs' reflective cycle",
    "Six steps, as a reflective journal in nursing has them.",
    (
        Phase("description", "Description", ("What happened?",), ("timeline",), "description"),
        Phase(
            "feelings", "Feelings", ("What were you thinking and feeling?",), ("own_words",), "reactions"
        ),
        Phase("evaluation", "Evaluation", ("What was good about it, and what was not?",), ("profile", "keep")),
        Phase("analysis", "Analysis", ("What sense can you make of it?",), ("cards", "gap"), "analysis"),
        Phase("conclusion", "Conclusion", ("What else could you have done?",), ("moment",)),
        Phase("action_plan", "Action plan", ("If it came again, what would you do?",), (), "summary"),
    ),
)  # fmt: skip
PLUS_DELTA = Frame(
    "plus_delta",
    "Plus-delta",
    "Two columns, quick; suits a group.",
    (
        Phase("plus", "Plus", ("What would you do again, and where did it show?",), ("keep", "profile"), "description"),
        Phase("delta", "Delta", ("What would you change, and at which moment?",), ("cards", "moment"), "summary"),
    ),
)
GOOD_JUDGMENT = Frame(
    "good_judgment",
    "With good judgment",
    "For one or two moments, looked at closely: what was seen, how it looked from outside, what was on your mind.",
    (
        Phase("reactions", "Reactions", ("How was that, first of all?",), ("own_words",), "reactions"),
        Phase(
            "frames",
            "What was behind it",
            (
                "At one of these moments, what did you see and hear?",
                "What were you concerned about just then, that made what you said the sensible thing to say?",
                "Knowing what you know now, does that still fit?",
            ),
            ("cards", "moment"),
            "analysis",
        ),
        Phase("summary", "To take along", ("What will you do with that?",), ("keep", "gap"), "summary"),
    ),
)
FRAMES: dict[str, Frame] = {frame.id: frame for frame in (PEARLS, GAS, GIBBS, PLUS_DELTA, GOOD_JUDGMENT)}
