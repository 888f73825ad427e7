"""What ships: both shelves load without a problem or a warning, schemas and guide are what the code would write."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from server.content.check import check
from server.content.folders import Library, load_library
from server.content.guide import FRONT, README, front_text, guide_text, write_guide
from server.content.loader import build
from server.content.schema import FILES, field_docs, schema_text, write_schemas
from server.core.case import Case
from server.core.case_parts.play import Fact
from server.core.conditions import COUNTERS, VERBS
from server.core.errors import NotFound
from server.core.moves import MOVES
from server.core.rehearsing import rehearse
from server.core.rubric import Rubric
from server.core.virtual import virtual_room
from tests.content.planted import CASE, ROOT, RUBRIC, document, planted, problems_of

SHIPPED = sorted([*(ROOT / "personas").glob("*.yaml"), *(ROOT / "rubrics").glob("*.yaml")])
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser by which cases are read: it takes `[Why?, Where?]`, as editors do."""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "personas", ROOT / "rubrics")


@pytest.fixture(scope="module")
def novak(library: Library) -> Case:
    return library.case("novak-discharge")


def test_shelves_have_no_problem_and_no_warning(library: Library) -> None:
    assert [str(problem) for problem in library.problems] == []
    assert {"novak-discharge"} <= set(library.cases)
    assert {"nursing-empathy"} <= set(library.rubrics)


def test_check_says_the_same(tmp_path: Path) -> None:
    assert check([ROOT / "personas", ROOT / "rubrics"]) == []
    assert [problem.message for problem in check([tmp_path / "none.yaml"])] == [
        "the file cannot be read: No such file or directory."
    ]


def test_cases_are_drafts_without_invented_people(library: Library) -> None:
    """DESIGN, "Settled" 21: reviewed means by people."""
    for case in library.cases.values():
        people = case.governance
        assert case.status == "draft"
        assert not (people.authors or people.subject_matter_experts or people.lived_experience_reviewers)
        assert not people.bias_and_stereotype_review.reviewed


def test_novak_uses_every_disclosure_level_and_kind_of_beat_it_needs(novak: Case) -> None:
    assert {fact.disclosure for fact in novak.facts} == {
        "volunteered", "if_asked_open", "if_asked_direct", "if_trust", "never_verbal"
    }  # fmt: skip
    assert sum(beat.core for beat in novak.beats) == 3
    assert sum(not beat.core for beat in novak.beats) == 2
    assert all(len(fact.asked) >= 5 for fact in novak.facts)
    assert len(novak.validation_probes) >= 8


def test_secrecy_never_meets_the_request_for_secrecy(novak: Case) -> None:
    assert novak.beat("B4_the_floor").success_if == ("honest_about_recording",)


def test_a_no_to_a_clinical_question_is_vouched_for(novak: Case) -> None:
    policies = novak.patient.portrayal.unscripted
    assert {policy.kind for policy in policies} >= {"medicines", "allergies", "history", "symptoms", "self_harm"}
    assert not any(policy.sure for policy in policies if policy.kind in ("medicines", "allergies", "history"))
    for policy in policies:
        if not policy.sure:
            assert not any(line.lower().startswith(("no", "none", "never")) for line in policy.lines), policy.kind


def test_the_learner_is_not_handed_the_answers(novak: Case) -> None:
    """What is read before meeting her names no beat's theme."""
    told = [objective.text for objective in novak.education.learning_objectives] + list(novak.prebrief.content_advisory)
    themes = ("hear", "lonel", "afraid", "fear", "quiet", "fall", "husband", "bereave", "floor")
    assert [text for text in told for theme in themes if theme in text.lower().replace("hearsal", "")] == []


def test_the_rubric_has_its_six_dimensions_and_fourteen_rules(library: Library) -> None:
    rubric = library.rubric("nursing-empathy")
    assert [dimension.id for dimension in rubric.dimensions] == [
        "responsiveness", "understanding", "validation", "exploration", "support", "freedom_from_blockers"
    ]  # fmt: skip
    assert len(rubric.evidence_rules) == 14
    assert rubric.claim == "Verbal empathy in this transcript, not a trait of the learner."


def test_a_broken_file_hurts_no_other(tmp_path: Path) -> None:
    (tmp_path / "small-case.yaml").write_text(CASE, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(planted(CASE, "kind: cue", "kind: hint"), encoding="utf-8")
    (tmp_path / "lint.yaml").write_text(planted(CASE, "success_if: [validates]", "success_if: []"), encoding="utf-8")
    (tmp_path / "twin.yaml").write_text(CASE, encoding="utf-8")
    (tmp_path / ".hidden.yaml").write_text("a: [", encoding="utf-8")
    shelf = load_library(tmp_path, ROOT / "rubrics")
    assert set(shelf.cases) == {"small-case"}
    assert {problem.file for problem in shelf.problems} == {"broken.yaml", "wrong.yaml", "lint.yaml", "twin.yaml"}
    assert 'the id "small-case" is in use by another file;' in [problem.message for problem in shelf.problems]


def test_a_file_by_another_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(CASE, encoding="utf-8")
    shelf = load_library(tmp_path, ROOT / "rubrics")
    assert [(problem.file, problem.warning) for problem in shelf.problems] == [("other.yaml", True)]


def test_an_empty_or_missing_folder_is_told(tmp_path: Path) -> None:
    assert [p.message for p in load_library(tmp_path, tmp_path / "none").problems] == [
        "there is no rubric in this folder.", "there is no case in this folder."
    ]  # fmt: skip


def test_what_is_not_there_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match=r"Cases here: .*novak-discharge"):
        library.case("nobody")
    with pytest.raises(NotFound, match=r"Rubrics here: .*nursing-empathy"):
        library.rubric("none")


