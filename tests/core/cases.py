"""Small cases in Python, so that a test states only what it is about; everything else has a quiet default."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from server.core.case import Case
from server.core.case_parts.cast import Barrier, CastMember, Portrayal
from server.core.case_parts.frame import (
    Assessment,
    Debrief,
    Education,
    Instrument,
    Logistics,
    Objective,
    Prebrief,
    TimePlan,
)
from server.core.case_parts.play import Action, Beat, Delivery, Ending, Fact, Opportunity, Outcome, Trigger
from server.core.case_parts.state import Mood, Number, Response, State

OPENING = "Good evening."
CLOSING = "I'm tired now. Good night."
SIT = Action("sit_down", "Sit down beside her", "sits down beside her", ("sits_down", "stays"))
CALM = Mood("calm", "", "even", ("Mm.", "I see."))


def fact(fact_id: str, say: str, *asked: str, **changes: Any) -> Fact:
    """Something the patient knows, told to whoever asks."""
    return Fact(**{"id": fact_id, "disclosure": "if_asked_direct", "say": say, "asked": asked, **changes})


def beat(beat_id: str, line: str = "It gets so quiet there.", **changes: Any) -> Beat:
    """An earned cue that is never due by itself: a test gives it a trigger, or makes it core with a fallback."""
    cue = changes.pop("cue_words", ())
    window = changes.pop("window_turns", 2)
    feelings, topics = changes.pop("feelings", ()), changes.pop("topics", ())
    fields: dict[str, Any] = {
        "id": beat_id,
        "kind": "cue",
        "core": "fallback_at_min" in changes,
        "deliver": Delivery(verbatim=line, cue_words=cue),
        "opportunity": Opportunity("O1", window, feelings, topics),
        "success_if": ("names_feeling", "open_question"),
    }
    return Beat(**{**fields, **changes})


def when(*conditions: str) -> Trigger:
    """Any of these conditions brings the beat."""
    return Trigger(any=conditions)


def outcome(say: str = "", **changes: Any) -> Outcome:
    return Outcome(say=say, **changes)


def portrayal(**changes: Any) -> Portrayal:
    fields: dict[str, Any] = {
        "appearance_and_behaviour": "sits up in bed",
        "affect_baseline": "polite",
        "opening_statement": OPENING,
        "closing_statement": CLOSING,
        "dont_know": ("I don't know.", "I couldn't say."),
    }
    return Portrayal(**{**fields, **changes})


def member(member_id: str = "patient", **changes: Any) -> CastMember:
    role: Literal["patient", "relative"] = "patient" if member_id == "patient" else "relative"
    name, state = changes.pop("name", member_id.title()), changes.pop("state", State())
    return CastMember(member_id, role, name, "A public line.", age=82, portrayal=portrayal(**changes), state=state)


def deaf_unless(trigger: str, *lines: str) -> Barrier:
    """Words longer than three do not arrive while `trigger` holds."""
    return Barrier(
        "hearing", trigger, lines or ("Lovely, dear.",), longer_than_words=3, let_through=("checks_hearing",)
    )


def case(
    *,
    facts: tuple[Fact, ...] = (),
    beats: tuple[Beat, ...] = (),
    cast: tuple[CastMember, ...] = (),
    trust: int = 0,
    calmed_by: tuple[Response, ...] = (),
    upset_by: tuple[Response, ...] = (),
    minutes: float = 10,
    timer: str = "soft",
    stop_words: tuple[str, ...] = ("stop simulation",),
    **changes: Any,
) -> Case:
    """One patient in one room, ten minutes, nothing hidden."""
    state = State(
        {"trust": Number(trust), "distress": Number(0)}, moods=(CALM,), de_escalation=calmed_by, escalation=upset_by
    )
    plan = TimePlan(encounter_min=minutes, warning_at_min=minutes * 0.8, timer="hard" if timer == "hard" else "soft")
    fields: dict[str, Any] = {
        "schema_version": "2",
        "case_id": "small",
        "case_version": "0.1.0",
        "title": "A small case",
        "summary": "One patient, one bed.",
        "education": Education((Objective("O1", "Answers a cue."),), "first year"),
        "logistics": Logistics("A side room.", "student nurse", time=plan),
        "prebrief": Prebrief("Somebody is in bed.", stop_words=stop_words),
        "cast": cast or (member(),),
        "state": state,
        "facts": facts,
        "beats": beats,
        "actions": (SIT,),
        "ending": Ending("They were heard."),
        "assessment": Assessment((Instrument("E1", "rubric", "small"),)),
        "debrief": Debrief(),
        "rehearsals": (),
    }
    return Case(**{**fields, **changes})


def with_patient(of: Case, **changes: Any) -> Case:
    """The same case, its patient portrayed otherwise."""
    patient = replace(of.patient, portrayal=replace(of.patient.portrayal, **changes))
    return replace(of, cast=(patient, *of.cast[1:]))
