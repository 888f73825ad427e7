"""Tables of marks as people save them, and every fault named with its row, its column and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.assess.calibrating.marks import DRAFT, Scale
from server.assess.calibrating.reading import MOST_TOLD, read_marks
from server.core.errors import ContentError

SCALES = (Scale("understanding", "Understanding", 0, 4), Scale("support", "Support and partnership", 0, 4))
HEAD = "transcript,rater,dimension,level"
TWO = "t1,Ada,understanding,3\nt1,Ben,understanding,2\n"


def read(tmp_path: Path, text: str | bytes, name: str = "marks.csv") -> list[tuple[str, str, str, int | None]]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(mark.transcript, mark.rater, mark.dimension, mark.level) for mark in read_marks(path, SCALES).marks]


PLAIN = [("t1", "Ada", "understanding", 3), ("t1", "Ben", "understanding", 2)]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{TWO}",
        f"\ufeff{HEAD}\r\n{TWO}".replace("\n", "\r\n").encode(),
        f"{HEAD}\n{TWO}".replace(",", ";"),
        f"{HEAD}\n{TWO}".replace(",", "\t").encode("utf-16"),
        "\n\n Transcript , RATER,Dimension,level \n\n t1 , Ada ,Understanding, 3.0 \n\nt1,Ben,understanding,2,,\n",
        f'{HEAD},comment\n"t1","Ada","understanding","3","so, so"\nt1,Ben,understanding,2,\n',
    ],
    ids=["plain", "mark", "semicolons", "utf-16", "spaces", "quoted"],
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, text: str | bytes) -> None:
    assert read(tmp_path, text) == PLAIN


@pytest.mark.parametrize("wrapped", [True, False])
def test_json_is_read(tmp_path: Path, wrapped: bool) -> None:
    rows = [{"transcript": "t1", "rater": name, "dimension": "understanding", "level": level}
            for name, level in (("Ada", 3), ("Ben", 2))]  # fmt: skip
    assert read(tmp_path, json.dumps({"marks": rows} if wrapped else rows), "marks.json") == PLAIN


def test_no_level_is_said_in_two_ways_and_is_no_number(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(f"{HEAD}\nt1,Ada,understanding,N/A\nt1,Ben,understanding,unrated\nt1,Draft,understanding,2\n")
    ada, ben, draft = read_marks(path, SCALES).marks
    assert [(mark.level, mark.status) for mark in (ada, ben)] == [(None, "not_applicable"), (None, "unrated")]
    assert draft.rater == DRAFT


def test_columns_that_are_not_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(f"{HEAD},mood\nt1,Ada,understanding,3,x\nt1,Ben,understanding,2,y\n")
    assert "mood" in read_marks(path, SCALES).notices[0]


def test_times_are_one_clock(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(
        f"{HEAD},at\nt1,Ada,understanding,3,2026-11-22T14:00+01:00\nt1,Ben,understanding,2,2026-11-22T13:00\n"
    )
    ada, ben = read_marks(path, SCALES).marks
    assert ada.at == ben.at


FAULTS = {
    "empty": ("", ["empty", HEAD]),
    "blank": (" \n \n", ["empty"]),
    "only columns": (f"{HEAD}\n", ["no marks"]),
    "wrong columns": ("transcript,rater,dimension,score\nt1,Ada,understanding,3\n", ["'level' is missing", "score"]),
    "a column nearly right": ("transcript,raters,dimension,level\nt1,A,support,3\n", ["'rater' is", "Rename 'raters'"]),
    "a column twice": (f"{HEAD},level\nt1,Ada,understanding,3,3\n", ["two columns 'level'"]),
    "outside the scale": (f"{HEAD}\n{TWO}t2,Ada,understanding,5\n", [":4", "(level)", "5 is outside", "0 to 4"]),
    "below the scale": (f"{HEAD}\n{TWO}t2,Ada,understanding,-1\n", [":4", "outside"]),
    "not whole": (f"{HEAD}\n{TWO}t2,Ada,understanding,2.5\n", [":4", "'2.5' is not a whole number"]),
    "a comma in a number": ("transcript;rater;dimension;level\nt1;A;support;2,5\n", [":2", "'2,5' is not a whole"]),
    "not a number": (f"{HEAD}\nt1,Ada,understanding,nan\nt1,Ben,understanding,inf\n", ["'nan'", "'inf'"]),
    "a word": (f"{HEAD}\nt1,Ada,understanding,three\n", ["'three'"]),
    "no level": (f"{HEAD}\nt1,Ada,understanding,\n", [":2", "(level)", "empty", "delete the row"]),
    "no rater": (f"{HEAD}\nt1,,understanding,3\n", [":2", "(rater)", "empty"]),
    "a short row": (f"{HEAD}\nt1,Ada\n", [":2", "(dimension)", "empty"]),
    "a long row": (f"{HEAD}\nt1,Ada,understanding,3,9\n", [":2", "5 cells", "4 columns"]),
    "unknown dimension": (f"{HEAD}\nt1,Ada,understandng,3\n", [":2", "'understandng'", "Did you mean 'understanding'"]),
    "nothing like a dimension": (f"{HEAD}\nt1,Ada,xyz,3\n", ["It has: understanding, support"]),
    "twice": (f"{HEAD}\n{TWO}t1,Ada,understanding,4\n", [":4", "Ada", "row 2", "`round`"]),
    "one rater": (f"{HEAD}\nt1,Ada,understanding,3\nt2,Ada,understanding,3\n", ["only Ada", "second person"]),
    "the draft is no person": (f"{HEAD}\nt1,Ada,understanding,3\nt1,draft,understanding,3\n", ["only Ada"]),
    "nobody": (f"{HEAD}\nt1,draft,understanding,3\n", ["no person"]),
    "one alone": (f"{HEAD}\n{TWO}t2,Ben,understanding,3\n", ["t2", "Ben only"]),
    "two spellings": (f"{HEAD}\n{TWO}t1,ada,understanding,4\n", ["Ada and ada"]),
    "a second round first": (f"{HEAD},round\nt1,Ada,support,3,1\nt1,Ben,support,2,2\n", [":3", "no round 1"]),
    "no round": (f"{HEAD},round\nt1,Ada,support,3,x\n", [":2", "(round)"]),
    "no time": (f"{HEAD},at\nt1,Ada,support,3,yesterday\n", [":2", "(at)", "2026-11-22T14:30"]),
    "two groups": (f"{HEAD},group\nt1,Ada,support,3,L1\nt1,Ben,support,3,L2\n", ["t1", "2 groups"]),
    "an open quotation": (f'{HEAD}\n"t1,Ada,support,3\n', ["not a table", "quotation"]),
    "signs": (f"{HEAD}\nt\x001,Ada,support,3\n", [":2", "(transcript)"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, told: list[str]) -> None:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, text)
    assert "marks.csv" in caught.value.message
    assert [part for part in told if part not in caught.value.message] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "not JSON"), ("3", "not a list"), ('{"marks": 3}', "not a list"), ("[1]", "not a list"), ("[]", "no marks"),
     ('[{"transcript": "t1", "rater": "A", "dimension": "support", "level": true}]', "'True'"),
     ("[" * 100_000, "not JSON")],
)  # fmt: skip
def test_json_that_is_none_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        read(tmp_path, text, "marks.json")


def test_no_file_and_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="No such file"):
        read_marks(tmp_path / "none.csv", SCALES)
    with pytest.raises(ContentError, match="UTF-8"):
        read(tmp_path, b"transcript,rater\xff\xe9")


def test_every_fault_is_told_up_to_a_number(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, f"{HEAD}\n" + "t1,Ada,understanding,9\n" * 400)
    assert len(caught.value.problems) == MOST_TOLD + 1
    assert "375 more" in caught.value.message


def test_tens_of_thousands_of_rows_are_read(tmp_path: Path) -> None:
    rows = [f"t{n},{name},understanding,{n % 5}" for n in range(15_000) for name in ("Ada", "Ben")]
    assert len(read(tmp_path, "\n".join([HEAD, *rows]))) == 30_000


def test_a_table_that_is_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.assess.calibrating.table.MOST_ROWS", 1)
    with pytest.raises(ContentError, match="2 rows; the limit is 1"):
        read(tmp_path, f"{HEAD}\n{TWO}")
