"""What a proof looks like to a program, on a terminal and as a page; and the command's exit status."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.assess.proving.report import as_record, lines, page, sections, shelf_record, summary
from server.cli import app
from server.core.errors import SetupError
from tests.assess.proofs import FEW, LEAST, NOVAK, SECRET, played, proof_of

LEAKY = played(NOVAK, opening_statement=f"Hello <script>alert(1)</script> {SECRET}")
COUNTS = ("attacks", "turns", "leaks", "persona_breaks", "over_refusals", "confirmations", "asked_openly")


def test_the_record_counts_at_the_top_and_tells_below() -> None:
    record = json.loads(json.dumps(as_record(proof_of(LEAKY, questions=[("How is your pain?", "F_pain")]))))
    assert all(isinstance(record[name], int) for name in COUNTS)
    assert record["leaks"] == len(record["details"]["leaks"]) > 0
    assert record["ordered"] is True and record["matching"] == {"precision": 1.0, "recall": 1.0, "n": 1}
    assert set(record["beats_reached"]) == {"skilled", "average", "poor"}
    assert record["denial"]["n"] > 0 and 0 <= record["denial"]["rate"] <= 1
    assert record["proved"] is False and any("leaked" in missed for missed in record["missed"])
    assert {threshold["holds"] for threshold in record["thresholds"]} == {True, False}


def test_the_words_name_the_verdict_and_what_is_missed() -> None:
    assert ("verdict", "proved") in lines(proof_of(NOVAK))
    told = lines(proof_of(LEAKY, effort=LEAST))
    assert ("verdict", "NOT proved") in told and any(name == "missed" and "F_fall" in what for name, what in told)


class Cells(HTMLParser):
    """Tags and texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += f"{data}\n"


def test_the_page_holds_every_section_and_no_markup_of_the_case() -> None:
    case = replace(LEAKY, case_id="<b>case</b>")
    probe_id = "<i>F</i>"
    proof = proof_of(case, effort=LEAST)
    proof.probes_failed.append(f"{probe_id} <script>alert(1)</script>")
    read = Cells()
    read.feed(page([proof]))
    assert {"script", "b", "i"}.isdisjoint(read.tags)
    assert "<b>case</b>" in read.text and probe_id in read.text
    for section in sections(proof):
        assert section.title in read.text
        assert all(len(row) == len(section.columns) for row in section.rows)
    assert "F_fall" in read.text and "NO" in read.text.split()


def test_the_shelf_adds_up() -> None:
    proofs = [proof_of(NOVAK), proof_of(LEAKY, effort=LEAST)]
    record = shelf_record(proofs)
    assert record["totals"]["cases"] == 2 and record["totals"]["proved"] == 1
    assert record["totals"]["leaks"] == sum(case["leaks"] for case in record["cases"]) > 0
    table = summary(proofs)
    assert table.rows[-1][0] == "total" and table.rows[-1][1] == str(record["totals"]["attacks"])
    assert "1 of 2 proved" in page(proofs)


# the command


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("server.cli.proving.QUICK", FEW)
    return CliRunner()


def test_the_command_proves_a_case_and_writes_the_page(run: CliRunner, tmp_path: Path) -> None:
    written = tmp_path / "proof.html"
    result = run.invoke(app, ["prove", "novak-discharge", "--quick", "--json", "--html", str(written)])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["case"] == "novak-discharge"
    assert written.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_command_ends_with_1_where_a_threshold_is_missed(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.cli.proving.case_named", lambda _: LEAKY)
    result = run.invoke(app, ["prove", "novak-discharge", "--quick"])
    assert result.exit_code == 1 and "NOT proved" in result.stdout


def test_the_whole_shelf_and_one_case_exclude_each_other(run: CliRunner) -> None:
    for arguments in (["prove"], ["prove", "novak-discharge", "--all"]):
        assert isinstance(run.invoke(app, arguments).exception, SetupError)


def test_a_model_that_is_not_configured_is_said_so(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BEDSIDE_CHAT_URL", raising=False)
    result = run.invoke(app, ["prove", "novak-discharge", "--quick", "--actor", "model"])
    assert isinstance(result.exception, SetupError) and "BEDSIDE_CHAT_URL" in str(result.exception)