def test_check_reads_the_rubrics_beside_the_case(tmp_path: Path) -> None:
    for folder, name, text in (("personas", "small-case.yaml", CASE), ("rubrics", "other.yaml", RUBRIC)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    assert check([tmp_path / "personas"]) == []
    (tmp_path / "rubrics" / "other.yaml").write_text(RUBRIC.replace("nursing-empathy", "other"), encoding="utf-8")
    assert [p.message for p in check([tmp_path / "personas"])] == ['there is no rubric "nursing-empathy";']


@pytest.mark.parametrize("name", FILES)
def test_schemas_are_not_stale(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == schema_text(name), "run ./bedside schema"


def test_writing_schemas_tells_what_changed(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).parent.mkdir()
    assert write_schemas(tmp_path) == [tmp_path / name for name in FILES]
    assert write_schemas(tmp_path) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_an_editor_would_find_no_fault(path: Path) -> None:
    """The schema agrees with the loader about what ships, read as an editor reads it."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=schema.json\n")
    shape = json.loads((path.parent / "schema.json").read_text(encoding="utf-8"))
    tree = yaml.load(text, LOADER)  # noqa: S506
    faults = [error.message for error in jsonschema.Draft202012Validator(shape).iter_errors(tree)]
    assert faults == []


def test_the_schema_explains_and_offers() -> None:
    shape: dict[str, Any] = json.loads(schema_text("personas/schema.json"))
    beat = shape["$defs"]["Beat"]["properties"]
    assert "by this minute it is delivered" in beat["fallback_at_min"]["description"]
    moves, signs = beat["success_if"]["items"]["anyOf"]
    assert moves["enum"] == sorted(MOVES)
    assert all(re.search(signs["pattern"], sign) for sign in ("advises@rest|sleep", "asks:F_tom", "did:sit_down"))
    assert not any(re.search(signs["pattern"], sign) for sign in ("smiles", "advises@", "asks:", "topic:tea"))
    assert shape["properties"]["phrases"]["propertyNames"]["enum"] == sorted(MOVES)
    assert "variant" not in shape["properties"]
    assert shape["additionalProperties"] is False
    assert shape["$id"] == "schema.json"
    assert field_docs(Fact)["min_trust"].startswith("Holds whatever opened the door")
    assert set(FILES.values()) == {Case, Rubric}


def test_the_guide_is_not_stale() -> None:
    text = (ROOT / README).read_text(encoding="utf-8")
    assert guide_text(text) == text, "run ./bedside schema"


def test_the_guide_names_every_move_and_every_part_of_a_condition() -> None:
    text = (ROOT / README).read_text(encoding="utf-8")
    missing = [name for name in MOVES if f"| `{name}` |" not in text]
    missing += [verb for verb in VERBS if f"`{verb}:" not in text]
    missing += [word for word in COUNTERS if f"`{word} >=" not in text]
    assert missing == []


def test_the_guide_is_renewed_between_its_marks(tmp_path: Path) -> None:
    (tmp_path / "personas").mkdir()
    marked = "".join(f"<!-- {name} -->\nstale\n<!-- /{name} -->\n" for name in ("moves", "conditions", "feelings"))
    (tmp_path / README).write_text(f"a\n{marked}b\n", encoding="utf-8")
    assert write_guide(tmp_path)
    assert not write_guide(tmp_path)
    text = (tmp_path / README).read_text(encoding="utf-8")
    assert "stale" not in text
    assert text.startswith("a\n<!-- moves -->\n| move |")
    assert text.endswith("<!-- /feelings -->\nb\n")


def test_the_case_in_the_guide_is_sound_and_plays_as_it_says() -> None:
    guide = (ROOT / README).read_text(encoding="utf-8")
    text = guide.partition("<!-- case -->\n```yaml\n")[2].partition("```\n<!-- /case -->")[0]
    assert problems_of(text) == []
    case = build(Case, document(text))
    for rehearsal in case.rehearsals:
        tracks = rehearse(case, rehearsal.learner).encounter.board.tracks
        assert {beat for beat, track in tracks.items() if track.state == "addressed"} == {*rehearsal.expect.addressed}
        assert {beat for beat, track in tracks.items() if track.state == "missed"} == {*rehearsal.expect.missed}


def test_the_front_page_lists_every_case_that_ships(library: Library) -> None:
    text = (ROOT / FRONT).read_text(encoding="utf-8")
    assert front_text(text, library.cases.values()) == text, "run ./bedside schema"
    assert all(f"`{case_id}`" in text for case_id in library.cases)


def test_who_asks_what_she_likes_to_be_called_is_not_shown_the_name_band() -> None:
    """Found by somebody who read her own student's first line aloud."""
    room = virtual_room(load_library(ROOT / "personas", ROOT / "rubrics").case("novak-discharge"))
    room.enter()
    room.say("Good evening, Mrs Novak. My name's Sam, I'm a student nurse. What would you like to be called?")
    assert room.encounter.turns[-1].text.startswith("Eileen.")
