"""The commands as a person types them: what they print, and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from server import cli
from server.cli import app
from server.cli.paper import UNSURE, shown, turn_text
from server.cli.shelf import case_named
from server.core.encounter import Murmur
from server.core.rehearsing import rehearse
from server.core.scoring.scoring import Evidence

CASE = "novak-discharge"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Run one command with a data folder of its own."""
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    runner = CliRunner()

    def invoke(*arguments: str, typed: str = "") -> Result:
        return runner.invoke(app, list(arguments), input=typed)

    return invoke


def rehearsed(run: Any, nurse: str) -> dict[str, Any]:
    result = run("rehearse", CASE, "--nurse", nurse, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def total(record: dict[str, Any]) -> int:
    return sum(dimension["level"] or 0 for dimension in record["scorecard"]["dimensions"])


def test_three_nurses_earn_what_they_should(run: Any) -> None:
    skilled, average, poor = (rehearsed(run, nurse) for nurse in ("skilled", "average", "poor"))
    assert {beat["state"] for beat in skilled["beats"]} == {"addressed"}
    assert not [beat for beat in poor["beats"] if beat["state"] == "addressed"]
    assert total(skilled) > total(average) > total(poor)


@pytest.mark.parametrize("nurse", ["skilled", "average", "poor"])
def test_every_quote_stands_in_the_turn_it_names(run: Any, nurse: str) -> None:
    record = rehearsed(run, nurse)
    turns = {turn["id"]: turn for turn in record["turns"]}
    evidence = [e for dimension in record["scorecard"]["dimensions"] for e in dimension["evidence"]]
    assert evidence
    assert all(e["quote"] in turns[e["turn"]]["text"] and e["speaker"] == turns[e["turn"]]["speaker"] for e in evidence)


def test_talk_goes_from_hello_to_a_draft(run: Any) -> None:
    typed = (
        "Good evening, Mrs Novak\n/do no-such-thing\nCan you hear me all right?\n/wait 4\n/pause\n/resume\n/end\n\n\n\n"
    )
    result = run("talk", CASE, typed=typed)
    assert result.exit_code == 0, result.output
    assert "simulated by software" in result.output
    assert "That cannot be done now" in result.output
    assert "draft, not signed by faculty" in result.output


def test_ctrl_c_ends_and_again_leaves_at_once(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def interrupted(prompt: object = "", **_: object) -> str:
        asked.append(str(prompt))
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    monkeypatch.setattr("rich.prompt.Prompt.ask", interrupted)
    result = run("talk", CASE)
    assert result.exit_code == 130
    assert asked == ["> ", "How are you leaving that conversation?"]
    assert "draft" not in result.output


def test_help_loads_nothing_that_it_does_not_need() -> None:
    heavy = ("fastapi", "sqlalchemy", "openai", "pydantic", "numpy")
    program = f"import sys, server.cli; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_what_was_done_is_not_shown_as_words() -> None:
    encounter = rehearse(case_named(CASE), "skilled").encounter
    deed = next(turn for turn in encounter.turns if turn.speaker == "learner" and turn.kind == "action")
    words = next(turn for turn in encounter.turns if turn.speaker == "learner" and turn.kind == "said")
    assert shown(Evidence(deed.id, "learner", deed.text, "said"), encounter) == f"({deed.text})"
    assert shown(Evidence(words.id, "learner", words.text, "said"), encounter) == f"“{words.text}”"


def test_words_that_do_not_count_are_marked() -> None:
    encounter = rehearse(case_named(CASE), "skilled").encounter
    turn = next(turn for turn in encounter.turns if turn.speaker == "learner" and turn.kind == "said")
    assert UNSURE in turn_text(encounter, replace(turn, confidence=0.4)).plain
    assert UNSURE not in turn_text(encounter, turn).plain
    _, second, *rest = turn.text.split()
    partly = replace(turn, words_percent=(90, 20, *(90 for _ in rest)))
    assert turn_text(encounter, partly).plain.endswith(f"[not counted, heard with doubt: “{second}”]")


def test_what_was_said_under_a_reply_stands_beside_it() -> None:
    encounter = rehearse(case_named(CASE), "skilled").encounter
    reply = next(turn for turn in encounter.turns if turn.plan)
    murmured = replace(encounter, murmurs=(Murmur("clip_m", "Mm-hm.", 0, 300, reply.id),))
    assert turn_text(murmured, reply, label="nurse").plain.endswith("[nurse, meanwhile: “Mm-hm.”]")
    assert "meanwhile" not in turn_text(encounter, reply).plain


def test_stop_costs_nothing(run: Any) -> None:
    result = run("talk", CASE, typed="/stop\n")
    assert result.exit_code == 0
    assert "Not scored" in result.output


def test_check_says_what_is_wrong_and_where(run: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("schema_version: '1'\ncase_id: broken\ncase_id: twice\n", encoding="utf-8")
    result = run("check", str(broken))
    assert result.exit_code == 1
    assert "broken.yaml:3" in result.output


def test_the_library_that_ships_is_in_order(run: Any) -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "0 errors" in result.output


def test_score_reads_a_human_transcript(run: Any, tmp_path: Path) -> None:
    transcript = tmp_path / "human.txt"
    transcript.write_text(
        "Patient: I'm frightened of going home.\n"
        "Nurse: You're frightened of going home. What frightens you most?\n"
        "Patient: The stairs. I'm ashamed of that.\n"
        "Nurse: Anyone would find that hard. It makes sense.\n"
        "Patient: Thank you.\n"
        "Nurse: I'll ask the physio to come tomorrow. Would that help?\n",
        encoding="utf-8",
    )
    result = run("score", str(transcript), "--json")
    assert result.exit_code == 0, result.output
    card = json.loads(result.output)
    assert [line["code"] for line in card["opportunities"]] == [4, 3]
    assert card["provenance"]["opportunities"] == "proposed"


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), ("Anna: hello\nBert: hello\n", "learner"), ("no label here\n", "label")],
)
def test_a_transcript_that_cannot_be_read_is_named(run: Any, tmp_path: Path, text: str, said: str) -> None:
    transcript = tmp_path / "bad.txt"
    transcript.write_text(text, encoding="utf-8")
    result = run("score", str(transcript))
    assert result.exit_code != 0
    assert said in str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rehearse", "no-such-case"], "There is no such case"),
        (["replay", "enc_0000000000000000000000"], "not there yet"),
        (["up", "--host", "0.0.0.0", "--no-browser"], "TLS"),
    ],
)
def test_what_was_asked_wrongly_ends_in_a_sentence(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["bedside", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_port_in_use_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from server.cli.serving import listen

    taken = listen("127.0.0.1", 0)
    taken.listen()
    port = taken.getsockname()[1]
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["bedside", "up", "--port", str(port), "--no-browser"])
    with taken, pytest.raises(SystemExit):
        cli.main()
    assert f"Port {port} is in use" in capsys.readouterr().err
