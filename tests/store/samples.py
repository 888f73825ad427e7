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
        "schema_version": "2",
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
        "rehearsals": [{"learner": "skilled", "steps": [{"say": "PRIVATE: You look worried."}]}],
        "actions": [{"id": "sit", "label": "Sit down", "text": "sits down", "moves": ["sits_down"]}],
        "validation_probes": [{"ask": "PRIVATE: where are the tablets?", "must_not_reveal": ["fact_tablets"]}],
        **changes,
    }


def sample_case(**changes: Any) -> Case:
    """The case itself."""
    return as_case(sample(**changes))


def crowded(**changes: Any) -> dict[str, Any]:
    """Act 1 of 2 with everything that a case may hide, each text of it marked."""
    made = sample(case_id="act-1", title="The first night")
    patient, fact, beat = made["cast"][0], made["facts"][0], made["beats"][0]
    portrayal = patient["portrayal"] | {
        "habits": [
            {"id": "thread", "every_turns": 3, "lines": ["PRIVATE: What was I saying?"], "shown": "PRIVATE: up"}
        ],
        "walkouts": [{"when": "distress >= 9", "say": "PRIVATE: That will do.", "shown": "PRIVATE: turns away"}],
        "closings": [{"when": "trust >= 8", "say": "PRIVATE: Come again."}],
    }
    son = {
        "id": "tom",
        "role_type": "relative",
        "name": "Tom Brook",
        "public": "Her son; he may look in.",
        "private": "PRIVATE: he owes her money.",
        "called": ["PRIVATE-son"],
        "present": False,
        "state": {"numbers": {"irritation": {"start": 2}}, "rewards": ["PRIVATE: nods."]},
    }
    aside = {"speaker": "tom", "say": "PRIVATE: Mum, really.", "shown": "PRIVATE: sighs"}
    return made | {
        "cast": [patient | {"portrayal": portrayal}, son],
        "facts": [fact | {"brief": ["PRIVATE: Some."], "instead": ["PRIVATE: No, you."], "when": "not present:tom"}],
        "beats": [beat | {"deliver": beat["deliver"] | {"to": "tom", "then": [aside]}}],
        "checkpoints": [{"id": "PRIVATE_checkpoint", "when": "trust >= 7"}],
        "phrases": {"jargon": ["PRIVATE-phrase"]},
        "unfolding": {"story": "Two nights", "number": 1, "of": 2},
        "carry_forward": {
            "to": "act-2",
            "carries": [
                {"id": "C_trust", "label": "PRIVATE until act 1 is over: how far she trusts you", "number": "trust"},
                {
                    "id": "C_tablets", "label": "PRIVATE until act 1 is over: what you know", "when": "trust >= 0",
                    "into": "tablets", "value": "told",
                },
            ],
        },
        "variants": [
            {
                "id": "rossi", "label": "Signora Rossi", "words": {"Brook": "PRIVATE-Rossi"}, "numbers": {"trust": 2},
                "cultural_frame": "An Italian family in England.",
            },
            {"id": "calm", "label": "A calmer night", "numbers": {"distress": 1}, "requires_review": False},
        ],
        **changes,
    }  # fmt: skip


def second_act(**changes: Any) -> dict[str, Any]:
    """Act 2 of 2: has places for what act 1 hands on."""
    state = sample()["state"] | {"choices": {"tablets": {"start": "unknown", "values": ["unknown", "told"]}}}
    act = {"story": "Two nights", "number": 2, "of": 2}
    return sample(case_id="act-2", title="The second night", state=state, unfolding=act) | changes


def reversed_roles(**changes: Any) -> dict[str, Any]:
    """The learner plays the patient."""
    made = sample(case_id="other-side", title="The other side of the bed")
    card = {
        "you_are": "Ada Brook, 71.",
        "your_story": ["You stopped the tablets a week ago."],
        "you_hold_back": ["Why you did."],
        "you_want": "To go home.",
        "afterwards": ["When did you feel heard?", "What would have made you say it?"],
    }
    clinician = made["cast"][0] | {"role_type": "clinician"}
    return made | {
        "cast": [clinician],
        "activity": "role_reversal",
        "role_card": card,
        "assessment": {"instruments": [], "release": "immediate"},
        **changes,
    }


def as_case(made: dict[str, Any]) -> Case:
    """The case itself."""
    return TypeAdapter(Case).validate_python(made)


def opened(case: Case, encounter_id: str = "enc_0000000000000000000001") -> Opened:
    """The first entry of a log."""
    return Opened(encounter_id, case.case_id, case.case_version, case.digest)


def entries(first: int, events: Sequence[Event]) -> list[Entry]:
    """Numbered from `first`, a tenth of a second apart."""
    return [Entry(seq, event, 100 * seq) for seq, event in enumerate(events, first)]
