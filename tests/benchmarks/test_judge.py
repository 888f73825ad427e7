"""The benchmark on conversations of our own: its figures, its honesty about what was fitted, its errors."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import judge, judge_baselines, judge_fit, judge_result, judge_variants
from benchmarks.judge_agreement import interval, kappa, marks, resampled
from benchmarks.judge_data import DIMENSIONS, EXPERTS, BadData, load, turns
from server.content.loader import load_rubric
from server.core.rating.reading import read
from server.core.rubric import Weighed, Weight
from server.core.transcript import LEARNER

TALKS = {
    "warm": ("I'm so sorry, that must be frightening.", "It makes sense that you feel low. Tell me more?"),
    "bossy": ("You should sell the van.", "Then get a cheaper flat. Just start over."),
    "about-me": ("I sold my own van last year.", "My brother lost his too, and I cried."),
    "cheery": ("At least you have your health!", "Everything happens for a reason, cheer up."),
}
GIVEN = {
    "warm": (5, 3, 3, 1, 1, 1),
    "bossy": (1, 1, 1, 5, 1, 2),
    "about-me": (2, 1, 1, 1, 4, 1),
    "cheery": (1, 1, 1, 1, 1, 5),
}


def row(name: str, **changes: Any) -> dict[str, Any]:
    """One conversation as it stands in a file."""
    said = "".join(f"Seeker: The van was all we had.\nSupporter: {text}\n" for text in TALKS[name])
    given = dict(zip(DIMENSIONS, GIVEN[name], strict=True))
    raters = (*EXPERTS, "machine")
    return {"id": name, "text": said, "ratings": {rater: dict(given) for rater in raters}, **changes}


def written(folder: Path, rows: list[dict[str, Any]]) -> Path:
    path = folder / "talks.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return written(tmp_path, [row(name) for name in TALKS])


def test_kappa_is_one_in_agreement_and_none_by_chance() -> None:
    theirs = marks([1, 2, 3, 4, 5, 1])
    assert kappa(theirs, theirs) == 1
    assert kappa(marks([3] * 6), theirs) == pytest.approx(0)
    assert kappa(marks([1, 2, 2, 3]), marks([1, 2, 3, 3])) == pytest.approx(0.8)
    assert kappa(6 - theirs, theirs) < 0
    assert np.isnan(kappa(marks([2, 2]), marks([2, 2])))


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    ours, theirs = marks([1, 2, 2, 3, 4, 5, 5, 1]), marks([1, 2, 3, 3, 4, 4, 5, 2])
    low, high = interval(resampled(ours, theirs)) or [0.0, 0.0]
    assert low < kappa(ours, theirs) < high <= 1
    assert interval(resampled(ours, theirs)) == [low, high]
    assert interval(resampled(marks([1, 1]), marks([1, 1]))) is None


def test_the_result_measures_rater_baselines_experts_and_published_judges(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    assert judge.main(["--data", str(data), "--rater", "lexical", "--out", str(out)]) == 0
    result = json.loads(out.read_text(encoding="utf-8"))
    assert list(result["dimensions"]) == list(DIMENSIONS) and result["n"] == 4
    assert result["mean_qwk"] == pytest.approx(np.mean([d["qwk"] for d in result["dimensions"].values()]), abs=0.001)
    validating = result["dimensions"]["validating_emotions"]
    assert set(validating["qwk_with_each_expert"]) == set(EXPERTS)
    assert set(validating["baselines"]) == {"constant", "length", "keyword"}
    assert validating["published"]["machine"]["qwk"] == 1 and result["means"]["machine"] == 1
    assert (validating["abstentions"], validating["basis"], result["data"]["fitted_on"]) == (0, "shipped", 0)
    assert "not nursing" in result["claim"] and len(result["rater"]["digest"]) == 64


def test_the_rater_orders_plain_conversations_as_anybody_would(data: Path) -> None:
    rubric = load_rubric(judge_fit.RUBRIC)
    found = {name: each.levels for name, each in judge.rated(rubric, load(data)).items()}
    warm, bossy, about_me, cheery = range(4)
    assert max(found["validating_emotions"]) == found["validating_emotions"][warm] >= 4
    assert np.argmax(found["advice_giving"]) == bossy
    assert np.argmax(found["self_oriented"]) == about_me
    assert np.argmax(found["dismissing_emotions"]) == cheery


def test_what_was_fitted_on_is_marked_without_itself(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = frozenset(judge_fit.digest(name) for name in TALKS)
    for module in (judge, judge_result):
        monkeypatch.setattr(module, "seen", lambda: known)
    rubric, rows = load_rubric(judge_fit.RUBRIC), load(data)
    totals = judge_fit.sums(rubric, rows)["advice_giving"]
    medians = marks([each.median("advice_giving") for each in rows])
    without = judge_fit.left_out(rubric.weighed[3], totals, medians)
    assert judge.rated(rubric, rows)["advice_giving"].levels.tolist() == without
    assert without != [GIVEN[name][3] for name in TALKS]
    result = judge.result(data)
    assert {part["basis"] for part in result["dimensions"].values()} == {"leave-one-out"}
    assert result["data"]["fitted_on"] == 4
    monkeypatch.setattr(judge, "seen", lambda: known | {"another"})
    some = judge.result(data)["dimensions"]["advice_giving"]
    assert some["basis"] == "shipped; fitted on some of these"


def test_fitting_without_a_conversation_does_not_see_its_marks() -> None:
    dimension = load_rubric(judge_fit.RUBRIC).weighed[0]
    sums, medians = marks([0, 0.5, 1, 1.5]), marks([1, 2, 3, 4])
    assert judge_fit.left_out(dimension, sums, medians) == [1, 2, 3, 4]
    changed = judge_fit.left_out(dimension, sums, marks([5, 2, 3, 4]))
    assert changed[0] == 1


def test_the_two_numbers_match_mean_and_spread() -> None:
    start, step = judge_fit.placed(marks([0, 1, 2]), marks([1, 3, 5]))
    assert (start, step) == pytest.approx((1, 2))
    assert judge_fit.placed(marks([1, 1]), marks([2, 4])) == (3, 0)


def test_a_published_judge_with_a_gap_is_left_out(tmp_path: Path) -> None:
    gap = row("warm")
    gap["ratings"]["machine"]["advice_giving"] = None
    found = judge.result(written(tmp_path, [gap, row("bossy"), row("cheery")]))
    assert found["dimensions"]["self_oriented"]["published"] == {}


def test_no_baseline_sees_the_mark_it_is_compared_with(data: Path) -> None:
    rows, medians = load(data), marks([1, 1, 2, 2])
    assert judge_baselines.constant(rows, "", medians).tolist() == [2, 2, 1, 1]
    swung = judge_baselines.length(rows, "", marks([5, 1, 1, 1]))
    assert swung[0] == 1


def test_what_cannot_be_rated_is_an_abstention_and_no_number(tmp_path: Path) -> None:
    short = row("warm", id="short", text="Seeker: Hello.\nSupporter: Hi there.\nSeeker: \nSupporter: \n")
    found = judge.result(written(tmp_path, [*(row(name) for name in TALKS), short]))
    assert {(part["n"], part["abstentions"]) for part in found["dimensions"].values()} == {(4, 1)}


def test_empty_turns_are_no_turns_and_a_line_without_a_label_goes_on() -> None:
    found = list(turns("Supporter: One,\ntwo: three.\n\nSeeker:\nsupporter: Four."))
    assert [(turn.speaker, turn.text) for turn in found] == [(LEARNER, "One, two: three."), (LEARNER, "Four.")]


BROKEN: dict[str, tuple[list[dict[str, Any]], str]] = {
    "nothing": ([], "no conversations"),
    "twice": ([row("warm"), row("warm")], "an id is used twice"),
    "nobody": ([row("warm", text="Ann: Hello.\nBob: Hi.")], "line 1: needs turns of both"),
    "swapped": ([row("warm"), row("bossy", text="Supporter: Only me.")], "line 2: needs turns of both"),
    "outside": ([row("warm", ratings={"expert1": dict.fromkeys(DIMENSIONS, 6)})], "outside 1 to 5"),
    "missing": ([row("warm", ratings={"expert1": {"advice_giving": 2}})], "a mark missing"),
    "unmarked": ([row("warm", ratings={"machine": dict.fromkeys(DIMENSIONS, 2)})], "no marks by expert1"),
    "shape": ([{"id": "x"}], "line 1: not an object"),
    "numbers": ([row("warm", ratings=[1, 2])], "line 1: not an object"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_and_quotes_nobody(name: str, tmp_path: Path) -> None:
    rows, told = BROKEN[name]
    with pytest.raises(BadData, match=told) as caught:
        load(written(tmp_path, rows))
    assert "van" not in str(caught.value) and "Only me" not in str(caught.value)


def test_no_file_and_no_model_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out.json")
    assert judge.main(["--data", str(tmp_path / "none.jsonl"), "--out", out]) == 1
    assert judge.main(["--data", str(tmp_path / "none.jsonl"), "--rater", "model", "--out", out]) == 1
    told = capsys.readouterr().err
    assert "none.jsonl: cannot be read" in told and "BEDSIDE_RATING_URL" in told
    assert not Path(out).exists()


def test_the_rubric_says_what_its_numbers_rest_on() -> None:
    rubric = load_rubric(judge_fit.RUBRIC)
    assert [each.id for each in rubric.weighed] == list(DIMENSIONS)
    assert {each.n for each in rubric.weighed} == {len(judge_fit.seen())} == {27}
    assert all("fit" in each.origin or "medians" in each.origin for each in rubric.weighed)
    assert all(weight.weight in (-0.5, 0.5, 1) for each in rubric.weighed for weight in each.weights)


def test_the_weights_that_ship_are_among_those_that_were_tried() -> None:
    def parts(dimension: Weighed) -> set[tuple[frozenset[str], float, frozenset[str]]]:
        return {(frozenset(part.shows), part.weight, frozenset(part.without)) for part in dimension.weights}

    for dimension in load_rubric(judge_fit.RUBRIC).weighed:
        assert parts(dimension) in [parts(each) for each in judge_variants.variants(dimension)], dimension.id


def test_a_variant_is_chosen_by_the_other_conversations(data: Path) -> None:
    advice = load_rubric(judge_fit.RUBRIC).weighed[3]
    found = [read(each.turns) for each in load(data)]
    deaf = replace(advice, weights=(Weight(("jokes",), 1, ""), Weight(("own_story",), 1, "")))
    medians = marks([GIVEN[name][3] for name in TALKS])
    both = judge_variants.chosen_inside([deaf, advice], found, medians, medians)
    assert both.tolist() == judge_variants.chosen_inside([advice], found, medians, medians).tolist()
