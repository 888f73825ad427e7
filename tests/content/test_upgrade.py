"""A case of an earlier schema still plays, and its file is brought up to date without losing a comment."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.cli import app
from server.content.check import check
from server.content.loader import build, load_case
from server.content.upgrade import plan, write
from server.core.case import SCHEMA_VERSION, Case
from server.core.case_parts.versions import STEPS, renewed
from server.core.errors import ContentError
from tests.content.planted import CASE, document, planted, refused

OLD = (Path(__file__).parent / "schema-1.yaml").read_bytes()
RENAMED = [
    ("  - nurse: skilled  # kept by hand: nurse: is a word here, too", "nurse", "learner"),
    (next(line for line in OLD.decode().splitlines() if "average" in line), "nurse", "learner"),
    (next(line for line in OLD.decode().splitlines() if "poor" in line), '"nurse"', '"learner"'),
]
RUBRICS = Path(__file__).resolve().parents[2] / "rubrics"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "small-case.yaml"
    path.write_bytes(OLD)
    return path


def upgraded(path: Path) -> str:
    write(plan(path))
    return path.read_bytes().decode()


def test_the_newest_schema_is_where_the_steps_end() -> None:
    assert SCHEMA_VERSION not in STEPS
    assert {step.to for step in STEPS.values()} - set(STEPS) == {SCHEMA_VERSION}


def test_an_old_case_loads_as_the_same_case(old: Path) -> None:
    assert load_case(old) == build(Case, document(CASE))


def test_an_old_case_loads_with_a_warning_that_names_the_command(old: Path) -> None:
    [warning] = check([old], RUBRICS)
    assert warning.warning and warning.line == 2
    assert warning.mend == "run: bedside upgrade small-case.yaml"


def test_a_fault_in_an_old_case_is_told_at_its_own_line(old: Path) -> None:
    text = OLD.decode().replace("nurse: average", "nurse: middling")
    found = refused(text)[0]
    assert (found.key, found.line) == ("rehearsals.1.learner", text[: text.index("nurse: middling")].count("\n") + 1)


def test_only_the_names_change(old: Path) -> None:
    """Comments, order, quotes and the word elsewhere stay."""
    lines = zip(OLD.decode().splitlines(), upgraded(old).splitlines(), strict=True)
    assert [(before, after) for before, after in lines if before != after] == [
        ('schema_version: "1"  # the schema, not the case', 'schema_version: "2"  # the schema, not the case'),
        *((line, line.replace(name, new, 1)) for line, name, new in RENAMED),
    ]


def test_it_says_what_changed(old: Path) -> None:
    line = OLD.decode()[: OLD.index(b"nurse: skilled")].count("\n") + 1
    assert plan(old).changes[:2] == ('line 2: "1" is now "2"', f"line {line}: nurse is now learner")


def test_a_second_time_there_is_nothing_to_do(old: Path) -> None:
    once = upgraded(old)
    assert plan(old).changes == ()
    assert upgraded(old) == once
    assert check([old], RUBRICS) == []


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + OLD, OLD.replace(b"\n", b"\r\n")], ids=["mark", "line ends"])
def test_marks_and_line_ends_stay(old: Path, data: bytes) -> None:
    old.write_bytes(data)
    write(plan(old))
    new = old.read_bytes()
    assert new[:3] == data[:3]
    assert new.count(b"\r\n") == data.count(b"\r\n")
    assert load_case(old) == build(Case, document(CASE))


def test_letters_of_several_bytes_move_no_place(old: Path) -> None:
    old.write_bytes(OLD.replace(b"title: Tea at four", "title: Thé à quatre 🫖".encode()))
    assert "learner: skilled" in upgraded(old)
    assert load_case(old).title == "Thé à quatre 🫖"


@pytest.mark.parametrize(
    ("good", "bad"),
    [("kind: cue", "kind: hint"), ("nurse: skilled", "nurse: [skilled"), ("nurse: average", "nurse: x, learner: y")],
    ids=["wrong", "not YAML", "both names"],
)
def test_a_broken_file_is_refused_and_untouched(old: Path, good: str, bad: str) -> None:
    old.write_text(planted(OLD.decode(), good, bad), encoding="utf-8")
    before = old.read_bytes()
    with pytest.raises(ContentError):
        write(plan(old))
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


def test_a_file_that_changes_meanwhile_is_left_alone(old: Path) -> None:
    found = plan(old)
    old.write_bytes(OLD + b"# later\n")
    with pytest.raises(ContentError, match="changed meanwhile"):
        write(found)
    assert old.read_bytes() == OLD + b"# later\n"


def test_the_file_keeps_its_rights_and_its_link(old: Path, tmp_path: Path) -> None:
    old.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(old)
    upgraded(link)
    assert link.is_symlink()
    assert old.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("3", 'schema "3" is newer than this Bedside, which knows up to "2"; bring Bedside up to date.'),
        ("0", 'schema "0" is not known; write "2".'),
        ("two", 'schema "two" is not known; write "2".'),
    ],
)
def test_an_unknown_schema_is_refused_in_one_sentence(version: str, says: str) -> None:
    [problem] = refused(planted(CASE, 'schema_version: "2"', f'schema_version: "{version}"').replace("kind:", "sort:"))
    assert f"{problem.message} {problem.mend}" == says
    assert (problem.line, problem.key) == (1, "schema_version")


def test_a_stored_tree_is_renewed_without_touching_it() -> None:
    tree = {"schema_version": "1", "rehearsals": [{"nurse": "poor", "steps": []}, "odd"]}
    assert renewed(tree) == {"schema_version": "2", "rehearsals": [{"learner": "poor", "steps": []}, "odd"]}
    assert tree["schema_version"] == "1"


def test_the_command(old: Path, tmp_path: Path) -> None:
    run = CliRunner()
    checked = run.invoke(app, ["upgrade", str(tmp_path), "--check"])
    assert (checked.exit_code, old.read_bytes()) == (1, OLD)
    assert "would change" in checked.output
    done = run.invoke(app, ["upgrade", str(tmp_path)])
    assert done.exit_code == 0
    assert "nurse is now learner" in done.output
    assert run.invoke(app, ["upgrade", str(old), "--check"]).exit_code == 0


def test_one_broken_file_does_not_keep_the_others_back(old: Path, tmp_path: Path) -> None:
    (tmp_path / "a-broken.yaml").write_text("a: [", encoding="utf-8")
    done = CliRunner().invoke(app, ["upgrade", str(tmp_path)])
    assert done.exit_code == 1
    assert "this is not YAML" in done.output
    assert plan(old).changes == ()
