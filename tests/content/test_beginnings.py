"""What a new case is begun from: every family is a whole small case that plays as it says."""

from pathlib import Path

import pytest

from server.content.beginnings import as_copy, as_new, case_text, copied_title, families, family_text
from server.content.case_text import read_case_text
from server.core.errors import NotFound
from server.core.rehearsing import rehearse
from tests.content.planted import ROOT

PERSONAS = ROOT / "personas"
FAMILIES = families(PERSONAS)


def test_there_are_families_and_none_without_a_folder(tmp_path: Path) -> None:
    assert len(FAMILIES) >= 4 and all(each.title and each.summary for each in FAMILIES)
    assert families(None) == families(tmp_path) == []
    with pytest.raises(NotFound):
        family_text(PERSONAS, "../novak-discharge")


@pytest.mark.parametrize("name", [each.id for each in FAMILIES])
def test_a_family_can_be_played_as_it_stands(name: str) -> None:
    read = read_case_text(family_text(PERSONAS, name), {"nursing-empathy"})
    assert [str(problem) for problem in read.problems] == []
    case = read.playable()
    assert case.status == "draft" and not case.governance.authors
    for rehearsal in case.rehearsals:
        tracks = rehearse(case, rehearsal.learner).encounter.board.tracks
        found = {
            kind: {beat for beat, track in tracks.items() if track.state == kind} for kind in ("addressed", "missed")
        }
        assert found == {"addressed": set(rehearsal.expect.addressed), "missed": set(rehearsal.expect.missed)}


def test_a_copy_has_an_id_and_a_version_of_its_own_and_keeps_every_other_letter() -> None:
    text = case_text(PERSONAS, "novak-discharge")
    copy = as_new(text, "her-own")
    changed = [new for old, new in zip(text.splitlines(), copy.splitlines(), strict=True) if old != new]
    assert changed == ["case_id: her-own", "case_version: 0.1.0"]
    with pytest.raises(NotFound):
        case_text(PERSONAS, "families/bad-news")


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("title: Tea # short\na: b\n", "title: Tea (copy 2) # short\na: b\n"),
        ("title: >-\n  Tea\na: b\n", "title: Tea (copy 2)\na: b\n"),
        ('title: "Tea: at four"\n', 'title: "Tea: at four (copy)"\n'),
        ("a: b\n", "a: b\n"),
        ("title: [Tea]\n", "title: [Tea]\n"),
        ("title: 'Tea\n", "title: 'Tea\n"),
    ],
)
def test_a_copy_has_a_title_of_its_own_where_it_has_one(text: str, copy: str) -> None:
    assert as_copy(text, {"Tea (copy)"}) == copy


def test_a_copy_of_a_copy_is_counted() -> None:
    assert copied_title("Tea (copy)", {"Tea (copy)", "Tea (copy 2)"}) == "Tea (copy 3)"


def test_an_id_that_is_empty_or_in_quotes_is_changed_and_its_neighbours_are_not() -> None:
    assert as_new("case_id: 'a b'\nstatus:\ntitle: Tea\n", "her-own") == "case_id: her-own\nstatus:\ntitle: Tea\n"
