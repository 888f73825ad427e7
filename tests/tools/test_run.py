"""The run itself: its last line, its exit status, and that nothing it started outlives it."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import checks, test
from tools.processes import run_in_group
from tools.tally import FAILED, PASSED, Tally

HOLDS, FAILS = "def test_it():\n    pass\n", "def test_it():\n    assert 0\n"


def pytest_of(folder: Path, source: str, *arguments: str) -> Tally:
    """Run pytest, as `./bedside test` does, on one file of its own."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_one.py").write_text(source)
    return test.run_pytest(["-q", "-p", "no:cacheprovider", *arguments], root=folder)


def test_pytest_is_counted(tmp_path: Path) -> None:
    assert pytest_of(tmp_path, HOLDS + FAILS.replace("it", "other")) == PASSED + FAILED


def test_a_selection_that_matches_nothing_has_not_passed(tmp_path: Path) -> None:
    tally = pytest_of(tmp_path, HOLDS, "-k", "no_such_test")
    assert tally.exit_status() == 1


def test_a_wrong_option_has_not_passed(tmp_path: Path) -> None:
    assert pytest_of(tmp_path, HOLDS, "--no-such-option") == FAILED


def answer_with(monkeypatch: pytest.MonkeyPatch, pytest_tally: Tally, *commands: Sequence[str]) -> None:
    """Put cheap checks and a made-up pytest in the place of the real ones."""
    made = [checks.Check(f"check {number}", list(command)) for number, command in enumerate(commands)]
    monkeypatch.setattr(test, "all_checks", lambda: made)
    monkeypatch.setattr(test, "run_pytest", lambda _arguments: pytest_tally)


def test_a_failing_check_stops_nothing_and_the_tally_is_the_last_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    answer_with(monkeypatch, Tally(passed=3, skipped=1), ["false"], ["true"], ["no-such-program-anywhere"])
    assert test.main([]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1] == "4 passed, 2 failed, 1 skipped"
    assert "== failed: check 0, check 2" in lines


def test_all_well(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    answer_with(monkeypatch, PASSED, ["true"])
    assert test.main([]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "2 passed, 0 failed, 0 skipped"


def test_checks_alone_are_no_test_run(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, Tally(), ["true"])
    assert test.main([]) == 1


def test_an_interrupted_run_still_ends_with_the_tally(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_arguments: Sequence[str]) -> Tally:
        raise KeyboardInterrupt

    monkeypatch.setattr(test, "run_pytest", interrupted)
    assert test.main(["tests/core"]) == 1
    assert capfd.readouterr().out.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    status = Path(f"/proc/{pid}/stat")
    try:
        os.kill(pid, 0)
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_what_a_check_leaves_running_dies_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    assert run_in_group(["sh", "-c", f"sleep 60 & echo $! > {note}"], cwd=tmp_path, env=os.environ) == 0
    left_behind = int(note.read_text())
    until = time.monotonic() + 5
    while alive(left_behind) and time.monotonic() < until:
        time.sleep(0.01)
    assert not alive(left_behind)


def test_what_is_compiled_is_kept_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    code = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    told = subprocess.run(
        [sys.executable, "-c", code], env=test.environment(), capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["False", str(test.BYTECODE)]
