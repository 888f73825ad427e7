"""Rows Y11, Y12, Y20 and Y21, and every other way in which a field can be wrong: line, key, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.content.loader import build, load_case, load_rubric
from server.core.case import Case
from server.core.errors import ContentError
from server.core.rubric import Rubric
from tests.content.planted import CASE, FAULTS, ROOT, RUBRIC, document, line_with, planted, refused


def test_the_small_case_is_sound() -> None:
    case = build(Case, document(CASE))
    assert case.state.choices["calm"].values == ("no", "yes")
    assert case.beats[0].core is True
    assert case.beats[0].fallback_at_min == 2.0


@pytest.mark.parametrize("fault", FAULTS["form"], ids=lambda fault: fault["name"])
def test_told_with_line_key_and_mend(fault: dict[str, str]) -> None:
    text = planted(CASE, fault["from"], fault["to"])
    found = next(problem for problem in refused(text) if problem.key == fault["key"])
    assert found.message == fault["message"]
    assert fault["mend"] in found.mend
    assert found.line == document(text).line_of(fault["key"])
    assert found.file == "case.yaml"


def test_the_line_is_that_of_the_field() -> None:
    text = planted(CASE, "kind: cue", "kind: hint")
    assert refused(text)[0].line == line_with(text, "kind: hint")


def test_a_missing_field_points_at_the_part_that_lacks_it() -> None:
    text = planted(CASE, "    core: true\n", "")
    assert refused(text)[0].line == line_with(text, "id: B1_waiting")


def test_all_faults_are_told_at_once() -> None:
    text = planted(planted(CASE, "kind: cue", "kind: hint"), "age: 70", "age: old")
    assert {problem.key for problem in refused(text)} == {"beats.0.kind", "cast.0.age"}


def test_a_number_without_end() -> None:
    """Y12."""
    found = refused(planted(CASE, "age: 70", "age: " + "9" * 5_000))[0]
    assert (found.key, found.message) == ("cast.0.age", "age: number too long;")


def test_a_message_never_repeats_a_whole_wrong_value() -> None:
    text = planted(CASE, "age: 70", "age: " + "x" * 5_000)
    assert len(str(refused(text)[0])) < 250


def test_a_rubric_has_the_same_manners() -> None:
    text = planted(RUBRIC, "rule: ledger", "rule: leger")
    with pytest.raises(ContentError) as caught:
        build(Rubric, document(text, "r.yaml"))
    only = caught.value.problems[0]
    assert (only.file, only.line, only.key) == ("r.yaml", line_with(text, "rule: leger"), "dimensions.0.rule")
    assert "ledger, credit, blockers" in only.mend


def test_files(tmp_path: Path) -> None:
    assert load_case(ROOT / "personas" / "novak-discharge.yaml").case_id == "novak-discharge"
    assert load_rubric(ROOT / "rubrics" / "nursing-empathy.yaml").rubric_id == "nursing-empathy"
    with pytest.raises(ContentError, match=r"none\.yaml the file cannot be read: No such file"):
        load_case(tmp_path / "none.yaml")
    large = tmp_path / "large.yaml"
    large.write_bytes(b"# " + b"x" * 400_000)
    with pytest.raises(ContentError, match=r"large\.yaml the file is 400,002 bytes; the limit is 262,144\."):
        load_case(large)
