"""The briefing holds what may be known beforehand, and not one word of what is to be found out."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from server.api.consent import NOTHING_LEAVES
from server.api.routes import build_api
from server.api.services import Services
from server.content.library import load_library
from tests.api.conftest import client
from tests.api.house import CLOUD, TOKEN, Shelf

ROOT = Path(__file__).resolve().parents[2]
PRIVATE = ("state", "facts", "beats", "ending", "debrief", "rehearsals", "prompts", "checkpoints", "validation_probes")
PUBLIC_OF_CAST = {"id", "name", "age", "role_type", "public"}
SHORTEST = 12
"""Characters from which a private text is looked for; shorter ones are ids and words that public text may hold too."""


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
    hidden = [*strings([case[name] for name in PRIVATE]), *strings(cast), *strings(deeds), *strings(frame)]
    return {text for text in hidden if len(text) >= SHORTEST or text.startswith(("beat_", "fact_", "PRIVATE"))}


async def test_not_a_word_that_is_to_be_found_out(given: Services) -> None:
    house = load_library(ROOT / "personas", ROOT / "rubrics")
    shelf = Shelf({**given.library.cases, **house.cases}, {**given.library.rubrics, **house.rubrics})
    async with client(build_api(replace(given, library=shelf)), Authorization=f"Bearer {TOKEN}") as visitor:
        for case_id, case in shelf.cases.items():
            answers = [(await visitor.get(path)).json() for path in (f"/api/cases/{case_id}", "/api/cases")]
            told = "\n".join(strings(answers)) + json.dumps(sorted(answers[0]))
            public = "\n".join([case.title, case.summary, case.prebrief.door_note, case.prebrief.task])
            hidden = private_texts(asdict(case))
            assert len(hidden) > 10
            assert [text for text in hidden if text in told and text not in public] == []


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
    shelf = Shelf(given.library.cases, {})
    async with client(build_api(replace(given, library=shelf)), Authorization=f"Bearer {TOKEN}") as visitor:
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
