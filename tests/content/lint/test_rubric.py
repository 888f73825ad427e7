"""What a rubric may not promise: levels that no rule gives, rules that come to nothing, and a name that is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from server.assess.human.score import read_transcript, score_transcript
from server.content.check import check
from server.content.lint.lint import lint_case, lint_of_rubric
from server.content.loader import build, load_rubric
from server.core.case import Case
from server.core.rubric import Rubric
from tests.content.planted import CASE, ROOT, document, linted_rubric, planted

CHECKLIST = (ROOT / "rubrics" / "nurse-checklist.yaml").read_text(encoding="utf-8")


def listed(good: str, bad: str) -> list[str]:
    """What lint says of the shipped checklist with one fault planted."""
    found = document(planted(CHECKLIST, good, bad), "nurse-checklist.yaml")
    return [str(problem) for problem in lint_of_rubric(build(Rubric, found), found)]


def test_one_turn_cannot_earn_the_highest_level() -> None:
    [problem] = linted_rubric("level: 2, moves: [offers_help]", "level: 4, moves: [offers_help]")
    assert problem.message == "one turn cannot earn 4;"
    assert problem.key == "dimensions.4.credit.1.level"


def test_what_mends_a_cap_is_a_move_and_a_level() -> None:
    [unknown] = linted_rubric("mended: {names_wrong_feeling: 3}", "mended: {wrong: 3}")
    [high] = linted_rubric("mended: {names_wrong_feeling: 3}", "mended: {names_wrong_feeling: 9}")
    assert 'no move "wrong"' in unknown.message and "9 is not a level" in high.message


def test_an_item_without_rules_is_refused_with_its_place_and_an_example() -> None:
    tree = yaml.safe_load(CHECKLIST)
    tree["dimensions"][0]["credit"] = []
    found = document(yaml.safe_dump(tree), "mine.yaml")
    [problem] = lint_of_rubric(build(Rubric, found), found)
    assert (problem.file, problem.key, problem.line > 0) == ("mine.yaml", "dimensions.0", True)
    assert "there is none" in problem.message and "credit" in problem.mend


def test_an_item_is_done_or_not() -> None:
    said = listed("highest: 1", "highest: 4")
    assert len([each for each in said if "the rule `checklist` gives 0 to 1" in each]) == 5
    assert len([each for each in said if 'levels "2", "3", "4" have no anchor' in each]) == 5
    [high] = listed(
        "{level: 1, moves: [affirms], without: [dismisses, judges, elderspeak]",
        "{level: 2, moves: [affirms], without: [dismisses, judges, elderspeak]",
    )
    assert "2 is not a level; levels run from 0 to 1" in high


def test_a_credit_that_another_one_covers_is_told() -> None:
    twice = "{level: 1, moves: [stays], without: [promises_secrecy, dismisses, premature_reassurance]"
    [problem] = listed(twice, twice.replace("[stays]", "[stays, offers_help]"))
    assert "dimensions.3.credit.1" in problem and "another credit gives as much" in problem


@pytest.mark.parametrize("rubric", sorted((ROOT / "rubrics").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_rubrics_are_in_order(rubric: Path) -> None:
    assert check([rubric]) == []


def test_two_files_with_one_id_are_told_with_line_and_key(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(CHECKLIST, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("{", encoding="utf-8")
    [problem] = check([tmp_path / "one.yaml"])
    assert (problem.file, problem.key) == ("one.yaml", "rubric_id") and problem.line
    assert "two.yaml has this id, too" in problem.message


def test_a_case_may_not_be_marked_by_weighed_sums() -> None:
    found = document(CASE)
    weighed = load_rubric(ROOT / "rubrics" / "lend-an-ear.yaml")
    said = lint_case(build(Case, found), found, {"nursing-empathy": weighed}, thorough=False)
    assert [problem.key for problem in said if "marks transcripts" in problem.message] == [
        "assessment.instruments.0.ref"
    ]


def test_the_guides_own_example_is_in_order_and_marks(tmp_path: Path) -> None:
    guide = (ROOT / "rubrics" / "README.md").read_text(encoding="utf-8")
    example = guide.split("<!-- rubric -->\n```yaml\n")[1].split("```")[0]
    path = tmp_path / "handover.yaml"
    path.write_text(example, encoding="utf-8")
    assert check([path]) == []
    talk = read_transcript(ROOT / "tests" / "assess" / "transcripts" / "hip_ward.txt")
    assert [rating.level for rating in score_transcript(talk, load_rubric(path)).dimensions] == [3, 4, 4]
