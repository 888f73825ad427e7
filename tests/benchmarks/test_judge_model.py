"""The benchmark of a rater with a model: the same figures, and what it cost and left open beside them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import judge
from benchmarks.judge_data import DIMENSIONS, load
from tests.benchmarks.test_judge import TALKS, row, written
from tests.models.chat_server import chat_server
from tests.models.rating_reader import Reader, kinds_by_the_rules, taken_apart

Reads = Callable[[dict[str, Any]], str]


async def measured(folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The result on these four talks with a model that reads so."""
    data = written(folder, [row(name) for name in TALKS])
    async with chat_server() as server:
        server.answers, server.counts = reads, (100, 10)
        monkeypatch.setenv("BEDSIDE_RATING_URL", server.base_url)
        monkeypatch.setenv("BEDSIDE_RATING_MODEL", "script")
        out = folder / "out.json"
        asked = ["--data", str(data), "--rater", "model", "--out", str(out)]
        assert await asyncio.to_thread(judge.main, asked) == 0
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


async def test_a_model_that_finds_what_the_rules_find_is_measured_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = load(written(tmp_path, [row(name) for name in TALKS]))
    by_words = {each.turns[1].text: Reader(kinds_by_the_rules(each.turns)) for each in rows}
    assert len(by_words) == len(TALKS)

    def reads(body: dict[str, Any]) -> str:
        return by_words[taken_apart(body).turns[1]["words"]](body)

    found = await measured(tmp_path, reads, monkeypatch)
    rules = judge.result(tmp_path / "talks.jsonl")
    assert {name: part["qwk"] for name, part in found["dimensions"].items()} == {
        name: part["qwk"] for name, part in rules["dimensions"].items()
    }
    assert found["mean_qwk"] is not None and found["mean_qwk"] == rules["mean_qwk"]
    model = found["rater"]["model"]
    calls = 2 * len(DIMENSIONS) * len(TALKS)
    assert (model["name"], model["tokens_in"], model["unrated"]) == ("script", 100 * calls, {})


async def test_what_could_not_be_rated_is_counted_and_not_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await measured(tmp_path, lambda *_: "5", monkeypatch)
    assert found["mean_qwk"] is None
    assert all((part["n"], part["abstentions"]) == (0, len(TALKS)) for part in found["dimensions"].values())
    assert found["rater"]["model"]["unrated"] == {"no_answer": len(TALKS) * len(DIMENSIONS)}
