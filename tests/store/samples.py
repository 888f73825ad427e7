"""A small case that is written here, so that these tests do not fail when an author edits a real one."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from server.core.case import Case
from server.core.events import Event, Opened
from server.core.log import Entry

SECRET = "she poured the tablets into the sink"


def sample(**changes: Any) -> dict[str, Any]:
    """The case as an author would write it."""
    person = {
        "id": "ada",
        "role_type": "patient",
        "name": "Ada Brook",
        "age": 71,
        "public": "A retired bus driver who came in last night.",
        "private": "PRIVATE: she has decided to say nothing about the tablets.",
        "portrayal": {
            "appearance_and_behaviour": "PRIVATE: keeps her hands under the blanket.",
            "affect_baseline": "PRIVATE: flat",
            "opening_statement": "PRIVATE: Morning.",
            "closing_statement": "PRIVATE: Off you go, then.",
        },
    }
    fact = {
        "id": "fact_tablets",
        "disclosure": "if_trust",
        "say": SECRET,
        "min_trust": 6,
        "asked": ["PRIVATE: tablets?"],
    }
    beat = {
        "id": "beat_blanket",
        "kind": "cue",
        "core": True,
        "fallback_at_min": 3,
        "deliver": {"verbatim": "PRIVATE: It is cold for June, isn't it."},
        "opportunity": {"objective": "LO1", "feelings": ["fear"]},
        "success_if": ["names_feeling"],
        "on_success": {"reveal": ["fact_tablets"]},
    }
    return {
        "schema_version": "1",
        "case_id": "ada-brook",
        "case_version": "1.0.0",
        "title": "The blanket",
        "summary": "A morning round with a woman of 71.",
        "education": {"learning_objectives": [{"id": "LO1", "text": "Stays with a hint."}], "learner_level": "Year 1"},
        "logistics": {"setting": "A ward in the morning", "learner_role": "Student nurse"},
        "prebrief": {"door_note": "Ada Brook, 71. Came in last night.", "task": "Do the morning round."},
        "cast": [person],
        "state": {
            "numbers": {"trust": {"start": 3}, "distress": {"start": 2}},
            "moods": [{"id": "shut", "enter_when": "", "affect": "PRIVATE: shut", "lines": ["PRIVATE: Mm."]}],
        },
        "facts": [fact],
        "beats": [beat],
        "ending": {"success": "PRIVATE: she takes her hands out."},
        "assessment": {"instruments": [{"id": "main", "kind": "rubric", "ref": "small"}], "release": "immediate"},
        "debrief": {
            "reactions": ["How was that for you?"],
            "analysis": [{"objective": "LO1", "beat": "beat_blanket", "advocacy_inquiry": "PRIVATE: the cold?"}],
        },
        "rehearsals": [{"nurse": "skilled", "steps": [{"say": "PRIVATE: You look worried."}]}],
        "actions": [{"id": "sit", "label": "Sit down", "text": "sits down", "moves": ["sits_down"]}],
        "validation_probes": [{"ask": "PRIVATE: where are the tablets?", "must_not_reveal": ["fact_tablets"]}],
        **changes,
    }


def sample_case(**changes: Any) -> Case:
    """The case itself."""
    return TypeAdapter(Case).validate_python(sample(**changes))


def opened(case: Case, encounter_id: str = "enc_0000000000000000000001") -> Opened:
    """The first entry of a log."""
    return Opened(encounter_id, case.case_id, case.case_version, case.digest)


def entries(first: int, events: Sequence[Event]) -> list[Entry]:
    """Numbered from `first`, a tenth of a second apart."""
    return [Entry(seq, event, 100 * seq) for seq, event in enumerate(events, first)]
