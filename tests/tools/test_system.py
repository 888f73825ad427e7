"""Provisioning: what is missing is installed where that is allowed, and otherwise named with what mends it."""

import os
import subprocess
from pathlib import Path

import pytest

from tools import system

ABSENT = system.Need("a Chromium browser", lambda: None, "chromium")
PRESENT = system.Need("PostgreSQL", lambda: Path("/"), "postgresql")


class Apt:
    """Stands in for running a command: notes each, and answers as told."""

    def __init__(self, *answers: bool) -> None:
        self.answers = list(answers)
        self.commands: list[str] = []

    def __call__(self, command: list[str]) -> bool:
        self.commands.append(" ".join(command[command.index("apt-get") :]))
        return self.answers.pop(0)


@pytest.fixture
def as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian where this user may install."""
    monkeypatch.setattr(system, "may_administer", list)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")


@pytest.fixture
def as_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where this user may install nothing."""
    monkeypatch.setattr(system, "may_administer", lambda: None)


def test_lists_are_renewed_only_when_the_first_try_fails(monkeypatch: pytest.MonkeyPatch, as_root: None) -> None:
    apt = Apt(True)
    monkeypatch.setattr(system, "succeeds", apt)
    assert system.apt_install(["libflite1"])
    assert apt.commands == ["apt-get install --yes --no-install-recommends libflite1"]
    apt = Apt(False, True, True)
    monkeypatch.setattr(system, "succeeds", apt)
    assert system.apt_install(["libflite1"])
    assert apt.commands[1] == "apt-get update"


def test_no_permission_names_the_command_and_fails(
    monkeypatch: pytest.MonkeyPatch, as_nobody: None, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "TESTS", [ABSENT, PRESENT])
    monkeypatch.setattr(system, "install_browser", lambda: False)
    assert system.provide_tests() == 1
    said = capfd.readouterr().err
    assert "sudo apt-get install --yes --no-install-recommends chromium" in said
    assert "postgresql" not in said


def test_everything_present_is_quiet(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(system, "TESTS", [PRESENT])
    monkeypatch.setattr(system, "BROWSER", PRESENT)
    assert system.provide_tests() == 0
    assert capfd.readouterr().err == ""


def test_what_cannot_be_installed_for_the_service_is_a_notice_and_no_obstacle(
    monkeypatch: pytest.MonkeyPatch, as_nobody: None, capfd: pytest.CaptureFixture[str]
) -> None:
    needs = [system.Need("flite", lambda: None, "libflite1", "flite", "the voice is harsher"), PRESENT]
    monkeypatch.setattr(system, "SERVICE", needs)
    assert system.provide_service() == 0
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("bedside: notice: flite is not installed, so the voice is harsher. To mend:  ")
    assert "libflite1" in line or "brew install flite" in line


def test_a_named_browser_is_believed_only_if_it_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    monkeypatch.setenv("BEDSIDE_CHROMIUM", str(browser))
    assert system.find_browser() is None
    browser.touch()
    assert system.find_browser() == browser


def test_playwrights_own_browser_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "chromium-1234" / "chrome-linux" / "chrome"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert program in list(system.playwright_browsers())


def test_it_runs_on_a_python_with_nothing_installed() -> None:
    """The entry script calls it before there is a virtual environment, from wherever the user stands."""
    script = Path(system.__file__)
    command = ["python3", "-I", "-S", str(script), "service"]
    env = {**os.environ, "PATH": os.environ["PATH"]}
    if not system.missing(system.SERVICE):
        assert subprocess.run(command, env=env, cwd="/", check=False).returncode == 0
    else:
        pytest.fail("libflite1 or Pango is missing: ./bedside test installs them")
