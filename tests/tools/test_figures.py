"""The tables of figures: what stands in the documents is what was measured."""

import json
from pathlib import Path

import pytest

from tests.benchmarks.test_voice_bars import result
from tools import figures
from tools.figures import TABLES, BadResult, Table, load, renewed, table

BEGIN, END = "<!-- some figures -->", "<!-- /some figures -->"


@pytest.mark.parametrize(
    ("each", "path"), [(each, path) for each in TABLES for path in each.documents], ids=lambda part: str(part)[:40]
)
def test_the_documents_hold_what_was_measured(each: Table, path: Path) -> None:
    text = path.read_text("utf-8")
    assert renewed(text, each.make(), each.begin, each.end) == text, "run `python -m tools.figures`"


def test_the_raters_table_says_what_its_result_says() -> None:
    """Beside ours stand a constant answer, the experts among themselves and the published judges."""
    result = json.loads((figures.RESULTS / "judge.json").read_text("utf-8"))
    made = figures.judged()
    assert f"**{result['mean_qwk']:.2f}**".replace("0.", ".") in made
    assert all(name.replace("_", " ") in made for name in result["dimensions"])
    assert "constant" in made.splitlines()[0]
    assert f"n = {result['n']}" in made
    assert "bars hold" in made


@pytest.mark.parametrize(
    ("value", "shown"), [(0.679, ".68"), (-0.0, ".00"), (-0.026, "-.03"), (1.0, "1.00"), (-0.001, ".00"), (0.05, ".05")]
)
def test_a_kappa_is_written_without_its_nought(value: float, shown: str) -> None:
    assert figures._kappa(value) == shown


def test_without_a_result_the_documents_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "RESULT", tmp_path / "voice.json")
    assert figures.current() == figures.NOT_YET
    (tmp_path / "voice.json").write_text("{}", "utf-8")
    with pytest.raises(BadResult, match="`machine` is missing"):
        figures.current()


def test_a_table_shows_what_does_not_hold() -> None:
    given = result()
    given["machine"] |= {"cpu": "a CPU", "python": "3"}
    duck = next(each for each in given["rows"] if each["name"] == "duck")
    duck |= {"ours": 512.0, "holds": False}
    lines = table(given).splitlines()
    assert [line for line in lines if "**no**" in line] == [line for line in lines if "512 ms" in line] != []
    assert sum(line.startswith("| ") for line in lines) == len(given["rows"]) + 1


def test_only_what_stands_between_the_marks_is_renewed() -> None:
    text = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert renewed(text, "new", BEGIN, END) == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    for broken in ("none", f"{END}{BEGIN}", text + text, BEGIN):
        with pytest.raises(BadResult, match="once and in this order"):
            renewed(broken, "new", BEGIN, END)


def test_a_result_that_contradicts_itself_is_not_printed(tmp_path: Path) -> None:
    given = result()
    given["rows"][0]["holds"] = False
    path = tmp_path / "voice.json"
    path.write_text(json.dumps(given), "utf-8")
    with pytest.raises(BadResult, match="`holds` is False, but its numbers make it True"):
        load(path)
    path.write_text("{", "utf-8")
    with pytest.raises(BadResult, match="cannot be read"):
        load(path)


def test_nothing_is_written_when_a_document_lacks_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(f"{BEGIN}\n{END}", "utf-8")
    bad.write_text("no marks", "utf-8")
    monkeypatch.setattr(figures, "TABLES", (Table("some", (good, bad), lambda: "new"),))
    assert figures.main() == 1
    assert good.read_text("utf-8") == f"{BEGIN}\n{END}"
