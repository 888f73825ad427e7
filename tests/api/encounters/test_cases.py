"""The briefing holds what may be known beforehand, and not one word of what is to be found out."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from server.api.consent import NOTHING_LEAVES
from server.api.routes import build_api
from server.api.services import Services
from server.content.folders import load_library
from tests.api.conftest import client
from tests.api.house import CLOUD, TOKEN, Shelf
from tests.store.samples import as_case, crowded, reversed_roles, second_act

ROOT = Path(__file__).resolve().parents[3]
PRIVATE = (
    "state", "facts", "beats", "ending", "debrief", "rehearsals", "prompts", "checkpoints", "validation_probes",
    "phrases", "carry_forward",
)  # fmt: skip
PUBLIC_OF_CAST = {"id", "name", "age", "role_type", "public", "present"}
HIDDEN_IN_A_VARIANT = ("words", "numbers", "choices")
SHORTEST = 12
"""Characters from which a private text is looked for; shorter ones are ids and words that public text may hold too."""


@dataclass
class Planted:
    """Anything, so that `asdict` reaches into it."""

    part: Any


def strings(value: Any) -> Iterator[str]:
    """Every text in a value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in strings(inner))
    elif isinstance(value, list | tuple):
        yield from (text for inner in value for text in strings(inner))


def private_texts(case: dict[str, Any]) -> set[str]:
    """All that no learner may read."""
    cast = [{key: value for key, value in member.items() if key not in PUBLIC_OF_CAST} for member in case["cast"]]
    deeds = [{"text": action["text"], "moves": action["moves"]} for action in case["actions"]]
    frame = [case["education"]["cultural_frame"], case["education"]["prerequisites"], case["logistics"]["chart"]]
    variants = [variant[name] for variant in case["variants"] for name in HIDDEN_IN_A_VARIANT]
    asked = (case["role_card"] or {}).get("afterwards", ())
    hidden = [*strings([case[name] for name in PRIVATE]), *strings([cast, deeds, frame, variants, asked])]
    return {text for text in hidden if len(text) >= SHORTEST or text.startswith(("beat_", "fact_", "PRIVATE"))}


async def test_not_a_word_that_is_to_be_found_out(given: Services) -> None:
    house = load_library(ROOT / "personas", ROOT / "rubrics")
    planted = {"act-1": as_case(crowded()), "act-2": as_case(second_act()), "other-side": as_case(reversed_roles())}
    shelf = Shelf({**given.shelf.cases, **planted, **house.cases}, {**given.shelf.rubrics, **house.rubrics})
    async with client(build_api(replace(given, shelf=shelf)), Authorization=f"Bearer {TOKEN}") as visitor:
        for case_id, case in shelf.cases.items():
            answers = [(await visitor.get(path)).json() for path in (f"/api/cases/{case_id}", "/api/cases")]
            told = "\n".join(strings(answers)) + json.dumps(sorted(answers[0]))
            ids = [*shelf.cases, *(action.id for action in case.actions)]
            public = "\n".join([case.title, case.summary, case.prebrief.door_note, case.prebrief.task, *ids])
            hidden = private_texts(asdict(case))
            assert len(hidden) > 10
            assert [text for text in hidden if text in told and text not in public] == []
            assert "PRIVATE" not in told


def test_the_canaries_are_planted_in_everything_that_is_hidden() -> None:
    """A field that a case gains later is to be planted here too, or named as public."""
    case = as_case(crowded())
    hidden = private_texts(asdict(case))
    member, fact, deliver = case.cast[0].portrayal, case.facts[0], case.beats[0].deliver
    carries = case.carry_forward.carries if case.carry_forward else ()
    planted = [
        member.habits, member.walkouts, member.closings, fact.brief, fact.instead, deliver.then, case.checkpoints,
        case.phrases, carries, case.cast[1].private, case.cast[1].called, case.cast[1].state, case.variants[0].words,
    ]  # fmt: skip
    for part in planted:
        texts = list(strings(asdict(Planted(part))))
        assert any("PRIVATE" in text and text in hidden for text in texts), part


async def test_the_briefing(script: httpx2.AsyncClient) -> None:
    told = (await script.get("/api/cases/ada-brook")).json()
    assert told["door_note"] == "Ada Brook, 71. Came in last night."
    assert told["objectives"] == ["Stays with a hint."]
    assert told["cast"] == [
        {
            "id": "ada",
            "name": "Ada Brook",
            "age": 71,
            "role_type": "patient",
            "public": "A retired bus driver who came in last night.",
            "present": True,
        }
    ]
    assert told["actions"] == [{"id": "sit", "label": "Sit down"}]
    assert told["times"]["time_percents"] == [100, 125, 150, 200, 0]
    assert told["status"] == "draft"
    assert told["consent"] == NOTHING_LEAVES
    assert "software" in told["ai_disclosure"]
    assert told["rubric"]["dimensions"][0]["id"] == "responsiveness"
    assert set(told["rubric"]["dimensions"][0]) == {"id", "name", "question", "anchors"}
    assert told["rubric"]["evidence_rules"] == ["Quote the words."]


