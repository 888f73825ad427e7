"""`calibrate` as a person types it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from server.cli import app
from server.content.loader import load_case, load_rubric
from server.core.case import Case
from server.core.marking.steps import Line, Made, MarkGiven, SheetClosed
from server.store.marking.marks import Taken
from server.store.store import Store
from tests.store.samples import opened

ROOT = Path(__file__).resolve().parent.parent.parent
DIMENSIONS = [each.id for each in load_rubric(ROOT / "rubrics" / "nursing-empathy.yaml").dimensions]
ANSWERS = {
    0: "Don't worry, you'll be fine.",
    2: "I see. Do you live alone?",
    4: "You're frightened of going home, and that makes sense. What frightens you most?",
}
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run one command with a data folder of its own, and a shelf that has rubrics only."""
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "personas").mkdir()
    monkeypatch.setenv("BEDSIDE_PERSONAS_DIR", str(tmp_path / "personas"))
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, ["calibrate", *map(str, arguments)])


@pytest.fixture
def lab(tmp_path: Path) -> tuple[Path, Path]:
    """Thirty transcripts and two people's marks of them: a level for each kind of answer, Ben a little stricter."""
    folder, rows = tmp_path / "transcripts", ["transcript;rater;dimension;level"]
    folder.mkdir()
    for n in range(30):
        level = (0, 2, 4)[n % 3]
        talk = ["Patient: I'm frightened of going home.", f"Nurse: {ANSWERS[level]}"] * 2
        (folder / f"t{n:02}.txt").write_text("\n".join(talk) + "\n", encoding="utf-8")
        stricter = max(0, level - (n % 5 == 0))
        rows += [
            f"t{n:02};{who};{each};{mark}" for each in DIMENSIONS for who, mark in (("Ada", level), ("Ben", stricter))
        ]
    marks = tmp_path / "marks.csv"
    marks.write_text("\ufeff" + "\n".join(rows) + "\n", encoding="utf-8")
    return marks, folder


def test_from_marks_to_drafts_that_follow_and_back(run: Run, lab: tuple[Path, Path], tmp_path: Path) -> None:
    marks, folder = lab
    assert "No calibration is in force" in run().output
    result = run(marks, "--transcripts", folder, "--out", tmp_path / "out", "--apply", "--by", "Dr Ada")
    assert result.exit_code == 0, result.output
    assert "against your faculty's" in result.output
    record = json.loads((tmp_path / "out" / "report.json").read_text())
    kept = json.loads((tmp_path / "data" / "calibration.json").read_text())["rubrics"]["nursing-empathy"]
    decided = {each["id"]: each["decision"]["outcome"] for each in record["dimensions"]}
    assert {name: each["outcome"] for name, each in kept["dimensions"].items()} == decided
    assert "stopped" in decided.values()
    assert (tmp_path / "out" / "report.html").read_text().startswith("<!doctype html>")
    assert "by Dr Ada, 30 transcripts, 2 people" in run().output
    assert "Withdrawn" in run("--withdraw").output
    assert "No calibration is in force" in run().output


def test_marks_alone_say_how_people_agree(run: Run, lab: tuple[Path, Path]) -> None:
    result = run(lab[0], "--json", "--no-names")
    assert result.exit_code == 0, result.output
    record: dict[str, Any] = json.loads(result.output)
    assert record["raters"] == ["rater A", "rater B"]
    assert all(each["faculty"]["kappa"]["value"] > 0.8 and each["draft"] is None for each in record["dimensions"])


def refused(result: Result) -> str:
    assert result.exit_code != 0 and result.exception is not None
    return str(result.exception)


def test_nothing_is_applied_that_was_not_drafted_here(run: Run, lab: tuple[Path, Path], tmp_path: Path) -> None:
    marks, folder = lab
    assert "Give --transcripts" in refused(run(marks, "--apply", "--out", tmp_path / "out"))
    few = tmp_path / "few.csv"
    few.write_text("\n".join(marks.read_text("utf-8-sig").splitlines()[: 1 + 12 * 12]), encoding="utf-8")
    assert "no dimension has enough" in refused(run(few, "--transcripts", folder, "--apply"))
    assert not (tmp_path / "data").exists() and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--encounters"], "Start Bedside once"),
        (["marks.csv", "--encounters"], "Name a file of marks, or"),
        (["marks.csv", "--rubric", "charm"], "no such rubric"),
        (["none.csv"], "cannot be read"),
        (["--withdraw"], "No calibration of nursing-empathy"),
        (["drafted.csv", "--transcripts", "transcripts"], "`draft` already"),
        (["marks.csv", "--out", "marks.csv"], "cannot be written"),
    ],
)
def test_what_was_asked_wrongly_is_said(
    run: Run, lab: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("drafted.csv").write_text(lab[0].read_text("utf-8-sig") + "t00;draft;support;1\n", encoding="utf-8")
    assert said in refused(run(*arguments))


def test_a_calibration_of_another_rater_is_said_to_be_ignored(run: Run, lab: tuple[Path, Path], tmp_path: Path) -> None:
    run(lab[0], "--transcripts", lab[1], "--apply")
    path = tmp_path / "data" / "calibration.json"
    path.write_text(path.read_text().replace('"lexical-', '"lexical-older-'))
    assert "IGNORED: nursing-empathy" in run().output


async def _marked(url: str, case: Case) -> None:
    """An encounter in a store, marked by two people, and one that nobody has marked."""
    store = await Store.open(url)
    for name in ("enc_1", "enc_2"):
        await store.create(case, opened(case, name), "local")
    line = Line("rated", 2, comment="why")
    for author in ("Ann", "Ben"):
        for step in (MarkGiven("support", line), SheetClosed()):
            taken = Taken(Made(f"marker:{author}", author, step))
            await store.take_marking_step("enc_1", lambda _, __, taken=taken: taken)  # type: ignore[misc]
    await store.close()


def test_encounters_that_were_marked_here_are_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    url = f"sqlite:///{tmp_path / 'data' / 'bedside.db'}"
    asyncio.run(_marked(url, load_case(ROOT / "personas" / "novak-discharge.yaml")))
    result = run("--encounters")
    assert result.exit_code == 0, result.output
    assert "Comparable transcripts: 1; below 10 nothing is said" in result.output
    assert "No encounter has been marked" in refused(run("--encounters", "--rubric", "lend-an-ear"))
