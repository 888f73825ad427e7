"""The robustness table on conversations of our own: its bars, that it can break, its errors."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import robustness
from benchmarks.judge_agreement import marks
from benchmarks.judge_data import DIMENSIONS, EXPERTS
from benchmarks.judge_fit import RUBRIC
from benchmarks.perturbing import Kind, stuffed
from server.content.loader import load_rubric
from server.core.transcript import LEARNER, Turn

STORIES = ("The ward was closed and I lost my job.", "Twelve years I was the porter there.", "It is so frightening.")
SAID = {
    "warm": (
        "I'm so sorry they closed the ward on you.",
        "Twelve years, that must hurt. What was it like?",
        "It makes sense that it frightens you.",
    ),
    "bossy": ("You should apply elsewhere.", "Have you tried the other hospital?", "Just take a walk."),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "talks.jsonl"
    path.write_text("\n".join(json.dumps(conversation(name)) for name in SAID) + "\n", encoding="utf-8")
    return path


def conversation(name: str) -> dict[str, Any]:
    lines = [f"Seeker: {told}\nSupporter: {said}" for told, said in zip(STORIES, SAID[name], strict=True)]
    given = dict.fromkeys(DIMENSIONS, 2)
    return {"id": name, "text": "\n".join(lines), "ratings": dict.fromkeys(EXPERTS, given)}


def test_every_kind_is_tried_on_every_dimension_and_the_bars_hold(data: Path, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "out.json"
    assert robustness.main(["--data", str(data), "--out", str(out)]) == 0
    result = json.loads(out.read_text(encoding="utf-8"))
    rows = result["rows"]
    assert len(rows) == len(robustness.EVERY) * len(DIMENSIONS) and result["broken"] == 0 < result["held"]
    wrong = [row for row in rows if row["kind"] == "misnamed" and row["dimension"] in robustness.MEETING]
    assert all(row["best"] <= -1 and row["holds"] for row in wrong) and {row["n"] for row in wrong} == {1}
    assert "0 broken; n 2" in capsys.readouterr().out
    assert not any(sentence in out.read_text(encoding="utf-8") for said in SAID.values() for sentence in said)


def test_a_change_that_is_rewarded_breaks_its_bar(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def taught(turns: Any) -> list[Turn]:
        """Stands for a rater that can be bought: the bossy talk becomes the warm one."""
        said = iter(SAID["warm"])
        return [turn if turn.speaker != LEARNER else Turn(turn.id, LEARNER, "said", next(said), 0) for turn in turns]

    monkeypatch.setattr(
        robustness, "EVERY", {"bought": Kind(taught, "no better"), "stuffed": Kind(stuffed, "no better")}
    )
    out = tmp_path / "out.json"
    assert robustness.main(["--data", str(data), "--out", str(out)]) == 1
    broken = [row for row in json.loads(out.read_text(encoding="utf-8"))["rows"] if row["holds"] is False]
    assert {row["kind"] for row in broken} == {"bought"} and broken[0]["dimension"] == "validating_emotions"


def row(bar: str, dimension: str, before: list[float], after: list[float], kind: str = "x") -> robustness.Row:
    return robustness.row(kind, bar, dimension, marks(before), marks(after), 1)


def test_the_bars() -> None:
    assert row("no better", "advice_giving", [2, 3], [2, 2]).holds is True
    assert row("no better", "advice_giving", [2, 3], [3, 3]).holds is False
    assert row("alike", "advice_giving", [2, 3, 3, 3], [3, 3, 3, 3]).holds is True
    assert row("alike", "advice_giving", [2, 3], [3, 3]).holds is False
    wrong = row("worse", "validating_emotions", [1, 3, 2], [1, 2, 2])
    assert (wrong.n, wrong.holds, wrong.best) == (2, False, 0)
    assert row("worse", "validating_emotions", [1, 3, 2], [1, 2, 1]).holds is True
    assert row("worse", "self_oriented", [3, 3], [3, 3]).holds is None
    assert row("no better", "self_oriented", [3, 3], [4, 4], "misplaced").holds is None
    assert row("reported", "self_oriented", [3, 3], [4, 4]).holds is None
    assert row("worse", "validating_emotions", [1, np.nan], [1, 2]).n == 0


def test_a_shift_is_told_towards_the_good_end() -> None:
    rubric = load_rubric(RUBRIC)
    bossy = [
        turn
        for n, said in enumerate(SAID["bossy"])
        for turn in (Turn(f"a{n}", "seeker", "said", STORIES[n], 0), Turn(f"b{n}", LEARNER, "said", said, 0))
    ]
    found = robustness.levels(rubric, [bossy])
    assert found["advice_giving"][0] <= -4 and found["validating_emotions"][0] == 1


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "out.json"
    assert robustness.main(["--data", str(tmp_path / "none.jsonl"), "--out", str(out)]) == 2
    assert "none.jsonl: cannot be read" in capsys.readouterr().err and not out.exists()