async def test_the_lobby_leaves_out_what_is_retired(script: httpx2.AsyncClient) -> None:
    assert [card["case_id"] for card in (await script.get("/api/cases")).json()] == ["ada-brook"]


async def test_a_case_whose_rubric_is_not_here(given: Services) -> None:
    shelf = Shelf(given.shelf.cases, {})
    async with client(build_api(replace(given, shelf=shelf)), Authorization=f"Bearer {TOKEN}") as visitor:
        assert (await visitor.get("/api/cases/ada-brook")).json()["rubric"] is None


async def test_the_consent_names_who_is_sent_the_words(given: Services) -> None:
    async with client(build_api(replace(given, engines=(*given.engines, CLOUD))), Authorization=f"Bearer {TOKEN}") as v:
        for path in ("/api/health", "/api/cases/ada-brook"):
            assert "models.example.org" in (await v.get(path)).json()["consent"]


@pytest.mark.parametrize("ready", [True, False])
async def test_health_names_every_engine(given: Services, ready: bool) -> None:
    engines = (replace(given.engines[0], ready=ready), CLOUD)
    async with client(build_api(replace(given, engines=engines))) as visitor:
        told = (await visitor.get("/api/health")).json()
    assert told["status"] == ("ok" if ready else "limited")
    assert [(engine["name"], engine["ready"]) for engine in told["engines"]] == [
        ("pocketsphinx", ready),
        ("a chat model", True),
    ]


@pytest.fixture
def stories(given: Services) -> Shelf:
    """Two acts, and a case in which the learner plays the patient."""
    cases = [as_case(made) for made in (crowded(), second_act(), reversed_roles())]
    return Shelf({case.case_id: case for case in cases}, given.shelf.rubrics)


async def test_an_act_says_where_it_stands_and_who_may_come_in(given: Services, stories: Shelf) -> None:
    async with client(build_api(replace(given, shelf=stories)), Authorization=f"Bearer {TOKEN}") as visitor:
        told = (await visitor.get("/api/cases/act-1")).json()
        assert told["unfolding"] == {"story": "Two nights", "number": 1, "of": 2, "to_next": "The second night"}
        assert [(member["id"], member["present"]) for member in told["cast"]] == [("ada", True), ("tom", False)]
        assert (told["learner_role"], told["profession"], told["activity"]) == ("Student nurse", "nursing", "encounter")
        assert told["role_card"] is None
        last = (await visitor.get("/api/cases/act-2")).json()
        assert last["unfolding"] == {"story": "Two nights", "number": 2, "of": 2, "to_next": ""}


async def test_a_variant_is_offered_by_its_label_and_read_by_its_own_names(given: Services, stories: Shelf) -> None:
    async with client(build_api(replace(given, shelf=stories)), Authorization=f"Bearer {TOKEN}") as visitor:
        told = (await visitor.get("/api/cases/act-1")).json()
        assert told["variants"] == [
            {
                "id": "rossi",
                "label": "Signora Rossi",
                "cultural_frame": "An Italian family in England.",
                "requires_review": True,
            },
            {"id": "calm", "label": "A calmer night", "cultural_frame": "", "requires_review": False},
        ]
        rossi = (await visitor.get("/api/cases/act-1", params={"variant": "rossi"})).json()
        assert rossi["cast"][0]["name"] == "Ada PRIVATE-Rossi"
        assert "PRIVATE-Rossi" in rossi["door_note"]
        unknown = await visitor.get("/api/cases/act-1", params={"variant": "russo"})
        assert (unknown.status_code, unknown.json()["code"], unknown.json()["field"]) == (
            422,
            "unknown_variant",
            "variant",
        )


async def test_who_plays_the_patient_gets_the_card(given: Services, stories: Shelf) -> None:
    async with client(build_api(replace(given, shelf=stories)), Authorization=f"Bearer {TOKEN}") as visitor:
        told = (await visitor.get("/api/cases/other-side")).json()
    assert (told["activity"], told["rubric"]) == ("role_reversal", None)
    assert told["role_card"] == {
        "you_are": "Ada Brook, 71.",
        "your_story": ["You stopped the tablets a week ago."],
        "you_hold_back": ["Why you did."],
        "you_want": "To go home.",
    }
