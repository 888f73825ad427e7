"""The peers' own virtual environment, and measured programs as processes that answer round by round."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.voice_bars import PIPECAT

ROOT = Path(__file__).resolve().parent.parent
PINNED = Path(__file__).with_name("peers.txt")
DEFAULT = Path.home() / ".cache" / "bedside-peers"
ROUND_S = 300.0
"""Longest that one round may take."""


class NotMeasured(Exception):
    """A measurement could not be made; the message says why."""


@dataclass(frozen=True)
class Peers:
    """Programs of others, installed."""

    python: Path
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def pipecat(self) -> str:
        return f"{PIPECAT} {self.versions[PIPECAT]}"


def pinned() -> dict[str, str]:
    """Versions by name, as the file pins them."""
    lines = [line.split("==") for line in PINNED.read_text("utf-8").splitlines() if "==" in line]
    return {name.split("[")[0]: version.strip() for name, version in lines}


def peers(folder: Path) -> Peers:
    """The peers in `folder`, installed at the first call and again when the pins have changed. Raises `NotMeasured`."""
    venv, stamp = folder / "venv", folder / "peers.txt"
    python = venv / "bin" / "python"
    if not (stamp.is_file() and stamp.read_text("utf-8") == PINNED.read_text("utf-8") and python.exists()):
        print(f"installing the peers in {folder}: a minute or two", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        _run([sys.executable, "-m", "venv", "--clear", str(venv)])
        _run([str(python), "-m", "pip", "install", "--quiet", "--requirement", str(PINNED)])
        stamp.write_text(PINNED.read_text("utf-8"), "utf-8")
    return Peers(python, pinned())


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotMeasured(f"`{' '.join(command)}` failed: {done.stderr.strip()[-400:]}")


class Measured:
    """A process that measures; see `rounds`. Each belongs to one thread of the benchmark."""

    def __init__(self, python: Path | str, module: str, *arguments: str) -> None:
        self._module = module
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [str(python), "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        )

    def measure(self, **request: Any) -> dict[str, Any]:
        """One round. Raises `NotMeasured` when the process fails or takes longer than `ROUND_S`."""
        assert self._process.stdin and self._process.stdout  # noqa: S101 - opened as pipes above
        late = threading.Timer(ROUND_S, self._process.kill)
        late.start()
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError:
            line = ""
        finally:
            late.cancel()
        if not line:
            raise NotMeasured(f"{self._module} stopped: {self._last_words()}")
        found: dict[str, Any] = json.loads(line)
        return found

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._errors):
            if pipe:
                pipe.close()

    def _last_words(self) -> str:
        self._process.kill()
        self._process.wait()
        self._errors.seek(0)
        return self._errors.read().strip()[-600:] or "it took too long"


@contextmanager
def measured(python: Path | str, module: str, *arguments: str) -> Iterator[Measured]:
    process = Measured(python, module, *arguments)
    try:
        yield process
    finally:
        process.close()


def ours_alone(module: str, *arguments: str, **request: Any) -> dict[str, Any]:
    """One round of one of our own measurements, in a process of its own."""
    with measured(sys.executable, module, *arguments) as process:
        return process.measure(**request)


@dataclass(frozen=True)
class Compared:
    """Answers of both sides, round by round, taken in turns."""

    ours: list[dict[str, Any]]
    theirs: list[dict[str, Any]]

    def our(self, name: str) -> list[float]:
        return [float(each[name]) for each in self.ours]

    def their(self, name: str) -> list[float]:
        return [float(each[name]) for each in self.theirs]


def compare(peers_: Peers, ours: str, theirs: str, rounds: int, **request: Any) -> Compared:
    """Measure ours and theirs in turns, each in a process of its own, after one round that counts for neither."""
    with measured(sys.executable, ours) as our_side, measured(peers_.python, theirs) as their_side:
        our_side.measure(**request)
        their_side.measure(**request)
        pairs = [(our_side.measure(**request), their_side.measure(**request)) for _ in range(rounds)]
    return Compared([our for our, _ in pairs], [their for _, their in pairs])
