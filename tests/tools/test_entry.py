"""The entry script `./bedside`, with a Python that only pretends: what it installs, when it does not, how it fails."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRETENDER = """#!/bin/sh
# notes what it is asked, and does as FAKE_PIP says when it is asked to install
echo "$*" >>"$NOTES"
case "$*" in
-V) echo "Python ${FAKE_VERSION:-3.12.1}" ;;
-c*version_info*) exit "${FAKE_TOO_OLD:-0}" ;;
"-m venv"*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
*pip*install*) [ -z "${FAKE_PIP:-}" ] || { echo "$FAKE_PIP" >&2; exit 1; } ;;
*"-m server"*) echo "served: $*" ;;
esac
"""


class Clone:
    """A fresh clone with nothing in it but what the entry script reads."""

    def __init__(self, root: Path) -> None:
        self.root, self.notes = root / "clone", root / "notes"
        self.root.mkdir()
        shutil.copy(ROOT / "bedside", self.root)
        shutil.copy(ROOT / "pyproject.toml", self.root)
        shutil.copytree(ROOT / "requirements", self.root / "requirements")
        (root / "python3").write_text(PRETENDER)
        (root / "python3").chmod(0o755)

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run `./bedside` from somewhere else, as a user might."""
        self.notes.write_text("")
        python = str(self.root.parent / "python3")
        env = {**os.environ, "NOTES": str(self.notes), "BEDSIDE_PYTHON": python, **env}
        command = [str(self.root / "bedside"), *arguments]
        return subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=False)

    def asked(self, words: str) -> bool:
        """Whether Python was asked for something in the last run."""
        return words in self.notes.read_text()


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone and a pretended Python beside it."""
    return Clone(tmp_path)


def test_the_first_start_installs_with_hashes_and_hands_over(clone: Clone) -> None:
    done = clone.run("doctor", "--json")
    assert done.stdout == "served: -P -m server doctor --json\n"
    assert clone.asked("install --quiet --require-hashes --only-binary :all: -r")
    assert clone.asked("install --require-hashes --only-binary :all: -r")
    assert clone.asked("install --no-deps --no-build-isolation -e")
    assert "installing" in done.stderr


def test_the_second_start_installs_nothing_and_says_nothing(clone: Clone) -> None:
    clone.run("doctor")
    again = clone.run("doctor")
    assert again.stdout == "served: -P -m server doctor\n"
    assert again.stderr == ""
    assert not clone.asked("install")


def test_a_changed_lock_or_another_python_installs_again(clone: Clone) -> None:
    clone.run("doctor")
    clone.run("doctor", FAKE_VERSION="3.13.0")
    assert clone.asked("install")
    with (clone.root / "requirements" / "runtime.txt").open("a") as lock:
        lock.write("# renewed\n")
    clone.run("doctor", FAKE_VERSION="3.13.0")
    assert clone.asked("install")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"FAKE_TOO_OLD": "1"}, "python too old"),
        ({"FAKE_PIP": "NewConnectionError: Temporary failure in name resolution"}, "no network"),
        ({"FAKE_PIP": "OSError: [Errno 28] No space left on device"}, "disk full"),
        ({"FAKE_PIP": "THESE PACKAGES DO NOT MATCH THE HASHES"}, "the packages could not be installed"),
    ],
)
def test_what_stops_an_installation_is_named(clone: Clone, setting: dict[str, str], said: str) -> None:
    done = clone.run("doctor", **setting)
    assert done.returncode == 1
    assert done.stdout == ""
    assert said in done.stderr.splitlines()[-1]


def test_a_failed_installation_is_tried_again(clone: Clone) -> None:
    clone.run("doctor", FAKE_PIP="network is unreachable")
    assert clone.run("doctor").returncode == 0
    assert clone.asked("install")


def test_a_lock_left_by_a_killed_installation_is_no_obstacle(clone: Clone) -> None:
    left = clone.root / ".cache" / "install" / "lock"
    left.mkdir(parents=True)
    dead = subprocess.Popen(["true"])
    dead.wait()
    (left / "pid").write_text(str(dead.pid))
    assert clone.run("doctor").returncode == 0
    assert not left.exists()
